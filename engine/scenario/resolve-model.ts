/** `model` and `time_step_s` of a file → the complete form; a step that the model cannot bear is refused with the limit. */
import { lowerBound, upperBound } from "./distributions.js";
import { CLASSIC_MODELS, type ClassicName, type ClassicSettings, type ModelSettings } from "./models.js";
import { fault, type Reading } from "./reading.js";
import type { Group } from "./scenario.js";
import type { ModelFile } from "./schema/model.js";
import { stepLimits } from "./step-limits.js";

/** Step of the headway model where the scenario gives none, s. */
const HEADWAY_STEP = 0.1;

/** Every parameter written in; what the schema has found wrong counts as not given. */
export function resolveModel(reading: Reading, file: ModelFile | undefined): ModelSettings {
  if (file === undefined || reading.broken("model")) return "headway";
  const given: Record<string, number | string> = typeof file === "string" ? { name: file } : file;
  if (given.name === "headway") return "headway";
  const name = given.name as ClassicName; // the schema knows no other
  const parameters = Object.entries(CLASSIC_MODELS[name].parameters).map(([key, { default: value }]) => [
    key,
    given[key] ?? value,
  ]);
  return { name, ...Object.fromEntries(parameters) } as ClassicSettings; // key by key from the table that the type comes from
}

export const defaultStep = (model: ModelSettings): number =>
  model === "headway" ? HEADWAY_STEP : CLASSIC_MODELS[model.name].time_step_s;

/** One fault for each limit of the model that the step is above. */
export function checkModelStep(reading: Reading, model: ModelSettings, step: number, groups: readonly Group[]): void {
  if (model === "headway" || reading.broken("time_step_s")) return;
  for (const { limit, why } of stepLimits(model, bodiesOf(groups))) {
    if (step <= limit) continue;
    const most = Math.floor(limit * 1e4) / 1e4;
    fault(reading, "time_step_s", `is ${step} s, must be at most ${most} s for the ${CLASSIC_MODELS[model.name].title}: ${why}`, {
      value: step,
      limit: most,
    });
  }
}

/** The extremes of the people that a limit depends on. */
function bodiesOf(groups: readonly Group[]): { fastest: number; slimmest: number; leastGapFactor: number } {
  const agents = groups.flatMap((group) => group.agents ?? []);
  return {
    fastest: Math.max(
      0,
      ...groups.map((group) => upperBound(group.population.speed_m_s)),
      ...agents.flatMap((agent) => agent.speed_m_s ?? []),
    ),
    slimmest: Math.min(
      Infinity,
      ...groups.map((group) => lowerBound(group.population.radius_m)),
      ...agents.flatMap((agent) => agent.radius_m ?? []),
    ),
    leastGapFactor: Math.min(1, ...groups.map((group) => group.motivation)),
  };
}
