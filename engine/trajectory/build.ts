/** Checks the rows of a file and sorts them into a Trajectory; all problems of a file come at once. */
import { MusterError } from "../errors.js";
import { gatherProblems, type LengthUnit, type Problems, type RawTrajectory } from "./raw.js";
import { indexed, type Trajectory } from "./trajectory.js";

export interface BuildOptions {
  name: string;
  /** Frames per second where the file states none, 1/s; a different value from the file's is a problem. */
  frameRate?: number | undefined;
  /** Unit of lengths where the file states none; a different one from the file's is a problem. */
  unit?: LengthUnit | undefined;
  /** Takes the rows of one level; needed where the file has several. */
  level?: string | undefined;
  /** Takes the rows between these heights, m, both included: one floor of a file with several. */
  heights?: readonly [number, number] | undefined;
}

export interface BuiltTrajectory {
  trajectory: Trajectory;
  notices: string[];
}

const BOUNDS = { leastRate: 0.01, mostRate: 1000, frames: 20_000_000, coordinate: 1e7 };
/** A time may lie this share of a frame beside its frame. */
const OFF_FRAME = 0.1;
/** Up to this share of the rows may lie between two frames and is then left out: simulators end with a row at the very end. */
const MOST_BETWEEN = 0.01;

/** @throws MusterError TRAJECTORY_INVALID with every problem of the rows */
export function buildTrajectory(raw: RawTrajectory, options: BuildOptions): BuiltTrajectory {
  const problems = gatherProblems();
  const notices = [...raw.notices];
  const scale = scaleOf(raw, options, problems, notices);
  const level = levelOf(raw, options, problems);
  if (raw.rows === 0) problems.add(options.name, "holds no rows");
  const frameRate = frameRateOf(raw, options, problems, notices);
  if (problems.list.length > 0) throw invalid(problems);
  const columns = takeRows(raw, { scale, level, frameRate, heights: options.heights ?? null }, problems, notices);
  tellHeights(raw, scale, options, notices);
  const sorted = sortRows(columns, raw, problems);
  if (problems.list.length > 0) throw invalid(problems);
  const stride = strideOf(sorted.id, sorted.frame);
  return { trajectory: indexed({ name: options.name, frameRate, stride, ...sorted }), notices };
}

const invalid = (problems: Problems): MusterError => new MusterError("TRAJECTORY_INVALID", problems.told());

/** What a length of the file is in metres: 1 or 100 units to the metre. */
function scaleOf(raw: RawTrajectory, { name, unit }: BuildOptions, problems: Problems, notices: string[]): number {
  if (raw.unit && unit && raw.unit !== unit) problems.add(name, `states ${raw.unit} as unit of lengths, asked for is ${unit}`);
  const found = unit ?? raw.unit;
  if (found) return found === "cm" ? 100 : 1;
  if (raw.format === "text") problems.add(name, "states no unit of lengths; say whether it is m or cm (--unit)");
  else notices.push(`${name} states no unit of lengths: taken as m`);
  return 1;
}

function levelOf(raw: RawTrajectory, { name, level }: BuildOptions, problems: Problems): number | null {
  if (level === undefined) {
    if (raw.levels.length > 1)
      problems.add(name, `has ${raw.levels.length} levels (${raw.levels.slice(0, 12).join(", ")}); choose one (--level)`);
    return null;
  }
  const index = raw.levels.indexOf(level);
  if (index < 0)
    problems.add(
      name,
      `has no level ${level}${raw.levels.length > 0 ? `; known are ${raw.levels.slice(0, 12).join(", ")}` : ""}`,
    );
  return index;
}

function frameRateOf(raw: RawTrajectory, { name, frameRate }: BuildOptions, problems: Problems, notices: string[]): number {
  const { leastRate, mostRate } = BOUNDS;
  const stated = raw.frameRate;
  if (stated !== null && frameRate !== undefined && Math.abs(stated - frameRate) > 1e-9 * stated)
    problems.add(name, `states ${stated} frames per second, asked for are ${frameRate}`);
  let found = frameRate ?? stated;
  if (found === null && raw.time !== null) {
    found = rateOfTimes(raw);
    if (found !== null) notices.push(`${name} states times: they stand ${found} to the second`);
  }
  if (found === null) problems.add(name, "states no frame rate; say how many frames make a second (--fps)");
  else if (!(found >= leastRate && found <= mostRate))
    problems.add(name, `has ${found} frames per second, must be ${leastRate} to ${mostRate}`);
  return found ?? 1;
}

