/** IMDF relationships as far as walking needs them: who joins what. */
import type { DraftRelationship } from "./draft.js";
import type { Faults } from "./faults.js";
import { categoryOf, nameOf, readMuster } from "./properties.js";
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
  };
}

function idOf(value: unknown): string | null {
  if (typeof value === "string" || typeof value === "number") return String(value);
  return isRecord(value) ? idOf(value.id) : null;
}
