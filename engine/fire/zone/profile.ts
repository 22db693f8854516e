import type { TimeTable } from "./building.js";

/** Volume below each height of a space whose area changes with height. */
export interface Profile {
  readonly height: Float64Array;
  readonly area: Float64Array;
  readonly volume: Float64Array;
}

/** `areas`: [height m, area m2]; linear between, constant beyond the ends; m and m3. */
export function createProfile(areas: TimeTable, height_m: number): Profile {
  const inside = areas.filter(([h]) => h > 0 && h < height_m).map(([h]) => h);
  const height = Float64Array.from([0, ...inside, height_m]);
  const area = height.map((h) => areaAt(areas, h));
  const volume = new Float64Array(height.length);
  for (let k = 1; k < height.length; k++)
    volume[k] = volume[k - 1]! + ((height[k]! - height[k - 1]!) * (area[k]! + area[k - 1]!)) / 2;
  return { height, area, volume };
}

function areaAt(areas: TimeTable, h: number): number {
  if (h <= areas[0]![0]) return areas[0]![1];
  for (let k = 1; k < areas.length; k++) {
    const [h1, a1] = areas[k]!;
    const [h0, a0] = areas[k - 1]!;
    if (h <= h1) return h1 === h0 ? a1 : a0 + ((a1 - a0) * (h - h0)) / (h1 - h0);
  }
  return areas[areas.length - 1]![1];
}

/** Height below which `volume` lies, m. */
export function heightOf(profile: Profile, volume: number): number {
  let k = 1;
  while (k < profile.height.length - 1 && profile.volume[k]! < volume) k++;
  const h0 = profile.height[k - 1]!;
  const a0 = profile.area[k - 1]!;
  const slope = (profile.area[k]! - a0) / (profile.height[k]! - h0);
  const rest = Math.max(0, volume - profile.volume[k - 1]!);
  // rest = a0 d + slope d^2 / 2, in the form that stays exact as slope goes to 0
  return h0 + (2 * rest) / (a0 + Math.sqrt(Math.max(0, a0 * a0 + 2 * slope * rest)));
}
