/** Compiles the lifts of a layout: doors, places before them and in the car, times of a ride. */
import type { Problem } from "../errors.js";
import { distance2, side } from "../geometry/plane.js";
import type { Jump } from "../geometry/travel-time.js";
import type { Layout, Lift, Polygon } from "../layout/layout.js";
import { mean } from "../scenario/distributions.js";
import { type LiftWay, liftWay, ruleOf } from "../scenario/lift-rules.js";
import type { Scenario } from "../scenario/scenario.js";
import { inPolygons } from "./areas.js";
import { spotsFrom } from "./lanes.js";
import type { Raster } from "./raster.js";
import { shared } from "./shared.js";
import { binsNear } from "./walls.js";
import { type Landing, type Lane, nodeAt, type WallLists, type WorldGate, type WorldLift } from "./world.js";

/** People are called to a place before the doors when this near, m. */
const CALL_REACH = 2.5;
/** Rows of people wait beside the doors, this far from the jambs and apart, m, or as wide bodies need: who gets out walks between. Chosen. */
const ROW_ASIDE = 0.35;
const ROW_SPACING = 0.7;
/** Places in a car are looked for on a grid of this edge, m. */
const GRID = 0.1;

/** Share of the radius that people keep from walls, and of both radii that they keep from each other: no less than the headway model's limits. */
export const CLEAR_WALL = 0.86;
export const CLEAR_CORE = 2 / 3;
/** Room beyond the hard limits, m. */
export const ROOM = 0.03;

interface Site {
  readonly layout: Layout;
  readonly scenario: Scenario;
  readonly raster: Raster;
  readonly walls: WallLists;
  readonly gates: readonly WorldGate[];
  readonly problems: Problem[];
  /** Widths of the slimmest and of the widest body, m. */
  readonly slimmest: number;
  readonly widest: number;
}

/** One entry for each lift that the scenario lets run, in the layout's order. */
export function buildLifts(site: Site): WorldLift[] {
  return site.layout.lifts.flatMap((lift) => {
    const rule = ruleOf(site.scenario, lift);
    if (!rule) return [];
    const way = liftWay(lift, rule);
    const sheets = site.layout.sheets.flatMap((sheet, s) => (sheet.connection === lift.id ? [s] : []));
    const car = site.layout.sheets[sheets[0]!]!.regions;
    const landings = lift.landings.map((_, k) => landingOf(site, lift, k, sheets[k]!));
    const spots = carSpots(car);
    const most = packed(spots, site.slimmest / 2, CLEAR_CORE);
    const typical = (site.slimmest + site.widest) / 4;
    const closeness = CLOSENESS.find((share) => packed(spots, typical, share) >= way.capacity) ?? CLEAR_CORE;
    if (way.capacity > most)
      site.problems.push({
        place: `lift ${lift.name}`,
        message: `its car holds at most ${most} people ${site.slimmest.toFixed(2)} m wide, its capacity is ${way.capacity}`,
        value: way.capacity,
        limit: most,
      });
    return [{ id: lift.id, name: lift.name, way, landings, spots, closeness, rides: ridesOf(way, landings) }];
  });
}

function landingOf(site: Site, lift: Lift, k: number, car: number): Landing {
  const { layout, raster } = site;
  const { level, opening, line } = lift.landings[k]!;
  const gate = layout.gates.findIndex((g) => g.opening === opening);
  const { sheetA, sheetB, width } = site.gates[gate]!;
  const floor = sheetA === car ? sheetB : sheetA;
  const [[ax, ay], [bx, by]] = line;
  const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  const [cx, cy] = middleOf(layout.sheets[car]!.regions);
  const carLeft = side(ax, ay, bx, by, cx, cy) > 0;
  const inX = ((carLeft ? -1 : 1) * (by - ay)) / length;
  const inY = ((carLeft ? 1 : -1) * (bx - ax)) / length;
  const [x, y] = [(ax + bx) / 2, (ay + by) / 2];
  return {
    level,
    gate,
    floor,
    car,
    carLeft,
    elevation: layout.levels.find(({ id }) => id === level)!.elevation,
    x,
    y,
    inX,
    inY,
    node: nodeAt(raster, car, x + 1.5 * raster.cell * inX, y + 1.5 * raster.cell * inY),
    width,
    rows: rowsBefore(site, floor, { x, y, inX, inY, width }),
    bins: Int32Array.from(binsNear(raster.sheets[floor]!, ax, ay, bx, by, CALL_REACH)),
  };
}

function middleOf(polygons: readonly Polygon[]): [number, number] {
  const points = polygons.flatMap(({ outer }) => outer);
  const mean = (axis: 0 | 1): number => points.reduce((sum, p) => sum + p[axis], 0) / points.length;
  return [mean(0), mean(1)];
}

