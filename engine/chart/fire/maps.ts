/** Maps of smoke over the plan: least visibility, dose of somebody who stays, time until it is untenable. */
import { unitAt } from "../../fire/fields/places.js";
import type { FireMap } from "../../measure/fire/measures.js";
import type { EnsembleFire } from "../../warn/fire/report.js";
import { type ChartInput, namesInUse, runsText } from "../input.js";
import { joinCells } from "../plan/cells.js";
import { classLayer, type MapClass, SMALLEST } from "../plan/class-layer.js";
import { type Panel, planPanels } from "../plan/panel.js";
import { planView } from "../plan/plan.js";
import { type Chart, chart, messageChart, type View } from "../spec.js";
import { DENSITY_COLORS } from "../style.js";
import { fixed, lasting } from "../text.js";
import { uncertaintyNote } from "./places.js";
import { type FineMap, finerMap } from "./rooms.js";

interface MapLook {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly legend: string;
  /** From the least harm, as `harm` gives it. */
  readonly classes: readonly MapClass[];
  /** The more the worse, 0 for none; NaN where there is no floor. */
  readonly harm: (map: FireMap) => Float32Array;
  readonly empty: string;
  readonly notes: readonly string[];
}

/** Dark is worse; the lightest class is still told from the white of the floor. */
const COLORS = DENSITY_COLORS;

const GREATEST_M = 30;

/** Chart "fire-visibility-map". */
export function visibilityMapChart(input: ChartInput, fire: EnsembleFire): Chart {
  const edges = [30, 20, 10, 5, 3, 1];
  return mapChart(input, fire, {
    name: "fire-visibility-map",
    title: "Least visibility",
    subtitle: `Least distance during the run at which a sign that reflects light is seen at head height${input.report.runs.length > 1 ? ", worst of all runs" : ""}. White: ${GREATEST_M} m and more all the time.`,
    legend: "visibility (m)",
    classes: edges.map((edge, k) => ({
      from: GREATEST_M - edge + 1e-3,
      label: edges[k + 1] === undefined ? `below ${edge}` : `${edges[k + 1]}–${edge}`,
      color: COLORS[k + 1]!,
    })),
    harm: ({ visibility_m }) => visibility_m.map((value) => GREATEST_M - value),
    empty: "Visibility was 30 m and more everywhere.",
    notes: [
      uncertaintyNote(
        fire,
        [["smoke", "smoke concentrations of"]],
        " of one series; where smoke is overstated visibility is understated",
      ),
    ],
  });
}

/** Chart "fire-fed-map". */
export function doseMapChart(input: ChartInput, fire: EnsembleFire): Chart {
  const edges = [0.01, 0.1, 0.3, 1, 3, 10];
  return mapChart(input, fire, {
    name: "fire-fed-map",
    title: "Dose of somebody who stays",
    subtitle: `Fractional effective dose (FED) at the end of the run, the greater of asphyxiant gases and heat${input.report.runs.length > 1 ? ", worst of all runs" : ""}. At 1 half of the people are incapacitated, at 0.3 about 11 %. White: below 0.01.`,
    legend: "FED",
    classes: edges.map((edge, k) => ({
      from: edge,
      label: edges[k + 1] === undefined ? `≥ ${edge}` : `${edge}–${edges[k + 1]}`,
      color: COLORS[k + 1]!,
    })),
    harm: ({ fed }) => fed,
    empty: "Nobody would have taken a dose of 0.01 anywhere.",
    notes: [
      fire.unknown.length > 0 ? `Not known of the air, so that its part of the dose is missing: ${fire.unknown.join(", ")}.` : "",
      uncertaintyNote(fire, [
        ["carbon monoxide", "carbon monoxide of"],
        ["heat flux on targets", "heat fluxes of"],
      ]),
    ],
  });
}

/** Chart "fire-untenable-map": when the first limit is passed. */
export function untenableMapChart(input: ChartInput, fire: EnsembleFire): Chart {
  const edges = edgesFor(fire);
  const LATE = 1e7;
  return mapChart(input, fire, {
    name: "fire-untenable-map",
    title: "Time until it is untenable",
    subtitle: `Time from ignition until the first limit of visibility, dose, temperature or radiation is passed${input.report.runs.length > 1 ? ", earliest of all runs" : ""}. White: never during the run.`,
    legend: "after ignition",
    // From the latest to the earliest: what is worse is painted over.
    classes: [
      { from: 1, label: `later than ${lasting(edges.at(-1)!)}`, color: COLORS[1]! },
      ...edges.toReversed().map((edge, k) => ({
        from: LATE - edge,
        label: k === edges.length - 1 ? `within ${lasting(edge)}` : `${lasting(edges[edges.length - 2 - k]!)}–${lasting(edge)}`,
        color: COLORS[Math.min(k + 2, COLORS.length - 1)]!,
      })),
    ],
    harm: ({ untenable_s }) =>
      untenable_s.map((at) => (at === Infinity ? 0 : Math.max(1, LATE - Math.max(0, at - fire.ignition_s)))),
    empty: "Every place stayed tenable.",
    notes: [
      fire.unjudged.length > 0 ? `Not or only partly judged, for want of data: ${fire.unjudged.join(", ")}.` : "",
      uncertaintyNote(fire, [
        ["smoke", "smoke concentrations of"],
        ["layer depth, open", "depths of the layer of"],
        ["temperature rise, natural ventilation", "temperature rises of"],
      ]),
    ],
  });
}

