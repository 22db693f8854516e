/** A distribution as a file gives it → the complete form, in SI. */
import { acceptance, lognormalThrough, MIN_ACCEPTANCE } from "./distributions.js";
import type { Range } from "./limits.js";
import { fault, type Reading } from "./reading.js";
import type { Distribution } from "./scenario.js";

interface Moments {
  mean: number;
  sd: number;
  min?: number;
  max?: number;
}
interface LogMoments extends Moments {
  offset?: number;
}
interface Shaped {
  scale: number;
  shape: number;
  min?: number;
  max?: number;
}
/** A number, or a map with exactly one of these keys. */
export type DistributionFile =
  | number
  | {
      constant?: number;
      uniform?: [number, number];
      normal?: Moments;
      lognormal?: LogMoments;
      weibull?: Shaped;
      gamma?: Shaped;
      p1_p99?: [number, number];
    };

/**
 * Bounds left out are those of the key's range. `scale` is the unit of the key in SI (60 for minutes). Adds a fault where the bounds
 * are in the wrong order or leave less than 1 % of the draws (with only a rare draw inside, drawing again would take for ever).
 */
export function resolveDistribution(
  reading: Reading,
  place: string,
  given: DistributionFile,
  range: Range,
  scale = 1,
): Distribution {
  if (typeof given === "number") return { constant: given * scale };
  if (given.constant !== undefined) return { constant: given.constant * scale };
  if (given.uniform) {
    const [from, to] = given.uniform;
    if (from > to) fault(reading, `${place}.uniform`, `is [${from}, ${to}], the first number must not be the larger one`);
    return { uniform: [from * scale, to * scale] };
  }
  const cut = (part: { min?: number; max?: number }) => ({
    min: part.min === undefined ? range.minimum : part.min * scale,
    max: part.max === undefined ? range.maximum : part.max * scale,
  });
  const moments = (part: Moments) => ({ mean: part.mean * scale, sd: part.sd * scale, ...cut(part) });
  const shaped = (part: Shaped) => ({ scale: part.scale * scale, shape: part.shape, ...cut(part) });
  if (given.normal) return checked(reading, `${place}.normal`, { normal: moments(given.normal) }, given.normal);
  if (given.lognormal) {
    const { offset } = given.lognormal;
    const shift = offset === undefined ? {} : { offset: offset * scale };
    const lognormal = { ...moments(given.lognormal), ...shift };
    return checked(reading, `${place}.lognormal`, { lognormal }, given.lognormal);
  }
  if (given.p1_p99) {
    const [t1, t99] = given.p1_p99;
    if (t1 >= t99) {
      fault(reading, `${place}.p1_p99`, `is [${t1}, ${t99}], the first number must be the smaller one`);
      return { constant: t1 * scale };
    }
    const lognormal = { ...lognormalThrough(t1 * scale, t99 * scale), ...cut({}) };
    return checked(reading, `${place}.p1_p99`, { lognormal }, {});
  }
  if (given.weibull) return checked(reading, `${place}.weibull`, { weibull: shaped(given.weibull) }, given.weibull);
  const { scale: size, shape, ...rest } = shaped(given.gamma!); // the shape check lets nothing else through
  return checked(reading, `${place}.gamma`, { gamma: { shape, scale: size, ...rest } }, given.gamma!);
}

function checked(
  reading: Reading,
  place: string,
  distribution: Distribution,
  given: { min?: number; max?: number },
): Distribution {
  const { min, max } = given;
  if (min !== undefined && max !== undefined && min >= max) {
    fault(reading, place, `has min ${min} and max ${max}, min must be the smaller one`);
    return distribution;
  }
  const share = acceptance(distribution);
  if (!(share >= MIN_ACCEPTANCE)) {
    fault(
      reading,
      place,
      `only ${(100 * share).toPrecision(2)} % of its draws fall inside ${JSON.stringify(distribution)}, needs at least ${100 * MIN_ACCEPTANCE} %`,
    );
  }
  return distribution;
}
