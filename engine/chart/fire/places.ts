/** What all charts of fire share: the places that are shown, their words, and the model's published uncertainty. */

import { expected, type FireModel, UNCERTAINTY_SOURCE, type UncertainQuantity, uncertainty } from "../../fire/uncertainty.js";
import type { FireSeries } from "../../measure/fire/measures.js";
import type { EnsembleFire, FirePlaceReport } from "../../warn/fire/report.js";
import { clock } from "../../warn/words.js";
import { type ChartInput, levelName, runsText } from "../input.js";
import { inRows, moreNote } from "../multiples.js";
import { placeNames } from "../place-names.js";
import { type Chart, chart, messageChart } from "../spec.js";
import { AXIS_WIDTH, WIDTH } from "../style.js";
import { fixed } from "../text.js";
import { fireAxis } from "./axis.js";
import { type FirePanel, type LegendEntry, legendView, panelView } from "./panel.js";

/** Places of one chart; the rest stands in the tables of the report. */
const MOST = 8;

export interface ShownPlace {
  readonly report: FirePlaceReport;
  readonly series: FireSeries;
}

/** Places that smoke or heat reached: those that became untenable first, then those with people, then by name. */
export function smokyPlaces(fire: EnsembleFire): ShownPlace[] {
  const when = ({ report }: ShownPlace): number => report.aset_s.p50 ?? Infinity;
  return fire.places
    .flatMap((report): ShownPlace[] => (report.median.series === null ? [] : [{ report, series: report.median.series }]))
    .sort(
      (a, b) =>
        compare(when(a), when(b)) || Number(b.report.used) - Number(a.report.used) || (a.report.place < b.report.place ? -1 : 1),
    );
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);

/** Zone results of ours and of CFAST share their statistics, which are of rooms; plumes in the open and told air have none. */
export function modelOf({ source, places }: Pick<EnsembleFire, "source" | "places">): FireModel | null {
  if (/^FDS/i.test(source)) return "FDS";
  if (/^CFAST/i.test(source)) return "zone";
  return /zone/i.test(source) && places.some(({ kind }) => kind === "compartment") ? "zone" : null;
}

/** "calculated upper-layer temperatures are 1.02 times those measured (standard deviation 35 %, 215 points)". */
function statistics(model: FireModel, quantity: UncertainQuantity, words: string): string {
  const { bias, sigma, points } = uncertainty(model, quantity);
  return `${words} ${fixed(bias, 2)} times the measured (standard deviation ${Math.round(100 * sigma)} %, ${points} points)`;
}

/** Small print on how far the model was from measurements. */
export function uncertaintyNote(fire: EnsembleFire, of: readonly (readonly [UncertainQuantity, string])[], after = ""): string {
  const model = modelOf(fire);
  if (model === null)
    return /given|told/i.test(fire.source)
      ? `No uncertainty is known of ${fire.source}.`
      : "For smoke and flames in the open, as they are calculated here, no uncertainty is published.";
  return `In published tests the model gave ${of.map(([quantity, words]) => statistics(model, quantity, words)).join(", ")}${after}. Source: ${UNCERTAINTY_SOURCE[model]}.`;
}

/** Band of measurements expected in 90 of 100 cases where the model gives `rise` above `zero`; undefined without statistics. */
export function bandOf(
  fire: EnsembleFire,
  quantity: UncertainQuantity,
  values: readonly number[],
  zero = 0,
): { low: number[]; high: number[] } | undefined {
  const model = modelOf(fire);
  if (model === null) return undefined;
  const ends = values.map((value) =>
    Number.isFinite(value) ? expected(Math.max(0, value - zero), uncertainty(model, quantity)) : null,
  );
  return {
    low: ends.map((end) => (end ? zero + end.low : Number.NaN)),
    high: ends.map((end) => (end ? zero + end.high : Number.NaN)),
  };
}

/** Largest and smallest of the values that there are; NaN for none. */
export const mostOf = (values: readonly number[]): number =>
  values.reduce((most, value) => (value > most || Number.isNaN(most) ? value : most), Number.NaN);
export const leastOf = (values: readonly number[]): number =>
  values.reduce((least, value) => (value < least || Number.isNaN(least) ? value : least), Number.NaN);

/** Parts of the line under a panel's title. */
export function placeDetail({ layout, scenario }: ChartInput, { report }: ShownPlace): string {
  const { aset_s, criterion, area_m2, level } = report;
  return [
    aset_s.p50 === null
      ? "tenable to the end"
      : `untenable at ${clock(scenario, aset_s.p50)}${criterion === null ? "" : ` by ${criterion}`}`,
    `${fixed(area_m2, 0)} m²${layout.levels.length > 1 ? `, ${levelName(layout, level)}` : ""}`,
  ].join(" · ");
}

export interface PlacesChart {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly legend: readonly LegendEntry[];
  /** null: this place has nothing to show here. */
  readonly panel: (
    place: ShownPlace,
  ) => (Omit<FirePanel, "title" | "detail" | "untenable_s" | "bin_s"> & { readonly worst: string }) | null;
  /** Said where no place has anything to show. */
  readonly empty: string;
  readonly notes: readonly string[];
}

export const UNTENABLE: LegendEntry = { upright: true, text: "becomes untenable" };

/** One panel a place, at most eight, with one legend above. */
export function placesChart(input: ChartInput, fire: EnsembleFire, look: PlacesChart): Chart {
  const named = placeNames(input.layout);
  const all = smokyPlaces(fire).flatMap((place) => {
    const panel = look.panel(place);
    return panel ? [{ place, panel }] : [];
  });
  if (all.length === 0) return messageChart(look.name, look.title, look.empty);
  const shown = all.slice(0, MOST);
  const columns = shown.length <= 3 ? 1 : 2;
  const size = columns === 1 ? { width: 780, height: 150 } : { width: 350, height: 128 };
  const axis = fireAxis(input, fire, columns === 1 ? 12 : 6);
  const views = shown.map(({ place, panel: { worst, ...panel } }) =>
    panelView(
      {
        title: named(place.report.place),
        detail: [worst, placeDetail(input, place)].join(" · "),
        bin_s: place.series.bin_s,
        untenable_s: place.report.aset_s.p50,
        ...panel,
      },
      axis,
      size,
    ),
  );
  return chart({
    name: look.name,
    axisWidth: AXIS_WIDTH,
    title: look.title,
    subtitle: [`${runsText(input, true)}. ${look.subtitle}`],
    description: `${look.title} in ${shown.length} places. ${shown.map(({ place }) => `${named(place.report.place)}: ${placeDetail(input, place)}`).join("; ")}.`,
    rows: [[legendView(look.legend, WIDTH - AXIS_WIDTH)], ...inRows(views, columns)],
    notes: [...look.notes, moreNote(all.length - shown.length, "places are")],
  });
}
