/** Helbing's crowd pressure in areas, frame by frame: the blocks and limits of `pressure.ts`, as in the measures of a run. */
import type { Polygon } from "../../geometry/polygon.js";
import { rowsOfFrame, type Trajectory } from "../../trajectory/trajectory.js";
import { createPressure } from "../pressure.js";
import type { FrameSeries } from "./series.js";
import type { Speeds } from "./speed.js";

/**
 * Mean over the people inside who stand in a block with a pressure, 1/s2; 0 where people are inside but none in such a block, NaN
 * where nobody is inside.
 * @param inside per area: 1 for each row inside (`rowsInside`)
 */
export function pressureIn(
  trajectory: Trajectory,
  speeds: Speeds,
  floor: readonly Polygon[],
  inside: readonly Uint8Array[],
): FrameSeries[] {
  const { firstFrame, lastFrame, x, y } = trajectory;
  const count = Math.max(0, lastFrame - firstFrame + 1);
  const field = createPressure({ sheets: [{ regions: floor }] });
  const values = inside.map(() => new Float64Array(count).fill(Number.NaN));
  const block = new Int32Array(trajectory.rows).fill(-1);
  for (let k = 0; k < count; k++) {
    const rows = rowsOfFrame(trajectory, firstFrame + k);
    if (rows.length === 0) continue;
    field.clear();
    for (const row of rows)
      if (!Number.isNaN(speeds.vx[row]!)) block[row] = field.add(0, x[row]!, y[row]!, speeds.vx[row]!, speeds.vy[row]!);
    inside.forEach((here, a) => {
      let sum = 0;
      let pressed = 0;
      let people = 0;
      for (const row of rows) {
        if (here[row] === 0) continue;
        people++;
        const pressure = block[row]! < 0 ? -1 : field.at(block[row]!);
        if (pressure < 0) continue;
        sum += pressure;
        pressed++;
      }
      if (people > 0) values[a]![k] = pressed === 0 ? 0 : sum / pressed;
    });
  }
  return values.map((each) => ({ first: firstFrame, every: 1, values: each }));
}
