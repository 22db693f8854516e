/** Density, speed and flow at a line from the Voronoi cells that it cuts, as PedPy's `compute_line_density`, `_speed` and `_flow`. */
import { spanInside } from "../../geometry/convex.js";
import { distance } from "../../geometry/segment.js";
import type { Trajectory } from "../../trajectory/trajectory.js";
import type { Cell } from "./cells.js";
import type { MeasurementLine } from "./line-crossings.js";
import type { FrameSeries } from "./series.js";
import type { Speeds } from "./speed.js";

/**
 * With w_i the length of the line inside the cell of person i, w the length of the line, n its normal to the right, A_i the area
 * of the cell. People count to the side from which they came: forward where v·n was above 0 in the first frame in which the line
 * cut their cell, backward where it was below. NaN in frames in which no cell meets the line.
 */
export interface LineSeries {
  /** Σ (w_i / w) / A_i, 1/m2, over all. */
  readonly density: FrameSeries;
  readonly densityForward: FrameSeries;
  readonly densityBackward: FrameSeries;
  /** Σ |v_i·n| w_i / w with the sign of the person's direction, m/s: forward and backward both count up where people go on. */
  readonly speed: FrameSeries;
  /** Σ v_i·n (w_i / w) / A_i, persons/(m s), in the same manner. */
  readonly flow: FrameSeries;
}

export interface LineSums {
  add(k: number, cell: Cell, row: number): void;
  finish(first: number, every: number): LineSeries;
}

export function createLineSums(trajectory: Trajectory, speeds: Speeds, line: MeasurementLine, count: number): LineSums {
  const length = distance(line.from, line.to);
  const [ax, ay] = line.from;
  const [bx, by] = line.to;
  const [nx, ny] = [(by - ay) / length, (ax - bx) / length];
  const index: number[] = [];
  const person: number[] = [];
  const share: number[] = [];
  const perArea: number[] = [];
  const along: number[] = [];
  return {
    add(k, cell, row) {
      const inside = shareInside(cell, ax, ay, bx, by);
      if (inside <= 0) return;
      index.push(k);
      person.push(trajectory.id[row]!);
      // People at one place share the cell's piece of the line, but each counts in full towards the density.
      share.push(inside);
      perArea.push(1 / cell.area);
      along.push((speeds.vx[row]! * nx + speeds.vy[row]! * ny) / cell.sharing);
    },
    finish(first, every) {
      const side = new Map<number, number>();
      for (let e = 0; e < index.length; e++)
        if (!side.has(person[e]!) && !Number.isNaN(along[e]!)) side.set(person[e]!, Math.sign(along[e]!));
      const series = (): FrameSeries => ({ first, every, values: new Float64Array(count).fill(Number.NaN) });
      const out = { density: series(), densityForward: series(), densityBackward: series(), speed: series(), flow: series() };
      const add = ({ values }: FrameSeries, k: number, value: number): void => {
        values[k] = Number.isNaN(values[k]!) ? value : values[k]! + value;
      };
      for (let e = 0; e < index.length; e++) {
        const k = index[e]!;
        const direction = side.get(person[e]!) ?? 0;
        const density = share[e]! * perArea[e]!;
        add(out.density, k, density);
        add(out.densityForward, k, direction > 0 ? density : 0);
        add(out.densityBackward, k, direction < 0 ? density : 0);
        const speed = Number.isNaN(along[e]!) ? 0 : direction * along[e]! * share[e]!;
        add(out.speed, k, speed);
        add(out.flow, k, speed * perArea[e]!);
      }
      return out;
    },
  };
}

const span = new Float64Array(2);

/** Share of a → b inside the cell. Parts may both border on the line, where it runs along their seam: that counts once. */
function shareInside(cell: Cell, ax: number, ay: number, bx: number, by: number): number {
  const spans: [number, number][] = [];
  for (let part = 0; part < cell.parts; part++)
    if (spanInside(cell.rings[part]!, cell.corners[part]!, ax, ay, bx, by, span)) spans.push([span[0]!, span[1]!]);
  spans.sort((p, q) => p[0] - q[0]);
  let inside = 0;
  let reached = 0;
  for (const [from, to] of spans) {
    inside += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return inside;
}
