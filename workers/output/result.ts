/** The result document: what `muster run --json` prints and summary.json holds. Its schema is result-schema.ts. */
import { modelOf } from "../../engine/chart/fire/places.js";
import {
  UNCERTAIN_QUANTITIES,
  UNCERTAINTY_SOURCE,
  type UncertainQuantity,
  type Uncertainty,
  uncertainty,
} from "../../engine/fire/uncertainty.js";
import type { Layout } from "../../engine/layout/layout.js";
import type { RunEvent, RunResult, Unfinished } from "../../engine/run/records.js";
import type { Tenability } from "../../engine/scenario/fire/fire.js";
import { modelName, modelParameters } from "../../engine/scenario/models.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import type { EnsembleFire } from "../../engine/warn/fire/report.js";
import type { EnsembleReport, RunReport } from "../../engine/warn/report.js";
import { version } from "../version.js";
import { jsonText } from "./json.js";

/** Of each run, at most this many stuck people are listed; `summary.runs[].stuck` counts them all. */
const MAX_STUCK = 100;

export interface ResultDocument {
  /** Version of Muster that computed it. */
  muster: string;
  /** Version of this format. */
  format: 1;
  scenario: Pick<Scenario, "name" | "start" | "duration_s" | "time_step_s" | "output_every_s"> & {
    model: string;
    model_parameters: Record<string, number>;
  };
  layout: { name: string; attribution: string; area_m2: number; levels: { id: string; name: string }[] };
  seeds: number[];
  summary: Pick<EnsembleReport, "asked" | "runs" | "failed" | "clearing"> & {
    stuck: (Unfinished & { seed: number })[];
    lifts: (RunResult["lifts"][number] & { seed: number })[];
    redirects: (RunResult["redirects"][number] & { seed: number })[];
  };
  measures: Pick<EnsembleReport, "curve" | "sections" | "lines" | "queues" | "social_groups" | "hand">;
  /** Only where the scenario has fire; without its maps, which are too large for a document. */
  fire?: FireDocument;
  warnings: EnsembleReport["warnings"];
  events: (RunEvent & { seed: number })[];
}

/** Of each run, at most this many people who fell are listed; `runs[].incapacitated` counts them all. */
const MAX_FALLEN = 200;

export type FireDocument = Omit<EnsembleFire, "maps"> & { limits: Tenability; uncertainty: PublishedUncertainty | null };

/** What published validations say of the kind of model that the smoke comes from. */
interface PublishedUncertainty {
  source: string;
  quantities: ({ quantity: UncertainQuantity } & Uncertainty)[];
}

export interface ResultParts {
  layout: Layout;
  scenario: Scenario;
  seeds: readonly number[];
  report: EnsembleReport;
  runs: readonly RunReport[];
  /** Beside `runs`. */
  events: readonly (readonly RunEvent[])[];
}

/** Nothing in it depends on the machine, the clock or the number of threads. */
export function resultDocument({ layout, scenario, seeds, report, runs, events }: ResultParts): ResultDocument {
  const { name, start, duration_s, time_step_s, output_every_s, model } = scenario;
  return {
    muster: version,
    format: 1,
    scenario: {
      name,
      start,
      duration_s,
      time_step_s,
      output_every_s,
      model: modelName(model),
      model_parameters: modelParameters(model),
    },
    layout: {
      name: layout.name,
      attribution: layout.attribution,
      area_m2: layout.report.area,
      levels: layout.levels.map((level) => ({ id: level.id, name: level.name })),
    },
    seeds: [...seeds],
    summary: {
      asked: report.asked,
      runs: report.runs,
      failed: report.failed,
      clearing: report.clearing,
      stuck: runs.flatMap(({ seed, result }) => result.stuck.slice(0, MAX_STUCK).map((person) => ({ seed, ...person }))),
      lifts: runs.flatMap(({ seed, result }) => result.lifts.map((lift) => ({ seed, ...lift }))),
      redirects: runs.flatMap(({ seed, result }) => result.redirects.map((redirect) => ({ seed, ...redirect }))),
    },
    measures: {
      curve: report.curve,
      sections: report.sections,
      lines: report.lines,
      queues: report.queues,
      social_groups: report.social_groups,
      hand: report.hand,
    },
    ...fireOf(scenario, report.fire),
    warnings: report.warnings,
    events: runs.flatMap(({ seed }, i) => (events[i] ?? []).map((event) => ({ seed, ...event }))),
  };
}

function fireOf({ fire: asked }: Scenario, fire: EnsembleFire | undefined): { fire?: FireDocument } {
  if (fire === undefined || asked === undefined) return {};
  const { maps: _, fallen, ...told } = fire;
  const seen = new Map<number, number>();
  const listed = fallen.filter(({ seed }) => {
    const before = seen.get(seed) ?? 0;
    seen.set(seed, before + 1);
    return before < MAX_FALLEN;
  });
  return { fire: { limits: { ...asked.tenability }, uncertainty: uncertaintyOf(fire), ...told, fallen: listed } };
}

function uncertaintyOf(fire: EnsembleFire): PublishedUncertainty | null {
  const model = modelOf(fire);
  if (model === null) return null;
  const quantities = UNCERTAIN_QUANTITIES.map((quantity) => ({ quantity, ...uncertainty(model, quantity) }));
  return { source: UNCERTAINTY_SOURCE[model], quantities };
}

export const resultText = (document: ResultDocument): string => jsonText(document);
