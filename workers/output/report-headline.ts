/** The first page: what to act on, who is out when, what went wrong. */
import { placeNames } from "../../engine/chart/place-names.js";
import { LEVEL_STYLE } from "../../engine/chart/style.js";
import { band, lasting, nice, percent, whole } from "../../engine/chart/text.js";
import { bySeverity, schemeText, spanText, worstText } from "../../engine/chart/warnings.js";
import { LEVELS, type WarningLevel } from "../../engine/scenario/scenario.js";
import type { Band } from "../../engine/warn/report.js";
import type { EnsembleWarning } from "../../engine/warn/warnings.js";
import { clock, exactClock, valueText } from "../../engine/warn/words.js";
import { fireTile } from "./report-fire.js";
import { type Html, html, raw, table } from "./report-html.js";
import type { ReportInput } from "./report-input.js";

const MOST = 40;

const badge = (level: WarningLevel): Html => {
  const { fill, text, word } = LEVEL_STYLE[level];
  return html`<span class="badge" style="background:${fill};color:${text}">${word}</span>`;
};

/** Seeds as people write them: "1–4" for a run of numbers, else a list. */
export function seedText(seeds: readonly number[]): string {
  const sorted = [...seeds].sort((a, b) => a - b);
  const steady = sorted.length > 2 && sorted.every((seed, i) => seed === sorted[0]! + i);
  return steady ? `${sorted[0]}–${sorted.at(-1)}` : sorted.join(", ");
}

/** Title, facts and the three figures that everybody asks for. */
export function headline(input: ReportInput): Html {
  const { layout, scenario, report } = input;
  const runs = report.runs.length;
  const start = scenario.start === null ? "" : ` from ${startText(scenario.start)}`;
  return html`<header>
<p class="kind">Crowd safety report</p>
<h1>${scenario.name}</h1>
<p class="facts">${whole(report.asked)} people · ${layout.name} · ${runs} ${runs === 1 ? "run" : "runs"}${runs === 0 ? "" : ` (${runs === 1 ? "seed" : "seeds"} ${seedText(report.runs.map((r) => r.seed))})`} · at most ${lasting(scenario.duration_s)}${start}</p>
${tiles(input)}
</header>`;
}

/** "2026-07-18 17:00 (UTC+02:00)". */
const startText = (start: string): string =>
  start
    .replace("T", " ")
    .replace(/:00(?=Z|[+-]|$)/, "")
    .replace(/(Z|[+-][\d:]+)$/, (offset) => (offset.includes(" ") ? offset : ` (UTC${offset === "Z" ? "" : offset})`));

function tiles(input: ReportInput): Html {
  const { report, scenario } = input;
  const counts = [...LEVELS].reverse().map((level) => ({ level, n: report.warnings.filter((w) => w.level === level).length }));
  const found = counts.filter((c) => c.n > 0);
  const warned =
    found.length === 0
      ? html`<span class="value">none</span>`
      : html`<span class="value">${found.map((c) => html`${badge(c.level)} ${c.n}&ensp;`)}</span>`;
  const left = Math.max(0, ...report.runs.map((r) => r.inside + r.waiting));
  const stuck = report.runs.reduce((sum, r) => sum + r.stuck, 0);
  const fallen = Math.max(0, ...(report.fire?.runs ?? []).map(({ incapacitated }) => incapacitated));
  const all = report.clearing.t100_s;
  return html`<ul class="tiles">
<li><span class="label">Warnings</span>${warned}<span class="more">${report.runs.length === 0 ? "no run came to its end" : `in ${report.runs.length} ${report.runs.length === 1 ? "run" : "runs"}`}</span></li>
<li><span class="label">Everybody out</span><span class="value">${all.p50 === null ? "not in the time" : timeText(scenario, all.p50)}</span><span class="more">${all.p50 === null ? `limit ${lasting(scenario.duration_s)}` : spread(all, report.runs.length, (t) => timeText(scenario, t))}</span></li>
<li><span class="label">Not out at the end</span><span class="value">${whole(left)}</span><span class="more">${stuck > 0 ? `${whole(stuck)} stuck over all runs, named below` : left > 0 ? `most in any run; ${fallen > 0 ? `up to ${whole(fallen)} incapacitated` : "nobody stuck"}` : "nobody stuck"}</span></li>${fireTile(input)}
</ul>`;
}

const timeText = (scenario: ReportInput["scenario"], time_s: number): string =>
  scenario.start === null ? `after ${lasting(time_s)}` : clock(scenario, time_s);

function spread(b: Band, runs: number, show: (v: number) => string): string {
  if (runs === 1) return "one run, so no spread is known";
  if (b.p5 === b.p95) return `alike in ${runs} runs`;
  return `P5–P95 ${b.p5 === null ? "–" : show(b.p5)} to ${b.p95 === null ? "not reached" : show(b.p95)}`;
}

/** Warnings as cards, worst first, each with cause and advice. */
export function warningCards(input: ReportInput): Html {
  const { report, scenario } = input;
  const n = report.runs.length;
  if (n === 0)
    return html`<p class="alert">No run came to its end, so there are no warnings to tell. See the failed runs below.</p>`;
  if (report.warnings.length === 0)
    return html`<p><b>No warnings in ${n === 1 ? "this run" : `any of ${n} runs`}.</b> ${scenario.warnings.length === 0 ? "The scenario has no warning rules, so nothing was watched." : `${scenario.warnings.length} rules were watched.`}</p>`;
  const sorted = [...report.warnings].sort(bySeverity);
  const rest = sorted.length - MOST;
  return html`<ol class="warnings">${sorted.slice(0, MOST).map((w) => card(w, input))}</ol>
${rest > 0 ? html`<p class="quiet">${rest} more warnings of lower rank are in warnings.json.</p>` : null}`;
}

