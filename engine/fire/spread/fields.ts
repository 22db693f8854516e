/** What people meet of a fire over the plan: its radiation anywhere, and the smoke, heat and gases of what burns under the sky. */

import { cosSin } from "../../maths.js";
import { AIR_QUANTITIES, type Air, ambientAir, type SmokeField, setAir } from "../fields/field.js";
import { addMixture, HOTTEST, type Plume, plumeOf, plumeRise } from "./plume.js";
import type { FireSpread } from "./spread.js";
import { type Wind, windAt, windTo } from "./wind.js";

/** Less than this is no radiation, W/m²: a hundredth of the sun. */
const LEAST_FLUX = 10;
/** Less than this is no smoke, K of the mixture. */
const LEAST_RISE = 1e-4;

/**
 * Radiant flux of all flames, facing them, walls and shut doors between. Sampled at the time that the spread has reached, whatever time is
 * asked for: step first, then sample.
 */
export function radiationField(spread: FireSpread, ambient: Readonly<Air> = ambientAir()): SmokeField {
  return {
    name: "radiation of flames",
    knows: ["radiantFlux_W_m2"],
    firstTime_s: 0,
    lastTime_s: Infinity,
    sample: (_time, sheet, x, y, height, into) => {
      setAir(into, ambient);
      const flux = spread.radiantFlux(sheet, x, y, height);
      if (!(flux >= LEAST_FLUX)) return false;
      into.radiantFlux_W_m2 += flux;
      return true;
    },
  };
}

export interface OpenAirOptions {
  readonly wind: Wind;
  readonly ambient?: Readonly<Air>;
  /** Whether a place lies under the sky; plumes do not enter rooms. Default: everywhere on a sheet with a burning item under the sky. */
  readonly underSky?: (sheet: number, x_m: number, y_m: number) => boolean;
}

/** Smoke, gases and heat of all items of place "open", blown by the wind; sampled like `radiationField`. */
export function openAirField(spread: FireSpread, options: OpenAirOptions): SmokeField {
  const { wind, ambient = ambientAir(), underSky = () => true } = options;
  const plumes: (Plume | null)[] = spread.items.map(() => null);
  const mixtures = spread.items.map(({ yields, heatOfCombustion_J_kg, radiativeFraction = 0.35 }) => ({
    yields,
    heatOfCombustion_J_kg,
    radiativeFraction,
  }));
  let seen = -1;
  const refresh = (): void => {
    if (seen === spread.time_s) return;
    seen = spread.time_s;
    spread.items.forEach((item, i) => {
      if (item.place === "open") plumes[i] = spread.hrrOf_W(i) > 0 ? plumeFrom(spread, i, wind, ambient.temperature_K) : null;
    });
  };
  return {
    name: "plumes in the open",
    knows: AIR_QUANTITIES.filter((quantity) => quantity !== "radiantFlux_W_m2"),
    firstTime_s: 0,
    lastTime_s: Infinity,
    sample: (_time, sheet, x, y, height, into) => {
      setAir(into, ambient);
      refresh();
      // Plumes that flow together are not hotter than a flame.
      let left = HOTTEST;
      if (!underSky(sheet, x, y)) return false;
      for (let i = 0; i < plumes.length; i++) {
        const plume = plumes[i]!;
        if (plume === null || spread.items[i]!.sheet !== sheet) continue;
        const rise = Math.min(left, plumeRise(plume, x, y, height));
        if (!(rise >= LEAST_RISE)) continue;
        addMixture(into, rise, mixtures[i]!);
        left -= rise;
      }
      return left < HOTTEST;
    },
  };
}

function plumeFrom(spread: FireSpread, i: number, wind: Wind, ambient_K: number): Plume {
  const item = spread.items[i]!;
  const { x, y, base, diameter, tipX, tipY, tipZ } = spread.flames[i]!;
  const hrr = spread.hrrOf_W(i);
  const [windX, windY] = cosSin(windTo(wind));
  const source = { x, y, base, diameter, tipX, tipY, tipZ, hrr, windX, windY };
  const convective = (1 - (item.radiativeFraction ?? 0.35)) * hrr;
  return plumeOf({ ...source, convective, wind: windAt(wind, Math.max(2, base + tipZ / 2)) }, wind, ambient_K);
}
