/** Chart "fire-hrr": what burns, in all and compartment by compartment. */
import type { EnsembleFire } from "../../warn/fire/report.js";
import { type ChartInput, runsText } from "../input.js";
import { inRows, moreNote } from "../multiples.js";
import { placeNames } from "../place-names.js";
import { type Chart, chart, messageChart } from "../spec.js";
import { AXIS_WIDTH } from "../style.js";
import { band, fixed, whole } from "../text.js";
import { fireAxis } from "./axis.js";
import { panelView } from "./panel.js";
import { smokyPlaces } from "./places.js";

const MOST = 6;

export function heatReleaseChart(input: ChartInput, fire: EnsembleFire): Chart {
  const title = "Heat release";
  if (!fire.hrr.kW.some((kW) => kW > 0))
    return messageChart(
      "fire-hrr",
      title,
      "Nothing burns here.",
      fire.source === "" ? "" : `The smoke comes from: ${fire.source}.`,
    );
  const named = placeNames(input.layout);
  const most = (values: readonly number[]): number => values.reduce((largest, value) => (value > largest ? value : largest), 0);
  const burning = smokyPlaces(fire)
    .filter(({ series }) => most(series.hrr_kW) > 0)
    .sort((a, b) => most(b.series.hrr_kW) - most(a.series.hrr_kW));
  // One place that burns is the whole fire.
  const shown =
    burning.length === 1 && Math.abs(most(burning[0]!.series.hrr_kW) / most(fire.hrr.kW) - 1) < 0.01
      ? []
      : burning.slice(0, MOST);
  const whole_kW = most(fire.hrr.kW);
  const unit = whole_kW >= 10_000 ? { name: "MW", by: 1000 } : { name: "kW", by: 1 };
  const scaled = (values: readonly number[]): number[] => values.map((value) => value / unit.by);
  const wide = fireAxis(input, fire, 12);
  const narrow = fireAxis(input, fire, 6);
  const total = panelView(
    {
      title: "All that burns",
      detail: `most ${band(fire.peak_hrr_kW, whole)} kW`,
      yTitle: unit.name,
      bin_s: fire.hrr.bin_s,
      curves: [{ look: "main", values: scaled(fire.hrr.kW) }],
      limits: [],
      untenable_s: null,
    },
    wide,
    { width: 780, height: 170 },
  );
  const views = shown.map(({ report, series }) =>
    panelView(
      {
        title: named(report.place),
        detail: `most ${fixed(most(series.hrr_kW), 0)} kW`,
        yTitle: unit.name,
        bin_s: series.bin_s,
        curves: [{ look: "main", values: scaled(series.hrr_kW) }],
        limits: [],
        untenable_s: null,
      },
      narrow,
      { width: 350, height: 108 },
    ),
  );
  return chart({
    name: "fire-hrr",
    axisWidth: AXIS_WIDTH,
    title,
    subtitle: [`${runsText(input, true)}. Heat released in flames; in a closed room oxygen limits it.`],
    description: `Heat release over time, at most ${band(fire.peak_hrr_kW, whole)} kW.`,
    rows: [total, ...inRows(views, 2)],
    notes: [
      "How a fire grows is given by the scenario, so no uncertainty of the model stands beside it: try a faster and a slower fire.",
      moreNote(shown.length === 0 ? 0 : burning.length - shown.length, "places are"),
    ],
  });
}
