/** The report's section on fire and smoke: until when places are tenable, who is out by then, whom smoke reached, how sure that is. */
import { modelOf } from "../../engine/chart/fire/places.js";
import { levelName } from "../../engine/chart/input.js";
import { band, fixed, percent, tightBand, whole } from "../../engine/chart/text.js";
import { UNCERTAINTY_SOURCE, type UncertainQuantity, uncertainty } from "../../engine/fire/uncertainty.js";
import { byDanger } from "../../engine/warn/fire/print-fire.js";
import type { EnsembleFire, FirePlaceReport, MarginBand } from "../../engine/warn/fire/report.js";
import type { Band } from "../../engine/warn/report.js";
import { exactClock, exactly } from "../../engine/warn/words.js";
import { type Html, html, table } from "./report-html.js";
import type { ReportInput } from "./report-input.js";

const MOST_FALLEN = 40;
/** So many places are listed though none of them became untenable. */
const LEAST_PLACES = 12;

/** null without fire. @param figure draws a chart by its name, or nothing */
export function fireSection(input: ReportInput, figure: (name: string) => Html | null): Html | null {
  const { fire } = input.report;
  if (fire === undefined) return null;
  const drawn = (names: readonly string[]): (Html | null)[] => names.map(figure);
  return html`${opening(input, fire)}
<h3>Available against required time</h3>
${figure("fire-aset")}
${placeTable(input, fire)}
${exitTable(input, fire)}
<h3>Whom smoke and heat reached</h3>
${doseTable(fire)}
${figure("fire-exposed")}
${fallenTable(input, fire)}
<h3>Fire and smoke over time</h3>
${drawn(["fire-hrr", ...(fire.places.some(({ kind }) => kind === "compartment") ? ["fire-layers"] : []), "fire-temperatures", "fire-visibility", "fire-gases", "fire-toxic-gases"])}
${drawn(["fire-untenable-map", "fire-visibility-map", "fire-fed-map"])}
${input.charts.filter(({ name }) => name.startsWith("fire-") && !PLACED.has(name)).map(({ name }) => figure(name))}
<h3>How sure these figures are</h3>
${uncertaintyTable(fire)}
${limits(input, fire)}`;
}

const PLACED: ReadonlySet<string> = new Set([
  "fire-aset",
  "fire-exposed",
  "fire-hrr",
  "fire-layers",
  "fire-temperatures",
  "fire-visibility",
  "fire-gases",
  "fire-toxic-gases",
  "fire-untenable-map",
  "fire-visibility-map",
  "fire-fed-map",
]);

const megawatts = (kW: number): string => (kW >= 1000 ? `${fixed(kW / 1000, 1)} MW` : `${whole(kW)} kW`);

/** What burns, where smoke comes from, and whether the fire model came to its end. */
function opening({ scenario }: ReportInput, fire: EnsembleFire): Html {
  const { runs, notices, peak_hrr_kW, source, ignition_s } = fire;
  const heat =
    (peak_hrr_kW.p95 ?? 0) > 0
      ? `First ignition at ${exactClock(scenario, ignition_s)}; largest heat release ${band(peak_hrr_kW, megawatts)}. `
      : "";
  const failed = runs.filter(({ status }) => status === "failed");
  const alert = failed.map(
    ({ seed, status_time_s, reason }) =>
      html`<p class="alert"><b>The fire model stopped</b> in seed ${seed} at ${exactClock(scenario, status_time_s ?? 0)}: ${reason}. From then on smoke stays as it was; nothing later can be trusted.</p>`,
  );
  const said = notices.map(
    ({ time_s, message, runs: count }) =>
      html`<li>${message} (from ${exactClock(scenario, time_s)}${runs.length > 1 ? `, in ${count} of ${runs.length} runs` : ""})</li>`,
  );
  return html`<p>${heat}Smoke and heat come from: ${source}.</p>
${alert}
${said.length === 0 ? null : html`<p>Outside the range that the fire model is meant for:</p><ul>${said}</ul>`}`;
}

/** "21:04 (P5–P95 21:03–21:05)", "to the end", "to the end; earliest 21:04 in 2 of 50 runs". */
function untilText(place: FirePlaceReport, { scenario, report }: ReportInput): string {
  const show = (t: number): string => exactClock(scenario, t);
  const runs = report.fire!.runs.length;
  if (place.earliest_s === null) return "to the end";
  const rare =
    place.untenable_runs < runs ? `in ${place.untenable_runs} of ${runs} runs, earliest ${show(place.earliest_s)}` : "";
  if (place.aset_s.p50 === null) return `to the end; ${rare}`;
  return `${tightBand(place.aset_s, show)}${rare === "" ? "" : `; ${rare}`}`;
}

