/** People in the sections over time, with the warning levels as bands behind the curve. */

import { SERVICE_LEVELS, serviceLimits } from "../measure/service.js";
import { LEVELS, type WarningRule } from "../scenario/scenario.js";
import type { EnsembleReport } from "../warn/report.js";
import { clock } from "../warn/words.js";
import { axisOf, type ChartInput, levelName, runsText } from "./input.js";
import { coarser, gridFor, inRows, type Limit, moreNote, multipleView } from "./multiples.js";
import { placeNames } from "./place-names.js";
import { type Chart, chart, messageChart } from "./spec.js";
import { AXIS_WIDTH } from "./style.js";
import { band, fixed, percent, tightBand, whole } from "./text.js";

const MOST = 12;
type Section = EnsembleReport["sections"][number];

/**
 * Limits of the first rule of a section that can be said in people: density × area, share × capacity, or the lowest density of a
 * level of service × area. No limits where the section has no such rule.
 */
function limitsInPeople(section: Section, rules: readonly WarningRule[]): Limit[] {
  const own = rules.filter((r) => r.place === section.place);
  for (const scheme of ["density", "share-of-capacity", "level-of-service"] as const) {
    const rule = own.find((r) => r.scheme === scheme);
    const given = LEVELS.filter((l) => rule?.levels[l] !== undefined).map((level) => ({ level, value: rule!.levels[level]! }));
    if (given.length === 0) continue;
    if (scheme === "density")
      return given.map(({ level, value }) => ({ level, from: value * section.area_m2, text: `≥ ${value}/m²` }));
    if (scheme === "share-of-capacity") {
      if (rule!.capacity === null) continue;
      return given.map(({ level, value }) => ({ level, from: value * rule!.capacity!, text: `≥ ${percent(value)}` }));
    }
    const densities = [0, ...serviceLimits(section.median.service)];
    return given.map(({ level, value }) => ({
      level,
      from: densities[value - 1]! * section.area_m2,
      text: `LOS ${SERVICE_LEVELS[value - 1]}`,
    }));
  }
  return [];
}

/** Chart "occupancy": the sections with the highest density, at most twelve. */
export function occupancyChart(input: ChartInput): Chart {
  const title = "People in the sections";
  const { report, scenario, layout } = input;
  if (report.sections.length === 0)
    return messageChart(
      "occupancy",
      title,
      "No section is measured.",
      "Name sections under measure in the scenario to see them here.",
    );
  const sorted = [...report.sections].sort(
    (a, b) => (b.peak_density.p50 ?? 0) - (a.peak_density.p50 ?? 0) || (a.place < b.place ? -1 : 1),
  );
  const shown = sorted.slice(0, MOST);
  const grid = gridFor(shown.length);
  const axis = axisOf(input, grid.columns === 1 ? 12 : 6);
  const named = placeNames(layout);
  const views = shown.map((section) => {
    const limits = limitsInPeople(section, scenario.warnings);
    const count = coarser(section.median.count, 360);
    const first = limits[0];
    const peak = section.median.peak;
    const parts = [
      `most ${tightBand(section.peak_count, whole)}`,
      `${fixed(section.peak_density.p50 ?? peak.density, 1)}/m² at ${clock(scenario, peak.at_s)}`,
      `${whole(section.area_m2)} m²${layout.levels.length > 1 ? `, ${levelName(layout, section.level)}` : ""}`,
      first !== undefined && peak.count < first.from ? `${first.level} from ${whole(first.from)}` : "",
    ];
    return multipleView(
      {
        title: named(section.place),
        detail: parts.filter((p) => p !== "").join(" · "),
        yTitle: "people",
        curves: [{ bin_s: count.bin_s, values: count.mean, look: "area" }],
        limits,
        line: null,
      },
      axis,
      grid,
    );
  });
  return chart({
    name: "occupancy",
    axisWidth: AXIS_WIDTH,
    title,
    subtitle: [
      `${runsText(input, true)}${report.runs.length > 1 ? "; in brackets P5–P95 of the runs" : ""}. Bands: warning levels of the scenario, said in people.`,
    ],
    description: `People over time in ${shown.length} sections. ${shown.map((s) => `${named(s.place)}: at most ${band(s.peak_count, whole)}`).join("; ")}.`,
    rows: inRows(views, grid.columns),
    notes: [moreNote(sorted.length - shown.length, "sections are")],
  });
}
