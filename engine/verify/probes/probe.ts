/** What every probe is given and gives. */
import type { Layout } from "../../layout/layout.js";
import type { Frame, RunInfo, RunResult } from "../../run/records.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { World } from "../../world/world.js";
import type { Probe } from "../definition.js";

export interface ProbeInput {
  readonly probe: Probe;
  readonly layout: Layout;
  readonly scenario: Scenario;
  readonly world: World;
  readonly seed: number;
  readonly info: RunInfo;
  /** Whether a group of the run, by index, is meant by `probe.group`. */
  readonly isMember: (group: number) => boolean;
  /** People of these groups in the whole run. */
  readonly asked: number;
}

/** Values of one run; none where the thing did not happen, such as a clearing time of a run that was not over. */
export interface Recording {
  frame(frame: Frame): void;
  finish(result: RunResult): number[];
}
