/** Measurement areas and lines from what a user writes: WKT, or corners as "x,y x,y x,y". */
import { MusterError, type Problem } from "../../errors.js";
import { type Point, type Polygon, ringArea } from "../../geometry/polygon.js";
import { normaliseRing, openRing, spikeOf } from "../../geometry/ring.js";
import { distance } from "../../geometry/segment.js";
import { findCrossing } from "../../geometry/validate.js";
import { wktLine, wktPolygons } from "../../geometry/wkt.js";
import type { MeasurementArea } from "./area.js";
import type { MeasurementLine } from "./line-crossings.js";

/** An area below this is no place for people, m2. */
const LEAST_AREA = 0.01;
/** A shorter line cannot be crossed in any sense, m. */
const LEAST_LENGTH = 0.01;

/**
 * A polygon, holes allowed. @param at place for the text of a problem, such as "--area 1"
 * @throws MusterError REQUEST_INVALID with what is wrong and where
 */
export function readArea(name: string, text: string, at: string): MeasurementArea {
  const polygons = /^\s*[a-z]/i.test(text) ? wktPolygons(at, text) : [[corners(text, at)]];
  if (polygons.length !== 1) throw invalid(at, `has ${polygons.length} polygons, needs one`);
  const rings = polygons[0]!.map((ring) => openRing(ring.map(([x, y]): Point => [x!, y!])));
  for (const ring of rings) {
    if (ring.length < 3) throw invalid(at, `has a ring with ${ring.length} corners, needs 3`);
    const spike = spikeOf(ring);
    if (spike) throw invalid(at, `runs back on itself at (${spike.join(", ")})`);
  }
  const crossing = findCrossing(rings);
  if (crossing) throw invalid(at, `crosses itself at (${crossing.at.map((m) => m.toFixed(3)).join(", ")})`);
  const polygon: Polygon = { outer: normaliseRing(rings[0]!, 1), holes: rings.slice(1).map((ring) => normaliseRing(ring, -1)) };
  const area = Math.abs(ringArea(polygon.outer));
  if (area < LEAST_AREA) throw invalid(at, `has ${area.toFixed(4)} m², needs ${LEAST_AREA} m²`);
  return { name, polygon };
}

/** Two different points. */
export function readLine(name: string, text: string, at: string): MeasurementLine {
  const points = /^\s*[a-z]/i.test(text) ? wktLine(at, text) : corners(text, at);
  if (points.length !== 2) throw invalid(at, `has ${points.length} points; a measurement line is straight and has 2`);
  const [from, to] = points.map(([x, y]): Point => [x!, y!]) as [Point, Point];
  const length = distance(from, to);
  if (length < LEAST_LENGTH) throw invalid(at, `is ${length.toFixed(4)} m long, needs ${LEAST_LENGTH} m`);
  return { name, from, to };
}

const invalid = (place: string, message: string): MusterError => {
  const problems: Problem[] = [{ place, message }];
  return new MusterError("REQUEST_INVALID", problems);
};

function corners(text: string, at: string): number[][] {
  return text
    .trim()
    .split(/[\s;]+/)
    .map((pair) => {
      const numbers = pair.split(",").map((word) => (word.trim() === "" ? Number.NaN : Number(word)));
      if (numbers.length !== 2 || numbers.some((value) => !Number.isFinite(value)))
        throw invalid(at, `"${pair}" is no corner; write x,y x,y … in metres, or WKT`);
      return numbers;
    });
}