function card(w: EnsembleWarning, { scenario, layout }: ReportInput): Html {
  const name = placeNames(layout)(w.place);
  const show = w.untenable ? exactClock : clock;
  const onset =
    w.onset_s.p95 > w.onset_s.p5
      ? `; starts between ${show(scenario, w.onset_s.p5)} and ${show(scenario, w.onset_s.p95)} (P5–P95)`
      : "";
  const shares = LEVELS.filter((l) => w.probability_by_level[l] !== undefined).map(
    (l) => `${l} ${percent(w.probability_by_level[l]!)}`,
  );
  const uncertain = Object.values(w.probability_by_level).some((p) => p > 0 && p < 1);
  return html`<li style="border-left-color:${LEVEL_STYLE[w.level].fill}">${badge(w.level)}<span class="where">${name}</span>${name.includes(w.place) ? null : html` <span class="quiet">${w.place}</span>`} <span class="when">${spanText(w, scenario)}</span>
<p>${schemeText(w)[0]!.toUpperCase()}${schemeText(w).slice(1)}: ${worstText(w)}, limit ${valueText(w.limit, w.scheme, w.unit)} [${nice(w.source)}].${w.runs === 1 ? null : html` In <b>${w.runs_at_level} of ${w.runs} runs</b>${onset}.`}${uncertain ? ` Share of runs by level: ${shares.join(", ")}.` : ""}</p>
${w.cause === "" ? null : html`<p><b>Why:</b> ${w.cause}</p>`}
${w.advice === "" ? null : html`<p class="act">What to do: ${w.advice}</p>`}</li>`;
}

/** Clearing times with their spread, and what is behind "not out". */
export function clearingTable({ report, scenario }: ReportInput): Html {
  if (report.runs.length === 0) return raw("");
  const { t50_s, t95_s, t100_s } = report.clearing;
  const show = (t: number): string => (scenario.start === null ? lasting(t) : `${clock(scenario, t)} (${lasting(t)})`);
  const one = (t: number | null): string => (t === null ? "not reached" : show(t));
  const rows = [["Half of all people", t50_s] as const, ["95 %", t95_s] as const, ["Everybody", t100_s] as const].map(
    ([name, b]) => [name, one(b.p50), one(b.p5), one(b.p95)],
  );
  const runs = report.runs.length;
  return table({
    caption: `Time at which this share of ${whole(report.asked)} people had left${scenario.start === null ? ", from the start of the run" : ": clock time (time since the start)"}, over ${runs} ${runs === 1 ? "run, so there is no spread" : "runs"}.`,
    head: runs === 1 ? ["Out", "Time"] : ["Out", "Median", "5th percentile", "95th percentile"],
    rows: runs === 1 ? rows.map((row) => row.slice(0, 2)) : rows,
  });
}

/** Failed runs and stuck people: said on the first page, or that there are none. */
export function troubles(input: ReportInput): Html {
  const { report } = input;
  const parts: Html[] = [];
  if (report.failed.length > 0)
    parts.push(
      html`<div class="alert"><b>${report.failed.length} of ${report.failed.length + report.runs.length} runs failed</b>; all figures are from the others.</div>`,
      table({
        caption: "Failed runs",
        head: ["Seed", "Error", "What happened"],
        rows: report.failed.map((f) => [String(f.seed), f.code, f.message]),
      }),
    );
  const people = (input.runs ?? []).flatMap((run) => run.result.stuck.map((who) => ({ seed: run.seed, who })));
  const count = report.runs.reduce((sum, r) => sum + r.stuck, 0);
  if (people.length > 0) {
    const rows = people
      .slice(0, MOST)
      .map(({ seed, who }) => [
        `person ${who.id}`,
        who.group,
        String(seed),
        levelOf(input, who.level),
        `${who.x.toFixed(1)}, ${who.y.toFixed(1)}`,
        clock(input.scenario, who.since_s),
        who.wants,
      ]);
    parts.push(
      html`<p class="alert"><b>${people.length} stuck</b> over all runs: people who want to go on and have stood in one spot.</p>`,
      table({
        caption: people.length > MOST ? `Stuck people, the first ${MOST}` : "Stuck people",
        head: ["Who", "Group", "Seed", "Level", "x, y (m)", "Since", "Wants"],
        rows,
      }),
    );
  } else if (count > 0)
    parts.push(
      html`<p class="alert"><b>${count} stuck</b> over all runs (${report.runs
        .filter((r) => r.stuck > 0)
        .map((r) => `seed ${r.seed}: ${r.stuck}`)
        .join(", ")}); summary.json names them with place and time.</p>`,
    );
  const queueing = report.queues.filter((q) => band(q.wait_p95_s, String) === "not reached").length;
  if (queueing > 0)
    parts.push(html`<p class="quiet">At ${queueing} ${queueing === 1 ? "queue" : "queues"} nobody was served.</p>`);
  return html`${parts}`;
}

const levelOf = ({ layout }: ReportInput, id: string): string => layout.levels.find((l) => l.id === id)?.name || id;
