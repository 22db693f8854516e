/** Openings of a layout → wall vents whose open share a run sets, and where units join without a wall, vents that are always open. */
import type { Point, Segment } from "../../geometry/polygon.js";
import type { Layout, Opening, Unit } from "../../layout/layout.js";
import type { DoorState, FireScenario } from "../../scenario/fire/fire.js";
import { CLOSING, DOOR_LEAK, DOUBLE_LEAF } from "../../scenario/fire/limits.js";
import { OUTSIDE, type WallVent } from "../zone/building.js";
import type { Compartments } from "./compartments.js";
import { windPressure } from "./wind.js";

/** One opening as smoke sees it. */
export interface SmokeDoor {
  /** Opening id. */
  readonly opening: string;
  /** Index into `wallVents`. */
  readonly vent: number;
  /** Index into `layout.gates`, -1: people do not pass it. */
  readonly gate: number;
  /** "as-people": open or closed as the gate is for people. */
  readonly state: DoorState | "as-people";
  /** Open share of the closed door: its gaps. */
  readonly leak: number;
  readonly closing_s: number;
}

/** Vents below this height or width, m, are left out: nothing flows through them. */
const LEAST = 0.005;

export interface Doors {
  readonly vents: readonly WallVent[];
  readonly doors: readonly SmokeDoor[];
  readonly notices: readonly string[];
}

export function doorsOf(layout: Layout, fire: FireScenario, compartments: Compartments): Doors {
  const vents: WallVent[] = [];
  const doors: SmokeDoor[] = [];
  const notices: string[] = [];
  for (const opening of layout.openings) {
    const vent = ventOf(layout, fire, compartments, opening);
    if (vent === null) continue;
    if (typeof vent === "string") {
      notices.push(vent);
      continue;
    }
    const rule = fire.doors.find(({ at }) => at.includes(opening.id) || at.includes(opening.name));
    const leak_m2 = rule?.leak_m2 ?? leakOf(layout, opening);
    const leak = Math.min(1, leak_m2 / (vent.width_m * (vent.soffit_m - vent.sill_m)));
    const state = rule?.state ?? "as-people";
    const open = state === "open" || (state === "as-people" && opening.state === "open");
    doors.push({
      opening: opening.id,
      vent: vents.length,
      gate: layout.gates.findIndex((gate) => gate.opening === opening.id),
      state,
      leak,
      closing_s: rule?.closing_s ?? CLOSING,
    });
    vents.push({ ...vent, opening: { by: "share", initial: open ? 1 : leak } });
  }
  return { vents: [...vents, ...joints(layout, compartments)], doors, notices };
}

const leakOf = ({ lifts }: Layout, { id, width }: Opening): number => {
  if (lifts.some(({ landings }) => landings.some(({ opening }) => opening === id))) return DOOR_LEAK.lift;
  return width >= DOUBLE_LEAF ? DOOR_LEAK.double : DOOR_LEAK.single;
};

/** null where smoke has nothing to pass: both sides outside, or the same room. */
function ventOf(layout: Layout, fire: FireScenario, compartments: Compartments, opening: Opening): WallVent | string | null {
  const sides = [...new Set(opening.units.map(compartments.of))];
  const inside = sides.filter((side) => side !== OUTSIDE);
  if (inside.length === 0 || (inside.length === 1 && sides.length === 1 && !opening.exit)) return null;
  // The floor of the opening's own level is where its sill is measured from; a flight or shaft may begin further down.
  const elevation = layout.levels.find(({ id }) => id === opening.level)?.elevation ?? 0;
  const [from, to = OUTSIDE] = inside.sort((a, b) => Math.abs(floor(a) - elevation) - Math.abs(floor(b) - elevation) || a - b);
  function floor(side: number): number {
    return compartments.list[side]!.floor_m;
  }
  const ceilings = inside.map((side) => floor(side) + compartments.list[side]!.height_m);
  const bottom = Math.max(elevation + opening.sill, ...inside.map(floor));
  const top = Math.min(elevation + opening.sill + opening.height, ...ceilings);
  if (top - bottom < LEAST || opening.width < LEAST)
    return `fire: opening ${opening.id} has no height between floor and ceiling of the rooms it joins: smoke does not pass it.`;
  const wind = to === OUTSIDE ? windPressure(fire, compartments.units[from!]!, opening.line) : 0;
  return {
    id: opening.id,
    from: from!, // inside is not empty
    to,
    sill_m: bottom - floor(from!),
    soffit_m: top - floor(from!),
    width_m: opening.width,
    opening: { by: "share", initial: 1 },
    ...(wind === 0 ? {} : { windPressure_Pa: wind }),
  };
}

/** Units with an open boundary join where their outlines run along each other: a vent from floor to the lower ceiling. */
function joints(layout: Layout, compartments: Compartments): WallVent[] {
  const open = layout.units.filter(({ boundary, walkable }) => boundary === "open" && walkable);
  return open.flatMap((a, i) =>
    open.slice(i + 1).flatMap((b): WallVent[] => {
      const [one, two] = [compartments.of(a.id), compartments.of(b.id)];
      if (a.level !== b.level || (one === OUTSIDE && two === OUTSIDE)) return [];
      const width = sharedEdge(a, b);
      if (width < LEAST) return [];
      const [from, to] = one === OUTSIDE ? [two, one] : [one, two];
      const heights = [from, to].flatMap((side) => (side === OUTSIDE ? [] : [compartments.list[side]!.height_m]));
      const opening = { by: "time", table: [[0, 1]] } as const;
      return [{ id: `${a.id} and ${b.id}`, from, to, sill_m: 0, soffit_m: Math.min(...heights), width_m: width, opening }];
    }),
  );
}

/** Outlines nearer than this run along each other, m. */
const ALONG = 0.02;

function sharedEdge(a: Unit, b: Unit): number {
  let sum = 0;
  for (const one of edgesOf(a)) for (const two of edgesOf(b)) sum += overlap(one, two);
  return sum;
}

const edgesOf = (unit: Unit): Segment[] =>
  unit.polygons.flatMap(({ outer, holes }) =>
    [outer, ...holes].flatMap((ring) => ring.map((p, k): Segment => [p, ring[(k + 1) % ring.length]!])),
  );

/** Length over which two segments lie on each other. */
function overlap([a, b]: Segment, [c, d]: Segment): number {
  const length = Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2);
  if (length < ALONG) return 0;
  const ux = (b[0] - a[0]) / length;
  const uy = (b[1] - a[1]) / length;
  const off = (p: Point): number => Math.abs((p[0] - a[0]) * uy - (p[1] - a[1]) * ux);
  if (off(c) > ALONG || off(d) > ALONG) return 0;
  const along = (p: Point): number => (p[0] - a[0]) * ux + (p[1] - a[1]) * uy;
  const [s, t] = [along(c), along(d)].sort((x, y) => x - y);
  return Math.max(0, Math.min(length, t!) - Math.max(0, s!));
}
