/** Events as a file gives them → one per opening, in order of time. */
import { suggestion } from "./nearest.js";
import { asList, fault, type Reading } from "./reading.js";
import type { ScenarioEvent } from "./scenario.js";
import type { EventFile } from "./schema/rules.js";
import { checkWithin, readTime } from "./times.js";

const WHAT = ["open", "close", "stop", "stop_inflow"] as const;

/** @param groupNames names of the complete form by the name in the file. Events at one time keep the file's order. */
export function resolveEvents(reading: Reading, given: EventFile[], groupNames: ReadonlyMap<string, string[]>): ScenarioEvent[] {
  const events = given.flatMap((event, k) => {
    const place = `events[${k}]`;
    return reading.broken(place) ? [] : resolveEvent(reading, place, event, groupNames);
  });
  return events.sort((a, b) => a.at_s - b.at_s);
}

function resolveEvent(
  reading: Reading,
  place: string,
  event: EventFile,
  groupNames: ReadonlyMap<string, string[]>,
): ScenarioEvent[] {
  const at_s = readTime(reading, place, { clock: event.at, min: event.at_min, s: event.at_s }, "at", true);
  if (at_s !== null) checkWithin(reading, place, at_s, "its time");
  const what = WHAT.filter((key) => event[key] !== undefined);
  if (what.length !== 1) {
    fault(
      reading,
      place,
      what.length === 0 ? "one of open, close, stop is missing" : `has ${what.join(" and ")}, needs one of them`,
    );
    return [];
  }
  const time = at_s ?? 0; // without a time a fault was added
  if (event.open !== undefined) return asList(event.open).map((open) => ({ at_s: time, open }));
  if (event.close !== undefined) return asList(event.close).map((close) => ({ at_s: time, close }));
  const names = event.stop_inflow ?? asList(event.stop!); // one of the four is there
  const all = event.stop !== undefined && names.length === 1 && names[0] === "inflow" && !groupNames.has("inflow");
  const stop_inflow = all
    ? []
    : names.flatMap((name) => {
        const parts = groupNames.get(name);
        if (!parts)
          fault(
            reading,
            `${place}.${what[0]}`,
            `there is no group "${name}"${suggestion(name, [...groupNames.keys(), "inflow"])}`,
          );
        return parts ?? [];
      });
  return [{ at_s: time, stop_inflow }];
}
