/** Slices of an FDS run as a smoke field. Two frames of each slice in use are held in memory, whatever the length of the run. */
import { MusterError } from "../../../errors.js";
import { lastAtOrBefore } from "../../times.js";
import { AIR_QUANTITIES, type Air, type AirQuantity, ambientAir, type SmokeField, setAir } from "../field.js";
import { makeStencil, stencilAt } from "./grid.js";
import { FDS_READING, type FdsQuantity, type FdsReading, fdsQuantity } from "./quantities.js";
import type { FdsRun, OpenSlice } from "./run.js";
import { readFrame } from "./slice-file.js";

export interface FdsPlace {
  /** Where the origin of the FDS coordinates lies in the layout: local metres, and height above the local zero, m. */
  readonly x_m: number;
  readonly y_m: number;
  readonly z_m: number;
  /** Cosine and sine of the angle from the layout's x axis to that of FDS, counterclockwise. */
  readonly cos: number;
  readonly sin: number;
}

export interface FdsFieldOptions {
  /** Height of the floor above the local zero, m, at a place of a sheet; floorHeights() of a layout. */
  readonly floor: (sheet: number, x_m: number, y_m: number) => number;
  /** Same origin and axes unless told. */
  readonly place?: FdsPlace;
  readonly reading?: Partial<FdsReading>;
  /** A horizontal slice without depth holds this far above and below itself, m. Default 0.5: a slice at 2 m is met by a head at 1.6 m. */
  readonly reach_m?: number;
  readonly ambient?: Readonly<Air>;
}

export interface FdsField extends SmokeField {
  /** What is not used or assumed, for the report. */
  readonly notices: readonly string[];
}

/** Frames of one slice in SI: `low` is frame `k`, `high` frame k + 1 (the same at the end). */
interface Part {
  readonly open: OpenSlice;
  readonly convert: (value: number) => number;
  k: number;
  low: Float32Array;
  high: Float32Array;
  time: number;
  /** Share of `high` at `time`; negative before the first frame. */
  share: number;
}

interface Source {
  readonly gives: AirQuantity;
  readonly deep: readonly Part[];
  /** Horizontal slices by rising height. */
  readonly level: readonly Part[];
}

/**
 * The slices of an FDS run as a field. Slices with depth come first, then horizontal ones; vertical slices are no floor and are not used.
 * Interpolation is trilinear in space within a mesh (values inside obstructions take no part) and linear in time; two horizontal slices
 * above each other, both within `reach_m`, are mixed by height.
 * @throws MusterError FIELD_INVALID where no slice gives anything that people meet
 */
export function fdsField(run: FdsRun, options: FdsFieldOptions): FdsField {
  const reading = { ...FDS_READING, ...options.reading };
  const reach = options.reach_m ?? 0.5;
  const ambient = options.ambient ?? ambientAir(reading.ambient_K);
  const place = options.place ?? { x_m: 0, y_m: 0, z_m: 0, cos: 1, sin: 0 };
  const { sources, notices } = sourcesOf(run, reading);
  const parts = sources.flatMap(({ deep, level }) => [...deep, ...level]);
  const times = parts.map(({ open }) => open.file.times_s);
  return {
    name: `FDS ${run.name}`,
    knows: sources.map(({ gives }) => gives),
    firstTime_s: Math.min(...times.map((t) => t[0]!)),
    lastTime_s: Math.min(...times.map((t) => t.at(-1)!)),
    notices,
    sample: (time, sheet, x_m, y_m, height_m, into) => {
      setAir(into, ambient);
      const dx = x_m - place.x_m;
      const dy = y_m - place.y_m;
      const x = place.cos * dx + place.sin * dy;
      const y = place.cos * dy - place.sin * dx;
      const z = options.floor(sheet, x_m, y_m) + height_m - place.z_m;
      let reached = false;
      for (let s = 0; s < sources.length; s++) {
        const source = sources[s]!;
        const value = valueAt(source, time, x, y, z, reach);
        if (Number.isNaN(value)) continue;
        into[source.gives] = value;
        reached = true;
      }
      return reached;
    },
  };
}

