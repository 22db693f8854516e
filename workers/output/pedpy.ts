/**
 * trajectory.txt as PedPy reads it (`load_trajectory_from_txt`): lines "id frame x y z" in metres, with the frame rate and the
 * unit in the head. PedPy works on one surface: for several levels, filter by z (the elevation of the level, m) or take the
 * Parquet file.
 */
import type { Frame, RunInfo } from "../../engine/run/records.js";
import { openOutput } from "./file.js";
import type { Origin, RowWriter } from "./rows.js";

const CHUNK = 1 << 20;

/** A last frame between two output times has no frame number of its own and is left out. */
export function pedpyWriter(path: string, origin: Origin, info: RunInfo): RowWriter<Frame> {
  const file = openOutput(path);
  const { layout, scenario, seed } = origin;
  const elevations = new Map(layout.levels.map((level) => [level.id, level.elevation]));
  const z = info.sheets.map((sheet) => (elevations.get(sheet.level) ?? 0).toFixed(2));
  const encoder = new TextEncoder();
  const oneLine = (text: string): string => text.replace(/\s+/g, " ");
  let text = `#framerate: ${1 / scenario.output_every_s}\n# id frame x/m y/m z/m\n# scenario ${oneLine(scenario.name)}, seed ${seed}\n`;
  if (layout.attribution) text += `# ${oneLine(layout.attribution)}\n`;
  const flush = (): void => {
    file.write(encoder.encode(text));
    text = "";
  };
  return {
    discard: () => file.discard(),
    finish: () => {
      flush();
      file.finish();
    },
    write: (frame) => {
      if (Math.abs(frame.time - frame.index * scenario.output_every_s) > 1e-6) return;
      for (let i = 0; i < frame.count; i++) {
        text += `${frame.id[i]} ${frame.index} ${frame.x[i]!.toFixed(4)} ${frame.y[i]!.toFixed(4)} ${z[frame.sheet[i]!]}\n`;
        if (text.length >= CHUNK) flush();
      }
    },
  };
}
