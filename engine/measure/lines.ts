/** The lines and exits of a run: what is counted where, and their measures. */
import type { Layout } from "../layout/layout.js";
import type { RunInfo } from "../run/records.js";
import { controlOf, type OpeningControl } from "../scenario/opening-rules.js";
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
  readonly control: OpeningControl | null;
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
    return {
      place: exit.name,
      kind: "exit",
      level: place.level,
      width_m: exit.width_m,
      control: controlAt(layout, scenario, exit.name),
      flow,
    };
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
    const flow = createFlow({ every_s, returns: true });
    return { place, kind, level, width_m, control: controlAt(layout, scenario, place), flow };
  });
  return { exits, lines, all: [...exits, ...lines], measured };
}

/** What bounds the flow at a place; null for areas and lines. */
function controlAt(layout: Layout, scenario: Scenario, name: string): OpeningControl | null {
  const place = findPlace(scenario, layout, name);
  return place.kind === "opening" ? controlOf(scenario, layout, place.opening) : null;
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

export function lineMeasure({ place, kind, level, width_m, control, flow }: Counter, end: number): LineMeasure {
  const measure = flow.finish(end);
  const peak_specific_flow = width_m === null ? null : measure.peak_flow / width_m;
  const prescribed = control?.prescribed ?? null;
  const turnstile_lanes = control?.turnstile?.lanes ?? null;
  const flow_basis = prescribed ? "prescribed" : turnstile_lanes === null ? "emergent" : "turnstile";
  return { place, kind, level, width_m, flow_basis, prescribed, turnstile_lanes, peak_specific_flow, ...measure };
}
