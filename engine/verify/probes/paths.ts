/** Paths of people: when they set off, where they were, how fast they were between two times. */
import { createPeople } from "../../crowd/people.js";
import { inPolygons } from "../../geometry/polygon.js";
import { distanceToSegment } from "../../geometry/segment.js";
import { probedArea } from "./areas.js";
import type { ProbeInput, Recording } from "./probe.js";

/** Faster than this between two frames has set off, m/s: who waits steps aside for others at up to 0.4 m/s (docs/models/movement.md). */
const SET_OFF = 0.45;
/** From the time given on, this is enough, m/s: somebody may stand in the way. */
const STIRS = 0.05;
/** Positions this far outside the floor are rounding, m (the guidelines' drawings allow 1 mm). */
const OUTSIDE = 0.001;

/**
 * start-time: when each person set off, s: the frame before the first one to which they walked. start-delay: that less the time which
 * the scenario gave them. Before that time only a walk counts, since who waits steps aside for others; after it any movement.
 */
export function startProbe(input: ProbeInput): Recording {
  const { world, seed, probe, info } = input;
  const x = new Float64Array(info.total).fill(Number.NaN);
  const y = new Float64Array(info.total);
  const since = new Float64Array(info.total).fill(Number.NaN);
  const given = createPeople(world, seed).until;
  let before = 0;
  return {
    frame: (frame) => {
      for (let k = 0; k < frame.count; k++) {
        const id = frame.id[k]!;
        if (!input.isMember(frame.group[k]!)) continue;
        const [dx, dy] = [frame.x[k]! - x[id]!, frame.y[k]! - y[id]!];
        x[id] = frame.x[k]!;
        y[id] = frame.y[k]!;
        const least = (before < given[id]! ? SET_OFF : STIRS) * (frame.time - before);
        if (Number.isNaN(since[id]!) && dx * dx + dy * dy > least * least) since[id] = before;
      }
      before = frame.time;
    },
    finish: () => {
      const times: number[] = [];
      since.forEach((time, id) => {
        if (!Number.isNaN(time)) times.push(probe.probe === "start-delay" ? time - given[id]! : time);
      });
      return times;
    },
  };
}

/** Positions outside the walkable floor of their surface, by more than 1 mm. */
export function offFloorProbe({ layout, info }: ProbeInput): Recording {
  let outside = 0;
  const near = (sheet: number, x: number, y: number): boolean =>
    layout.sheets[sheet]!.regions.some((region) =>
      [region.outer, ...region.holes].some((ring) =>
        ring.some((p, k) => distanceToSegment([x, y], p, ring[(k + 1) % ring.length]!) <= OUTSIDE),
      ),
    );
  return {
    frame: (frame) => {
      for (let k = 0; k < frame.count; k++) {
        const [x, y, sheet] = [frame.x[k]!, frame.y[k]!, frame.sheet[k]!];
        if (!inPolygons(layout.sheets[sheet]!.regions, x, y) && !near(sheet, x, y)) outside++;
      }
    },
    finish: () => (info.total > 0 ? [outside] : []),
  };
}

/** Share of the people who were in the area at some frame. */
export function pathShareProbe(input: ProbeInput): Recording {
  const area = probedArea(input);
  const seen = new Set<number>();
  const been = new Set<number>();
  return {
    frame: (frame) => {
      for (let k = 0; k < frame.count; k++) {
        if (!input.isMember(frame.group[k]!)) continue;
        seen.add(frame.id[k]!);
        if (area.sheets.includes(frame.sheet[k]!) && inPolygons(area.polygons, frame.x[k]!, frame.y[k]!)) been.add(frame.id[k]!);
      }
    },
    finish: () => (seen.size === 0 ? [] : [been.size / seen.size]),
  };
}

/** Mean speed along their paths of everybody who is inside from `from_s` to `to_s`, m/s: length of the path from frame to frame over the time. */
export function pathSpeedProbe(input: ProbeInput): Recording {
  const { from_s = 0, to_s = Number.POSITIVE_INFINITY } = input.probe;
  const last = new Map<number, [number, number]>();
  let before = 0;
  let way = 0;
  let time = 0;
  return {
    frame: (frame) => {
      const span = frame.time - before;
      before = frame.time;
      for (let k = 0; k < frame.count; k++) {
        if (!input.isMember(frame.group[k]!)) continue;
        const [x, y] = [frame.x[k]!, frame.y[k]!];
        const from = last.get(frame.id[k]!);
        last.set(frame.id[k]!, [x, y]);
        if (!from || frame.time <= from_s || frame.time > to_s) continue;
        const [dx, dy] = [x - from[0], y - from[1]];
        way += Math.sqrt(dx * dx + dy * dy);
        time += span;
      }
    },
    finish: () => (time > 0 ? [way / time] : []),
  };
}
