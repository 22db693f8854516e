/** The lines and exits of a run: what is counted where, and their measures. */
import type { Layout } from "../layout/layout.js";
import type { RunInfo } from "../run/records.js";
import { findPlace } from "../scenario/places.js";
import type { Scenario } from "../scenario/scenario.js";
import { createFlow, type FlowRecorder } from "./flow.js";
import type { LineMeasure } from "./measures.js";
import { type MeasuredLine, measuredLine } from "./places.js";
import type { LineNow } from "./snapshot.js";

export interface Counter {
  readonly place: string;
  readonly kind: LineMeasure["kind"];
  readonly level: string;
  readonly width_m: number | null;
  readonly flow: FlowRecorder;
}

export interface Counters {
  /** By index into `RunInfo.exits`: departures are counted there, with their exact time. */
  readonly exits: readonly Counter[];
  /** Counted by crossings, in the order of `measured`. */
  readonly lines: readonly Counter[];
  /** Exits, then lines. */
  readonly all: readonly Counter[];
  readonly measured: readonly MeasuredLine[];
}

/** Every exit of the run, and the lines and openings that the scenario measures or warns of and that are no such exit. */
export function createCounters(layout: Layout, scenario: Scenario, info: RunInfo): Counters {
  const every_s = scenario.output_every_s;
  const exits = info.exits.map((exit): Counter => {
    const place = findPlace(scenario, layout, exit.name);
    const flow = createFlow({ every_s, returns: false });
    return { place: exit.name, kind: "exit", level: place.level, width_m: exit.width_m, flow };
  });
  const openings = new Set(info.exits.map((exit) => openingOf(layout, scenario, exit.name) ?? exit.name));
  const names = new Set([
    ...scenario.measure.lines,
    ...scenario.warnings.filter((rule) => rule.scheme === "flow").map((rule) => rule.place),
  ]);
  const measured = [...names].flatMap((name) => {
    if (openings.has(openingOf(layout, scenario, name) ?? name)) return [];
    return measuredLine(layout, scenario, name) ?? [];
  });
  const lines = measured.map((line): Counter => {
    const { place, kind, level, width_m } = line;
    return { place, kind, level, width_m, flow: createFlow({ every_s, returns: true }) };
  });
  return { exits, lines, all: [...exits, ...lines], measured };
}

/** Id of the opening that a name means; null for areas and lines. */
function openingOf(layout: Layout, scenario: Scenario, name: string): string | null {
  const place = findPlace(scenario, layout, name);
  return place.kind === "opening" ? place.opening.id : null;
}

export function lineNow({ place, kind, width_m, flow }: Counter, time: number): LineNow {
  const rate = flow.rate(time);
  return { place, kind, width_m, flow: rate, specific: width_m === null ? null : rate / width_m };
}

export function lineMeasure({ place, kind, level, width_m, flow }: Counter, end: number): LineMeasure {
  const measure = flow.finish(end);
  const peak_specific_flow = width_m === null ? null : measure.peak_flow / width_m;
  return { place, kind, level, width_m, peak_specific_flow, ...measure };
}