/** Classes of time that tell apart what happened: nine of ten squares become untenable within the last of them. */
const EDGES = [
  [15, 30, 45, 60, 90],
  [30, 60, 90, 120, 180],
  [60, 120, 180, 300, 600],
  [300, 600, 900, 1800, 3600],
] as const;

function edgesFor({ maps, ignition_s }: EnsembleFire): readonly number[] {
  const times = maps
    .flatMap(({ untenable_s }) => [...untenable_s].filter((at) => Number.isFinite(at)).map((at) => at - ignition_s))
    .sort((a, b) => a - b);
  const late = times[Math.floor(0.9 * times.length)] ?? 0;
  return EDGES.find((edges) => late <= edges.at(-1)!) ?? EDGES.at(-1)!;
}

function mapChart({ layout, scenario, report }: ChartInput, fire: EnsembleFire, look: MapLook): Chart {
  const least = look.classes[0]!.from;
  const unit = unitAt(layout);
  const harms = new Map(
    fire.maps.map((map): [string, Drawn] => {
      const harm = look.harm(map);
      const sheet = layout.sheets.findIndex(({ id }) => id === map.sheet);
      return [map.sheet, { map, harm, finer: (parts) => finerMap(map, harm, parts, (x, y) => unit(sheet, x, y)) }];
    }),
  );
  const touched = (sheet: string): boolean => harms.get(sheet)?.harm.some((value) => value >= least) ?? false;
  if (![...harms.keys()].some(touched)) return messageChart(look.name, look.title, look.empty);
  const { rows, left_out } = planPanels(layout, (level) =>
    layout.sheets.some(
      (sheet) => (sheet.kind === "floor" || sheet.kind === "lift") && sheet.level === level.id && touched(sheet.id),
    ),
  );
  const titled = layout.levels.length > 1;
  const views = rows.map((row) =>
    row.map((panel) =>
      planView(
        layout,
        panel,
        {
          below: [
            cells(
              panel,
              [...panel.floors, ...panel.flights].flatMap(({ id }) => harms.get(id) ?? []),
              look,
            ),
          ],
          above: [],
          taken: [],
          sectionText: ({ name, id }) => name || id,
          inUse: namesInUse(scenario),
        },
        titled,
      ),
    ),
  );
  const cell = fire.maps[0]?.cell_m ?? 1;
  return chart({
    name: look.name,
    title: look.title,
    subtitle: [`${runsText({ layout, scenario, report })}. ${look.subtitle}`],
    description: `${look.title} over the plan of ${layout.name}: ${worst(fire, look)}.`,
    rows: views,
    notes: [
      `Squares of ${fixed(cell, cell % 1 === 0 ? 0 : 1)} m, cut at walls, each with the value at its middle.`,
      ...look.notes,
      left_out.length > 0 ? `Nothing to show on: ${left_out.map((level) => level.name).join(", ")}.` : "",
      layout.attribution === "" ? "" : `Plan: ${layout.attribution}`,
    ],
  });
}

function worst(fire: EnsembleFire, look: MapLook): string {
  let largest = Number.NEGATIVE_INFINITY;
  for (const map of fire.maps) for (const value of look.harm(map)) if (value > largest) largest = value;
  const found = look.classes.toReversed().find(({ from }) => largest >= from);
  return `worst ${look.legend} ${found?.label ?? "none"}`;
}

/** Parts of a square's edge at most. */
const FINEST = 8;

interface Drawn {
  readonly map: FireMap;
  readonly harm: Float32Array;
  /** The map in parts of its squares, that end at the walls of rooms. */
  readonly finer: (parts: number) => FineMap;
}

function cells(panel: Panel, maps: readonly Drawn[], look: MapLook): View {
  const drawn = maps.map(({ map, harm, finer }) => {
    const by = Math.ceil(SMALLEST / (map.cell_m * panel.scale));
    if (by > 1) return joinCells({ ...map, area: new Float32Array(harm.length).fill(1) }, harm, { by, how: "largest" });
    return finer(Math.min(FINEST, Math.floor((map.cell_m * panel.scale) / SMALLEST)));
  });
  return classLayer(panel, drawn, look.classes, look.legend);
}
