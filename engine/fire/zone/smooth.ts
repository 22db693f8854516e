import { fastTanh } from "../../maths.js";

/** Smooth step from 0 at `low` to 1 at `high`, exact at both ends (tanh; as CFAST's, so that the same slab splits the same way). */
export function smoothStep(x: number, low: number, high: number): number {
  if (!(x < high)) return 1;
  if (!(x > low)) return 0;
  const value = 0.5 + 0.5025 * fastTanh((6 * (x - low)) / (high - low) - 3);
  return value < 0 ? 0 : value > 1 ? 1 : value;
}
