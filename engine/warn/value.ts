/** The number that a rule watches, in the unit of its limits. */
import { SITE } from "../measure/measures.js";
import type { AreaNow, Snapshot } from "../measure/snapshot.js";
import type { WarningRule } from "../scenario/scenario.js";

/**
 * Value of a rule at an output time; null where its place has no such measure (a flow rule on an area).
 * density: persons/m2. level-of-service: 1 = A … 6 = F. share-of-capacity: people inside over capacity.
 * flow: persons/(m s) over the last minute. queue: people waiting, or the wait of the next person, s. pressure: 1/s2.
 */
export function ruleValue(rule: WarningRule, snapshot: Snapshot): number | null {
  if (rule.scheme === "flow") return snapshot.lines.find((line) => line.place === rule.place)?.specific ?? null;
  if (rule.scheme === "queue") {
    const queue = snapshot.queues.find(({ place }) => place === rule.place);
    if (queue === undefined) return null;
    return rule.unit === "s" ? queue.wait_s : queue.waiting;
  }
  const area = areaOf(snapshot, rule.place);
  if (area === null) return null;
  switch (rule.scheme) {
    case "density":
      return area.density;
    case "level-of-service":
      return area.service;
    case "share-of-capacity":
      return rule.capacity === null ? null : area.count / rule.capacity;
    case "pressure":
      return area.pressure;
  }
}

export function areaOf(snapshot: Snapshot, place: string): AreaNow | null {
  if (place === SITE) return snapshot.site;
  return snapshot.areas.find((area) => area.place === place) ?? null;
}