/** Most common interval between two times of one person, as a rate rounded to 1e-6; null where nobody has two. */
function rateOfTimes({ id, time, rows }: RawTrajectory): number | null {
  const last = new Map<number, number>();
  const count = new Map<number, number>();
  for (let row = 0; row < Math.min(rows, 1_000_000); row++) {
    const before = last.get(id[row]!);
    last.set(id[row]!, time![row]!);
    if (before === undefined) continue;
    const interval = Math.round((time![row]! - before) * 1e6);
    if (interval > 0) count.set(interval, (count.get(interval) ?? 0) + 1);
  }
  let best: number | null = null;
  for (const [interval, n] of count)
    if (best === null || n > count.get(best)! || (n === count.get(best)! && interval < best)) best = interval;
  return best === null ? null : Math.round(1e12 / best) / 1e6;
}

interface Columns {
  id: Int32Array;
  frame: Int32Array;
  x: Float64Array;
  y: Float64Array;
  /** Row of the file of each entry. */
  source: Int32Array;
}

interface Choice {
  scale: number;
  level: number | null;
  frameRate: number;
  heights: readonly [number, number] | null;
}

/** Heights farther apart than people are tall are floors above each other, m. */
const MOST_HEIGHT = 2.3;

function tellHeights(raw: RawTrajectory, scale: number, { name, heights, level }: BuildOptions, notices: string[]): void {
  if (heights && !raw.z) notices.push(`${name} states no heights: all rows are taken`);
  if (heights || level !== undefined || !raw.z) return;
  let [least, most] = [Infinity, -Infinity];
  for (let row = 0; row < raw.rows; row++) {
    least = Math.min(least, raw.z[row]! / scale);
    most = Math.max(most, raw.z[row]! / scale);
  }
  if (most - least > MOST_HEIGHT)
    notices.push(
      `${name} has heights from ${least.toFixed(2)} to ${most.toFixed(2)} m: people on floors above each other are measured as on one; choose one (--heights)`,
    );
}

/** The rows of the level, in metres, with numbers of frames. */
function takeRows(
  raw: RawTrajectory,
  { scale, level, frameRate, heights }: Choice,
  problems: Problems,
  notices: string[],
): Columns {
  const { rows, place } = raw;
  const out: Columns = {
    id: new Int32Array(rows),
    frame: new Int32Array(rows),
    x: new Float64Array(rows),
    y: new Float64Array(rows),
    source: new Int32Array(rows),
  };
  const between: number[] = [];
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (level !== null && raw.level![row] !== level) continue;
    if (heights && raw.z && !(raw.z[row]! / scale >= heights[0] && raw.z[row]! / scale <= heights[1])) continue;
    const id = raw.id[row]!;
    const exact = raw.frame ? raw.frame[row]! : raw.time![row]! * frameRate;
    const frame = Math.round(exact);
    const x = raw.x[row]! / scale;
    const y = raw.y[row]! / scale;
    if (raw.time && Math.abs(exact - frame) > OFF_FRAME) {
      between.push(row);
      continue;
    }
    const fault = faultOf(id, x, y) ?? frameFault(exact, frame, raw.time !== null);
    if (fault) {
      problems.add(place(row), fault);
      continue;
    }
    out.id[count] = id;
    out.frame[count] = frame;
    out.x[count] = x;
    out.y[count] = y;
    out.source[count++] = row;
  }
  tellBetween(raw, between, frameRate, problems, notices);
  if (count === 0 && problems.list.length === 0) problems.add(raw.format, "has no rows on this level or between these heights");
  return {
    id: out.id.subarray(0, count),
    frame: out.frame.subarray(0, count),
    x: out.x.subarray(0, count),
    y: out.y.subarray(0, count),
    source: out.source.subarray(0, count),
  };
}

function faultOf(id: number, x: number, y: number): string | null {
  if (!(Number.isInteger(id) && Math.abs(id) < 2 ** 31)) return `id ${id} is no whole number below 2^31`;
  if (!(Math.abs(x) <= BOUNDS.coordinate)) return `x ${x} m is beyond ${BOUNDS.coordinate} m`;
  if (!(Math.abs(y) <= BOUNDS.coordinate)) return `y ${y} m is beyond ${BOUNDS.coordinate} m`;
  return null;
}

