/** Builds the walking surfaces of a layout and the gates between them. */
import { difference, intersection } from "../geometry/clip.js";
import { boxesMeet, boxOf, type Polygon, polygonsArea, ringCentre } from "../geometry/polygon.js";
import type { Draft, DraftOpening, DraftUnit } from "./draft.js";
import type { Faults } from "./faults.js";
import { type Flight, readFlights } from "./flights.js";
import { floorPieces, normalisePolygon, type Piece, tangled } from "./floors.js";
import { joinAll, type Making } from "./gates.js";
import type { Connection, Gate, Lift, Opening, Sheet } from "./layout.js";
import { type DraftLift, readLifts } from "./lifts.js";
import { type PlacedOpening, placeOpening } from "./openings.js";
import type { Link } from "./parts.js";
import { type FloorIndex, indexFloor } from "./probe.js";
import { snapUnits } from "./snap.js";
import { wallsOf } from "./walls.js";

export interface Built {
  readonly units: Draft["units"];
  readonly openings: readonly Opening[];
  readonly connections: readonly Connection[];
  readonly lifts: readonly Lift[];
  readonly sheets: readonly Sheet[];
  readonly gates: readonly Gate[];
  readonly links: readonly Link[];
}

/** Bridges overlap the floors they join by rounding only; more than this is cut off, m². */
const TOUCH = 1e-4;

export function buildSheets(draft: Draft, faults: Faults): Built {
  const flights = readFlights(draft, faults);
  const lifts = readLifts(draft, faults);
  const surfaces = surfacesOf(flights, lifts);
  const carried = new Set([...flights.map(({ unit }) => unit.id), ...lifts.flatMap(({ shafts }) => shafts)]);
  const making: Making[] = [];
  const floors = new Map<string, { floor: FloorIndex; sheets: number[] }>();
  const units: Draft["units"][number][] = [];
  for (const level of draft.levels) {
    const drawn = draft.units.filter((unit) => unit.level === level.id);
    const refused = tangled(draft, level.id, faults);
    if (refused) draft.doubtful.add(level.id);
    const own = refused ? [] : snapUnits(drawn, draft.repairs);
    units.push(...own);
    const here = surfaces.filter(({ levels }) => levels.includes(level.id));
    const walkedHere = own.filter(({ id }) => !carried.has(id));
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
    const sheets = [...pieces.map(() => sheet), ...here.map((surface) => -1 - surfaces.indexOf(surface))];
    floors.set(level.id, { floor: indexFloor([...pieces, ...flightPieces]), sheets });
  }
  noteStairs(draft, flights);
  const firstFlight = making.length;
  for (const { sheet, outline } of surfaces) making.push(make(sheet, [normalisePolygon(outline)]));
  // Until here the sheet of a flight or a car was not numbered yet: -1 - its place among them.
  for (const { sheets } of floors.values())
    sheets.forEach((s, k) => {
      if (s < 0) sheets[k] = firstFlight - 1 - s;
    });
  const placed = placeAll(draft, floors, faults);
  const { gates, links } = joinAll(draft, { flights, lifts }, floors, placed, making, faults);
  return {
    units: units.map((unit) => ({ ...unit, polygons: unit.polygons.map(normalisePolygon) })),
    openings: draft.openings.flatMap(({ id }) => placed.get(id)?.opening ?? []),
    connections: flights.flatMap((flight) => toConnection(flight, placed) ?? []),
    lifts: lifts.flatMap((lift) => toLift(lift, placed) ?? []),
    sheets: making.map(finish),
    gates,
    links: [...links, ...shaftLinks(lifts, surfaces, firstFlight)],
  };
}

/** A flight, or the car of a lift at one landing: cut out of the floors of its levels, with a sheet of its own. */
interface Surface {
  readonly levels: readonly string[];
  readonly unit: DraftUnit;
  readonly outline: Polygon;
  readonly sheet: Making["sheet"];
}

function surfacesOf(flights: readonly Flight[], lifts: readonly DraftLift[]): Surface[] {
  return [
    ...flights.map(({ id, name, kind, unit, outline, lower, upper }): Surface => {
      const sheet = { id, name, level: lower.level, kind, connection: id };
      return { levels: [lower.level, upper.level], unit, outline, sheet };
    }),
    ...lifts.flatMap(({ id, name, unit, outline, landings }) =>
      landings.map(({ level }): Surface => {
        const sheet = { id: `${id}/${level}`, name, level, kind: "lift" as const, connection: id };
        return { levels: [level], unit, outline, sheet };
      }),
    ),
  ];
}

/** The cars of a lift at its landings hang together. */
function shaftLinks(lifts: readonly DraftLift[], surfaces: readonly Surface[], first: number): Link[] {
  return lifts.map(({ id, outline }) => {
    const at = ringCentre(outline.outer);
    const places = surfaces.flatMap(({ sheet }, k) => (sheet.connection === id ? [{ sheet: first + k, at }] : []));
    return { opening: id, exit: false, places };
  });
}

function toLift({ id, name, unit, landings, drive }: DraftLift, placed: ReadonlyMap<string, PlacedOpening>): Lift | null {
  const found = landings.map((door) => placed.get(door.id));
  if (found.some((door) => !door)) return null;
  return {
    id,
    name,
    unit: unit.id,
    landings: landings.map((door, k) => ({ level: door.level, opening: door.id, line: found[k]!.clear })),
    drive,
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

function toConnection(
  { id, name, kind, unit, lower, upper, rise, direction, walk }: Flight,
  placed: ReadonlyMap<string, PlacedOpening>,
): Connection | null {
  const [low, high] = [placed.get(lower.id), placed.get(upper.id)];
  if (!low || !high) return null;
  const end = (opening: DraftOpening, found: PlacedOpening) => ({ level: opening.level, line: found.clear });
  return {
    id,
    name,
    kind,
    unit: unit.id,
    lower: end(lower, low),
    upper: end(upper, high),
    rise,
    direction,
    ...(walk ? { walk } : {}),
  };
}