function sourcesOf(run: FdsRun, reading: FdsReading): { sources: Source[]; notices: string[] } {
  const notices = [...run.notices];
  const usable: { open: OpenSlice; quantity: FdsQuantity }[] = [];
  const unused = new Set<string>();
  for (const open of run.slices) {
    const quantity = fdsQuantity(open.slice.quantity);
    if (!quantity) unused.add(`${open.slice.quantity}: says nothing about the air that people meet here`);
    else if (open.grid.flat === 0 || open.grid.flat === 1)
      unused.add(
        `${open.slice.quantity} at ${"xy"[open.grid.flat]} = ${open.grid.at[open.grid.flat][0]} m: a vertical slice is no floor`,
      );
    else usable.push({ open, quantity });
  }
  for (const text of unused) notices.push(`Slice not used: ${text}.`);
  if (usable.length === 0)
    throw new MusterError("FIELD_INVALID", [
      {
        place: run.name,
        message: `has no slice that people could meet: needed are horizontal slices or slices with depth of temperature, extinction, visibility, volume fractions or heat flux${unused.size > 0 ? `; not used: ${[...unused].join("; ")}` : ""}`,
      },
    ]);
  const sources = AIR_QUANTITIES.flatMap((gives) => {
    const all = usable.filter(({ quantity }) => quantity.gives === gives);
    if (all.length === 0) return [];
    const best = Math.min(...all.map(({ quantity }) => quantity.rank));
    const chosen = all.filter(({ quantity }) => quantity.rank === best);
    const note = chosen[0]!.quantity.note?.(reading);
    if (note) notices.push(`${chosen[0]!.open.slice.quantity}: ${note}.`);
    const parts = chosen.map(({ open, quantity }) => makePart(open, (value) => quantity.toSI(value, reading)));
    return [
      {
        gives,
        deep: parts.filter(({ open }) => open.grid.flat === null),
        level: parts.filter(({ open }) => open.grid.flat === 2).sort((a, b) => a.open.grid.at[2][0]! - b.open.grid.at[2][0]!),
      },
    ];
  });
  const extents = new Set(
    sources.map((source) =>
      [...source.deep, ...source.level]
        .map(({ open }) => `${open.slice.mesh}:${open.file.bounds.join(" ")}`)
        .sort()
        .join(),
    ),
  );
  if (extents.size > 1)
    notices.push(
      "The slices of different quantities do not reach the same places: where one is missing its quantity is taken as that of clean air.",
    );
  return { sources, notices };
}

const makePart = (open: OpenSlice, convert: Part["convert"]): Part => ({
  open,
  convert,
  k: -1,
  low: new Float32Array(),
  high: new Float32Array(),
  time: Number.NaN,
  share: -1,
});

const stencil = makeStencil();

/** Value of one part at a place within it; NaN before its first frame and inside solids. */
function partValue(part: Part, time: number, x: number, y: number, z: number): number {
  if (part.time !== time) moveTo(part, time);
  if (part.share < 0) return Number.NaN;
  stencilAt(part.open.grid, x, y, z, stencil);
  if (stencil.n === 0) return Number.NaN;
  let low = 0;
  let high = 0;
  for (let c = 0; c < stencil.n; c++) {
    const index = stencil.index[c]!;
    low += stencil.weight[c]! * part.low[index]!;
    high += stencil.weight[c]! * part.high[index]!;
  }
  return low + part.share * (high - low);
}

function valueAt(source: Source, time: number, x: number, y: number, z: number, reach: number): number {
  for (const part of source.deep) {
    const { from, to } = part.open.grid;
    if (x < from[0] || x > to[0] || y < from[1] || y > to[1] || z < from[2] || z > to[2]) continue;
    const value = partValue(part, time, x, y, z);
    if (!Number.isNaN(value)) return value;
  }
  let below = Number.NaN;
  let belowAt = -Infinity;
  for (const part of source.level) {
    const { from, to, at } = part.open.grid;
    const height = at[2][0]!;
    if (height < z - reach || height > z + reach || x < from[0] || x > to[0] || y < from[1] || y > to[1]) continue;
    const value = partValue(part, time, x, y, z);
    if (Number.isNaN(value)) continue;
    if (height <= z) {
      below = value;
      belowAt = height;
      continue;
    }
    return Number.isNaN(below) ? value : below + ((z - belowAt) / (height - belowAt)) * (value - below);
  }
  return below;
}

/** Brings the two frames around `time` into memory: nothing to do within a frame, one read at the next. */
function moveTo(part: Part, time: number): void {
  const { file } = part.open;
  const { times_s } = file;
  const last = times_s.length - 1;
  part.time = time;
  if (!(time >= times_s[0]!)) {
    part.share = -1;
    return;
  }
  const k = lastAtOrBefore(times_s, time);
  if (part.low.length === 0) {
    part.low = new Float32Array(file.values);
    part.high = new Float32Array(file.values);
  }
  if (k !== part.k) {
    if (k === part.k + 1 && part.k >= 0) [part.low, part.high] = [part.high, part.low];
    else load(part, k, part.low);
    load(part, Math.min(k + 1, last), part.high);
    part.k = k;
  }
  part.share = k === last ? 0 : (time - times_s[k]!) / (times_s[k + 1]! - times_s[k]!);
}

function load(part: Part, k: number, into: Float32Array): void {
  readFrame(part.open.file, k, into);
  for (let i = 0; i < into.length; i++) into[i] = part.convert(into[i]!);
}