function frameFault(exact: number, frame: number, fromTime: boolean): string | null {
  if (!(Math.abs(frame) < 2 ** 31)) return `frame ${exact} is no number below 2^31`;
  return frame === exact || fromTime ? null : `frame ${exact} is no whole number`;
}

/** A few times between two frames are left out and told; many mean that the frame rate is wrong. */
function tellBetween(
  raw: RawTrajectory,
  rows: readonly number[],
  frameRate: number,
  problems: Problems,
  notices: string[],
): void {
  if (rows.length === 0) return;
  const said = (row: number): string => `time ${raw.time![row]} s lies between two frames at ${frameRate} per second`;
  if (rows.length > MOST_BETWEEN * raw.rows) for (const row of rows) problems.add(raw.place(row), said(row));
  else
    notices.push(
      `${rows.length} rows lie between two frames and are left out, first at ${raw.place(rows[0]!)}: ${said(rows[0]!)}`,
    );
}

/** By person, then frame; a file that is in this order already is only looked through. */
function sortRows(columns: Columns, raw: RawTrajectory, problems: Problems): Omit<Columns, "source"> {
  const { id, frame } = columns;
  const rows = id.length;
  let sorted = true;
  for (let row = 1; row < rows && sorted; row++)
    sorted = id[row]! > id[row - 1]! || (id[row] === id[row - 1] && frame[row]! > frame[row - 1]!);
  if (sorted) return checkRange(columns, raw, problems);
  const order = orderOf(columns);
  for (let k = 1; k < rows; k++) {
    const [a, b] = [order[k - 1]!, order[k]!];
    if (id[a] === id[b] && frame[a] === frame[b])
      problems.add(
        raw.place(columns.source[b]!),
        `person ${id[b]} is in frame ${frame[b]} twice, first at ${raw.place(columns.source[a]!)}`,
      );
  }
  const pick = <T extends Int32Array | Float64Array>(column: T, into: T): T => {
    for (let k = 0; k < rows; k++) into[k] = column[order[k]!]!;
    return into;
  };
  return checkRange(
    {
      id: pick(id, new Int32Array(rows)),
      frame: pick(frame, new Int32Array(rows)),
      x: pick(columns.x, new Float64Array(rows)),
      y: pick(columns.y, new Float64Array(rows)),
    },
    raw,
    problems,
  );
}

/** Rows grouped by person (counting sort), each person's by frame. */
function orderOf({ id, frame }: Columns): Int32Array {
  const rows = id.length;
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row++) counts.set(id[row]!, (counts.get(id[row]!) ?? 0) + 1);
  const next = new Map<number, number>();
  let start = 0;
  for (const person of [...counts.keys()].sort((a, b) => a - b)) {
    next.set(person, start);
    start += counts.get(person)!;
  }
  const order = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const k = next.get(id[row]!)!;
    order[k] = row;
    next.set(id[row]!, k + 1);
  }
  for (let from = 0; from < rows; ) {
    const to = next.get(id[order[from]!]!)!;
    const part = order.subarray(from, to);
    let rising = true;
    for (let k = 1; k < part.length && rising; k++) rising = frame[part[k]!]! > frame[part[k - 1]!]!;
    if (!rising) part.sort((a, b) => frame[a]! - frame[b]! || a - b);
    from = to;
  }
  return order;
}

function checkRange<T extends { frame: Int32Array }>(columns: T, raw: RawTrajectory, problems: Problems): T {
  let least = Infinity;
  let most = -Infinity;
  for (const frame of columns.frame) {
    if (frame < least) least = frame;
    if (frame > most) most = frame;
  }
  if (most - least > BOUNDS.frames)
    problems.add(raw.format, `spans ${most - least} frames, from ${least} to ${most}, limit ${BOUNDS.frames}`);
  return columns;
}

/** Most common difference between two frames of one person, 1 where nobody has two. */
function strideOf(id: Int32Array, frame: Int32Array): number {
  const count = new Map<number, number>();
  for (let row = 1; row < Math.min(id.length, 1_000_000); row++)
    if (id[row] === id[row - 1]) {
      const difference = frame[row]! - frame[row - 1]!;
      count.set(difference, (count.get(difference) ?? 0) + 1);
    }
  let best = 1;
  for (const [difference, n] of count)
    if (n > (count.get(best) ?? 0) || (n === count.get(best) && difference < best)) best = difference;
  return best;
}
