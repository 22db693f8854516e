/** Warnings that a place becomes untenable while people are still in it or on their way through it. */
import type { FireMeasures, FirePlaceMeasure } from "../../measure/fire/measures.js";
import type { FireWarnings } from "../../scenario/fire/fire.js";
import { LEVELS, type Scenario, type WarningLevel } from "../../scenario/scenario.js";
import { adviceFor } from "../advice.js";
import type { Warning } from "../warnings.js";
import { exactClock, exactly, whole } from "../words.js";

export const TENABILITY_UNIT = "s";

/** Like the limits of other schemes the higher the worse: seconds by which the last person is too late, below 0 time to spare. */
export const tenabilityLevels = ({ margin_s }: FireWarnings): Record<WarningLevel, number> => ({
  blue: -margin_s.blue,
  yellow: -margin_s.yellow,
  orange: -margin_s.orange,
  red: -margin_s.red,
});

/** Where the limits come from. */
export const TENABILITY_SOURCE =
  "margin between ASET and RSET of the place; the limits are Muster's choice (scenario: fire.warnings)";

/**
 * One warning for each place whose margin (ASET − RSET) is at or below a limit. It is given `lead_s` before the place becomes untenable,
 * not before the fire begins, and ends when the last person has left; a place that people have left by then gives none. Its value is
 * minus the margin. The run is known to its end here, so the time is that of the run and not a forecast from its present.
 */
export function fireWarnings(options: { scenario: Scenario; measures: FireMeasures }): Warning[] {
  const { scenario, measures } = options;
  const rules = scenario.fire?.warnings;
  if (rules === undefined) return [];
  return measures.places
    .flatMap((place) => placeWarning(scenario, rules, measures, place) ?? [])
    .sort((a, b) => a.start_s - b.start_s || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
}

function placeWarning(
  scenario: Scenario,
  rules: FireWarnings,
  { ignition_s }: FireMeasures,
  measure: FirePlaceMeasure,
): Warning | null {
  const { place, aset_s, rset_s, margin, criterion } = measure;
  if (aset_s === null || margin === null || criterion === null) return null;
  const limits = tenabilityLevels(rules);
  const short = -margin.s;
  const level = LEVELS.findLast((each) => short >= limits[each]);
  const start_s = Math.max(Math.min(ignition_s, aset_s), aset_s - rules.lead_s, 0);
  if (level === undefined || (rset_s !== null && rset_s <= start_s)) return null;
  return {
    place,
    level,
    scheme: "tenability",
    unit: TENABILITY_UNIT,
    start_s,
    end_s: rset_s,
    peak: short,
    peak_at_s: aset_s,
    limit: limits[level],
    source: TENABILITY_SOURCE,
    changes: [{ at_s: start_s, level }],
    cause: causeOf(scenario, measure, aset_s, start_s),
    advice: adviceFor("tenability", level, place, null),
    untenable: {
      at_s: aset_s,
      criterion,
      people: measure.people_at_aset ?? 0,
      never_left: rset_s === null ? measure.people_at_end : 0,
    },
  };
}

/** "untenable in 95 s, at 21:05 (visibility); 23 people are still inside then, the last leaves 45 s later". */
function causeOf(scenario: Scenario, measure: FirePlaceMeasure, aset_s: number, start_s: number): string {
  const { criterion, rset_s, people_at_aset, people_at_end } = measure;
  const lead = aset_s > start_s ? `untenable in ${exactly(aset_s - start_s)}, at ${exactClock(scenario, aset_s)}` : "untenable";
  return `${lead} (${criterion}); ${stillInside(people_at_aset ?? 0)}, ${lastOut(aset_s, rset_s, people_at_end)}`;
}

const stillInside = (people: number): string =>
  people === 0 ? "nobody is inside then" : `${whole(people)} ${people === 1 ? "person is" : "people are"} still inside then`;

function lastOut(aset_s: number, rset_s: number | null, atEnd: number): string {
  if (rset_s === null) return `${whole(atEnd)} ${atEnd === 1 ? "has" : "have"} not left at the end`;
  const late = rset_s - aset_s;
  return late > 0 ? `the last leaves ${exactly(late)} later` : `the last has left ${exactly(-late)} before`;
}
