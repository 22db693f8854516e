/**
 * What a burning building sends to its neighbours, W/m²: radiation of its openings (or of its whole walls, where they burn) and of the flame
 * over its roof, which leans in the wind. Each pair is worked out once for a wind; buildings between block.
 *
 * Openings: 84 kW/m² over the share of the wall that is opening (BR 187: 84 for shops' reduced and 168 for standard fire load, 12.5 kW/m² on
 * the neighbour; 84 is taken, since façades are rarely all alight at once; recalled: unverified). Roof: solid flame (Heskestad's length,
 * Thomas' tilt) of 300 kW per m² of floor, χr = 0.3; both chosen in the range of handbooks, varied between runs.
 */
import { indexBoxes } from "../../../geometry/box-index.js";
import { nearestOn } from "../../../geometry/plane.js";
import { boxesMeet, type Point, type Ring } from "../../../geometry/polygon.js";
import { distance as distanceOf } from "../../../geometry/segment.js";
import { cosSin } from "../../../maths.js";
import { createBarriers } from "../barriers.js";
import { diameterOf, emissivePower, flameLength, tiltCosine } from "../flame.js";
import { cylinderFactor, polygonFactor } from "../form-factor.js";
import type { Building, District } from "./buildings.js";

export interface BuildingFire {
  /** W/m² of burning opening or wall. */
  readonly opening_W_m2: number;
  /** Share of a wall that is opening: of walls that burn (wood) and of those that do not. */
  readonly openShare: { readonly wooden: number; readonly resistant: number };
  /** W per m² of floor over all storeys. */
  readonly floor_W_m2: number;
  readonly radiativeFraction: number;
  readonly heatOfCombustion_J_kg: number;
}

export const BUILDING_FIRE: BuildingFire = {
  opening_W_m2: 84e3,
  openShare: { wooden: 0.6, resistant: 0.25 },
  floor_W_m2: 300e3,
  radiativeFraction: 0.3,
  heatOfCombustion_J_kg: 17e6,
};

/** Farther neighbours get less than any critical flux, m. */
export const REACH = 60;
/** Less flux than this ignites nothing whatever is drawn, W/m². */
const LEAST = 1500;

/** Who heats whom: sources of target j stand at start[j] … start[j + 1] - 1 of `from`. */
export interface Heating {
  readonly start: Int32Array;
  readonly from: Int32Array;
  /** W/m² from the walls and from the flame over the roof of each source. */
  readonly wall: Float64Array;
  readonly roof: Float64Array;
}

interface WindNow {
  readonly speed_m_s: number;
  readonly to_rad: number;
}

/** Gaps and sight between buildings, which no wind moves. */
export interface Neighbours {
  readonly start: Int32Array;
  readonly from: Int32Array;
  /** Point of the target nearest to the source, 2 per pair, m. */
  readonly at: Float64Array;
  readonly gap_m: Float64Array;
  /** W/m² of the walls at 1 W/m² of emission: the view factor of all walls that face the target. */
  readonly view: Float64Array;
}

export function neighboursOf({ buildings }: District): Neighbours {
  const index = indexBoxes(buildings.map(({ box }) => box));
  const sight = sightOf(buildings);
  const start = new Int32Array(buildings.length + 1);
  const from: number[] = [];
  const at: number[] = [];
  const gap: number[] = [];
  const view: number[] = [];
  buildings.forEach((target, j) => {
    const [x0, y0, x1, y1] = target.box;
    for (const i of index.near([x0 - REACH, y0 - REACH, x1 + REACH, y1 + REACH])) {
      const source = buildings[i]!;
      if (i === j || !boxesMeet(source.box, target.box, REACH)) continue;
      const [p, q] = nearestPair(source.outline, target.outline);
      const distance = distanceOf(p, q);
      if (distance > REACH || !sight(i, j, p, q)) continue;
      from.push(i);
      at.push(q[0], q[1]);
      gap.push(distance);
      view.push(distance < TOUCH ? 1 : wallView(source, q, Math.min(source.height_m, target.height_m) / 2));
    }
    start[j + 1] = from.length;
  });
  return {
    start,
    from: Int32Array.from(from),
    at: Float64Array.from(at),
    gap_m: Float64Array.from(gap),
    view: Float64Array.from(view),
  };
}

/** Buildings nearer than this share a wall, m. */
const TOUCH = 0.2;

function nearestPair(a: Ring, b: Ring): [Point, Point] {
  let best: [Point, Point] = [a[0]!, b[0]!];
  let least = Infinity;
  const consider = (p: Point, q: Point): void => {
    const away = (p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]);
    if (away < least) [least, best] = [away, [p, q]];
  };
  for (const [ring, other, turned] of [
    [a, b, false],
    [b, a, true],
  ] as const)
    for (const p of ring)
      other.forEach((c, k) => {
        const d = other[(k + 1) % other.length]!;
        const q = nearestOn(p[0], p[1], c[0], c[1], d[0], d[1]);
        if (turned) consider(q, p);
        else consider(p, q);
      });
  return best;
}

