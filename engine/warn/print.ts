/** The result as plain text for a terminal: what a person has to act on first, then times, flows, places, who is not out. */
import type { Layout } from "../layout/layout.js";
import { textOf } from "../layout/project.js";
import type { LineMeasure } from "../measure/measures.js";
import type { Unfinished } from "../run/records.js";
import type { Scenario, WarningLevel } from "../scenario/scenario.js";
import { fireTexts } from "./fire/print-fire.js";
import { handExits } from "./hand/exits.js";
import type { Band, EnsembleReport, RunReport } from "./report.js";
import type { EnsembleWarning } from "./warnings.js";
import { clock, exactClock, exactly, lasting, trim, valueText, whole } from "./words.js";

export interface PrintOptions {
  layout: Layout;
  scenario: Scenario;
  report: EnsembleReport;
  /** The runs themselves name people who are stuck. */
  runs: readonly RunReport[];
  /** true: levels in ANSI colours beside their words. */
  color?: boolean;
}

const MOST_WARNINGS = 12;
const MOST_PLACES = 8;
const MOST_STUCK = 4;
const WIDTH = 110;
const INDENT = 10;
const ANSI: Readonly<Record<WarningLevel, string>> = { blue: "34;1", yellow: "33;1", orange: "38;5;208;1", red: "31;1" };

