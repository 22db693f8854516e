/** What people meet of a fire over the plan: its radiation anywhere, and the smoke, heat and gases of what burns under the sky. */

import { cosSin } from "../../maths.js";
import { type Air, ambientAir, type SmokeField, setAir } from "../fields/field.js";
import { addMixture, HOTTEST, type PlumeSource, plumeRise } from "./plume.js";
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
  const sources = spread.items.map(
    (): PlumeSource => ({
      x: 0,
      y: 0,
      base: 0,
      diameter: 0,
      tipX: 0,
      tipY: 0,
      tipZ: 0,
      convective: 0,
      hrr: 0,
      wind: 0,
      windX: 0,
      windY: 0,
    }),
  );
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
      if (item.place === "open") setSource(sources[i]!, spread, i, wind);
    });
  };
  return {
    name: "plumes in the open",
    knows: [
      "temperature_K",
      "extinction_1_m",
      "oxygen",
      "carbonDioxide",
      "carbonMonoxide",
      "hydrogenCyanide",
      "hydrogenChloride",
    ],
    firstTime_s: 0,
    lastTime_s: Infinity,
    sample: (_time, sheet, x, y, height, into) => {
      setAir(into, ambient);
      refresh();
      // Plumes that flow together are not hotter than a flame.
      let left = HOTTEST;
      for (let i = 0; i < sources.length; i++) {
        const source = sources[i]!;
        const item = spread.items[i]!;
        if (!(source.convective > 0) || item.sheet !== sheet || !underSky(sheet, x, y)) continue;
        const rise = Math.min(left, plumeRise(source, wind, ambient.temperature_K, x, y, height));
        if (!(rise >= LEAST_RISE)) continue;
        addMixture(into, rise, mixtures[i]!);
        left -= rise;
      }
      return left < HOTTEST;
    },
  };
}

function setSource(source: PlumeSource, spread: FireSpread, i: number, wind: Wind): void {
  const item = spread.items[i]!;
  const flame = spread.flames[i]!;
  const hrr = spread.hrrOf_W(i);
  source.x = flame.x;
  source.y = flame.y;
  source.base = flame.base;
  source.diameter = flame.diameter;
  source.tipX = flame.tipX;
  source.tipY = flame.tipY;
  source.tipZ = flame.tipZ;
  source.hrr = hrr;
  source.convective = (1 - (item.radiativeFraction ?? 0.35)) * hrr;
  source.wind = windAt(wind, Math.max(2, flame.base + flame.tipZ / 2));
  const to = windTo(wind);
  [source.windX, source.windY] = cosSin(to);
}
