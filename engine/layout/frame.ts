/** Chooses the local frame of a layout and refuses layouts that span more than one place. */
import { type Box, boxOf, type Point } from "../geometry/polygon.js";
import type { Faults } from "./faults.js";
import type { Frame } from "./layout.js";
import { LIMITS } from "./limits.js";
import { fromFile } from "./project.js";

/** Metre coordinates beyond this are shifted, so that single precision keeps a tenth of a millimetre, m. */
const FAR = 1000;

export interface Placed {
  readonly place: string;
  readonly points: readonly Point[];
}

/**
 * Frame and size [x, y] in m of everything drawn. Lon/lat: zero in the middle of the box, rounded to 1e-5 degrees. Metres: as in the file,
 * or from the floor of the least corner where a coordinate reaches 1 km, as in UTM. null with a problem where the extent is beyond the limit.
 */
export function chooseFrame(
  coordinates: "lonlat" | "metres",
  drawn: readonly Placed[],
  faults: Faults,
): { frame: Frame; extent: [number, number] } | null {
  const box = boxOf(eachPoint(drawn));
  if (!(box[0] <= box[2])) {
    if (faults.problems.length === 0)
      faults.add({ place: "features", message: "no unit, opening or other used feature has a geometry" });
    return null;
  }
  const frame = frameOf(coordinates, box);
  const [ax, ay, bx, by] = boxOf(
    corners(box).map((point) => (tooFar(frame, point) ? [Infinity, Infinity] : fromFile(frame, point))),
  );
  const extent: [number, number] = [bx - ax, by - ay];
  if (Math.max(...extent) <= LIMITS.extent) return { frame, extent };
  const size =
    Number.isFinite(bx) && Number.isFinite(by)
      ? `${extent.map((m) => (m / 1000).toFixed(1)).join(" × ")} km`
      : "more than a continent";
  const hint = coordinates === "lonlat" ? '; a plan in metres says "muster": {"coordinates": "metres"} at its root' : "";
  faults.add({
    place: `${ownerOf(drawn, box[0], 0)} and ${ownerOf(drawn, box[2], 0)}`,
    message: `the layout spans ${size} from (${box[0]}, ${box[1]}) to (${box[2]}, ${box[3]}), limit ${LIMITS.extent / 1000} km${hint}`,
    limit: LIMITS.extent,
    at: [box[0], box[1]],
  });
  return null;
}

function frameOf(coordinates: "lonlat" | "metres", [ax, ay, bx, by]: Box): Frame {
  if (coordinates === "lonlat")
    return { kind: "lonlat", lon: Math.round((ax + bx) * 5e4) / 1e5, lat: Math.round((ay + by) * 5e4) / 1e5 };
  const far = Math.max(-ax, -ay, bx, by) >= FAR;
  return { kind: "metres", x: far ? Math.floor(ax) : 0, y: far ? Math.floor(ay) : 0 };
}

/** The projection shows one side of the earth only. */
const tooFar = (frame: Frame, [x, y]: Point): boolean =>
  frame.kind === "lonlat" && (Math.abs(x - frame.lon) > 45 || Math.abs(y - frame.lat) > 45);

const corners = ([ax, ay, bx, by]: Box): Point[] => [
  [ax, ay],
  [bx, ay],
  [bx, by],
  [ax, by],
];

function* eachPoint(drawn: readonly Placed[]): Generator<Point> {
  for (const { points } of drawn) yield* points;
}

function ownerOf(drawn: readonly Placed[], value: number, axis: 0 | 1): string {
  return drawn.find(({ points }) => points.some((point) => point[axis] === value))?.place ?? "features";
}
