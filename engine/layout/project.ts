/**
 * Lon/lat to local metres and back: orthographic projection of the WGS84 ellipsoid onto the plane that touches it at the layout's
 * origin (east and north of the local tangent frame; B. Hofmann-Wellenhof, H. Lichtenegger, J. Collins 2001, "GPS: Theory and
 * Practice", 10.2; NGA.STND.0036 for the ellipsoid's axes). Distances shrink by d²/(6 R²): 4e-9 of the length 1 km from
 * the origin, 2e-6 at 20 km. x points east, y north at the origin.
 */
import { cosSin } from "../maths.js";
import type { Frame, Point } from "./layout.js";

const A = 6378137;
const FLATTENING = 1 / 298.257223563;
const E2 = FLATTENING * (2 - FLATTENING);
const RADIANS = Math.PI / 180;

type LonLat = Extract<Frame, { kind: "lonlat" }>;

/** Local metres of a point in degrees. */
export function fromLonLat(frame: LonLat, lon: number, lat: number): Point {
  const [cos0, sin0] = cosSin(frame.lat * RADIANS);
  const [cos, sin] = cosSin(lat * RADIANS);
  const [cosTurn, sinTurn] = cosSin((lon - frame.lon) * RADIANS);
  const n0 = A / Math.sqrt(1 - E2 * sin0 * sin0);
  const n = A / Math.sqrt(1 - E2 * sin * sin);
  const outward = n * cos * cosTurn - n0 * cos0;
  const up = (1 - E2) * (n * sin - n0 * sin0);
  return [n * cos * sinTurn, cos0 * up - sin0 * outward];
}

/** Degrees [lon, lat] of local metres within 20 km: Newton's steps with the radii of curvature, to 1e-9 m in the plane. */
export function toLonLat(frame: LonLat, x: number, y: number): Point {
  let { lon, lat } = frame;
  for (let k = 0; k < 8; k++) {
    const [px, py] = fromLonLat(frame, lon, lat);
    const [cos, sin] = cosSin(lat * RADIANS);
    const w2 = 1 - E2 * sin * sin;
    const n = A / Math.sqrt(w2);
    const m = (n * (1 - E2)) / w2;
    lon += (x - px) / (n * cos * RADIANS);
    lat += (y - py) / (m * RADIANS);
  }
  return [lon, lat];
}

/** Local metres of a point given as in the layout file: degrees for files in lon/lat, else metres with the offset taken off. */
export function fromFile(frame: Frame, point: Point): Point {
  return frame.kind === "lonlat" ? fromLonLat(frame, point[0], point[1]) : [point[0] - frame.x, point[1] - frame.y];
}

/** A local point as the layout file would give it. */
export function toFile(frame: Frame, point: Point): Point {
  return frame.kind === "lonlat" ? toLonLat(frame, point[0], point[1]) : [point[0] + frame.x, point[1] + frame.y];
}

/** Text of a local point as the file gives it: "(11.5868000, 48.1624000)" in degrees, "(5.00, 4.00)" in metres. */
export function textOf(frame: Frame, point: Point): string {
  const digits = frame.kind === "lonlat" ? 7 : 2;
  return `(${toFile(frame, point)
    .map((value) => value.toFixed(digits))
    .join(", ")})`;
}
