/** Builds the walking surfaces of a layout and the gates between them. */
import { difference, intersection } from "../geometry/clip.js";
import { boxesMeet, boxOf, type Point, type Polygon, polygonsArea } from "../geometry/polygon.js";
import { between } from "../geometry/segment.js";
import type { Draft, DraftOpening } from "./draft.js";
import type { Faults } from "./faults.js";
import { type Flight, readFlights } from "./flights.js";
import { floorPieces, normalisePolygon, type Piece, tangled } from "./floors.js";
import type { Connection, Gate, Opening, Sheet } from "./layout.js";
import { type PlacedOpening, placeOpening } from "./openings.js";
import type { Link } from "./parts.js";
import { type FloorIndex, indexFloor, leftOf } from "./probe.js";
import { snapUnits } from "./snap.js";
import { bridgeOf, wallsOf } from "./walls.js";

export interface Built {
  readonly units: Draft["units"];
  readonly openings: readonly Opening[];
  readonly connections: readonly Connection[];
  readonly sheets: readonly Sheet[];
  readonly gates: readonly Gate[];
  readonly links: readonly Link[];
}

/** A sheet while it is built. */
interface Making {
  readonly sheet: Omit<Sheet, "regions" | "walls">;
  readonly regions: Polygon[];
  readonly bridges: Polygon[];
  readonly cuts: PlacedOpening[];
  readonly jambs: (readonly [readonly [number, number], readonly [number, number]])[];
}

/** Bridges overlap the floors they join by rounding only; more than this is cut off, m². */
const TOUCH = 1e-4;

export function buildSheets(draft: Draft, faults: Faults): Built {
  const flights = readFlights(draft, faults);
  const making: Making[] = [];
  const floors = new Map<string, { floor: FloorIndex; sheets: number[] }>();
  const units: Draft["units"][number][] = [];
  for (const level of draft.levels) {
    const drawn = draft.units.filter((unit) => unit.level === level.id);
    const refused = tangled(draft, level.id, faults);
    if (refused) draft.doubtful.add(level.id);
    const own = refused ? [] : snapUnits(drawn, draft.repairs);
    units.push(...own);
    const here = flights.filter(({ lower, upper }) => lower.level === level.id || upper.level === level.id);
    const walkedHere = own.filter((unit) => !flights.some((flight) => flight.unit.id === unit.id));
    const pieces = floorPieces(
      draft,
      level.id,
      walkedHere,
      here.map(({ outline }) => outline),
      faults,
    );
    const sheet = making.length;
    if (pieces.length > 0)
      making.push(
        make(
          { id: level.id, name: level.name, level: level.id, kind: "floor", connection: null },
          pieces.flatMap(({ regions }) => regions),
        ),
      );
    else draft.notices.push(`Level ${level.name} (${level.id}) has no walkable floor.`);
    const flightPieces = here.map(({ unit, outline }): Piece => ({ level: level.id, units: [unit], regions: [outline] }));
    const sheets = [...pieces.map(() => sheet), ...here.map((flight) => -1 - flights.indexOf(flight))];
    floors.set(level.id, { floor: indexFloor([...pieces, ...flightPieces]), sheets });
  }
  noteStairs(draft, flights);
  const firstFlight = making.length;
  for (const { id, name, lower, kind, outline } of flights)
    making.push(make({ id, name, level: lower.level, kind, connection: id }, [normalisePolygon(outline)]));
  // Until here a flight's sheet was not numbered yet: -1 - its place among the flights.
  for (const { sheets } of floors.values())
    sheets.forEach((s, k) => {
      if (s < 0) sheets[k] = firstFlight - 1 - s;
    });
  const placed = placeAll(draft, floors, faults);
  const { gates, links } = joinAll(draft, flights, floors, placed, making, faults);
  return {
    units: units.map((unit) => ({ ...unit, polygons: unit.polygons.map(normalisePolygon) })),
    openings: draft.openings.flatMap(({ id }) => placed.get(id)?.opening ?? []),
    connections: flights.flatMap((flight) => toConnection(flight, placed) ?? []),
    sheets: making.map(finish),
    gates,
    links,
  };
}

