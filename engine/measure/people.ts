/** What is kept of each person between two frames or looks (by id), and of each row of the present frame. */
import type { Layout } from "../layout/layout.js";
import type { RunInfo } from "../run/records.js";
import type { Step } from "./crossings.js";

export interface People {
  /** Index into `Layout.sheets` of each of `RunInfo.sheets`. */
  readonly sheetOf: readonly number[];
  /** People of each group who came in. */
  readonly seen: number[];
  /** By row of the frame: measuring cell (-1 off the floor), set of areas, block of the pressure field. */
  cell: Int32Array;
  set: Int32Array;
  block: Int32Array;
  /** By id: number of the last frame the person was in, -2 before the first; and the set then. */
  readonly lastFrame: Int32Array;
  readonly lastSet: Int32Array;
  /** By id: when the person's position was last kept, s; negative before the first time. */
  readonly lastTime: Float64Array;
  /** Makes room for the rows of a frame. */
  reserve(count: number): void;
  /** The step of a person from the last position kept to a position; one object, overwritten by the next call. */
  stepTo(id: number, at: Standing): Step;
  /** Keeps the position of a person; `keep` does the same in a frame. */
  move(id: number, time: number, at: Standing): void;
  keep(id: number, frame: number, set: number, time: number, at: Standing): void;
}

export interface Standing {
  /** Index into `Layout.sheets`. */
  sheet: number;
  /** The cell itself, not the one that measures for it. */
  cell: number;
  x: number;
  y: number;
}

/** @throws Error when the run has a sheet that the layout does not have */
export function createPeople(layout: Pick<Layout, "sheets">, info: RunInfo): People {
  const { total } = info;
  const lastFrame = new Int32Array(total).fill(-2);
  const lastSet = new Int32Array(total);
  const lastTime = new Float64Array(total).fill(Number.NEGATIVE_INFINITY);
  const lastSheet = new Uint16Array(total);
  const lastX = new Float32Array(total);
  const lastY = new Float32Array(total);
  const step: Step = { fromSheet: 0, fromX: 0, fromY: 0, toSheet: 0, toCell: 0, toX: 0, toY: 0 };
  const people: People = {
    sheetOf: info.sheets.map((sheet) => {
      const found = layout.sheets.findIndex((s) => s.id === sheet.id);
      if (found < 0) throw new Error(`the run has a sheet "${sheet.id}" that the layout does not have`);
      return found;
    }),
    seen: info.groups.map(() => 0),
    cell: new Int32Array(0),
    set: new Int32Array(0),
    block: new Int32Array(0),
    lastFrame,
    lastSet,
    lastTime,
    reserve(count) {
      if (people.cell.length >= count) return;
      const room = Math.max(count, 2 * people.cell.length);
      people.cell = new Int32Array(room);
      people.set = new Int32Array(room);
      people.block = new Int32Array(room);
    },
    stepTo(id, at) {
      step.fromSheet = lastSheet[id]!;
      step.fromX = lastX[id]!;
      step.fromY = lastY[id]!;
      step.toSheet = at.sheet;
      step.toCell = at.cell;
      step.toX = at.x;
      step.toY = at.y;
      return step;
    },
    move(id, time, at) {
      lastTime[id] = time;
      lastSheet[id] = at.sheet;
      lastX[id] = at.x;
      lastY[id] = at.y;
    },
    keep(id, frame, set, time, at) {
      lastFrame[id] = frame;
      lastSet[id] = set;
      people.move(id, time, at);
    },
  };
  return people;
}