const lastOut = (rset: Band, used: boolean, show: (t: number) => string): string => {
  if (!used) return "nobody came";
  const one = (value: number | null): string => (value === null ? "not out" : show(value));
  const [low, middle, high] = [one(rset.p5), one(rset.p50), one(rset.p95)];
  return low === middle && high === middle ? middle : `${middle} (${low}–${high})`;
};

function marginCells(margin: MarginBand | null): string[] {
  if (margin === null) return ["–", "–", "–"];
  if (margin.at_most === margin.runs) return ["never all out", "–", percent(margin.negative_share)];
  const bound =
    margin.at_least > 0 && margin.at_most > 0 ? "about " : margin.at_least > 0 ? "≥ " : margin.at_most > 0 ? "≤ " : "";
  const seconds = (s: number): string => `${s < 0 ? "−" : "+"}${whole(Math.abs(s))} s`;
  return [`${bound}${seconds(margin.mean_s)}`, seconds(margin.worst_s), percent(margin.negative_share)];
}

/** ASET against RSET: places that became untenable, or that people were in. */
function placeTable(input: ReportInput, fire: EnsembleFire): Html {
  const { scenario, layout } = input;
  const sorted = fire.places.filter(({ untenable_runs, used }) => untenable_runs > 0 || used).sort(byDanger);
  const shown = sorted.filter(({ untenable_runs }, k) => untenable_runs > 0 || k < LEAST_PLACES);
  const rest = sorted.length - shown.length;
  const show = (t: number): string => exactClock(scenario, t);
  return table({
    caption: `Tenable until (ASET): the first time at which a limit is passed on ${percent(scenario.fire?.tenability.share_of_floor ?? 0)} of the floor. Last person out (RSET). Margin: ASET less RSET, below 0 somebody was too late; ≥ where the place stayed tenable to the end of the run, ≤ where somebody never left. Brackets: 5th to 95th percentile over the runs.${rest > 0 ? ` ${rest} more places stayed tenable to the end: summary.json.` : ""}`,
    head: [
      "Place",
      "Level",
      "Tenable until",
      "First limit",
      "Inside then",
      "Last out",
      "Margin, mean",
      "Worst run",
      "Runs too late",
    ],
    rows: shown.map((place) => [
      place.place,
      levelName(layout, place.level),
      untilText(place, input),
      place.criterion === null ? "–" : criterionText(place),
      place.untenable_runs === 0 ? "–" : tightBand(place.people_at_aset, whole),
      lastOut(place.rset_s, place.used, show),
      ...marginCells(place.margin),
    ]),
    numeric: [4, 6, 7, 8],
  });
}

const criterionText = ({ criterion, visibility_limit_m }: FirePlaceReport): string =>
  criterion === "visibility" ? `visibility ${visibility_limit_m} m` : (criterion ?? "");

function exitTable(input: ReportInput, { exits }: EnsembleFire): Html | null {
  const { scenario } = input;
  if (exits.length === 0) return null;
  const show = (t: number): string => exactClock(scenario, t);
  return table({
    caption: "Exits: the last person through each, against the time until which the place before it is tenable.",
    head: ["Exit", "Out of", "People", "Last through", "Tenable until", "Margin, mean", "Worst run", "Runs too late"],
    rows: exits.map(({ exit, place, passed, last_s, aset_s, margin }) => [
      exit,
      place === "" ? "–" : place,
      tightBand(passed, whole),
      last_s.p50 === null ? "nobody" : tightBand(last_s, show),
      aset_s.p50 === null ? "to the end" : tightBand(aset_s, show),
      ...marginCells(margin),
    ]),
    numeric: [2, 5, 6, 7],
  });
}

function doseTable({ exposed, runs, incapacitated }: EnsembleFire): Html {
  const most = (of: (run: EnsembleFire["runs"][number]) => number): string => fixed(Math.max(0, ...runs.map(of)), 2);
  const rows = exposed.map(({ limit, asphyxiants, heat, irritants, any }) => [
    `${limit} or more`,
    tightBand(asphyxiants, whole),
    tightBand(heat, whole),
    tightBand(irritants, whole),
    tightBand(any, whole),
  ]);
  rows.push([
    "largest of one person",
    most(({ worst_dose }) => worst_dose.asphyxiants),
    most(({ worst_dose }) => worst_dose.heat),
    most(({ worst_dose }) => worst_dose.irritants),
    "",
  ]);
  return html`<p><b>${tightBand(incapacitated, whole)} ${(incapacitated.p50 ?? 0) === 1 ? "person" : "people"} incapacitated</b> in the model.</p>
${table({
  caption:
    "People by the dose they took: fractional effective dose of asphyxiants and of heat, greatest concentration of irritants. At 1 half of all people cannot help themselves any more, at 0.3 about one in nine (ISO 13571).",
  head: ["Dose", "Asphyxiants", "Heat", "Irritants", "Any"],
  rows,
  numeric: [1, 2, 3, 4],
})}`;
}

