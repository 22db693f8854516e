/** An order read, checked, held against the limits and compiled. Pure but for the time it takes; runs on a desk thread. */
import { MusterError, type Problem } from "../../engine/errors.js";
import { checkFirePlan } from "../../engine/fire/from-layout/check.js";
import { readLayout } from "../../engine/layout/read.js";
import { checkScenario } from "../../engine/scenario/check.js";
import { readScenario } from "../../engine/scenario/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { compileWorld } from "../../engine/world/compile.js";
import type { Order, Prepared } from "../runs/records.js";
import type { SizeLimits } from "./messages.js";

/** Texts sent beside the scenario, by the path that the scenario names; "./" in front makes no difference. */
function sentFiles(files: Order["files"]): (path: string) => string {
  const plain = (path: string): string => path.replace(/^(\.\/)+/, "");
  const texts = new Map(Object.entries(files).map(([path, text]) => [plain(path), text]));
  return (path) => {
    const text = texts.get(plain(path));
    if (text !== undefined) return text;
    const sent = texts.size > 0 ? `sent were ${[...texts.keys()].join(", ")}` : "none was sent";
    throw new MusterError("INPUT_UNREADABLE", [
      { place: path, message: `the scenario names this file, but it is not in \`files\`: ${sent}` },
    ]);
  };
}

/** People × steps × seeds is known before anything is run: an order that would take days is refused at once. */
function sizeProblems(scenario: Scenario, seeds: number, limits: SizeLimits): Problem[] {
  const agents = scenario.people.reduce((sum, group) => sum + group.count, 0);
  const steps = Math.ceil(scenario.duration_s / scenario.time_step_s);
  const problems: Problem[] = [];
  const check = (what: string, value: number, limit: number, working: string): void => {
    if (value > limit) problems.push({ place: "order", message: `${what}: ${working}, limit ${limit}`, value, limit });
  };
  check("people", agents, limits.agents, `${agents}`);
  check(
    "people × steps × seeds",
    agents * steps * seeds,
    limits.agent_steps,
    `${agents} × ${steps} × ${seeds} = ${agents * steps * seeds}`,
  );
  check("seeds", seeds, limits.seeds, `${seeds}`);
  return problems;
}

/** Runs a reader; a fault goes to the list, so that the next reader still has its say. */
function attempt<T>(faults: MusterError[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    faults.push(error);
    return null;
  }
}

/**
 * Throws LAYOUT_INVALID, SCENARIO_INVALID, INPUT_UNREADABLE or INPUT_TOO_LARGE with every fault of layout and scenario; what needs
 * both (names, places, reach) is looked at when each is good by itself.
 */
export function prepare(order: Order, limits: SizeLimits): Prepared {
  const faults: MusterError[] = [];
  const layout = attempt(faults, () => readLayout(order.layout));
  const scenario = attempt(faults, () => readScenario({ ...order.scenario, files: sentFiles(order.files) }));
  const [first] = faults;
  if (first || !layout || !scenario) {
    const problems = faults.flatMap((fault) => fault.problems);
    throw new MusterError(first?.code ?? "INTERNAL", problems);
  }
  const seeds = order.seeds ?? [scenario.seed];
  const tooLarge = sizeProblems(scenario, seeds.length, limits);
  if (tooLarge.length > 0) throw new MusterError("INPUT_TOO_LARGE", tooLarge);
  const problems = checkScenario(scenario, layout);
  if (scenario.fire?.smoke_from)
    problems.push({
      place: "fire.smoke_from",
      message: "names files of another program, which are not sent with an order: run it with `muster run`",
    });
  if (problems.length === 0) problems.push(...checkFirePlan(layout, scenario));
  if (problems.length > 0) throw new MusterError("SCENARIO_INVALID", problems);
  const world = compileWorld(layout, scenario);
  return { layout, scenario, world, seeds, notices: [...layout.report.notices, ...world.notices] };
}
