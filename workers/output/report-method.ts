/**
 * Assumptions and method in the order that RiMEA's guideline (chapter 8) and IMO MSC.1/Circ.1533 ask for: assumptions, variables,
 * functional links, update order, stairs and doors, version and seeds, details, total time with its distribution, jam areas.
 */

import { levelName } from "../../engine/chart/input.js";
import { fixed, lasting, percent, whole } from "../../engine/chart/text.js";
import { flightOf } from "../../engine/scenario/flight-rules.js";
import { liftWay, ruleOf } from "../../engine/scenario/lift-rules.js";
import type { Distribution, Group, Population, Scenario, Stage } from "../../engine/scenario/scenario.js";
import type { StairLaw } from "../../engine/scenario/stair-laws.js";
import { clock } from "../../engine/warn/words.js";
import { version } from "../version.js";
import { fireAssumptions } from "./report-fire-method.js";
import { seedText } from "./report-headline.js";
import { type Html, html, table } from "./report-html.js";
import type { ReportInput } from "./report-input.js";
import { modelSentence, updateOrder } from "./report-model.js";

/** A distribution in words: "normal, mean 1.34 m/s, sd 0.26, cut to 0.5–2.2". */
export function distributionText(d: Distribution, unit: string): string {
  const cut = (v: { min: number; max: number }): string => `, cut to ${v.min}–${v.max}`;
  if ("constant" in d) return `${d.constant} ${unit}`;
  if ("uniform" in d) return `even between ${d.uniform[0]} and ${d.uniform[1]} ${unit}`;
  if ("normal" in d) return `normal, mean ${d.normal.mean} ${unit}, sd ${d.normal.sd}${cut(d.normal)}`;
  if ("lognormal" in d)
    return `lognormal, mean ${few(d.lognormal.mean)} ${unit}, sd ${few(d.lognormal.sd)}${d.lognormal.offset === undefined ? "" : `, plus ${d.lognormal.offset}`}${cut(d.lognormal)}`;
  if ("weibull" in d) return `Weibull, scale ${d.weibull.scale} ${unit}, shape ${d.weibull.shape}${cut(d.weibull)}`;
  return `gamma, shape ${d.gamma.shape}, scale ${d.gamma.scale} ${unit}${cut(d.gamma)}`;
}

/** Four digits, as much as a moment of a lognormal needs. */
const few = (value: number): number => Number(value.toPrecision(4));

/** One stage of a journey in words. */
function stageText(stage: Stage, scenario: Scenario): string {
  if ("go" in stage) return `walk to ${stage.go.to}`;
  if ("queue" in stage)
    return `queue at ${stage.queue.at.join(" or ")} (${stage.queue.servers} servers each, service ${distributionText(stage.queue.service_s, "s")})`;
  if ("stay" in stage) {
    const { stay } = stage;
    const how =
      stay.until_s !== null
        ? `until ${clock(scenario, stay.until_s)}`
        : stay.for_s !== null
          ? `for ${distributionText(stay.for_s, "s")}`
          : "to the end";
    return `stay in ${stay.in} ${how}`;
  }
  if ("choose" in stage)
    return `${percent(stage.choose.share)} visit one of ${stage.choose.of.join(", ")} for ${distributionText(stage.choose.stay_s, "s")}`;
  if ("repeat" in stage) return "begin again";
  const { leave } = stage;
  const choice =
    leave.choice === "least-time"
      ? "the quickest way"
      : leave.choice === "expected-time"
        ? `the least walking and waiting time, changed for a gain of ${percent(leave.gain ?? 0)}${leave.follow ? `, following others with weight ${leave.follow}` : ""}`
        : leave.choice === "shares"
          ? `in shares ${leave.shares.map((s) => percent(s)).join(", ")}`
          : "fixed";
  return `leave by ${leave.by.join(" or ")} (${choice})`;
}

function beginText(group: Group): string {
  if (group.start !== null) return `at the start in ${group.start.in.join(", ")}`;
  if (group.agents !== null) return `${group.agents.length} people at given places`;
  const arrivals = group.arrivals;
  if (arrivals === null) return "";
  const first = arrivals.intervals[0];
  const last = arrivals.intervals.at(-1);
  const span =
    first && last
      ? `, ${lasting(first.from_s)} to ${lasting(last.to_s)} after the start in ${arrivals.intervals.length} ${arrivals.intervals.length === 1 ? "interval" : "intervals"}`
      : "";
  return `arriving at ${arrivals.at.join(", ")}${span}`;
}

/** Whom people walk with, and which exits they know. */
function companyText({ social_groups: social, familiar_with: known, name }: Group): string {
  const company =
    social === null
      ? "alone"
      : `in social groups of ${social.sizes.map((size, k) => `${size} (${percent(social.shares[k]!)})`).join(", ")}${social.with === name ? "" : `, mixed as ${social.with}`}`;
  return known.length === 0 ? company : `${company}; know ${known.join(", ")}`;
}

