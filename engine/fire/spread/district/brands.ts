/**
 * Firebrands, a what-if: how many brands of a burning building set fire to what they land on is not known; who asks for them says how many.
 * They fly with the wind, exponentially far with a mean of 5 m per m/s of wind, 10° about its direction (both chosen, unverified), at even
 * times while the building burns fully, and light wooden buildings only.
 */
import { indexBoxes } from "../../../geometry/box-index.js";
import { inRing } from "../../../geometry/polygon.js";
import { cosSin, exp, log } from "../../../maths.js";
import type { Random } from "../../../random.js";
import type { Building } from "./buildings.js";

const REACH_S = 5;
const SPREAD_RAD = Math.PI / 18;

export interface Landing {
  readonly time_s: number;
  readonly target: number;
}

/** Finds where brands of buildings land. */
export function brandsOver(buildings: readonly Building[]) {
  const index = indexBoxes(buildings.map(({ box }) => box));
  return (
    source: number,
    mean: number,
    wind: { readonly speed_m_s: number; readonly to_rad: number },
    burning: readonly [number, number],
    random: Random,
  ): Landing[] => {
    const landings: Landing[] = [];
    const [x0, y0] = buildings[source]!.centre;
    for (let k = poisson(mean, random); k > 0; k--) {
      const time_s = burning[0] + random.next() * (burning[1] - burning[0]);
      const far = -REACH_S * wind.speed_m_s * log(1 - random.next());
      const [c, s] = cosSin(wind.to_rad + SPREAD_RAD * random.normal());
      const [x, y] = [x0 + far * c, y0 + far * s];
      const target = index.near([x, y, x, y]).find((i) => inRing(buildings[i]!.outline, x, y)) ?? -1;
      if (target >= 0 && target !== source && !buildings[target]!.fireResistant) landings.push({ time_s, target });
    }
    return landings;
  };
}

/** Poisson variate by Knuth's product; means up to some hundreds. */
function poisson(mean: number, random: Random): number {
  const limit = exp(-mean);
  let count = 0;
  for (let product = random.next(); product > limit; product *= random.next()) count++;
  return count;
}
