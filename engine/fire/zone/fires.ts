import { fastExp, fastPow } from "../../maths.js";
import { burnt, OXYGEN, type Yields } from "./chemistry.js";
import { CP, HEAT_PER_OXYGEN } from "./constants.js";
import { flameHeight, placeOf, plumeFlow } from "./plume.js";
import { FIRE_STRIDE } from "./radiation.js";
import { smoothStep } from "./smooth.js";
import { valueAt } from "./tables.js";
import { solidAngle } from "./view-factors.js";
import type { FireState } from "./zone-model.js";
import type { Zones } from "./zones.js";

const OXYGEN_LIMIT = 0.15;
/** Width of the step over which flames go out, mass fraction of oxygen (NIST TN 1889v1 has a tanh of about this width). */
const OXYGEN_WIDTH = 0.01;
const PASSES = 5;
/** A fire burns at most this share of a layer's oxygen in a step. */
const SHARE_PER_STEP = 0.5;

/** What one fire does during a step. */
export interface Burning extends FireState {
  /** Time of ignition, s; Infinity before. */
  began: number;
  /** Heat release given from outside instead of the tables, or null. */
  given: { hrr_W: number; area_m2: number; height_m?: number } | null;
  /** Since when a sprinkler acts, s, and its time constant, s. */
  sprinkled: number;
  sprinklerTime: number;
  /** Heat release when it began to act, W. */
  sprinkled_W: number;
  /** Fuel burnt with air of the plume and with air of the upper layer, kg/s; the heat of the latter, W. */
  burnt_kg_s: number;
  upperBurnt_kg_s: number;
  upper_W: number;
  /** Change of species per kg burnt. */
  readonly change: Float64Array;
  oxygenPerFuel: number;
}

export interface Fires {
  readonly list: readonly Burning[];
  /** FIRE_STRIDE numbers per fire. */
  readonly radiation: Float64Array;
  /** Works out all fires for a step that is centred on `time`; adds heat to `layers.heat`, `rooms.hrr`, `rooms.convective`. */
  burn(time: number, timeStep: number): void;
}

export function createFires(z: Zones): Fires {
  const list: Burning[] = z.building.fires.map((spec) => ({
    ignited: false,
    began: Number.POSITIVE_INFINITY,
    given: null,
    sprinkled: Number.POSITIVE_INFINITY,
    sprinklerTime: 1,
    sprinkled_W: Number.POSITIVE_INFINITY,
    hrr_W: 0,
    expected_W: 0,
    pyrolysis_kg_s: 0,
    pyrolysed_kg: 0,
    trace_kg: 0,
    radiativeFraction: spec.radiativeFraction,
    plume_kg_s: 0,
    flame_m: 0,
    base_m: 0,
    area_m2: 0,
    burnt_kg_s: 0,
    upperBurnt_kg_s: 0,
    upper_W: 0,
    change: new Float64Array(z.stride),
    oxygenPerFuel: 0,
  }));
  const radiation = new Float64Array(FIRE_STRIDE * list.length);
  const drawn = new Float64Array(z.count);
  const burn = (time: number, timeStep: number): void => {
    radiation.fill(0);
    drawn.fill(0);
    for (let f = 0; f < list.length; f++) {
      const fire = list[f]!;
      if (!(time > fire.began)) {
        quiet(fire);
        continue;
      }
      prescribe(z, f, fire, time - fire.began, time);
      combust(z, f, fire, timeStep, drawn);
      release(z, f, fire, radiation);
    }
  };
  return { list, radiation, burn };
}

function quiet(fire: Burning): void {
  fire.hrr_W = fire.expected_W = fire.pyrolysis_kg_s = fire.plume_kg_s = fire.flame_m = 0;
  fire.burnt_kg_s = fire.upperBurnt_kg_s = fire.upper_W = 0;
}

const yields: Yields = { co: 0, soot: 0, hcn: 0, trace: 0 };

/** Reads the tables at `age` s after ignition, from activation of a sprinkler on at most Q(t_act) exp(-(t - t_act) / tau) (Evans 1993, Madrzykowski and Vettori 1992). */
function prescribe(z: Zones, f: number, fire: Burning, age: number, time: number): void {
  const spec = z.building.fires[f]!;
  const { given } = fire;
  fire.ignited = true;
  fire.area_m2 = Math.max(1e-4, given ? given.area_m2 : valueAt(spec.area_m2, age));
  fire.base_m = given?.height_m ?? valueAt(spec.height_m, age);
  let hrr = Math.max(0, given ? given.hrr_W : valueAt(spec.hrr_W, age));
  if (time > fire.sprinkled) {
    const before = Math.max(0, spec.hrr_W.length > 0 && !given ? valueAt(spec.hrr_W, fire.sprinkled - fire.began) : hrr);
    fire.sprinkled_W = Math.min(fire.sprinkled_W, before);
    hrr = Math.min(hrr, fire.sprinkled_W * fastExp(-(time - fire.sprinkled) / fire.sprinklerTime));
  }
  fire.expected_W = hrr;
  fire.pyrolysis_kg_s = hrr / spec.fuel.heatOfCombustion_J_kg;
  yields.co = valueAt(spec.yields.co, age);
  yields.soot = valueAt(spec.yields.soot, age);
  yields.hcn = valueAt(spec.yields.hcn, age);
  yields.trace = valueAt(spec.yields.trace, age);
  const slot = z.fuelOfFire[f]!;
  fire.oxygenPerFuel = burnt(spec.fuel, slot, z.fuelMolar[slot]!, yields, spec.smouldering === true, fire.change);
}

/** Time constant of the exponential decay after activation, s: 3 (w'' in mm/s)^-1.8 (Evans 1993). */
export const sprinklerTime = (sprayDensity_m_s: number): number => 3 * fastPow(sprayDensity_m_s * 1000, -1.8);

