/**
 * Slice files of FDS (.sf): Fortran records, each between two 4-byte counts, little-endian. Three texts of 30 letters (quantity, short
 * name, unit), six integers (i1, i2, j1, j2, k1, k2), then for each frame a record with the time (float32, s) and a record with the
 * values (float32, i fastest, then j, then k). Frames all have one length, so that any of them is found without reading the others.
 */
import { MusterError } from "../../../errors.js";
import type { ByteSource } from "./bytes.js";

/** Values of one frame and frames of one file that are read at most: 256 MB a frame, a day in tenths of a second. */
export const SLICE_LIMITS = { values: 64 * 1024 * 1024, frames: 1_000_000 } as const;

const TEXT = 30;
/** Three texts and six integers, with the counts around them. */
const HEAD = 3 * (TEXT + 8) + 6 * 4 + 8;

export interface SliceFile {
  readonly source: ByteSource;
  readonly quantity: string;
  readonly label: string;
  readonly unit: string;
  /** [i1, i2, j1, j2, k1, k2]: indices of grid lines of the mesh. */
  readonly bounds: readonly number[];
  /** Values along i, j and k, and their product. */
  readonly shape: readonly [number, number, number];
  readonly values: number;
  /** Times of the frames, s, rising. */
  readonly times_s: Float64Array;
}

const invalid = (place: string, message: string, value?: number | string, limit?: number | string): MusterError =>
  new MusterError("FIELD_INVALID", [
    { place, message, ...(value === undefined ? {} : { value }), ...(limit === undefined ? {} : { limit }) },
  ]);

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Reads the head and the times of all frames; memory is 8 bytes a frame.
 * @throws MusterError FIELD_INVALID with the byte where the file departs from its format or ends
 */
export function openSlice(source: ByteSource): SliceFile {
  const { name, size } = source;
  if (size < HEAD) throw invalid(name, `has ${size} bytes; the head of a slice file alone has ${HEAD}`, size, HEAD);
  const head = source.read(0, HEAD);
  const view = viewOf(head);
  const count = view.getInt32(0, true);
  if (count !== TEXT)
    throw invalid(
      `${name}, byte 0`,
      view.getInt32(0, false) === TEXT
        ? "is big-endian; slice files are read little-endian, as FDS writes them on x86 and ARM"
        : `begins with the count ${count}, a slice file begins with ${TEXT}`,
      count,
      TEXT,
    );
  const texts = [0, 1, 2].map((k) => {
    const at = k * (TEXT + 8);
    expectCount(name, view, at, TEXT);
    expectCount(name, view, at + 4 + TEXT, TEXT);
    return String.fromCharCode(...head.subarray(at + 4, at + 4 + TEXT))
      .replaceAll("\0", " ")
      .trim();
  });
  const at = 3 * (TEXT + 8);
  expectCount(name, view, at, 24);
  expectCount(name, view, at + 28, 24);
  const bounds = [0, 1, 2, 3, 4, 5].map((k) => view.getInt32(at + 4 + 4 * k, true));
  const shape = [0, 1, 2].map((axis) => bounds[2 * axis + 1]! - bounds[2 * axis]! + 1) as [number, number, number];
  if (bounds.some((bound) => bound < 0) || shape.some((n) => n < 1))
    throw invalid(`${name}, byte ${at + 4}`, `has the bounds ${bounds.join(" ")}; each pair must rise from 0 on`);
  const values = shape[0] * shape[1] * shape[2];
  if (values > SLICE_LIMITS.values)
    throw invalid(name, `has ${values} values a frame, at most ${SLICE_LIMITS.values} are read`, values, SLICE_LIMITS.values);
  return {
    source,
    quantity: texts[0]!,
    label: texts[1]!,
    unit: texts[2]!,
    bounds,
    shape,
    values,
    times_s: readTimes(source, values),
  };
}

function expectCount(name: string, view: DataView, at: number, expected: number): void {
  const count = view.getInt32(at, true);
  if (count !== expected)
    throw invalid(`${name}, byte ${at}`, `has the record count ${count}, expected ${expected}`, count, expected);
}

const frameBytes = (values: number): number => 12 + 8 + 4 * values;

function readTimes(source: ByteSource, values: number): Float64Array {
  const { name, size } = source;
  const bytes = frameBytes(values);
  const frames = Math.floor((size - HEAD) / bytes);
  const rest = size - HEAD - frames * bytes;
  if (rest !== 0)
    throw invalid(
      `${name}, byte ${HEAD + frames * bytes}`,
      `is cut off in frame ${frames + 1}: ${rest} of ${bytes} bytes; ${frames} frames are whole`,
      rest,
      bytes,
    );
  if (frames === 0) throw invalid(name, "holds no frame", 0, 1);
  if (frames > SLICE_LIMITS.frames)
    throw invalid(name, `has ${frames} frames, at most ${SLICE_LIMITS.frames} are read`, frames, SLICE_LIMITS.frames);
  const times = new Float64Array(frames);
  for (let k = 0; k < frames; k++) {
    const start = HEAD + k * bytes;
    const view = viewOf(source.read(start, 16));
    for (const [at, expected] of [
      [0, 4],
      [8, 4],
      [12, 4 * values],
    ] as const)
      if (view.getInt32(at, true) !== expected)
        throw invalid(
          `${name}, byte ${start + at}`,
          `frame ${k + 1} of ${frames} has the record count ${view.getInt32(at, true)}, expected ${expected}`,
          view.getInt32(at, true),
          expected,
        );
    const time = view.getFloat32(4, true);
    if (!Number.isFinite(time) || (k > 0 && time <= times[k - 1]!))
      throw invalid(
        `${name}, byte ${start + 4}`,
        `frame ${k + 1} is at ${time} s, the frame before at ${times[k - 1] ?? "none"} s`,
        time,
      );
    times[k] = time;
  }
  return times;
}

/**
 * Values of frame `k` (from 0) as in the file, i fastest; `into` has `slice.values` places.
 * @throws MusterError FIELD_INVALID at the first value that is no number
 */
export function readFrame(slice: SliceFile, k: number, into: Float32Array): void {
  const { source, values } = slice;
  const start = HEAD + k * frameBytes(values) + 12;
  const bytes = source.read(start, 8 + 4 * values);
  const view = viewOf(bytes);
  expectCount(source.name, view, 4 + 4 * values, 4 * values);
  if (LITTLE_ENDIAN && (bytes.byteOffset & 3) === 0) into.set(new Float32Array(bytes.buffer, bytes.byteOffset + 4, values));
  else for (let i = 0; i < values; i++) into[i] = view.getFloat32(4 + 4 * i, true);
  for (let i = 0; i < values; i++) {
    const value = into[i]!;
    if (value - value !== 0)
      throw invalid(
        `${source.name}, byte ${start + 4 + 4 * i}`,
        `frame ${k + 1} holds ${value} at value ${i + 1} of ${values}`,
        value,
      );
  }
}

/** Whether this machine's own floats are those of the file. */
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