function fallenTable({ scenario, layout }: ReportInput, { fallen, runs }: EnsembleFire): Html | null {
  if (fallen.length === 0) return null;
  const shown = fallen.slice(0, MOST_FALLEN);
  const several = runs.length > 1;
  return table({
    caption:
      fallen.length > shown.length ? `Who fell: the first ${shown.length} of ${whole(fallen.length)} over all runs` : "Who fell",
    head: [...(several ? ["Seed"] : []), "Person", "Place", "Level", "x, y (m)", "At", "Cause"],
    rows: shown.map(({ seed, id, group, place, level, x, y, time_s, cause }) => [
      ...(several ? [String(seed)] : []),
      `${group} ${id}`,
      place === "" ? "–" : place,
      levelName(layout, level),
      `${fixed(x, 1)}, ${fixed(y, 1)}`,
      exactClock(scenario, time_s),
      cause,
    ]),
  });
}

const SURE: readonly (readonly [string, UncertainQuantity])[] = [
  ["Temperature rise of the hot layer", "temperature rise, natural ventilation"],
  ["Depth of the hot layer, doors open", "layer depth, open"],
  ["Depth of the hot layer, doors shut", "layer depth, closed"],
  ["Oxygen used", "oxygen"],
  ["Carbon monoxide", "carbon monoxide"],
  ["Smoke (visibility)", "smoke"],
  ["Pressure", "pressure"],
  ["Radiant flux", "heat flux on targets"],
];

/** Published validation of the kind of model the smoke comes from; none for air that was given. */
function uncertaintyTable(fire: EnsembleFire): Html {
  const model = modelOf(fire);
  if (model === null)
    return html`<p class="quiet">${/open$/.test(fire.source) ? "No validation statistics are published for smoke, heat and radiation of fires in the open as they are calculated here (docs/models/fire-spread.md): treat them as orders of magnitude." : "The air was given, not calculated: its uncertainty is that of whoever gave it."}</p>`;
  return table({
    caption: `Bias: mean of calculated over measured; spread: relative standard deviation. ${UNCERTAINTY_SOURCE[model]}. Design fires, yields and who stands where are uncertain beyond that.`,
    head: ["Quantity", "Bias", "Spread", "Experiments"],
    rows: SURE.map(([name, quantity]) => {
      const { bias, sigma, sets } = uncertainty(model, quantity);
      return [name, fixed(bias, 2), percent(sigma), whole(sets)];
    }),
    numeric: [1, 2, 3],
  });
}

function limits({ scenario }: ReportInput, { source, unjudged, unknown }: EnsembleFire): Html {
  const { tenability } = scenario.fire ?? {};
  const words = tenability
    ? `visibility ${tenability.visibility_m} m (${tenability.small_room_visibility_m} m in rooms up to ${whole(tenability.small_room_m2)} m²), a dose of ${tenability.fed} for somebody who stays, ${tenability.temperature_C} °C at the head, ${tenability.heat_flux_kW_m2} kW/m² of radiation, smoke that hides signs or is hotter than ${tenability.temperature_C} °C below ${tenability.height_m} m, a layer of ${tenability.layer_temperature_C} °C overhead`
    : "";
  return html`<ul>
<li>Limits: ${words}. They are practice values; a competent person sets them for the people who are there.</li>
${/^zone/.test(source) ? html`<li>Two zones per room: one height of the smoke layer for the whole room. Near a fire, in long corridors and in high halls smoke is uneven, and it can come down earlier at the far end.</li>` : null}
<li>The fire is the one that was written into the scenario. A larger, faster or other fire, or a door that is open instead of shut, changes every figure here. Run those too.</li>
<li>Times are those of the run: who is warned when, and how long people hesitate, moves the required time more than the fire model does.</li>
<li>Incapacitated does not mean dead, and nobody incapacitated does not mean unhurt. Visibility is that of signs which reflect light.</li>
${unjudged.length === 0 ? null : html`<li><b>Not judged</b>, or only in part: ${unjudged.join(", ")}; nobody knows ${unknown.length} of the quantities that make them up.</li>`}
</ul>`;
}

/** What the first page says of fire: null without. */
export function fireTile(input: ReportInput): Html | null {
  const { fire } = input.report;
  if (fire === undefined) return null;
  const late = fire.places.filter(({ margin }) => (margin?.negative_share ?? 0) > 0).length;
  const first = [...fire.places].filter(({ earliest_s }) => earliest_s !== null).sort((a, b) => a.earliest_s! - b.earliest_s!)[0];
  const value =
    late > 0 ? `${late} ${late === 1 ? "place" : "places"} too late` : first ? "all out in time" : "tenable everywhere";
  const more = first
    ? `first untenable: ${first.place}, ${input.scenario.start === null ? `after ${exactly(first.earliest_s!)}` : exactClock(input.scenario, first.earliest_s!)}`
    : "to the end";
  return html`<li><span class="label">Fire and smoke</span><span class="value">${value}</span><span class="more">${more}</span></li>`;
}