/** Whether no third building stands between two points of a source and a target. */
function sightOf(buildings: readonly Building[]): (i: number, j: number, p: Point, q: Point) => boolean {
  const index = indexBoxes(buildings.map(({ box }) => box));
  const outlines = buildings.map(({ outline, height_m }) =>
    createBarriers([outline.map((a, k) => ({ a, b: outline[(k + 1) % outline.length]!, to_m: height_m }))]),
  );
  return (i, j, p, q) => {
    const height = Math.min(buildings[i]!.height_m, buildings[j]!.height_m) / 2;
    const box = [Math.min(p[0], q[0]), Math.min(p[1], q[1]), Math.max(p[0], q[0]), Math.max(p[1], q[1])] as const;
    for (const k of index.near(box))
      if (k !== i && k !== j && outlines[k]!.through(0, p[0], p[1], height, q[0], q[1], height) === 0) return false;
    return true;
  };
}

const factor = new Float64Array(3);
const wall = new Float64Array(12);

/** |Σ f| over the walls of a building that face a point. */
function wallView({ outline, height_m }: Building, [x, y]: Point, z: number): number {
  let [fx, fy, fz] = [0, 0, 0];
  outline.forEach(([ax, ay], k) => {
    const [bx, by] = outline[(k + 1) % outline.length]!;
    // Counterclockwise outlines have their outside at the right of each edge.
    if ((bx - ax) * (y - ay) - (by - ay) * (x - ax) >= 0) return;
    wall.set([ax, ay, 0, ax, ay, height_m, bx, by, height_m, bx, by, 0]);
    polygonFactor(wall, x, y, z, factor);
    fx += factor[0]!;
    fy += factor[1]!;
    fz += factor[2]!;
  });
  return Math.min(1, Math.sqrt(fx * fx + fy * fy + fz * fz));
}

/** Fluxes between all neighbours in a wind. */
export function heatingIn(district: District, near: Neighbours, fire: BuildingFire, wind: WindNow): Heating {
  const { buildings } = district;
  const roofs = buildings.map((building) => roofFlame(building, fire, wind));
  const start = new Int32Array(buildings.length + 1);
  const from: number[] = [];
  const walls: number[] = [];
  const roof: number[] = [];
  buildings.forEach((target, j) => {
    for (let e = near.start[j]!; e < near.start[j + 1]!; e++) {
      const source = buildings[near.from[e]!]!;
      const share = source.fireResistant ? fire.openShare.resistant : fire.openShare.wooden;
      const side = near.view[e]! * share * fire.opening_W_m2;
      const over = roofFlux(roofs[near.from[e]!]!, near.at[2 * e]!, near.at[2 * e + 1]!, target.height_m);
      if (side + over < LEAST) continue;
      from.push(near.from[e]!);
      walls.push(side);
      roof.push(over);
    }
    start[j + 1] = from.length;
  });
  return { start, from: Int32Array.from(from), wall: Float64Array.from(walls), roof: Float64Array.from(roof) };
}

function roofFlux({ body, emissive }: ReturnType<typeof roofFlame>, x: number, y: number, z: number): number {
  // No more than a sphere around the flame would send.
  const [ex, ey, ez] = [body.x + body.dx / 2 - x, body.y + body.dy / 2 - y, body.z + body.dz / 2 - z];
  const size = Math.sqrt(body.dx * body.dx + body.dy * body.dy + body.dz * body.dz) / 2 + body.radius;
  const away = ex * ex + ey * ey + ez * ez;
  if (away > size * size && (emissive * size * size) / away < LEAST / 2) return 0;
  cylinderFactor(body, x, y, z, factor);
  const seen = Math.sqrt(factor[0]! * factor[0]! + factor[1]! * factor[1]! + factor[2]! * factor[2]!);
  return emissive * Math.min(1, seen);
}

function roofFlame(building: Building, fire: BuildingFire, wind: WindNow) {
  const hrr = fire.floor_W_m2 * building.area_m2 * building.storeys;
  const diameter = diameterOf(building.area_m2);
  const length = flameLength(hrr, diameter);
  const burning = hrr / building.area_m2 / fire.heatOfCombustion_J_kg;
  const cosine = tiltCosine(wind.speed_m_s, burning, diameter, "thomas");
  const across = length * Math.sqrt(Math.max(0, 1 - cosine * cosine));
  const [c, s] = cosSin(wind.to_rad);
  const [x, y] = building.centre;
  return {
    body: { x, y, z: building.height_m, radius: diameter / 2, dx: across * c, dy: across * s, dz: length * cosine },
    emissive: emissivePower("balance", fire.radiativeFraction * hrr, diameter, length),
  };
}