export function methodSection(input: ReportInput): Html {
  const { scenario } = input;
  return html`<p>In the order that RiMEA's guideline (chapter 8) and IMO MSC.1/Circ.1533 ask for. The complete input is in scenario.resolved.json beside this report.</p>
<h3>1 Assumptions</h3>
${groupTable(scenario)}
<ul>
<li>People know the plan and their journey; they see no ${scenario.fire ? "signs" : "smoke, signs"} or staff unless the scenario has an event for it.</li>${fireAssumptions(scenario)}
<li>Nobody is deleted, moved or made unreal: asked = waiting + inside + left holds at every output time.</li>
${events(scenario)}
</ul>
<h3>2 Variables</h3>
<p>Per person: place on a level (m), velocity (m/s), wished speed (m/s), body radius (m), stage of the journey. Time step ${scenario.time_step_s} s, output every ${scenario.output_every_s} s, density cells of ${scenario.measure.cell_m} m × ${scenario.measure.cell_m} m with their exact floor area.</p>
<h3>3 Functional links</h3>
<p>${modelSentence(scenario.model)} The direction comes from a field of walking times to the goal over all levels. Warnings, level of service and hand calculations use the limits printed beside them.</p>
<h3>4 Update order</h3>
<p>${updateOrder(scenario.model)} In each step: events and arrivals, journeys and queues, directions, velocities, paths (each checked against the walls; nobody crosses one), then measures at output times.</p>
<h3>5 Stairs, doors, assembly places</h3>
${connections(input)}
<h3>6 Version and seeds</h3>
<p>Muster ${version}. ${input.report.runs.length === 1 ? "Seed" : "Seeds"} ${seedText(input.report.runs.map((r) => r.seed)) || "–"}. The same version, scenario and seed give the same result to the last bit on any machine.</p>
<h3>7 Details of the runs</h3>
${runTable(input)}
<h3>8 Total time and its distribution</h3>
${distribution(input)}
<h3>9 Jam areas</h3>
${jams(input)}`;
}

/** How dense crowds walk on stairs, by the law of the scenario. */
const STAIR_TEXTS: Readonly<Record<StairLaw, string>> = {
  "free-speed": "On stairs only the free speed is lower; time gaps are those of the level.",
  weidmann:
    "On stairs the free speed is lower and time gaps are those of Weidmann's diagrams, longer up and a little shorter down.",
  sfpe: "On stairs the whole diagram of the level is scaled by the free speeds, as in the SFPE Handbook.",
};

/** Speed on stairs: a share of that on the level, or absolute, or none. */
function stairsText({ uses_stairs, stairs_up, stairs_down, stairs_up_m_s, stairs_down_m_s }: Population): string {
  if (!uses_stairs) return "no stairs";
  const one = (share: number, absolute: Distribution | undefined): string =>
    absolute === undefined ? `× ${share}` : distributionText(absolute, "m/s");
  return `on stairs ${one(stairs_up, stairs_up_m_s)} up, ${one(stairs_down, stairs_down_m_s)} down`;
}

function groupTable(scenario: Scenario): Html {
  const rows = scenario.people.map((g) => [
    g.name,
    whole(g.count),
    beginText(g),
    html`${distributionText(g.population.speed_m_s, "m/s")}; ${stairsText(g.population)}; radius ${distributionText(g.population.radius_m, "m")} <span class="quiet">[${g.population.name}: ${g.population.source}]</span>`,
    g.pre_movement_source === null
      ? distributionText(g.pre_movement_s, "s")
      : html`${distributionText(g.pre_movement_s, "s")} <span class="quiet">[${g.pre_movement_source}]</span>`,
    companyText(g),
    g.journey.map((s) => stageText(s, scenario)).join(", then ") || "stay where they are",
  ]);
  return table({
    caption: "Who comes, how they walk, what they do",
    head: ["Group", "People", "Begin", "Walking speed and body", "Delay before moving", "Company", "Journey"],
    rows,
    numeric: [1],
  });
}

const events = (scenario: Scenario): Html[] =>
  scenario.events.map((e) => {
    const what =
      "open" in e
        ? `${e.open} opens`
        : "close" in e
          ? `${e.close} closes`
          : "lift" in e
            ? `lift ${e.lift} ${e.runs ? "runs again" : "goes out of service"}`
            : "redirect" in e
              ? `a marshal${e.redirect.in === null ? "" : ` in ${e.redirect.in}`} sends people from ${e.redirect.from.join(" or ")} to ${e.redirect.to} (${percent(e.redirect.share)} follow${e.redirect.for_s === null ? "" : `, for ${lasting(e.redirect.for_s)}`})`
              : `arrivals stop (${e.stop_inflow.join(", ") || "all groups"})`;
    return html`<li>At ${clock(scenario, e.at_s)}: ${what}.</li>`;
  });

