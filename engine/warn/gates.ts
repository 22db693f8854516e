/** Which openings are closed at a time of the run: their state in the layout, changed by the scenario's events. */
import type { Layout } from "../layout/layout.js";
import { findPlace } from "../scenario/places.js";
import type { Scenario } from "../scenario/scenario.js";

export interface ClosedGates {
  /** Names of openings closed at this time that stood open before, or that people of the scenario may use. */
  at(time: number): string[];
}

interface Change {
  time: number;
  name: string;
  closed: boolean;
}

/** Openings that events close or open, and exits closed in the layout that somebody is to leave by. */
export function closedGates(layout: Layout, scenario: Scenario): ClosedGates {
  const names = new Map<string, string>();
  const changes: Change[] = [];
  const note = (name: string, time: number, closed: boolean): void => {
    const place = findPlace(scenario, layout, name);
    if (place.kind !== "opening") return;
    const known = names.get(place.opening.id);
    if (known === undefined) {
      names.set(place.opening.id, name);
      changes.push({ time: Number.NEGATIVE_INFINITY, name, closed: place.opening.state === "closed" });
    }
    if (time > Number.NEGATIVE_INFINITY) changes.push({ time, name: known ?? name, closed });
  };
  for (const event of scenario.events) {
    if ("open" in event) note(event.open, event.at_s, false);
    else if ("close" in event) note(event.close, event.at_s, true);
  }
  for (const group of scenario.people)
    for (const stage of group.journey)
      if ("leave" in stage) for (const exit of stage.leave.by) note(exit, Number.NEGATIVE_INFINITY, false);
  changes.sort((a, b) => a.time - b.time);
  return {
    at(time) {
      const closed = new Map<string, boolean>();
      for (const change of changes) if (change.time <= time) closed.set(change.name, change.closed);
      return [...closed].filter(([, shut]) => shut).map(([name]) => name);
    },
  };
}
