/** IMDF relationships as far as walking needs them: who joins what. */
import type { DraftRelationship } from "./draft.js";
import type { Faults } from "./faults.js";
import type { FlightWalk, LiftDrive } from "./layout.js";
import { categoryOf, type MusterProperties, nameOf, readMuster } from "./properties.js";
import { isRecord, type RawFeature } from "./raw.js";

/** `origin`, `destination` and `intermediary` may be ids or IMDF's {id, feature_type}; `intermediary` one of them or a list. */
export function readRelationship(feature: RawFeature, faults: Faults): DraftRelationship {
  const muster = readMuster(feature, faults);
  const { origin, destination, intermediary, direction } = feature.properties;
  const between =
    intermediary === undefined || intermediary === null ? [] : Array.isArray(intermediary) ? intermediary : [intermediary];
  if (direction !== undefined && direction !== null && direction !== "directed" && direction !== "undirected")
    faults.add({ place: feature.place, message: `direction is ${JSON.stringify(direction)}; must be directed or undirected` });
  return {
    place: feature.place,
    id: feature.id,
    name: nameOf(feature),
    category: categoryOf(feature),
    direction: typeof direction === "string" ? direction : undefined,
    origin: idOf(origin),
    destination: idOf(destination),
    intermediary: between.flatMap((entry) => idOf(entry) ?? []),
    rise: muster.number("rise_m") ?? undefined,
    ...readWalk(feature, muster, faults),
    drive: readDrive(muster),
  };
}

/** Steps and belt of a flight; keys that need another one are faults without it. */
function readWalk(feature: RawFeature, muster: MusterProperties, faults: Faults): { walk?: FlightWalk } {
  const number = (key: string): number | undefined => muster.number(key) ?? undefined;
  const [tread, riser, speed] = [number("tread_m"), number("riser_m"), number("speed_m_s")];
  const [standingShare, capacity] = [number("standing_share"), number("capacity_per_h")];
  if ((tread === undefined) !== (riser === undefined))
    faults.add({ place: feature.place, message: "muster.tread_m and muster.riser_m belong together, one is missing" });
  if (speed === undefined && (standingShare !== undefined || capacity !== undefined))
    faults.add({
      place: feature.place,
      message: "muster.standing_share and muster.capacity_per_h belong to muster.speed_m_s, which is missing",
    });
  const walk: FlightWalk = {
    ...(tread === undefined ? {} : { tread }),
    ...(riser === undefined ? {} : { riser }),
    ...(speed === undefined ? {} : { speed }),
    ...(standingShare === undefined ? {} : { standingShare }),
    ...(capacity === undefined ? {} : { capacity }),
  };
  return Object.keys(walk).length > 0 ? { walk } : {};
}

/** What a plan says of a lift's car and doors. */
function readDrive(muster: MusterProperties): LiftDrive {
  const keys: [keyof LiftDrive, string][] = [
    ["capacity", "car_capacity"],
    ["speed", "car_speed_m_s"],
    ["acceleration", "car_acceleration_m_s2"],
    ["doorOpen", "door_open_s"],
    ["doorClose", "door_close_s"],
    ["dwell", "dwell_s"],
  ];
  return Object.fromEntries(
    keys.flatMap(([key, name]) => {
      const value = muster.number(name);
      return typeof value === "number" ? [[key, value]] : [];
    }),
  );
}

function idOf(value: unknown): string | null {
  if (typeof value === "string" || typeof value === "number") return String(value);
  return isRecord(value) ? idOf(value.id) : null;
}
