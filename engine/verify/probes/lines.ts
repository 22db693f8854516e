/** Crossings of lines, their times interpolated between two frames. */
import { MusterError } from "../../errors.js";
import { crosses, side } from "../../geometry/plane.js";
import { type MeasuredLine, measuredLine } from "../../measure/places.js";
import type { Frame } from "../../run/records.js";
import type { ProbeInput, Recording } from "./probe.js";

type OnCrossing = (id: number, time: number) => void;

function probedLine({ layout, scenario }: ProbeInput, name: string | undefined): MeasuredLine {
  const line = name === undefined ? null : measuredLine(layout, scenario, name);
  if (!line) throw new MusterError("SCENARIO_INVALID", [{ place: "tests.yaml", message: `"${name}" is no line` }]);
  return line;
}

/** Calls `on` for every crossing of a line, in either direction; people who leave by it cross it too. */
function counter(input: ProbeInput, name: string | undefined, on: OnCrossing): (frame: Frame) => void {
  const { line, sheets } = probedLine(input, name);
  const exit = input.info.exits.findIndex((each) => each.name === name);
  const [[ax, ay], [bx, by]] = line;
  const x = new Float64Array(input.info.total).fill(Number.NaN);
  const y = new Float64Array(input.info.total);
  let before = 0;
  return (frame) => {
    const span = frame.time - before;
    for (const { id, time, exit: way, group, x: qx, y: qy } of frame.departures) {
      if (!input.isMember(group)) continue;
      // Who leaves soon after a line is in no frame behind it.
      if (way === exit || crosses(x[id]!, y[id]!, qx, qy, ax, ay, bx, by)) on(id, time);
    }
    for (let k = 0; k < frame.count; k++) {
      const id = frame.id[k]!;
      const [px, py, qx, qy] = [x[id]!, y[id]!, frame.x[k]!, frame.y[k]!];
      x[id] = qx;
      y[id] = qy;
      if (!input.isMember(frame.group[k]!)) continue;
      if (Number.isNaN(px) || !sheets.includes(frame.sheet[k]!) || !crosses(px, py, qx, qy, ax, ay, bx, by)) continue;
      const from = side(ax, ay, bx, by, px, py);
      const to = side(ax, ay, bx, by, qx, qy);
      on(id, before + span * (from === to ? 1 : from / (from - to)));
    }
    before = frame.time;
  };
}

/** Time of each person from line `from` to line `to`, s; or speed over `length_m`. First crossings count. */
export function crossingProbe(input: ProbeInput): Recording {
  const { probe } = input;
  const began = new Map<number, number>();
  const took = new Map<number, number>();
  const start = counter(input, probe.from, (id, time) => {
    if (!began.has(id)) began.set(id, time);
  });
  const end = counter(input, probe.to, (id, time) => {
    const since = began.get(id);
    if (since !== undefined && !took.has(id)) took.set(id, time - since);
  });
  return {
    frame: (frame) => {
      start(frame);
      end(frame);
    },
    finish: () => {
      const times = [...took].sort(([a], [b]) => a - b).map(([, time]) => time);
      return probe.probe === "crossing-speed" ? times.map((time) => (probe.length_m ?? 0) / time) : times;
    },
  };
}

/**
 * Flow over a line, persons/s, or persons/(m s) with `width_m`: (n − 1) over the time from first to last of the crossings in `share`,
 * or crossings per time between `from_s` and `to_s`. Each person counts once. last-crossing: when the last of all crossed, s.
 */
export function flowProbe(input: ProbeInput): Recording {
  const { line, share = [0, 1], width_m = 1, from_s, to_s } = input.probe;
  const first = new Map<number, number>();
  const count = counter(input, line, (id, time) => {
    if (!first.has(id)) first.set(id, time);
  });
  return {
    frame: count,
    finish: () => {
      const times = [...first.values()].sort((a, b) => a - b);
      if (input.probe.probe === "last-crossing") return times.length < input.asked || times.length === 0 ? [] : [times.at(-1)!];
      if (from_s !== undefined && to_s !== undefined)
        return [times.filter((time) => time >= from_s && time < to_s).length / (to_s - from_s) / width_m];
      const a = Math.floor(share[0]! * (times.length - 1));
      const b = Math.floor(share[1]! * (times.length - 1));
      return b > a ? [(b - a) / (times[b]! - times[a]!) / width_m] : [];
    },
  };
}

/** Share of the group among those who cross a line between `from_s` and `to_s`. */
export function shareProbe(input: ProbeInput): Recording {
  const { line, from_s = 0, to_s = Number.POSITIVE_INFINITY } = input.probe;
  const counts = { group: 0, all: 0 };
  const within = (time: number): number => (time >= from_s && time < to_s ? 1 : 0);
  const own = counter(input, line, (_, time) => {
    counts.group += within(time);
  });
  const every = counter({ ...input, isMember: () => true }, line, (_, time) => {
    counts.all += within(time);
  });
  return {
    frame: (frame) => {
      own(frame);
      every(frame);
    },
    finish: () => (counts.all > 0 ? [counts.group / counts.all] : []),
  };
}
