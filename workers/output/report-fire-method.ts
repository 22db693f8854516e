/** What a run with fire assumes, for the report's chapter on assumptions. */
import { fixed, percent, whole } from "../../engine/chart/text.js";
import type { Burning, FireScenario } from "../../engine/scenario/fire/fire.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { exactClock } from "../../engine/warn/words.js";
import { type Html, html } from "./report-html.js";

/** List items; nothing without fire. */
export function fireAssumptions(scenario: Scenario): Html[] {
  const { fire } = scenario;
  if (fire === undefined) return [];
  return [...fires(scenario, fire), ...building(fire), people(fire), ...alarm(scenario, fire)];
}

function burningText({ growth, peak_kW, curve, fuel, soot_yield, co_yield, hcn_yield, radiative_fraction }: Burning): string {
  const heat = growth
    ? `${growth} growth (t²)${peak_kW === undefined ? "" : ` to ${whole(peak_kW)} kW`}`
    : `a curve of ${curve?.length ?? 0} points, at most ${whole(Math.max(0, ...(curve ?? []).map(([, kW]) => kW)))} kW`;
  const yields = `soot ${soot_yield}, CO ${co_yield}, HCN ${hcn_yield} kg/kg, ${percent(radiative_fraction)} of the heat radiated`;
  return `${heat}, fuel ${fuel} (${yields})`;
}

function fires(scenario: Scenario, { fires: list, items, smoke_from, air }: FireScenario): Html[] {
  const told = list.map(
    (fire) => html`<li>Fire “${fire.name}” from ${exactClock(scenario, fire.start_s)}: ${burningText(fire)}.</li>`,
  );
  if (items.length > 0)
    told.push(
      html`<li>${whole(items.length)} ${items.length === 1 ? "entry" : "entries"} of things that burn once radiation has ignited them; walls and shut doors shade them.</li>`,
    );
  if (smoke_from)
    told.push(html`<li>Smoke and heat were calculated by another program: ${smoke_from.format} (${smoke_from.file}).</li>`);
  if (air.length > 0)
    told.push(
      html`<li>The air was given, not calculated, in ${whole(air.length)} ${air.length === 1 ? "place" : "places"}.</li>`,
    );
  return told;
}

const DOORS = {
  open: "stay open to smoke",
  closed: "stay shut to smoke until an event opens them",
  "self-closing": "are open to smoke only while people pass",
  "while-people-pass": "are open to smoke only while people pass",
} as const;

function building({ doors, vents, fans, sprinklers, detectors, ambient, wind }: FireScenario): Html[] {
  const rules = doors.map(({ at, state }) => `${at.join(", ")} ${DOORS[state]}`);
  const counts = [
    [vents.length, "smoke vents"],
    [fans.length, "fans"],
    [detectors.length, "detectors"],
    [sprinklers.length, "sprinklers"],
  ] as const;
  const fitted = counts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`);
  return [
    html`<li>Doors: ${rules.length === 0 ? "as the plan says" : rules.join("; ")}.${fitted.length === 0 ? "" : ` Fitted: ${fitted.join(", ")}.`} Air ${ambient.inside_C} °C inside, ${ambient.outside_C} °C outside${wind ? `, wind ${fixed(wind.speed_m_s, 1)} m/s from ${whole(wind.from_deg)}°` : ", no wind"}.</li>`,
  ];
}

function people({ people: set }: FireScenario): Html {
  const speed =
    set.speed_law === "none" ? "Smoke does not slow people down" : `Smoke slows people down by the law ${set.speed_law}`;
  const cue = set.cue ? "smoke or a fire in sight ends waiting" : "smoke is no cue";
  const avoid = set.avoid ? "people go round smoke where another way is quicker" : "nobody goes round smoke";
  const fall = set.incapacitate
    ? `who has taken their own dose falls and stays in the way (susceptibility: ${set.susceptibility})`
    : "nobody falls";
  return html`<li>${speed}; ${cue}; ${avoid}; ${fall}. Doses by ${set.dose}, ${set.clothed ? "clothed" : "lightly clothed"} people, judged ${set.head_height_m} m above the floor.</li>`;
}

function alarm(scenario: Scenario, { alarm: set }: FireScenario): Html[] {
  if (!set) return [html`<li>No alarm: times before moving count from the start of the run.</li>`];
  const raised = set.at_s === null ? "by detectors" : `at ${exactClock(scenario, set.at_s)}`;
  return [html`<li>Alarm raised ${raised}, heard ${whole(set.delay_s)} s later; times before moving count from then.</li>`];
}
