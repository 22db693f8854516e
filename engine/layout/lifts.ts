/** Lifts: which relationships of category elevator can be ridden, their cars and landings. */
import type { Polygon } from "../geometry/polygon.js";
import type { Draft, DraftOpening, DraftRelationship, DraftUnit } from "./draft.js";
import type { Faults } from "./faults.js";
import type { LiftDrive } from "./layout.js";

export interface DraftLift {
  readonly id: string;
  readonly place: string;
  readonly name: string;
  readonly unit: DraftUnit;
  /** Units of category elevator that stand for the car on other levels. */
  readonly shafts: readonly string[];
  readonly outline: Polygon;
  /** Doors, the lowest first. */
  readonly landings: readonly DraftOpening[];
  readonly drive: LiftDrive;
}

/**
 * A lift names one opening for each level it stops at and the unit that is its car: among `origin`, `destination` and `intermediary`, in
 * any order. Relationships that say less, as those of other makers that join units only, are noted and not used.
 */
export function readLifts(draft: Draft, faults: Faults): DraftLift[] {
  const used = new Map<string, string>();
  return draft.relationships.flatMap((relationship) => {
    const lift = relationship.category === "elevator" ? readLift(draft, relationship, faults) : null;
    if (!lift) return [];
    for (const id of [lift.unit.id, ...lift.landings.map((door) => door.id)]) {
      const other = used.get(id);
      if (other !== undefined) faults.add({ place: lift.place, message: `uses ${id}, which ${other} uses already` });
      used.set(id, lift.place);
    }
    return [lift];
  });
}

function readLift(draft: Draft, relationship: DraftRelationship, faults: Faults): DraftLift | null {
  const { place, id, name, origin, destination, intermediary } = relationship;
  const ids = [...new Set([origin, ...intermediary, destination])].filter((one) => one !== null);
  const doors = ids.flatMap((one) => draft.openings.find((opening) => opening.id === one) ?? []);
  const units = ids.flatMap((one) => draft.units.find((unit) => unit.id === one) ?? []);
  if (doors.length < 2 || units.length === 0) {
    draft.notices.push(
      `${place} of category elevator not used: it needs one opening for each level it stops at, and the unit of its car.`,
    );
    return null;
  }
  const unit = units[0]!;
  const fail = (message: string): null => {
    faults.add({ place, message, level: unit.level });
    return null;
  };
  const unknown = ids.find((one) => ![...doors, ...units].some((feature) => feature.id === one));
  if (unknown !== undefined) return fail(`names ${unknown}, which is no sound unit or opening of this layout`);
  if (unit.polygons.length !== 1 || unit.polygons[0]!.holes.length > 0)
    return fail(`its car ${unit.id} must be one polygon without holes`);
  const height = (door: DraftOpening): number => draft.levels.find((level) => level.id === door.level)?.elevation ?? 0;
  const landings = [...doors].sort((a, b) => height(a) - height(b));
  const twice = landings.find((door, k) => k > 0 && height(door) === height(landings[k - 1]!));
  if (twice) return fail(`has two doors at one height, ${twice.id} is the second; each level it stops at has one`);
  return {
    id,
    place,
    name,
    unit,
    shafts: units.map((one) => one.id),
    outline: unit.polygons[0]!,
    landings,
    drive: relationship.drive ?? {},
  };
}