/** Heat that the oxygen in `air` kg/s of a layer can release, W, and not more than stoichiometry allows. */
function oxygenLimit(z: Zones, fire: Burning, heatOfCombustion: number, layer: number, air: number): number {
  const share = z.layers.species[layer * z.stride + OXYGEN]! / z.layers.mass[layer]!;
  const limit = z.building.options?.lowerOxygenLimit ?? OXYGEN_LIMIT;
  const burns = smoothStep(share, limit, limit + OXYGEN_WIDTH);
  const byHeat = air * share * burns * HEAT_PER_OXYGEN;
  return fire.oxygenPerFuel > 0 ? Math.min(byHeat, (burns * share * air * heatOfCombustion) / fire.oxygenPerFuel) : byHeat;
}

/**
 * Burns what the air drawn into the plume allows (Huggett's 13.1 MJ per kg of oxygen and stoichiometry), then of the rest what the upper layer
 * allows; what is left goes on as unburnt fuel. The plume depends on the heat and the heat on the plume: at most five passes.
 */
function combust(z: Zones, f: number, fire: Burning, timeStep: number, drawn: Float64Array): void {
  const spec = z.building.fires[f]!;
  const i = spec.compartment;
  const { rooms, layers } = z;
  const heat = spec.fuel.heatOfCombustion_J_kg;
  const convectiveShare = 1 - spec.radiativeFraction;
  const upper = 2 * i;
  const lower = upper + 1;
  const place = placeOf(
    spec.x_m,
    spec.y_m,
    fire.area_m2,
    z.building.compartments[i]!.width_m,
    z.building.compartments[i]!.depth_m,
  );
  const images = place === 1 && z.building.options?.wallPlume !== true ? 0 : place;
  const reach = rooms.shaft[i] ? 0 : rooms.interface[i]! - fire.base_m;
  const warmer = CP * Math.max(layers.temperature[upper]! - layers.temperature[lower]!, 1);
  const left = Math.max(0, (layers.mass[lower]! * (1 - rooms.leastVolume[i]! / layers.volume[lower]!)) / timeStep - drawn[i]!);
  let hrr = fire.expected_W;
  let air = 0;
  for (let pass = 0; pass < PASSES; pass++) {
    const convective = hrr * convectiveShare;
    air = Math.min(plumeFlow(hrr, convective, fire.area_m2, reach, z.interior_K, images), convective / warmer, left);
    const next = Math.min(fire.expected_W, oxygenLimit(z, fire, heat, lower, air));
    const moved = Math.abs(next - hrr);
    hrr = next;
    if (moved <= 1e-3 * fire.expected_W) break;
  }
  drawn[i]! += air;
  fire.plume_kg_s = air;
  fire.hrr_W = hrr;
  fire.burnt_kg_s = hrr / heat;
  const rest = fire.expected_W - hrr;
  fire.upper_W = 0;
  if (rest > 1e-3 * fire.expected_W) {
    const height = Math.min(rooms.height[i]! - rooms.interface[i]!, rooms.height[i]! - fire.base_m);
    const within = plumeFlow(rest, rest * convectiveShare, fire.area_m2, height, z.interior_K, images);
    const most = (SHARE_PER_STEP * layers.mass[upper]!) / timeStep;
    fire.upper_W = Math.min(rest, oxygenLimit(z, fire, heat, upper, Math.min(within, most)));
  }
  fire.upperBurnt_kg_s = fire.upper_W / heat;
  fire.flame_m = flameHeight(hrr, fire.area_m2, z.interior_K);
}

/** Heat of the fire into the gas and as radiation from a point a third up the flame towards the four surfaces by solid angle. */
function release(z: Zones, f: number, fire: Burning, radiation: Float64Array): void {
  const spec = z.building.fires[f]!;
  const i = spec.compartment;
  const { rooms, layers } = z;
  const all = fire.hrr_W + fire.upper_W;
  rooms.hrr[i]! += all;
  const convective = all * (1 - spec.radiativeFraction);
  rooms.convective[i] = Math.max(rooms.convective[i]!, convective);
  const unburnt = fire.pyrolysis_kg_s - fire.burnt_kg_s - fire.upperBurnt_kg_s;
  layers.heat[2 * i]! += convective + CP * Math.max(0, unburnt) * z.interior_K;
  const power = all * spec.radiativeFraction;
  if (!(power > 0)) return;
  const { width_m, depth_m } = z.building.compartments[i]!;
  const height = rooms.height[i]!;
  const interfaceAt = rooms.interface[i]!;
  const x = Math.min(Math.max(spec.x_m, 0), width_m);
  const y = Math.min(Math.max(spec.y_m, 0), depth_m);
  const point = Math.min(fire.base_m + fire.flame_m / 3, height);
  const whole = 4 * Math.PI;
  const angle = (distance: number): number => solidAngle(x, width_m - x, y, depth_m - y, distance);
  const ceiling = angle(height - point);
  const floor = angle(point);
  const interfacePlane = angle(Math.abs(interfaceAt - point));
  const below = point < interfaceAt;
  const upperWall = below ? Math.max(0, interfacePlane - ceiling) : Math.max(0, whole - ceiling - interfacePlane);
  const lowerWall = Math.max(0, whole - ceiling - floor - upperWall);
  const sum = ceiling + upperWall + lowerWall + floor;
  const at = FIRE_STRIDE * f;
  radiation[at] = (power * ceiling) / sum;
  radiation[at + 1] = (power * upperWall) / sum;
  radiation[at + 2] = (power * lowerWall) / sum;
  radiation[at + 3] = (power * floor) / sum;
  radiation[at + 4] = point;
}
