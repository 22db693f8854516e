/** Where people were, frame by frame: the one form that every reader gives and every measure takes. */

/**
 * Flat columns, one entry per row (one person in one frame), sorted by person, then frame. Rows of person p are
 * `personStart[p]` … `personStart[p + 1] - 1`; rows of frame f are `frameRows[frameStart[f - firstFrame]]` and so on, rising by person.
 */
export interface Trajectory {
  readonly name: string;
  /** Frames per second, 1/s. */
  readonly frameRate: number;
  readonly rows: number;
  /** Id of the person of each row, as in the file. */
  readonly id: Int32Array;
  readonly frame: Int32Array;
  /** m */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Ids, rising: one entry per person. */
  readonly persons: Int32Array;
  readonly personStart: Int32Array;
  /** First and last frame that any person has. */
  readonly firstFrame: number;
  readonly lastFrame: number;
  readonly frameStart: Int32Array;
  readonly frameRows: Int32Array;
  /** Frames between two rows of one person where no row is missing: 1, or 10 where a file keeps every tenth frame. */
  readonly stride: number;
}

/** Rows of frame `frame`, rising by person; empty outside the range of the trajectory. */
export function rowsOfFrame({ frameStart, frameRows, firstFrame, lastFrame }: Trajectory, frame: number): Int32Array {
  if (frame < firstFrame || frame > lastFrame) return frameRows.subarray(0, 0);
  return frameRows.subarray(frameStart[frame - firstFrame]!, frameStart[frame - firstFrame + 1]!);
}

/**
 * Longest pause between two rows of a person, in frames, that speed and crossings look across: 1 s, or three strides of the file
 * where that is longer. What is longer ends the person's track and begins another one (ours; PedPy looks across any pause).
 */
export function longestPause({ frameRate, stride }: Trajectory): number {
  return Math.max(Math.round(frameRate), 3 * stride);
}

/** The rows of some frames, both ends included: a view for a steady state. Rows are copied. */
export function framesBetween(trajectory: Trajectory, from: number, to: number): Trajectory {
  return rowsWhere(trajectory, (row) => trajectory.frame[row]! >= from && trajectory.frame[row]! <= to);
}

/** The rows that `keep` says; the trajectory must not become empty. */
export function rowsWhere(trajectory: Trajectory, keep: (row: number) => boolean): Trajectory {
  const kept = new Int32Array(trajectory.rows);
  let count = 0;
  for (let row = 0; row < trajectory.rows; row++) if (keep(row)) kept[count++] = row;
  const pick = <T extends Int32Array | Float64Array>(column: T, into: T): T => {
    for (let k = 0; k < count; k++) into[k] = column[kept[k]!]!;
    return into;
  };
  const { name, frameRate, id, frame, x, y, stride } = trajectory;
  return indexed({
    name,
    frameRate,
    stride,
    id: pick(id, new Int32Array(count)),
    frame: pick(frame, new Int32Array(count)),
    x: pick(x, new Float64Array(count)),
    y: pick(y, new Float64Array(count)),
  });
}

/** Builds the two indices over columns that are sorted by person, then frame. */
export function indexed(columns: Pick<Trajectory, "name" | "frameRate" | "stride" | "id" | "frame" | "x" | "y">): Trajectory {
  const { id, frame } = columns;
  const rows = id.length;
  const starts: number[] = [];
  let firstFrame = rows > 0 ? frame[0]! : 0;
  let lastFrame = firstFrame - 1;
  for (let row = 0; row < rows; row++) {
    if (row === 0 || id[row] !== id[row - 1]) starts.push(row);
    if (frame[row]! < firstFrame) firstFrame = frame[row]!;
    if (frame[row]! > lastFrame) lastFrame = frame[row]!;
  }
  const frameStart = new Int32Array(lastFrame - firstFrame + 2);
  for (let row = 0; row < rows; row++) frameStart[frame[row]! - firstFrame + 1]!++;
  for (let f = 1; f < frameStart.length; f++) frameStart[f]! += frameStart[f - 1]!;
  const next = frameStart.slice();
  const frameRows = new Int32Array(rows);
  for (let row = 0; row < rows; row++) frameRows[next[frame[row]! - firstFrame]!++] = row;
  return {
    ...columns,
    rows,
    persons: Int32Array.from(starts, (row) => id[row]!),
    personStart: Int32Array.from([...starts, rows]),
    firstFrame,
    lastFrame,
    frameStart,
    frameRows,
  };
}
