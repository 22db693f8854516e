/** Density, speed and flow in an area. Speed: displacement since the frame before over the time between, of people who are in the area now. */
import { MusterError } from "../../errors.js";
import { inPolygons } from "../../geometry/polygon.js";
import { areaOn, type MeasuredArea } from "../../measure/places.js";
import type { Frame } from "../../run/records.js";
import { findPlace } from "../../scenario/places.js";
import type { ProbeInput, Recording } from "./probe.js";

/** Sums over the people of the area in one frame. */
interface Sums {
  people: number;
  /** Those who were inside the layout at the frame before, and their speeds, m/s. */
  moving: number;
  speed: number;
}

/** The area that a probe names. */
export function probedArea({ probe, layout, scenario }: ProbeInput): MeasuredArea {
  const place = findPlace(scenario, layout, probe.area ?? "");
  if (place.kind !== "area")
    throw new MusterError("SCENARIO_INVALID", [{ place: "tests.yaml", message: `"${probe.area}" is no area` }]);
  return areaOn(layout, { place: place.name, level: place.level, polygons: place.polygons });
}

/** Follows positions from frame to frame and sums over who is in the area. */
function watcher(input: ProbeInput): { area: MeasuredArea; look: (frame: Frame) => Sums } {
  const area = probedArea(input);
  const x = new Float64Array(input.info.total).fill(Number.NaN);
  const y = new Float64Array(input.info.total);
  const sheet = new Int32Array(input.info.total);
  let before = 0;
  const look = (frame: Frame): Sums => {
    const sums: Sums = { people: 0, moving: 0, speed: 0 };
    const span = frame.time - before;
    before = frame.time;
    for (let k = 0; k < frame.count; k++) {
      const id = frame.id[k]!;
      const [px, py, ps] = [x[id]!, y[id]!, sheet[id]!];
      x[id] = frame.x[k]!;
      y[id] = frame.y[k]!;
      sheet[id] = frame.sheet[k]!;
      if (!input.isMember(frame.group[k]!)) continue;
      if (!area.sheets.includes(frame.sheet[k]!) || !inPolygons(area.polygons, frame.x[k]!, frame.y[k]!)) continue;
      sums.people++;
      if (Number.isNaN(px) || ps !== frame.sheet[k] || !(span > 0)) continue;
      const [dx, dy] = [frame.x[k]! - px, frame.y[k]! - py];
      sums.moving++;
      sums.speed += Math.sqrt(dx * dx + dy * dy) / span;
    }
    return sums;
  };
  return { area, look };
}

/** Mean over frames from `from_s` to `to_s`: density, count; speed over people and frames; flow = density × speed. */
export function areaProbe(input: ProbeInput): Recording {
  const { from_s = 0, to_s = Number.POSITIVE_INFINITY, quantity = "density" } = input.probe;
  const { area, look } = watcher(input);
  const total = { frames: 0, people: 0, moving: 0, speed: 0 };
  return {
    frame: (frame) => {
      const sums = look(frame);
      if (frame.time < from_s || frame.time > to_s) return;
      total.frames++;
      total.people += sums.people;
      total.moving += sums.moving;
      total.speed += sums.speed;
    },
    finish: () => {
      if (total.frames === 0) return [];
      const count = total.people / total.frames;
      if (quantity === "count") return [count];
      const density = count / area.area_m2;
      if (quantity === "density") return [density];
      if (total.moving === 0) return [];
      const speed = total.speed / total.moving;
      return [quantity === "speed" ? speed : speed * density];
    },
  };
}

/**
 * area-pairs: density, speed for each `window_s` (default 1 s) in which somebody was there: [ρ, v, ρ, v, …]. speed-at-density: mean
 * speed of those within half of `width` of the density `near`.
 */
export function pairsProbe(input: ProbeInput): Recording {
  const { from_s = 0, to_s = Number.POSITIVE_INFINITY, window_s = 1 } = input.probe;
  const { area, look } = watcher(input);
  const pairs: number[] = [];
  let now = { frames: 0, people: 0, moving: 0, speed: 0, since: from_s };
  return {
    frame: (frame) => {
      const sums = look(frame);
      if (frame.time < from_s || frame.time > to_s) return;
      now.frames++;
      now.people += sums.people;
      now.moving += sums.moving;
      now.speed += sums.speed;
      if (frame.time < now.since + window_s - 1e-9) return;
      if (now.moving > 0) pairs.push(now.people / now.frames / area.area_m2, now.speed / now.moving);
      now = { frames: 0, people: 0, moving: 0, speed: 0, since: frame.time };
    },
    finish: () => {
      if (input.probe.probe === "area-pairs") return pairs;
      const { near = 0, width = 0.2 } = input.probe;
      const speeds = pairs.filter((_, k) => k % 2 === 1 && Math.abs(pairs[k - 1]! - near) <= width / 2);
      return speeds.length === 0 ? [] : [speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length];
    },
  };
}

/** Greatest mean density over any `window_s` (default 10 s) in a row. */
export function peakProbe(input: ProbeInput): Recording {
  const { from_s = 0, to_s = Number.POSITIVE_INFINITY, window_s = 10 } = input.probe;
  const { area, look } = watcher(input);
  const frames = Math.max(1, Math.round(window_s / input.scenario.output_every_s));
  const counts: number[] = [];
  return {
    frame: (frame) => {
      const { people } = look(frame);
      if (frame.time >= from_s && frame.time <= to_s) counts.push(people);
    },
    finish: () => {
      if (counts.length < frames) return [];
      let sum = counts.slice(0, frames).reduce((all, count) => all + count, 0);
      let most = sum;
      for (let k = frames; k < counts.length; k++) {
        sum += counts[k]! - counts[k - frames]!;
        most = Math.max(most, sum);
      }
      return [most / frames / area.area_m2];
    },
  };
}
