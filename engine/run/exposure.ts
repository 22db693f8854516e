/**
 * What smoke, heat and gases do to the people of a run: the air at everybody's head becomes dose, speed, alarm and fall, and the air over the floor
 * becomes ways round it (smoky-floor.ts). Equations: engine/fire/tenability; what the crowd makes of it: engine/crowd/surroundings.ts.
 * It takes any SmokeField: zones, slices of a CFD run, tables, given air.
 */
import type { Crowd } from "../crowd/state.js";
import { createSurroundings } from "../crowd/surroundings.js";
import { type Air, ambientAir, type SmokeField } from "../fire/fields/field.js";
import { unitAt } from "../fire/fields/places.js";
import { addDose, CAUSES, causeOf, createDoses, type DoseSettings } from "../fire/tenability/dose.js";
import { speedInSmoke } from "../fire/tenability/speed.js";
import type { Layout } from "../layout/layout.js";
import type { FirePeople } from "../scenario/fire/fire.js";
import type { PeopleExposure } from "./fire-records.js";
import { createSight, type Flame } from "./sight.js";
import { createSmokyFloor, FAMILIAR, STRANGER } from "./smoky-floor.js";

export interface Exposure {
  /** Fires as they are now; set by whoever makes them burn. */
  flames: readonly Flame[];
  /** Brings everybody up to the crowd's time, `dt` seconds after the last call; once with 0 before the first step. */
  tend(dt: number): void;
  result(): PeopleExposure;
}

/** Smoke is seen this far above the head too, m: a layer under the ceiling of a room; chosen. */
const LOOK_UP = 1;
/** Heat that nobody overlooks: air warmer than this, K, or radiation above this, W/m²; 60 °C and 1 kW/m², the noon sun; chosen. */
const HOT = 333.15;
const GLARE = 1000;

/** Sets the crowd's surroundings; from then on `tend` fills them. @param layout of the crowd's world */
export function createExposure(crowd: Crowd, field: SmokeField, settings: FirePeople, layout: Layout): Exposure {
  const { people, world, seed } = crowd;
  const doses = createDoses(people.total, seed, settings.susceptibility === "median" ? 0 : undefined);
  const law: DoseSettings = {
    law: settings.dose,
    clothing: settings.clothed ? "clothed" : "light",
    radiant: settings.radiant,
  };
  const around = createSurroundings(people.total, world.nodeX.length, 2, CAUSES);
  crowd.surroundings = around;
  const unit = unitAt(layout);
  const sees = createSight(crowd, unit);
  const floor = createSmokyFloor(crowd, around, field, settings, unit);
  const kinds = world.groups.map(({ name }) => (settings.familiar.includes(name) ? FAMILIAR : STRANGER));
  /** By person: when they noticed the fire, s. */
  const noticed = new Float64Array(people.total).fill(Infinity);
  const air = ambientAir();
  const above = ambientAir();

  const breathe = (i: number, id: number, dt: number): void => {
    const { sheet, x, y } = crowd.agents.now;
    field.sample(crowd.time, sheet[i]!, x[i]!, y[i]!, settings.head_height_m, air);
    // Who has just come in has breathed nothing of this yet.
    addDose(doses, id, air, Number.isNaN(doses.last.asphyxiant[id]!) ? 0 : dt, law);
    const free = people.speed[id]!;
    around.speedShare[id] = speedInSmoke(settings.speed_law, free, air.extinction_1_m) / free;
    if (settings.incapacitate && around.incapacitated[id] === 0) around.incapacitated[id] = causeOf(doses, id);
  };

  const notices = (i: number): boolean => {
    if (isCue(air, settings)) return true;
    const { sheet, x, y } = crowd.agents.now;
    field.sample(crowd.time, sheet[i]!, x[i]!, y[i]!, settings.head_height_m + LOOK_UP, above);
    if (above.extinction_1_m >= settings.cue_extinction_1_m) return true;
    return sees(i, exposure.flames, 1000 * settings.see_fire_kW);
  };

  /** Companions tell each other. */
  const tell = (id: number): void => {
    for (const member of crowd.social[people.social[id]!]?.members ?? [id])
      if (noticed[member] === Infinity) noticed[member] = crowd.time;
  };

  const exposure: Exposure = {
    flames: [],
    tend(dt) {
      const { agents } = crowd;
      for (let i = 0; i < agents.count; i++) {
        const id = agents.now.id[i]!;
        breathe(i, id, dt);
        if (noticed[id] === Infinity && notices(i)) tell(id);
        if (noticed[id] === Infinity) continue;
        if (settings.avoid) around.wayOf[id] = kinds[people.group[id]!]!;
        if (settings.cue && crowd.time >= noticed[id]! + settings.reaction_s) around.alarmed[id] = 1;
      }
      if (settings.avoid) floor.tend(exposure.flames);
    },
    result: () => ({
      fedAsphyxiant: Float32Array.from(doses.asphyxiant, (dose, id) => Math.max(dose, doses.narcosis[id]!)),
      fedHeat: Float32Array.from(doses.heat),
      fec: Float32Array.from(doses.irritant),
    }),
  };
  return exposure;
}

const isCue = (air: Readonly<Air>, { cue_extinction_1_m }: FirePeople): boolean =>
  air.extinction_1_m >= cue_extinction_1_m || air.temperature_K > HOT || air.radiantFlux_W_m2 > GLARE;
