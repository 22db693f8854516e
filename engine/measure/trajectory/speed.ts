/** Speed of each person in each frame, from positions before and after it. */
import { longestPause, type Trajectory } from "../../trajectory/trajectory.js";

/**
 * What happens where fewer than `frameStep` rows stand before or after a row (the words of PedPy's `SpeedCalculation`):
 * - "exclude": no speed there.
 * - "adaptive": the window shrinks to what both sides have; no speed at the very ends. The shorter window is noisier.
 * - "single-sided": the window ends at the row itself. It is half as long there, so speeds may jump.
 */
export type BorderPolicy = "exclude" | "adaptive" | "single-sided";
export const BORDER_POLICIES: readonly BorderPolicy[] = ["exclude", "adaptive", "single-sided"];

export interface SpeedOptions {
  /** Rows before and after: v(k) = (x(k + n) - x(k - n)) / (t(k + n) - t(k - n)). */
  frameStep: number;
  border: BorderPolicy;
  /** Direction of movement: the speed is then the component along it, which may be negative. Any length but 0. */
  direction?: readonly [number, number] | undefined;
}

/** One entry per row of the trajectory, m/s; NaN where there is none: missing is missing, never 0. */
export interface Speeds {
  readonly speed: Float64Array;
  readonly vx: Float64Array;
  readonly vy: Float64Array;
}

/**
 * Individual speed |x(k + n) - x(k - n)| / Δt, m/s, with the real time between the two rows, as PedPy's `compute_individual_speed`.
 * A pause in a person's rows longer than `longestPause` counts as an end of the track.
 */
export function individualSpeed(trajectory: Trajectory, options: SpeedOptions): Speeds {
  const { rows, x, y, frame, frameRate, id } = trajectory;
  const { frameStep: step, border, direction } = options;
  const speed = new Float64Array(rows).fill(Number.NaN);
  const vx = new Float64Array(rows).fill(Number.NaN);
  const vy = new Float64Array(rows).fill(Number.NaN);
  const pause = longestPause(trajectory);
  const unit = direction ? 1 / Math.sqrt(direction[0] * direction[0] + direction[1] * direction[1]) : 0;
  for (let first = 0; first < rows; ) {
    let end = first + 1;
    while (end < rows && id[end] === id[first] && frame[end]! - frame[end - 1]! <= pause) end++;
    for (let row = first; row < end; row++) {
      let before = Math.min(step, row - first);
      let after = Math.min(step, end - 1 - row);
      if (border === "exclude" && (before < step || after < step)) continue;
      if (border === "adaptive") before = after = Math.min(before, after);
      else if (border === "single-sided") {
        if (before < step) before = 0;
        if (after < step) after = 0;
      }
      if (before + after === 0) continue;
      const [a, b] = [row - before, row + after];
      const seconds = (frame[b]! - frame[a]!) / frameRate;
      const ux = (x[b]! - x[a]!) / seconds;
      const uy = (y[b]! - y[a]!) / seconds;
      vx[row] = ux;
      vy[row] = uy;
      speed[row] = direction ? (ux * direction[0] + uy * direction[1]) * unit : Math.sqrt(ux * ux + uy * uy);
    }
    first = end;
  }
  return { speed, vx, vy };
}
