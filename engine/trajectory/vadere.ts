/**
 * Vadere's `postvis.traj`: one row per footstep, "pedestrianId simTime endTime-PID1 startX-PID1 startY-PID1 endX-PID1 endY-PID1 …",
 * separated by blanks. Steps are events; positions at a frame rate are taken on the straight line from foot to foot.
 */
import { MusterError } from "../errors.js";
import { NOT_SAID, type RawTrajectory } from "./raw.js";
import { readHead, readRows, type TableColumn } from "./table.js";

const WANTED = ["pedestrianId", "simTime", "startX", "startY"] as const;
const MORE = ["endTime", "endX", "endY"] as const;

export function isVadere(bytes: Uint8Array): boolean {
  const { header } = readHead(bytes.subarray(0, 4096));
  return header !== null && WANTED.every((word) => header.some((name) => name.startsWith(word)));
}

/**
 * Positions at multiples of 1 / frameRate from each person's first step on, linear between the starts of steps, to the end of the
 * last one where the file says it.
 * @param frameRate frames per second, 1/s; the file has none of its own
 */
export function readVadere(name: string, bytes: Uint8Array, frameRate: number | undefined): RawTrajectory {
  if (frameRate === undefined)
    throw new MusterError("TRAJECTORY_INVALID", [
      {
        place: name,
        message: "holds footsteps and has no frame rate; say at how many frames per second they are to be read (--fps)",
      },
    ]);
  const head = readHead(bytes);
  const columnOf = (word: string): number => head.header!.findIndex((column) => column.startsWith(word));
  const names = [...WANTED, ...(MORE.every((word) => columnOf(word) >= 0) ? MORE : [])];
  const columns = names.map((word): TableColumn => ({ at: columnOf(word), kind: "number" }));
  const table = readRows(bytes, head, columns, names);
  if (table.problems.list.length > 0) {
    const told = table.problems.told().map(({ place, message }) => ({ place: place ? `${name}, ${place}` : name, message }));
    throw new MusterError("TRAJECTORY_INVALID", told);
  }
  return resample(table.values, table.rows, frameRate, name);
}

interface Support {
  time: number;
  x: number;
  y: number;
}

function resample(values: readonly Float64Array[], rows: number, frameRate: number, name: string): RawTrajectory {
  const [id, time, x, y, endTime, endX, endY] = values;
  const walks = new Map<number, { steps: Support[]; last: Support | null }>();
  for (let row = 0; row < rows; row++) {
    const walk = walks.get(id![row]!) ?? { steps: [], last: null };
    walks.set(id![row]!, walk);
    walk.steps.push({ time: time![row]!, x: x![row]!, y: y![row]! });
    if (endTime && (walk.last === null || endTime[row]! > walk.last.time))
      walk.last = { time: endTime[row]!, x: endX![row]!, y: endY![row]! };
  }
  const ids: number[] = [];
  const frames: number[] = [];
  const xs: number[] = [];
  const ys: number[] = [];
  for (const [person, { steps, last }] of walks) {
    steps.sort((a, b) => a.time - b.time);
    if (last && last.time > steps[steps.length - 1]!.time) steps.push(last);
    const begin = Math.ceil(steps[0]!.time * frameRate - ON_FRAME);
    const end = Math.floor(steps[steps.length - 1]!.time * frameRate + ON_FRAME);
    let k = 0;
    for (let frame = begin; frame <= end; frame++) {
      const now = frame / frameRate;
      while (k + 2 < steps.length && steps[k + 1]!.time < now) k++;
      const a = steps[k]!;
      const b = steps[Math.min(k + 1, steps.length - 1)]!;
      const t = b.time > a.time ? Math.min(1, Math.max(0, (now - a.time) / (b.time - a.time))) : 0;
      ids.push(person);
      frames.push(frame);
      xs.push(a.x + t * (b.x - a.x));
      ys.push(a.y + t * (b.y - a.y));
    }
  }
  return {
    ...NOT_SAID,
    format: "Vadere footsteps",
    rows: ids.length,
    id: Float64Array.from(ids),
    frame: Float64Array.from(frames),
    x: Float64Array.from(xs),
    y: Float64Array.from(ys),
    frameRate,
    unit: "m",
    floors: [],
    place: (row) => `${name}, person ${ids[row]} in frame ${frames[row]}`,
    notices: [`${rows} footsteps of ${walks.size} people read at ${frameRate} frames per second`],
  };
}

/** Times are decimal: 0.4 · 10 must be 4, m of a frame. */
const ON_FRAME = 1e-9;
