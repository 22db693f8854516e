/** One run from task to report: the run's frames feed recorder, warner and files as they arise. */

import { join } from "node:path";
import { createFireRecorder, type FireRecorder } from "../engine/measure/fire/fire-recorder.js";
import type { FireRow } from "../engine/measure/fire/measures.js";
import { ratesOf } from "../engine/measure/fire/rates.js";
import type { MeasureRow } from "../engine/measure/measures.js";
import { createRecorder, type Recorder } from "../engine/measure/recorder.js";
import type { Frame, RunEvent, RunInfo } from "../engine/run/records.js";
import { run } from "../engine/run/run.js";
import { joinRuns } from "../engine/warn/ensemble.js";
import { fireWarnings } from "../engine/warn/fire/fire-warnings.js";
import type { RunReport } from "../engine/warn/report.js";
import { createWarner } from "../engine/warn/warner.js";
import { GO, type RunTask, type RunTiming } from "./messages.js";
import { writeOutput } from "./output/file.js";
import { fireWriter } from "./output/fire-table.js";
import { FILES } from "./output/names.js";
import { pedpyWriter } from "./output/pedpy.js";
import { resultDocument, resultText } from "./output/result.js";
import type { RowWriter } from "./output/rows.js";
import { measureWriter, trajectoryWriter } from "./output/trajectory.js";
import { type OpenSmoke, openSmoke } from "./smoke/open.js";

/** More events than this are counted by their files, not carried: a run may open and close a door every step. */
const MAX_EVENTS = 1000;
const PROGRESS_MS = 250;

interface Outputs {
  frames: RowWriter<Frame>[];
  measures: RowWriter<readonly MeasureRow[]> | null;
  fire: RowWriter<readonly FireRow[]> | null;
}

/** Opens what the task asks for; a failure closes what is already open. */
function openOutputs(task: RunTask, info: RunInfo): Outputs {
  const { files } = task;
  const outputs: Outputs = { frames: [], measures: null, fire: null };
  if (!files) return outputs;
  try {
    outputs.measures = measureWriter(join(files.folder, FILES.measures), task);
    if (info.fire) outputs.fire = fireWriter(join(files.folder, FILES.fire), task);
    if (files.trajectory) outputs.frames.push(trajectoryWriter(join(files.folder, FILES.trajectory), task, info));
    if (files.pedpy) outputs.frames.push(pedpyWriter(join(files.folder, FILES.pedpy), task, info));
    return outputs;
  } catch (error) {
    discard(outputs);
    throw error;
  }
}

const all = ({ frames, measures, fire }: Outputs): { finish(): void; discard(): void }[] => [
  ...frames,
  ...(measures ? [measures] : []),
  ...(fire ? [fire] : []),
];

function discard(outputs: Outputs): void {
  for (const writer of all(outputs)) writer.discard();
}

/**
 * Runs one seed. Files are complete under their names when it returns and absent when it throws.
 * @param onProgress called at the start, then at most four times per second
 * @throws MusterError CANCELLED when `task.control` says so, OUTPUT_FAILED, RUN_FAILED
 */
export function oneRun(
  task: RunTask,
  onProgress: (simulated_s: number, inside: number) => void,
): { report: RunReport; events: RunEvent[]; timing: RunTiming } {
  const { layout, scenario, world, seed, control, files } = task;
  const begin = performance.now();
  const warner = createWarner({ scenario, layout });
  const events: RunEvent[] = [];
  let outputs: Outputs = { frames: [], measures: null, fire: null };
  let recorder: Recorder | null = null;
  let burning: FireRecorder | null = null;
  let lastProgress = Number.NEGATIVE_INFINITY;
  const progress = (simulated_s: number, inside: number): void => {
    const now = performance.now();
    if (now - lastProgress < PROGRESS_MS) return;
    lastProgress = now;
    onProgress(simulated_s, inside);
  };
  let smoke: OpenSmoke | null = null;
  let held = false;
  try {
    if (scenario.fire?.smoke_from && task.smokeFile !== undefined) smoke = openSmoke(task.smokeFile, layout, scenario.fire);
    events.push(...(smoke?.notices ?? []).map((what) => ({ time: 0, what })));
    const result = run({
      world,
      layout,
      scenario,
      seed,
      ...(smoke ? { smoke: smoke.field } : {}),
      stop: () => Atomics.load(control, 0) !== GO,
      onProgress: progress,
      sink: {
        start: (info) => {
          outputs = openOutputs(task, info);
          const { measures } = outputs;
          recorder = createRecorder({
            layout,
            scenario,
            info,
            ...(measures ? { onRows: (rows: MeasureRow[]) => measures.write(rows) } : {}),
          });
          burning = fireRecorder(task, info, outputs);
        },
        fire: (now) => {
          if (smoke && now.time > smoke.field.lastTime_s && !held) {
            held = true;
            events.push({ time: now.time, what: `the smoke of ${smoke.field.name} ends; it stays as it was then` });
          }
          burning?.fire(now);
        },
        frame: (frame) => {
          for (const writer of outputs.frames) writer.write(frame);
          warner.observe(started(recorder).frame(frame));
          burning?.frame(frame);
        },
        paths: (positions) => {
          started(recorder).paths(positions);
          burning?.paths(positions);
        },
        event: (event) => {
          if (events.length < MAX_EVENTS) events.push(event);
        },
      },
    });
    const { measures, maps } = started(recorder).finish(result);
    const warnings = warner.finish(measures);
    const report: RunReport = { seed, result, measures, maps, warnings };
    addFire(report, burning, task);
    for (const writer of all(outputs)) writer.finish();
    if (files?.report) {
      const joined = joinRuns({ layout, scenario, runs: [report], failed: [] });
      const document = resultDocument({ layout, scenario, seeds: [seed], report: joined, runs: [report], events: [events] });
      writeOutput(join(files.folder, FILES.summary), resultText(document));
    }
    const wall_s = (performance.now() - begin) / 1000;
    return { report, events, timing: { seed, wall_s, agentSteps: result.agentSteps, steps: result.steps } };
  } catch (error) {
    discard(outputs);
    throw error;
  } finally {
    smoke?.close();
  }
}

/** null without fire. */
function fireRecorder({ layout, scenario }: RunTask, info: RunInfo, outputs: Outputs): FireRecorder | null {
  const { fire } = info;
  if (!fire || !scenario.fire) return null;
  const { people, tenability } = scenario.fire;
  return createFireRecorder({
    layout,
    info: { ...info, fire },
    limits: tenability,
    rates: ratesOf(people),
    head_m: people.head_height_m,
    every_s: scenario.output_every_s,
    ...(outputs.fire ? { onRows: (rows: readonly FireRow[]) => outputs.fire?.write(rows) } : {}),
  });
}

/** Results of fire and its warnings go into the report; doses of every person stay in the run. */
function addFire(report: RunReport, burning: FireRecorder | null, { scenario }: RunTask): void {
  if (burning === null) return;
  report.fire = burning.finish(report.result);
  report.warnings = [...report.warnings, ...fireWarnings({ scenario, measures: report.fire.measures })];
  delete report.result.exposure;
}

/** The sink's `start` comes before its `frame`: a run that breaks this is at fault. */
function started(recorder: Recorder | null): Recorder {
  if (!recorder) throw new Error("a frame came before the start of its run");
  return recorder;
}