/** Stairs drawn as rooms lead nowhere unless a relationship says what they join. */
function noteStairs(draft: Draft, flights: readonly Flight[]): void {
  const idle = draft.units.filter(({ id, category }) => category === "stairs" && !flights.some(({ unit }) => unit.id === id));
  if (idle.length > 0)
    draft.notices.push(
      `${idle.length} units of category stairs are walked as level floor: no relationship with openings joins them to another level.`,
    );
}

const make = (sheet: Making["sheet"], regions: Polygon[]): Making => ({ sheet, regions, bridges: [], cuts: [], jambs: [] });

function finish({ sheet, regions, bridges, cuts, jambs }: Making): Sheet {
  const extra = bridges.flatMap((bridge) => {
    const box = boxOf(bridge.outer);
    const near = regions.filter(({ outer }) => boxesMeet(boxOf(outer), box));
    return polygonsArea(intersection([bridge], near)) > TOUCH ? difference([bridge], near) : [bridge];
  });
  return { ...sheet, regions: [...regions, ...extra], walls: wallsOf(regions, cuts, jambs) };
}

function placeAll(draft: Draft, floors: ReadonlyMap<string, { floor: FloorIndex }>, faults: Faults): Map<string, PlacedOpening> {
  const placed = new Map<string, PlacedOpening>();
  for (const opening of draft.openings) {
    const found = placeOpening(draft, opening, floors.get(opening.level)!.floor, faults);
    if (found) placed.set(opening.id, found);
  }
  return placed;
}

function joinAll(
  draft: Draft,
  flights: readonly Flight[],
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
    const wrong = flight
      ? portalFault(flight, found, right ?? null, left ?? null, making)
      : passageFault(right ?? null, left ?? null, making);
    if (wrong) {
      if (!draft.doubtful.has(drawn.level)) faults.add({ place: drawn.place, message: wrong, level: drawn.level });
      continue;
    }
    const blind = !flight && !found.opening.exit && (right === null || left === null);
    if (blind) {
      draft.notices.push(`${drawn.place} leads nowhere and is said to be no exit: its wall stays whole.`);
      continue;
    }
    if (!found.pierces)
      draft.notices.push(`${drawn.place} lies across the floor of ${found.opening.units[0]}: a gate inside the floor.`);
    noteWidth(draft, found.opening);
    cutInto(found, right ?? null, left ?? null, making);
    gates.push(toGate(found, flight, drawn, (right ?? left)!, (left ?? right)!, making));
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
  flight: Flight,
  found: PlacedOpening,
  right: number | null,
  left: number | null,
  making: readonly Making[],
): string | null {
  const sides = [right, left].flatMap((s) => (s === null ? [] : [making[s]!.sheet]));
  if (!sides.some(({ connection }) => connection === flight.id))
    return `is an end of ${flight.place}, but lies not on its flight ${flight.unit.id}`;
  if (!sides.some(({ kind }) => kind === "floor")) return `is an end of ${flight.place}, but there is no floor before it`;
  if (found.opening.exit) return `is an end of ${flight.place} and cannot be an exit too`;
  return null;
}

function passageFault(right: number | null, left: number | null, making: readonly Making[]): string | null {
  const flight = [right, left].flatMap((s) => (s === null || making[s]!.sheet.connection === null ? [] : [making[s]!.sheet]))[0];
  return flight ? `lies on the flight of ${flight.name}, but no relationship names it as an end` : null;
}

function noteWidth(draft: Draft, { id, width }: Opening): void {
  if (width >= 0.6) return;
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
  flight: Flight | undefined,
  drawn: DraftOpening,
  right: number,
  left: number,
  making: readonly Making[],
): Gate {
  const { opening, clear } = found;
  const base = { line: clear, sheetA: right, sheetB: left, exit: opening.exit, state: opening.state, opening: opening.id };
  if (!flight) return { ...base, id: opening.id, kind: "opening", direction: opening.direction };
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

function toConnection(
  { id, name, kind, unit, lower, upper, rise, direction }: Flight,
  placed: ReadonlyMap<string, PlacedOpening>,
): Connection | null {
  const [low, high] = [placed.get(lower.id), placed.get(upper.id)];
  if (!low || !high) return null;
  const end = (opening: DraftOpening, found: PlacedOpening) => ({ level: opening.level, line: found.clear });
  return { id, name, kind, unit: unit.id, lower: end(lower, low), upper: end(upper, high), rise, direction };
}
