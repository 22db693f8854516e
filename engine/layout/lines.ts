/** Openings and measuring lines are straight: the first and last point of what the file draws. */
import { toGrid } from "../geometry/clip.js";
import type { Point, Segment } from "../geometry/polygon.js";
import { distance, distanceToSegment } from "../geometry/segment.js";
import type { Faults } from "./faults.js";
import type { Frame } from "./layout.js";
import { TOLERANCES } from "./limits.js";
import type { Owner } from "./outlines.js";
import { fromFile, textOf, toFile } from "./project.js";

/** Segment in local metres, or null with the reason: no length, or a bend of more than TOLERANCES.straight. */
export function straightLine(points: readonly Point[], frame: Frame, owner: Owner, faults: Faults): Segment | null {
  const local = points.map((point) => toGrid(fromFile(frame, point)));
  const [a, b] = [local[0]!, local[local.length - 1]!];
  const fail = (at: Point, message: string): null => {
    faults.add({
      place: owner.place,
      message,
      ...(owner.level === undefined ? {} : { level: owner.level }),
      at: toFile(frame, at),
    });
    return null;
  };
  const length = distance(a, b);
  if (length < TOLERANCES.snap) return fail(a, `at ${textOf(frame, a)} has no width: its line is ${length.toFixed(4)} m long`);
  for (const p of local) {
    const bend = distanceToSegment(p, a, b);
    if (bend > TOLERANCES.straight)
      return fail(
        p,
        `bends by ${bend.toFixed(3)} m at ${textOf(frame, p)}, limit ${TOLERANCES.straight} m: draw a straight line or several`,
      );
  }
  return [a, b];
}
