/** Gates: where people pass from floor to floor, onto a flight or out of the layout, and the marks that openings leave on the sheets. */
import type { Point, Polygon, Segment } from "../geometry/polygon.js";
import { between } from "../geometry/segment.js";
import type { Draft, DraftOpening } from "./draft.js";
import type { Faults } from "./faults.js";
import type { Flight } from "./flights.js";
import type { Gate, Opening, Sheet } from "./layout.js";
import type { DraftLift } from "./lifts.js";
import { TOLERANCES } from "./limits.js";
import type { PlacedOpening } from "./openings.js";
import type { Link } from "./parts.js";
import { leftOf } from "./probe.js";
import { bridgeOf } from "./walls.js";

/** A sheet while it is built. */
export interface Making {
  readonly sheet: Omit<Sheet, "regions" | "walls">;
  readonly regions: Polygon[];
  readonly bridges: Polygon[];
  readonly cuts: PlacedOpening[];
  readonly jambs: Segment[];
}

/**
 * One gate for each opening that can be passed; its cuts, bridges and jambs are added to `making`.
 * @param floors by level: the sheet of each piece of floor that `placed` refers to
 */
export function joinAll(
  draft: Draft,
  { flights, lifts }: { flights: readonly Flight[]; lifts: readonly DraftLift[] },
  floors: ReadonlyMap<string, { sheets: readonly number[] }>,
  placed: ReadonlyMap<string, PlacedOpening>,
  making: readonly Making[],
  faults: Faults,
): { gates: Gate[]; links: Link[] } {
  const gates: Gate[] = [];
  const links: Link[] = [];
  for (const drawn of draft.openings) {
    const found = placed.get(drawn.id);
    if (!found) continue;
    const sheets = floors.get(drawn.level)!.sheets;
    const [right, left] = [found.right, found.left].map((piece) => (piece === null ? null : sheets[piece]!));
    const flight = flights.find(({ lower, upper }) => lower.id === drawn.id || upper.id === drawn.id);
    const lift = lifts.find(({ landings }) => landings.some(({ id }) => id === drawn.id));
    const carrier = flight ?? lift;
    const wrong = carrier
      ? portalFault(carrier, found, right ?? null, left ?? null, making)
      : passageFault(right ?? null, left ?? null, making);
    if (wrong) {
      if (!draft.doubtful.has(drawn.level)) faults.add({ place: drawn.place, message: wrong, level: drawn.level });
      continue;
    }
    const blind = !carrier && !found.opening.exit && (right === null || left === null);
    if (blind) {
      draft.notices.push(`${drawn.place} leads nowhere and is said to be no exit: its wall stays whole.`);
      continue;
    }
    if (!found.pierces)
      draft.notices.push(`${drawn.place} lies across the floor of ${found.opening.units[0]}: a gate inside the floor.`);
    noteWidth(draft, found.opening);
    cutInto(found, right ?? null, left ?? null, making);
    gates.push(toGate(found, flight ?? lift, drawn, (right ?? left)!, (left ?? right)!, making));
    links.push({ opening: drawn.id, exit: found.opening.exit, places: placesBeside(found, right ?? null, left ?? null) });
  }
  return { gates, links };
}

/** Points on the floors beside an opening and in the middle of what it bridges. */
function placesBeside(found: PlacedOpening, right: number | null, left: number | null): Link["places"] {
  const [nx, ny] = leftOf(found.clear);
  const [mx, my] = between(found.clear[0], found.clear[1], 0.5);
  const inBridge = ([a, b]: readonly [number, number]): Point => [mx + ((a + b) / 4) * nx, my + ((a + b) / 4) * ny];
  return [
    ...(right === null
      ? []
      : [
          { sheet: right, at: found.rightPoint },
          { sheet: right, at: inBridge(found.rightEdge) },
        ]),
    ...(left === null
      ? []
      : [
          { sheet: left, at: found.leftPoint },
          { sheet: left, at: inBridge(found.leftEdge) },
        ]),
  ];
}

function portalFault(
  flight: Flight | DraftLift,
  found: PlacedOpening,
  right: number | null,
  left: number | null,
  making: readonly Making[],
): string | null {
  const sides = [right, left].flatMap((s) => (s === null ? [] : [making[s]!.sheet]));
  if (!sides.some(({ connection }) => connection === flight.id))
    return `is an end of ${flight.place}, but lies not on its ${"landings" in flight ? "car" : "flight"} ${flight.unit.id}`;
  if (!sides.some(({ kind }) => kind === "floor")) return `is an end of ${flight.place}, but there is no floor before it`;
  if (found.opening.exit) return `is an end of ${flight.place} and cannot be an exit too`;
  return null;
}

function passageFault(right: number | null, left: number | null, making: readonly Making[]): string | null {
  const flight = [right, left].flatMap((s) => (s === null || making[s]!.sheet.connection === null ? [] : [making[s]!.sheet]))[0];
  return flight ? `lies on the flight of ${flight.name}, but no relationship names it as an end` : null;
}

function noteWidth(draft: Draft, { id, width }: Opening): void {
  if (width >= TOLERANCES.narrowOpening) return;
  const radius = (width / 2).toFixed(3);
  draft.notices.push(
    `opening ${id} has a clear width of ${width.toFixed(3)} m: people with a body radius above ${radius} m cannot pass.`,
  );
}

/** Leaves the mark of an opening on the sheets beside it. */
function cutInto(found: PlacedOpening, right: number | null, left: number | null, making: readonly Making[]): void {
  if (!found.pierces) return;
  for (const s of new Set([right, left])) if (s !== null) making[s]!.cuts.push(found);
  for (const [s, side] of [
    [right, "right"],
    [left, "left"],
  ] as const) {
    if (s === null) continue;
    const { floor, jambs } = bridgeOf(found, side);
    if (floor) making[s]!.bridges.push(floor);
    making[s]!.jambs.push(...jambs);
  }
}

function toGate(
  found: PlacedOpening,
  carrier: Flight | DraftLift | undefined,
  drawn: DraftOpening,
  right: number,
  left: number,
  making: readonly Making[],
): Gate {
  const { opening, clear } = found;
  const base = { line: clear, sheetA: right, sheetB: left, exit: opening.exit, state: opening.state, opening: opening.id };
  if (!carrier) return { ...base, id: opening.id, kind: "opening", direction: opening.direction };
  if ("landings" in carrier) return { ...base, id: `${carrier.id}/${drawn.level}`, kind: "portal", direction: "both" };
  const flight = carrier;
  const end = flight.lower.id === drawn.id ? "lower" : "upper";
  return {
    ...base,
    id: `${flight.id}/${end}`,
    kind: "portal",
    direction: portalDirection(flight, end, opening, making[left]!.sheet.connection !== null),
  };
}

/** A flight's own direction goes before the opening's; forward leads from the left of the line to its right. */
function portalDirection(flight: Flight, end: "lower" | "upper", opening: Opening, flightIsLeft: boolean): Gate["direction"] {
  if (flight.direction === "both") return opening.direction;
  const ontoFlight = (flight.direction === "up") === (end === "lower");
  return ontoFlight === flightIsLeft ? "backward" : "forward";
}
