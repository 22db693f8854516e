/** Events as a file gives them → one per opening, in order of time. */
import { suggestion } from "./nearest.js";
import { asList, fault, type Reading, refuseDoubles } from "./reading.js";
import type { ScenarioEvent } from "./scenario.js";
import type { EventFile } from "./schema/rules.js";
import { checkWithin, readTime } from "./times.js";

const WHAT = ["open", "close", "stop", "stop_inflow", "stop_lift", "start_lift", "lift", "redirect"] as const;

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
      what.length === 0
        ? "one of open, close, stop, stop_lift, start_lift, redirect is missing"
        : `has ${what.join(" and ")}, needs one of them`,
    );
    return [];
  }
  const time = at_s ?? 0; // without a time a fault was added
  if (event.open !== undefined) return asList(event.open).map((open) => ({ at_s: time, open }));
  if (event.close !== undefined) return asList(event.close).map((close) => ({ at_s: time, close }));
  if ((event.lift !== undefined) !== (event.runs !== undefined)) fault(reading, place, '"lift" and "runs" belong together');
  if (event.lift !== undefined) return [{ at_s: time, lift: event.lift, runs: event.runs ?? false }];
  if (event.stop_lift !== undefined) return asList(event.stop_lift).map((lift) => ({ at_s: time, lift, runs: false }));
  if (event.start_lift !== undefined) return asList(event.start_lift).map((lift) => ({ at_s: time, lift, runs: true }));
  if (event.redirect !== undefined) return [resolveRedirect(reading, place, time, event.redirect, groupNames)];
  const names = event.stop_inflow ?? asList(event.stop!); // one of them is there
  const all = event.stop !== undefined && names.length === 1 && names[0] === "inflow" && !groupNames.has("inflow");
  const stop_inflow = all ? [] : groupsOf(reading, `${place}.${what[0]}`, names, groupNames, ["inflow"]);
  return [{ at_s: time, stop_inflow }];
}

/** Names of the complete form. @param words that may stand for a group's name too, for the hint */
function groupsOf(
  reading: Reading,
  place: string,
  names: readonly string[],
  groupNames: ReadonlyMap<string, string[]>,
  words: readonly string[],
): string[] {
  return names.flatMap((name) => {
    const parts = groupNames.get(name);
    if (!parts) fault(reading, place, `there is no group "${name}"${suggestion(name, [...groupNames.keys(), ...words])}`);
    return parts ?? [];
  });
}

function resolveRedirect(
  reading: Reading,
  place: string,
  at_s: number,
  given: NonNullable<EventFile["redirect"]>,
  groupNames: ReadonlyMap<string, string[]>,
): ScenarioEvent {
  const from = asList(given.from);
  refuseDoubles(reading, `${place}.redirect.from`, from);
  if (from.includes(given.to)) fault(reading, `${place}.redirect.to`, `is "${given.to}", which people are sent away from`);
  const names = given.groups === undefined ? [] : asList(given.groups);
  return {
    at_s,
    redirect: {
      groups: groupsOf(reading, `${place}.redirect.groups`, names, groupNames, []),
      from,
      to: given.to,
      share: given.share ?? 1,
      in: given.in ?? null,
      for_s: given.for_s ?? null,
    },
  };
}
