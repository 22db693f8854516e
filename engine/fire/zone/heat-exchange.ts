import { cbrt, fastPow } from "../../maths.js";
import { CP, STEFAN_BOLTZMANN } from "./constants.js";
import { createRadiation, type Radiation, radiate } from "./radiation.js";
import { sweep } from "./surfaces.js";
import type { Zones } from "./zones.js";

/** Natural convection h = c |dT|^(1/3), W/m2/K^(4/3): ceiling, upper wall, lower wall, floor (NIST TN 1889v1). */
const NATURAL = [1.52, 1.31, 1.31, 1.52];
/** A room wakes when a layer has moved this far from the temperature it began with, K. */
const WAKE = 0.05;

export interface HeatExchange {
  /** Heat between gas, surfaces and fires over the coming step: adds to `layers.heat`, sets `surfaces.flux`. `fires`: FIRE_STRIDE numbers per fire. */
  exchange(timeStep: number, fires: Float64Array): void;
  readonly radiation: Radiation;
  /** For devices: radiosities of the surfaces, W/m2, 4 per room, and absorption coefficients of the layers, 1/m, 2 per room. */
  readonly exitance: Float64Array;
  readonly absorption: Float64Array;
}

/**
 * Convection and radiation are written for the surface temperatures at the end of the step: conduction tells how a surface answers to flux (`sweep`),
 * and one linear equation per surface gives its new temperature. Gas and surface then take the same heat, so that nothing is lost between them.
 */
export function createHeatExchange(z: Zones): HeatExchange {
  const { count, surfaces, rooms, layers } = z;
  const radiation = createRadiation();
  const predicted = new Float64Array(4 * count).fill(z.interior_K);
  const convective = new Float64Array(4 * count);
  const lastRadiative = new Float64Array(4 * count);
  const T = z.interior_K;
  const exitance = new Float64Array(4 * count).fill(STEFAN_BOLTZMANN * T * T * T * T);
  const absorption = new Float64Array(2 * count);
  const calm = z.interior_K === z.exterior_K && z.building.heatPaths.length === 0;
  if (!calm) rooms.awake.fill(1);

  const surface = (i: number, j: number, timeStep: number, area: number, jet: number): void => {
    const k = 4 * i + j;
    const layer = 2 * i + (j < 2 ? 0 : 1);
    const gas = layers.temperature[layer]!;
    if (surfaces.start[k + 1] === surfaces.start[k]) {
      predicted[k] = gas;
      convective[k] = 0;
      return;
    }
    sweep(surfaces, k, timeStep);
    const now = surfaces.temperature[surfaces.start[k]!]!;
    const difference = gas - now;
    const h = NATURAL[j]! * cbrt(Math.abs(difference));
    const byJet = jet > h * difference && jet > 0;
    const q = byJet ? jet : h * difference;
    const stiffness = byJet ? 0 : (4 / 3) * h;
    const ownGas = 1 + (stiffness * timeStep * area) / (layers.mass[layer]! * CP);
    const compliance = surfaces.compliance[k]!;
    const radiative = 4 * surfaces.emissivity[k]! * STEFAN_BOLTZMANN * now * now * now;
    const free = surfaces.free[k]! - now;
    const rise = (free + compliance * (q / ownGas + lastRadiative[k]!)) / (1 + compliance * (stiffness / ownGas + radiative));
    predicted[k] = now + rise;
    convective[k] = (q - stiffness * rise) / ownGas;
  };

  const exchange = (timeStep: number, fires: Float64Array): void => {
    for (let i = 0; i < count; i++) {
      const upper = 2 * i;
      const lower = upper + 1;
      if (!rooms.awake[i]) {
        const moved = Math.max(
          Math.abs(layers.temperature[upper]! - z.interior_K),
          Math.abs(layers.temperature[lower]! - z.interior_K),
        );
        if (moved < WAKE && !(rooms.hrr[i]! > 0)) continue;
        rooms.awake[i] = 1;
      }
      const base = rooms.width[i]! * rooms.depth[i]!;
      const around = 2 * (rooms.width[i]! + rooms.depth[i]!);
      const interfaceAt = Math.min(rooms.interface[i]!, rooms.height[i]!);
      const upperArea = around * (rooms.height[i]! - interfaceAt);
      const lowerArea = around * interfaceAt;
      surface(i, 0, timeStep, base, jetFlux(rooms.convective[i]!, base, rooms.height[i]!));
      surface(i, 1, timeStep, upperArea, 0);
      surface(i, 2, timeStep, lowerArea, 0);
      surface(i, 3, timeStep, base, 0);
      radiate(z, i, predicted, 4 * i, fires, radiation);
      exitance.set(radiation.radiosity, 4 * i);
      absorption.set(radiation.absorption, 2 * i);
      for (let j = 0; j < 4; j++) {
        lastRadiative[4 * i + j] = radiation.flux[j]!;
        surfaces.flux[4 * i + j] = convective[4 * i + j]! + radiation.flux[j]!;
      }
      const into = surfaces.flux;
      rooms.toSurfaces[i] =
        base * (into[4 * i]! + into[4 * i + 3]!) + upperArea * into[4 * i + 1]! + lowerArea * into[4 * i + 2]!;
      layers.heat[upper]! += radiation.gas[0]! - base * convective[4 * i]! - upperArea * convective[4 * i + 1]!;
      layers.heat[lower]! += radiation.gas[1]! - lowerArea * convective[4 * i + 2]! - base * convective[4 * i + 3]!;
    }
  };
  return { exchange, radiation, exitance, absorption };
}

/**
 * Flux of a fire's ceiling jet, W/m2 of ceiling: 0.27 Qc / (A^0.68 H^0.64) over the effective area A = min(pi (4 H)^2, ceiling)
 * (NIST TN 1889v1); a larger ceiling takes the same heat spread over all of it.
 */
function jetFlux(convective: number, ceiling: number, height: number): number {
  if (!(convective > 0)) return 0;
  const area = Math.min(16 * Math.PI * height * height, ceiling);
  return ((0.27 * convective) / (fastPow(area, 0.68) * fastPow(height, 0.64))) * (area / ceiling);
}
