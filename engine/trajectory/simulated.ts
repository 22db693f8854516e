/** The trajectory of a run, gathered while it goes on: give it as a sink to `run`, or pass frames on to it. */
import type { Frame, RunEvent, RunInfo, RunSink } from "../run/records.js";
import { indexed, type Trajectory } from "./trajectory.js";

export interface TrajectoryCollector extends RunSink {
  /** Frames are numbered as the run's output times. */
  finish(): Trajectory;
}

/**
 * Keeps every frame in memory: 24 bytes per person and frame.
 * @param options.every_s interval of frames, s: the scenario's `output_every_s`
 * @param options.sheet id of the sheet (floor or flight) to keep; needed where the layout has several
 */
export function collectTrajectory(options: { name: string; every_s: number; sheet?: string | undefined }): TrajectoryCollector {
  const ids: number[] = [];
  const frames: number[] = [];
  const xs: number[] = [];
  const ys: number[] = [];
  let sheet = 0;
  return {
    start(info: RunInfo) {
      sheet = options.sheet === undefined ? -1 : info.sheets.findIndex(({ id }) => id === options.sheet);
      if (options.sheet !== undefined && sheet < 0) throw new Error(`the run has no sheet ${options.sheet}`);
    },
    frame(frame: Frame) {
      for (let k = 0; k < frame.count; k++) {
        if (sheet >= 0 && frame.sheet[k] !== sheet) continue;
        ids.push(frame.id[k]!);
        frames.push(frame.index);
        xs.push(frame.x[k]!);
        ys.push(frame.y[k]!);
      }
    },
    event(_event: RunEvent) {},
    finish() {
      const order = Int32Array.from(ids, (_, k) => k).sort((a, b) => ids[a]! - ids[b]! || frames[a]! - frames[b]!);
      return indexed({
        name: options.name,
        frameRate: 1 / options.every_s,
        stride: 1,
        id: Int32Array.from(order, (k) => ids[k]!),
        frame: Int32Array.from(order, (k) => frames[k]!),
        x: Float64Array.from(order, (k) => xs[k]!),
        y: Float64Array.from(order, (k) => ys[k]!),
      });
    },
  };
}
