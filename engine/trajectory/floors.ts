/** Walkable areas as other programs write them: Vadere scenarios, crowd:it floors, wall points of the Hermes experiments. */
import { XMLParser } from "fast-xml-parser";
import { MusterError } from "../errors.js";
import { difference, toGrid, union } from "../geometry/clip.js";
import { boxOf, type Point, type Polygon } from "../geometry/polygon.js";
import { normaliseRing, openRing } from "../geometry/ring.js";
import { findCrossing } from "../geometry/validate.js";

const unreadable = (place: string, message: string): MusterError => new MusterError("INPUT_UNREADABLE", [{ place, message }]);

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);
const at = (value: unknown, ...keys: string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value);

/** A ring on the grid of 1e-6 m, counterclockwise, or INPUT_UNREADABLE with what is wrong. */
function soundRing(place: string, points: readonly Point[]): Point[] {
  const ring = openRing(points.map(toGrid));
  if (ring.length < 3) throw unreadable(place, `has ${ring.length} corners, needs 3`);
  const crossing = findCrossing([ring]);
  if (crossing) throw unreadable(place, `crosses itself at (${crossing.at.join(", ")})`);
  return [...normaliseRing(ring, 1)];
}

const solid = (outer: readonly Point[]): Polygon => ({ outer, holes: [] });

/** Inner bound of a Vadere topography less its obstacles (rectangles and polygons), m. */
export function vadereFloor(name: string, root: unknown): Polygon[] {
  const topography = at(root, "scenario", "topography");
  const bounds = at(topography, "attributes", "bounds");
  const width = at(topography, "attributes", "boundingBoxWidth");
  const [x, y, w, h] = ["x", "y", "width", "height"].map((key) => at(bounds, key));
  if (![x, y, w, h, width].every((value) => typeof value === "number"))
    throw unreadable(name, "is no Vadere scenario: scenario.topography.attributes lacks bounds or boundingBoxWidth");
  const edge = width as number;
  const inner = rectangle((x as number) + edge, (y as number) + edge, (w as number) - 2 * edge, (h as number) - 2 * edge);
  const obstacles = at(topography, "obstacles");
  const holes = (Array.isArray(obstacles) ? obstacles : []).map((obstacle: unknown, k) => {
    const place = `${name}, obstacle ${String(at(obstacle, "id") ?? k)}`;
    return solid(soundRing(place, vadereShape(place, at(obstacle, "shape"))));
  });
  return difference([solid(soundRing(name, inner))], holes);
}

const rectangle = (x: number, y: number, width: number, height: number): Point[] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
];

function vadereShape(place: string, shape: unknown): Point[] {
  const type = at(shape, "type");
  if (type === "RECTANGLE") {
    const [x, y, width, height] = ["x", "y", "width", "height"].map((key) => Number(at(shape, key)));
    return rectangle(x!, y!, width!, height!);
  }
  const points = at(shape, "points");
  if (type === "POLYGON" && Array.isArray(points))
    return points.map((point: unknown): Point => [Number(at(point, "x")), Number(at(point, "y"))]);
  throw unreadable(place, `has the shape ${String(type)}; RECTANGLE and POLYGON are read`);
}

/** The box around a crowd:it floor less its walls, which are closed outlines, m. A single wall is the floor itself. */
export function crowditFloor(name: string, text: string): Polygon[] {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (tag) => ["layer", "wall", "point"].includes(tag),
  });
  let root: unknown;
  try {
    root = parser.parse(text, true);
  } catch (error) {
    throw unreadable(name, `is no XML: ${error instanceof Error ? error.message : String(error)}`);
  }
  const layers = at(root, "floor", "layer");
  const walls = (Array.isArray(layers) ? layers : []).flatMap((layer: unknown) => at(layer, "wall") ?? []);
  if (walls.length === 0) throw unreadable(name, "is no crowd:it floor: it has no walls");
  const rings = walls.map((wall: unknown, k): Point[] => {
    const place = `${name}, wall ${String(at(wall, "id") ?? k)}`;
    const points = at(wall, "point");
    return soundRing(
      place,
      (Array.isArray(points) ? points : []).map((point: unknown): Point => [Number(at(point, "x")), Number(at(point, "y"))]),
    );
  });
  if (rings.length === 1) return [solid(rings[0]!)];
  const [ax, ay, bx, by] = boxOf(rings.flat());
  return difference([solid(rectangle(ax, ay, bx - ax, by - ay))], union(rings.map(solid)));
}