/** Lines end with \n; the text ends with one. Times are clock times of the scenario's start, or count from 0 where it has none. */
export function printResult(options: PrintOptions): string {
  const { scenario, report } = options;
  const runs = report.runs.length;
  const lines = [
    `${scenario.name} · ${whole(report.asked)} people · ${runs} ${runs === 1 ? "run" : "runs"}${modelText(scenario)}`,
    "",
    ...warningLines(options),
    "",
    ...labelled([
      ...fireTexts(report.fire, scenario),
      ["left the site", leftText(options)],
      ["flow at gates", flowText(options)],
      ["fullest places", placesText(report)],
      ["queues", queueText(report)],
      ["not out", notOutText(options)],
      ...handTexts(report),
      ...report.failed.map(({ seed, code, message }): [string, string] => ["failed", `seed ${seed}: ${code} ${message}`]),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A model other than Muster's own is named in the first line. */
const modelText = ({ model }: Scenario): string => (model === "headway" ? "" : ` · model ${model.name}`);

function warningLines({ scenario, report, color }: PrintOptions): string[] {
  const { warnings } = report;
  if (report.runs.length === 0) return ["  No run came to its end."];
  if (warnings.length === 0) {
    const fire = report.fire ? ", and every place for smoke and heat" : "";
    return [
      `  No warning: ${scenario.warnings.length} ${scenario.warnings.length === 1 ? "rule was" : "rules were"} watched${fire}.`,
    ];
  }
  const shown = warnings.slice(0, MOST_WARNINGS);
  const rows = shown.map((warning) => [placeText(warning), spanText(scenario, warning), peakText(warning), shareText(warning)]);
  const widths = [0, 1, 2].map((c) => Math.max(...rows.map((row) => row[c]!.length)));
  const lines = shown.flatMap((warning, k) => {
    const word = warning.level.toUpperCase().padEnd(INDENT - 2);
    const level = color ? `\u001b[${ANSI[warning.level]}m${word}\u001b[0m` : word;
    const cells = rows[k]!.map((cell, c) => cell.padEnd(widths[c] ?? 0)).join("   ");
    return [`  ${level}${cells}`.trimEnd(), ...wrapped(warning.cause), ...wrapped(`→ ${warning.advice}`)];
  });
  const more = warnings.length - shown.length;
  return more > 0 ? [...lines, `${" ".repeat(INDENT)}and ${more} more, see the report`] : lines;
}

/** The place, with what is watched where it is not plain from the numbers. */
const placeText = ({ place, scheme }: EnsembleWarning): string =>
  scheme === "queue" ? `${place} queue` : scheme === "tenability" ? `${place} untenable` : place;

/** "45 s short, 23 people inside"; where people never leave there is no such time. */
function untenableText({ people, never_left }: NonNullable<EnsembleWarning["untenable"]>, text: string): string {
  const inside = `${whole(people)} ${Math.round(people) === 1 ? "person" : "people"} inside`;
  return never_left > 0 ? `${inside}, ${whole(never_left)} never leave` : `${text}, ${inside}`;
}

function spanText(scenario: Scenario, { start_s, end_s, untenable }: EnsembleWarning): string {
  const show = untenable ? exactClock : clock;
  return `${show(scenario, start_s)}–${end_s === null ? "end" : show(scenario, end_s)}`;
}

function peakText({ peak, scheme, unit, untenable }: EnsembleWarning): string {
  const text = valueText(peak.median, scheme, unit);
  if (untenable) return `in ${exactly(untenable.lead_s)}, ${untenableText(untenable, text)}`;
  const high = valueText(peak.p95, scheme, unit);
  return high === text
    ? `peak ${text}`
    : `peak ${text} (P95 ${high.split(" ")[0] === "level" ? high.split(" ")[1] : high.split(" ")[0]})`;
}

const shareText = ({ runs_at_level, runs }: EnsembleWarning): string =>
  `in ${runs_at_level} of ${runs} ${runs === 1 ? "run" : "runs"}`;

/** Words broken at WIDTH, indented under the warning's place. */
function wrapped(text: string, indent = INDENT): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each) => `${" ".repeat(indent)}${each}`);
}

/** Label and text in two columns; entries without text are left out, a label is not repeated. */
function labelled(entries: readonly (readonly [string, string])[]): string[] {
  const there = entries.filter(([, text]) => text !== "");
  const width = Math.max(...there.map(([label]) => label.length)) + 3;
  let last = "";
  return there.flatMap(([label, text]) => {
    const [first, ...rest] = wrapped(text, width + 2);
    const head = label === last ? "" : label;
    last = label;
    return [`  ${head.padEnd(width)}${first!.slice(width + 2)}`, ...rest];
  });
}

function leftText({ scenario, report }: PrintOptions): string {
  const say = (name: string, band: Band): string => {
    if (band.p50 === null) return `${name} not reached`;
    const middle = clock(scenario, band.p50);
    const low = band.p5 === null ? "never" : clock(scenario, band.p5);
    const high = band.p95 === null ? "never" : clock(scenario, band.p95);
    return `${name} ${middle}${low === middle && high === middle ? "" : ` (P5–P95 ${low}–${high})`}`;
  };
  const { t50_s, t95_s, t100_s } = report.clearing;
  if (report.runs.length === 0) return "";
  if (t50_s.p50 === null && (report.curve[0]?.time_s.p50 ?? null) === null) return "nobody left";
  return [say("50 %", t50_s), say("95 %", t95_s), say("all", t100_s)].join(" · ");
}

/** The busiest minute of the busiest exits, with what the guide's rate lets through. */
function flowText({ layout, scenario, report }: PrintOptions): string {
  const simulated = { ...report, inside: { p5: null, p50: null, p95: null } };
  const capacities = new Map(handExits({ layout, scenario, simulated }).map(({ name, perMinute }) => [name, perMinute]));
  const exits = report.lines.filter(({ kind, total }) => kind === "exit" && (total.p95 ?? 0) > 0);
  const shown = [...exits].sort((a, b) => (b.total.p50 ?? 0) - (a.total.p50 ?? 0) || (a.place < b.place ? -1 : 1));
  const text = shown.slice(0, MOST_PLACES).map(({ place, peak_flow, total, median }) => {
    const opening = layout.openings.find(({ id, name }) => id === place || name === place);
    const capacity = capacities.get(place) ?? (opening && (capacities.get(opening.id) ?? capacities.get(opening.name)));
    return `${place} ${whole(total.p50 ?? 0)}, up to ${whole((peak_flow.p50 ?? 0) * 60)} /min${capacity === undefined ? "" : ` of ${whole(capacity)}`}${basisText(median)}`;
  });
  if (shown.length === 0) return "";
  const bounded = exits.some(({ median }) => median.flow_basis !== "emergent");
  return `${joined(text, shown.length)} · ${bounded ? "flow elsewhere" : "flow"} emergent`;
}

/** The bound of a flow that is not emergent. */
function basisText({ flow_basis, prescribed, turnstile_lanes }: LineMeasure): string {
  if (prescribed)
    return ` (prescribed at most ${trim(prescribed.specific_flow, 2)} persons/(m s) over ${prescribed.effective_width_m.toFixed(2)} m)`;
  return flow_basis === "turnstile" ? ` (turnstile, ${turnstile_lanes} ${turnstile_lanes === 1 ? "lane" : "lanes"})` : "";
}

const joined = (texts: readonly string[], of: number): string =>
  texts.join(" · ") + (of > texts.length ? ` · and ${of - texts.length} more` : "");

function placesText({ sections }: EnsembleReport): string {
  const used = sections.filter(({ peak_count }) => (peak_count.p95 ?? 0) > 0);
  const shown = [...used].sort((a, b) => (b.peak_density.p50 ?? 0) - (a.peak_density.p50 ?? 0) || (a.place < b.place ? -1 : 1));
  const text = shown
    .slice(0, MOST_PLACES)
    .map(
      ({ place, peak_count, peak_density }) =>
        `${place} ${whole(peak_count.p50 ?? 0)} (${(peak_density.p50 ?? 0).toFixed(1)}/m²)`,
    );
  return joined(text, shown.length);
}

function queueText({ queues }: EnsembleReport): string {
  const used = queues.filter(({ peak_waiting }) => (peak_waiting.p95 ?? 0) > 0);
  const shown = [...used].sort((a, b) => (b.peak_waiting.p50 ?? 0) - (a.peak_waiting.p50 ?? 0) || (a.place < b.place ? -1 : 1));
  const text = shown.slice(0, MOST_PLACES).map(({ place, peak_waiting, wait_p95_s }) => {
    const wait = wait_p95_s.p50 === null ? "" : `, 95 % within ${lasting(wait_p95_s.p50)}`;
    return `${place} up to ${whole(peak_waiting.p50 ?? 0)}${wait}`;
  });
  return joined(text, shown.length);
}

/** How many are still there at the end, and those who are stuck by place. */
function notOutText({ layout, scenario, report, runs }: PrintOptions): string {
  if (report.runs.length === 0) return "";
  const remaining = report.runs.map(({ inside, waiting }) => inside + waiting);
  const [low, high] = [Math.min(...remaining), Math.max(...remaining)];
  const staying = report.runs.every(({ status }) => status === "lasting");
  const parts = [low === high ? whole(low) : `${whole(low)} to ${whole(high)}`];
  if (high > 0 && staying) parts.push("all of them meant to stay");
  const outside = Math.max(...report.runs.map(({ waiting }) => waiting));
  if (outside > 0) parts.push(`up to ${whole(outside)} outside without room to enter`);
  const fallen = Math.max(0, ...(report.fire?.runs ?? []).map(({ incapacitated }) => incapacitated));
  if (fallen > 0) parts.push(`up to ${whole(fallen)} incapacitated`);
  const most = Math.max(...report.runs.map((run) => run.stuck));
  if (most > 0) parts.push(`up to ${whole(most)} stuck`);
  return [parts.join("; "), ...stuckTexts(layout, scenario, runs)].join("; ");
}

/** People who are stuck in the run with the most of them, by level and aim, the largest crowd first; named after who stands longest. */
function stuckTexts(layout: Layout, scenario: Scenario, runs: readonly RunReport[]): string[] {
  const worst = runs.reduce<RunReport | null>(
    (a, b) => (a === null || b.result.stuck.length > a.result.stuck.length ? b : a),
    null,
  );
  const crowds = new Map<string, Unfinished[]>();
  for (const person of worst?.result.stuck ?? []) {
    const key = JSON.stringify([person.level, person.wants]);
    const crowd = crowds.get(key);
    if (crowd) crowd.push(person);
    else crowds.set(key, [person]);
  }
  const sorted = [...crowds.values()].sort((a, b) => b.length - a.length || a[0]!.id - b[0]!.id);
  const texts = sorted.slice(0, MOST_STUCK).map((crowd) => {
    const first = crowd.reduce((a, b) => (b.since_s < a.since_s ? b : a));
    const aim = first.wants === "" ? "" : ` on the way to ${first.wants}`;
    const who = crowd.length === 1 ? `${first.group} ${first.id}` : `${whole(crowd.length)} people`;
    const longest = crowd.length === 1 ? "" : `, first ${first.group} ${first.id}`;
    return `${who} on ${first.level}${aim}${longest} at ${textOf(layout.frame, [first.x, first.y])} since ${clock(scenario, first.since_s)}`;
  });
  const more = sorted.length - texts.length;
  if (more > 0) texts.push(`and ${more} more crowds`);
  if (texts.length > 0) texts[texts.length - 1] += ` (seed ${worst!.seed})`;
  return texts;
}

const MOST_HAND = 6;

/**
 * Hand calculation: the capacity, and lines that the simulation departs from by more than 20 %. Exits and sections that fewer came to
 * than they hold are nothing to act on and stand in the report only.
 */
function handTexts({ hand }: EnsembleReport): [string, string][] {
  const shown = hand.filter(
    ({ quantity, why, difference }) =>
      quantity === "capacity" || (why !== null && !(/^(flow at|holding capacity) /.test(quantity) && (difference ?? 0) < 0)),
  );
  const rows = shown.slice(0, MOST_HAND).map(({ quantity, value, unit, simulated, why }): [string, string] => {
    const digits = Math.abs(value) < 100 && unit !== "persons" ? 1 : 0;
    const show = (n: number): string => (digits === 0 ? whole(n) : trim(n, digits));
    const twin = simulated === null ? "" : `, simulated ${show(simulated)}`;
    return ["by hand", `${quantity}: ${show(value)} ${unit}${twin}${why === null ? "" : ` (${why})`}`];
  });
  const more = shown.length - rows.length;
  return more > 0 ? [...rows, ["by hand", `and ${more} more lines that differ, see the report`]] : rows;
}