/** Rows on both sides of the doors, straight back from the wall; where neither has room, one straight back from the doors. */
function rowsBefore(
  { raster, walls, gates, widest }: Site,
  sheet: number,
  door: { x: number; y: number; inX: number; inY: number; width: number },
): Lane[] {
  const { x, y, inX, inY, width } = door;
  const floor = { sheet, spacing: Math.max(ROW_SPACING, widest), raster, walls, gates };
  const away = width / 2 + Math.max(ROW_ASIDE, widest / 2 + ROOM);
  const row = (aside: number): Lane => ({
    spots: shared(Float32Array, spotsFrom({ x: x - aside * inY, y: y + aside * inX, nx: -inX, ny: -inY }, floor)),
  });
  const rows = [row(away), row(-away)].filter(({ spots }) => spots.length > 0);
  return rows.length > 0 ? rows : [row(0)];
}

/** Places in the car with their distance from its wall: 3 each [x, y, m, …]. */
function carSpots(car: readonly Polygon[]): Float32Array {
  const { outer } = car[0]!;
  const xs = outer.map((p) => p[0]);
  const ys = outer.map((p) => p[1]);
  const spots: number[] = [];
  for (let y = Math.min(...ys) + GRID / 2; y < Math.max(...ys); y += GRID)
    for (let x = Math.min(...xs) + GRID / 2; x < Math.max(...xs); x += GRID) {
      if (!inPolygons(car, x, y)) continue;
      const walls = outer.map(([ax, ay], k) => {
        const [bx, by] = outer[(k + 1) % outer.length]!;
        return distance2(x, y, ax, ay, bx, by);
      });
      spots.push(x, y, Math.sqrt(Math.min(...walls)));
    }
  return shared(Float32Array, spots);
}

/** Distances between people in a car that are tried, as shares of both radii: the widest at which as many as the capacity find room. */
const CLOSENESS = [1.3, 1.2, 1.1, 1, 0.9, 0.8, 0.7];

/** How many people of one radius find a place in a car, row by row, at a distance of `share` of both radii. */
function packed(spots: Float32Array, radius: number, share: number): number {
  const taken: [number, number][] = [];
  const apart = 2 * share * radius + ROOM;
  for (let k = 0; k < spots.length; k += 3) {
    const [x, y] = [spots[k]!, spots[k + 1]!];
    if (spots[k + 2]! < CLEAR_WALL * radius + ROOM) continue;
    if (taken.every(([ox, oy]) => (ox - x) * (ox - x) + (oy - y) * (oy - y) >= apart * apart)) taken.push([x, y]);
  }
  return taken.length;
}

/** Time of a ride between two landings, s: speed up, run, slow down; h / v + v / a, or 2 √(h / a) where v is not reached. */
export function rideTime({ speed, acceleration }: LiftWay, height: number): number {
  const h = Math.abs(height);
  return h * acceleration >= speed * speed ? h / speed + speed / acceleration : 2 * Math.sqrt(h / acceleration);
}

function ridesOf(way: LiftWay, landings: readonly Landing[]): Float64Array {
  const n = landings.length;
  return Float64Array.from({ length: n * n }, (_, k) =>
    rideTime(way, landings[k % n]!.elevation - landings[Math.floor(k / n)]!.elevation),
  );
}

/**
 * The lift as a way of travel-time fields: from each place of the car at one landing to the same at another in half a cycle (the mean wait of
 * who comes at any time) and a ride. Fields count metres; seconds become metres at the mean free speed of the people.
 */
export function liftJumps(lifts: readonly WorldLift[], raster: Raster, scenario: Scenario): Jump[] {
  const people = scenario.people.reduce((sum, { count }) => sum + count, 0);
  const speed =
    people === 0
      ? 1
      : scenario.people.reduce((sum, { count, population }) => sum + count * mean(population.speed_m_s), 0) / people;
  return lifts.flatMap(({ way, landings, rides }) => {
    const n = landings.length;
    const doors = way.doorOpen + way.dwell + way.doorClose;
    const halfCycle = rides[n - 1]! + (n - 1) * doors;
    return landings.flatMap((from, a) =>
      landings.flatMap((to, b): Jump[] => {
        if (a === b) return [];
        const nodes = carNodes(raster, from.car, to.car);
        const seconds = halfCycle + way.doorClose + rides[a * n + b]! + way.doorOpen;
        return [{ ...nodes, time: seconds * speed, gates: [from.gate, to.gate] }];
      }),
    );
  });
}

/** Nodes of one car sheet and those above or below them on another. */
function carNodes(raster: Raster, from: number, to: number): { from: Int32Array; to: Int32Array } {
  const a: number[] = [];
  const b: number[] = [];
  raster.nodeSheet.forEach((sheet, n) => {
    if (sheet !== from) return;
    const m = nodeAt(raster, to, raster.nodeX[n]!, raster.nodeY[n]!);
    if (m < 0) return;
    a.push(n);
    b.push(m);
  });
  return { from: shared(Int32Array, a), to: shared(Int32Array, b) };
}