function connections({ layout, scenario }: ReportInput): Html {
  const kinds = layout.connections.map((c) => {
    const { belt } = flightOf(scenario, c);
    const way = belt
      ? `, runs ${belt.running} at ${fixed(belt.speed, 2)} m/s in plan, ${percent(belt.standingShare)} stand, at most ${whole(belt.capacity_per_h)} /h`
      : c.direction === "both"
        ? ""
        : `, ${c.direction} only`;
    return `${c.name || c.id} (${c.kind}, rise ${fixed(c.rise, 1)} m${way})`;
  });
  const lifts = layout.lifts.map((lift) => {
    const rule = ruleOf(scenario, lift);
    if (!rule) return `${lift.name} stands still`;
    const { capacity, speed, acceleration, doorOpen, doorClose, dwell } = liftWay(lift, rule);
    return `${lift.name} carries ${capacity} at ${speed} m/s (${acceleration} m/s²), doors open in ${doorOpen} s, stay open at least ${dwell} s, close in ${doorClose} s${rule.for === "step-free" ? ", for people who use no stairs" : ""}`;
  });
  const exits = layout.openings.filter((o) => o.exit);
  return html`<p>${lifts.length === 0 ? "" : `Lifts: ${lifts.join("; ")}. `}${kinds.length === 0 ? "There are no stairs, ramps or escalators." : `Flights are walked on a surface of their own at stair speed, with people ahead and beside as on the floor: ${kinds.join("; ")}.`}${kinds.length === 0 ? "" : ` ${STAIR_TEXTS[scenario.stairs]}`} Openings pass people in full clear width, in their stated direction, while they are open; a closed one sends people to the next best way. Who crosses an exit has left; assembly places outside are not part of the run. Exits: ${exits.map((o) => `${o.name || o.id} ${fixed(o.width, 2)} m${o.state === "closed" ? " (closed at the start)" : ""}`).join("; ") || "areas named by the scenario"}.</p>`;
}

const STATUS = {
  finished: "everybody left",
  "time-limit": "time limit reached",
  lasting: "ended as planned, people stayed",
} as const;

const runTable = ({ report }: ReportInput): Html =>
  table({
    caption: "One row per run",
    head: ["Seed", "End", "Simulated", "Left", "Inside", "Waiting outside", "Stuck"],
    rows: report.runs.map((r) => [
      String(r.seed),
      STATUS[r.status],
      lasting(r.simulated_s),
      whole(r.left),
      whole(r.inside),
      whole(r.waiting),
      whole(r.stuck),
    ]),
    numeric: [3, 4, 5, 6],
  });

function distribution({ report }: ReportInput): Html {
  const times = report.runs.filter((r) => r.status === "finished").map((r) => r.simulated_s);
  if (times.length === 0) return html`<p>No run ended with everybody out, so there is no total time.</p>`;
  if (times.length === 1)
    return html`<p>${lasting(times[0]!)} in one run. One run has no distribution: run an ensemble (for instance <code>--seeds 1..20</code>) before you use this figure.</p>`;
  const mean = times.reduce((a, b) => a + b, 0) / times.length;
  const sd = Math.sqrt(times.reduce((sum, t) => sum + (t - mean) ** 2, 0) / (times.length - 1));
  return html`<p>Over ${times.length} runs in which everybody left: mean ${lasting(mean)}, standard deviation ${sd < 60 ? `${fixed(sd, 1)} s` : lasting(sd)}, shortest ${lasting(Math.min(...times))}, longest ${lasting(Math.max(...times))}.${times.length < 20 ? " Fewer than 20 runs show the spread only roughly." : ""}</p>`;
}

/** IMO: a jam is more than 4 persons/m2 for more than 10 % of the total time. The floor where that holds, by level. */
function jams({ report, layout }: ReportInput): Html {
  const total = report.runs.reduce((sum, r) => sum + r.simulated_s, 0) / Math.max(1, report.runs.length);
  const maps = report.maps.filter((m) => m.limits.includes(4));
  if (maps.length === 0) return html`<p>The time above 4 persons/m² was not recorded in these maps.</p>`;
  const rows = maps.flatMap((map) => {
    const above = map.above[map.limits.indexOf(4)]!;
    let area = 0;
    let longest = 0;
    above.forEach((seconds, k) => {
      if (seconds > 0.1 * total) area += map.area[k]!;
      if (seconds > longest) longest = seconds;
    });
    return area > 0 ? [[map.name, levelName(layout, map.level), whole(area), lasting(longest)]] : [];
  });
  const rule = "A jam in the sense of IMO MSC.1/Circ.1533: more than 4 persons/m² for more than 10 % of the total time";
  if (rows.length === 0) return html`<p>None. ${rule}; no cell reached that.</p>`;
  return table({
    caption: `${rule}; mean over the runs.`,
    head: ["Place", "Level", "Floor jammed, m²", "Longest above 4/m²"],
    rows,
    numeric: [2],
  });
}
