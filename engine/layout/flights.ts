/** Flights: which relationships make stairs, ramps and escalators, and which unit and openings they use. */
import type { Polygon } from "../geometry/polygon.js";
import type { Draft, DraftOpening, DraftRelationship, DraftUnit } from "./draft.js";
import type { Faults } from "./faults.js";
import type { ConnectionKind, FlightWalk, Level } from "./layout.js";

export interface Flight {
  readonly id: string;
  readonly place: string;
  readonly name: string;
  readonly kind: ConnectionKind;
  readonly unit: DraftUnit;
  readonly outline: Polygon;
  readonly lower: DraftOpening;
  readonly upper: DraftOpening;
  readonly rise: number;
  readonly direction: "both" | "up" | "down";
  readonly walk?: FlightWalk;
}

const KINDS: Readonly<Record<string, ConnectionKind>> = {
  stairs: "stairs",
  "stairs.emergencyexit": "stairs",
  steps: "stairs",
  ramp: "ramp",
  escalator: "escalator",
};

/** All flights that people can walk; relationships of other makers that say too little are noted, faults of ours are problems. */
export function readFlights(draft: Draft, faults: Faults): Flight[] {
  const used = new Map<string, string>();
  return draft.relationships.flatMap((relationship) => {
    const flight = readFlight(draft, relationship, faults);
    if (!flight) return [];
    for (const { id } of [flight.unit, flight.lower, flight.upper]) {
      const other = used.get(id);
      if (other !== undefined) faults.add({ place: flight.place, message: `uses ${id}, which ${other} uses already` });
      used.set(id, flight.place);
    }
    return [flight];
  });
}

function readFlight(draft: Draft, relationship: DraftRelationship, faults: Faults): Flight | null {
  const { place, category, origin, destination, intermediary } = relationship;
  const kind = Object.hasOwn(KINDS, category) ? KINDS[category] : undefined;
  if (category === "elevator") return null; // lifts.ts
  if (!kind) {
    draft.notices.push(`${place} of category ${category} not used: people walk stairs, ramps and escalators only.`);
    return null;
  }
  const ids = [origin, destination, ...intermediary].filter((id) => id !== null);
  const known = new Set([...draft.units, ...draft.openings].map(({ id }) => id));
  const missing = ids.filter((id) => !known.has(id));
  for (const id of missing) faults.add({ place, message: `names ${id}, which is no sound unit or opening of this layout` });
  if (missing.length > 0) return null;
  const [from, to] = [origin, destination].map((id) => draft.openings.find((opening) => opening.id === id));
  const units = intermediary.flatMap((id) => draft.units.find((unit) => unit.id === id) ?? []);
  if (!from || !to || units.length !== 1) {
    const message = "needs an opening as origin, another as destination and one unit as intermediary";
    if (draft.format === "imdf") draft.notices.push(`${place} not used: it ${message}.`);
    else faults.add({ place, message });
    return null;
  }
  return complete(draft, relationship, { kind, from, to, unit: units[0]! }, faults);
}

function complete(
  draft: Draft,
  { place, id, name, rise, direction, walk }: DraftRelationship,
  { kind, from, to, unit }: { kind: ConnectionKind; from: DraftOpening; to: DraftOpening; unit: DraftUnit },
  faults: Faults,
): Flight | null {
  const fail = (message: string): null => {
    faults.add({ place, message, level: unit.level });
    return null;
  };
  if (unit.polygons.length !== 1 || unit.polygons[0]!.holes.length > 0)
    return fail(`its flight ${unit.id} must be one polygon without holes`);
  if (from === to) return fail(`origin and destination are the same opening ${from.id}`);
  const height = (opening: DraftOpening): number =>
    draft.levels.find((level: Level) => level.id === opening.level)?.elevation ?? 0;
  const climb = height(to) - height(from);
  const total = rise ?? Math.abs(climb);
  if (!(total > 0)) return fail(`its ends ${from.id} and ${to.id} are at one height; state muster.rise_m`);
  const [lower, upper] = climb < 0 ? [to, from] : [from, to];
  const oneWay = climb < 0 ? "down" : "up";
  return {
    id,
    place,
    name,
    kind,
    unit,
    outline: unit.polygons[0]!,
    lower,
    upper,
    rise: total,
    direction: direction === "directed" ? oneWay : "both",
    ...(walk ? { walk } : {}),
  };
}
