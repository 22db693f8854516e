/**
 * Turns the frames of a run into measures. Memory is bounded by the floor's area and the number of people, not by the run's length;
 * a frame of 20,000 people takes a few milliseconds (bench).
 */
import { polygonsArea } from "../geometry/polygon.js";
import type { Layout } from "../layout/layout.js";
import type { Departure, Frame, RunInfo, RunResult } from "../run/records.js";
import type { Scenario } from "../scenario/scenario.js";
import { buildCells, cellAt } from "./cells.js";
import { crossingTest, type Step } from "./crossings.js";
import { createDensity } from "./density.js";
import { createExposure } from "./exposure.js";
import { createLeaving } from "./leaving.js";
import { createCounters, lineMeasure, lineNow } from "./lines.js";
import type { DensityMap, MeasureRow, Measures } from "./measures.js";
import { createMoves, type Streams } from "./moves.js";
import { areaOn, type MeasuredArea, measuredArea } from "./places.js";
import { createPressure } from "./pressure.js";
import { measureRows } from "./rows.js";
import { areaNow, createSection, mapLimits, type Sums } from "./sections.js";
import { createSeries } from "./series.js";
import { serviceLimits } from "./service.js";
import type { Snapshot } from "./snapshot.js";
import { createQueue } from "./waits.js";
import { buildZones } from "./zones.js";

/** Rules and rows may name everybody inside by this word. */
export const SITE = "site";

export interface Recorder {
  /** Frames in order of time. The snapshot holds until the next call. */
  frame(frame: Frame): Snapshot;
  finish(result: RunResult): { measures: Measures; maps: DensityMap[] };
}

export interface RecorderOptions {
  layout: Layout;
  scenario: Scenario;
  info: RunInfo;
  /** Called once per frame with every value at its time. */
  onRows?: (rows: MeasureRow[]) => void;
}

/** @throws MusterError SCENARIO_INVALID when the scenario names a place that the layout does not have */
export function createRecorder(options: RecorderOptions): Recorder {
  const { layout, scenario, info, onRows } = options;
  const every_s = scenario.output_every_s;
  const { areas, measured } = measuredAreas(layout, scenario);
  const cells = buildCells(layout, scenario.measure.cell_m);
  const zones = buildZones(cells, areas);
  const limits = mapLimits(scenario);
  const risk = { limit: scenario.risk.density_limit, cell_m: scenario.risk.cell_m };
  const riskRank = limits.indexOf(risk.limit) + 1;
  const density = createDensity({ layout, cells, limits, every_s });
  const exposure = createExposure({ layout, cells, zones, areas, ...risk });
  const pressure = createPressure(layout);
  const counters = createCounters(layout, scenario, info);
  const crossing = crossingTest(cells, counters.measured);
  const queues = info.queues.map(({ name, servers }) => createQueue({ place: name, servers, every_s }));
  const moves = createMoves({ zones, areas, groups: info.groups, exits: info.exits.map((exit) => exit.name) });
  const sections = areas.slice(0, measured).map((area) => createSection(area, scenario));
  const leaving = createLeaving(info.total);
  const [inside, waiting] = [createSeries(every_s), createSeries(every_s)];
  const floor_m2 = layout.sheets.reduce((sum, sheet) => sum + polygonsArea(sheet.regions), 0);
  const siteLimits = serviceLimits("walkway");
  const people = createPeople(layout, info);
  const perArea = areas.map((): Sums => ({ count: 0, speed: 0, pressure: 0, pressed: 0 }));
  const site: Sums = { count: 0, speed: 0, pressure: 0, pressed: 0 };
  let last = 0;
  let frames = 0;

  /** Cells, sets, moves between areas and crossings of everybody in the frame. */
  const locate = (frame: Frame, gap: number): void => {
    const { step } = people;
    const cross = (line: number, share: number, direction: 1 | -1): void =>
      counters.lines[line]!.flow.add(step.id, last + share * gap, direction);
    for (let i = 0; i < frame.count; i++) {
      const id = frame.id[i]!;
      const sheet = people.sheetOf[frame.sheet[i]!]!;
      const [x, y] = [frame.x[i]!, frame.y[i]!];
      const raw = cellAt(cells.sheets[sheet]!, x, y);
      const set = zones.setAt(raw, x, y);
      people.cell[i] = cells.owner[raw]!;
      people.set[i] = set;
      people.block[i] = pressure.add(sheet, x, y, frame.vx[i]!, frame.vy[i]!);
      if (people.lastFrame[id] === frames - 1 && frames > 0) {
        if (people.lastSet[id] !== set) moves.moved(people.lastSet[id]!, set);
        people.stepTo(id, sheet, raw, x, y);
        crossing(step, cross);
      } else {
        if (people.lastFrame[id] === -2) people.seen[frame.group[i]!]!++;
        // Who is there at the start has not come in.
        if (frames > 0) moves.entered(frame.group[i]!, set);
      }
      people.keep(id, frames, sheet, raw, set, x, y);
    }
  };

  /** Who has left since the last frame: at their exit, and over lines on their last step. */
  const depart = (departures: readonly Departure[], time: number): void => {
    const { step } = people;
    for (const departure of departures) {
      const { id, exit } = departure;
      counters.exits[exit]?.flow.add(id, departure.time, 1);
      leaving.add(departure);
      const known = people.lastFrame[id] === frames - 1 && frames > 0;
      moves.left(known ? people.lastSet[id]! : 0, exit);
      if (!known) continue;
      const sheet = people.sheetOf[departure.sheet]!;
      people.stepTo(id, sheet, cellAt(cells.sheets[sheet]!, departure.x, departure.y), departure.x, departure.y);
      crossing(step, (line, share, direction) =>
        counters.lines[line]!.flow.add(id, Math.min(time, last + share * Math.max(0, departure.time - last)), direction),
      );
    }
  };

  const sum = (frame: Frame): void => {
    for (const sums of [site, ...perArea]) sums.count = sums.speed = sums.pressure = sums.pressed = 0;
    for (let i = 0; i < frame.count; i++) {
      const [vx, vy] = [frame.vx[i]!, frame.vy[i]!];
      const speed = Math.sqrt(vx * vx + vy * vy);
      const local = pressure.at(people.block[i]!);
      addTo(site, speed, local);
      for (const a of zones.sets[people.set[i]!]!) addTo(perArea[a]!, speed, local);
      const cell = people.cell[i]!;
      if (cell >= 0 && density.rank[cell]! >= riskRank) exposure.add(cell, people.set[i]!);
    }
  };

  return {
    frame(frame) {
      const { time } = frame;
      const gap = frames === 0 ? 0 : time - last;
      people.reserve(frame.count);
      pressure.clear();
      moves.open(time);
      for (const { flow } of [...counters.exits, ...counters.lines]) flow.open(time);
      depart(frame.departures, time);
      locate(frame, gap);
      density.frame(people.cell, frame.count, time);
      sum(frame);
      exposure.close(time);
      inside.add(time, frame.count);
      waiting.add(time, frame.waiting);
      for (const state of frame.queues) queues[state.queue]?.frame(state, time);
      const snapshot: Snapshot = {
        time,
        asked: frame.asked,
        waiting: frame.waiting,
        inside: frame.count,
        left: frame.left,
        site: areaNow(SITE, floor_m2, site, siteLimits),
        areas: sections.map((section, a) => section.frame(perArea[a]!, time, gap)),
        lines: [...counters.exits, ...counters.lines].map((counter) => lineNow(counter, time)),
        queues: queues.map((queue) => queue.now()),
        streams: (place): Streams => moves.around(place === SITE ? -1 : areas.findIndex((area) => area.place === place), time),
      };
      last = time;
      frames++;
      onRows?.(measureRows(snapshot));
      return snapshot;
    },
    finish(result) {
      const { maps, peak, peakAt } = density.finish(last);
      const all = leaving.finish(result.asked, askedByGroup(scenario, info, result, people));
      const above = (cell: number): number => density.above(riskRank - 1, cell);
      const measures: Measures = {
        duration_s: result.simulated_s,
        asked: result.asked,
        left: result.left,
        inside: inside.finish(),
        waiting: waiting.finish(),
        clearing: all.all,
        clearing_by_group: Object.fromEntries(info.groups.map((name, g) => [name, all.groups[g]!])),
        sections: sections.map((section) => section.finish()),
        lines: [...counters.exits, ...counters.lines].map((counter) => lineMeasure(counter, last)),
        queues: queues.map((queue) => queue.finish()),
        exposure: exposure.finish({ peak, peakAt, above }),
      };
      return { measures, maps };
    },
  };
}

function addTo(sums: Sums, speed: number, local: number): void {
  sums.count++;
  sums.speed += speed;
  if (local < 0) return;
  sums.pressure += local;
  sums.pressed++;
}

/** Measured areas of the scenario first (`measured` of them), then the layout's other sections, which only the risk map shows. */
function measuredAreas(layout: Layout, scenario: Scenario): { areas: MeasuredArea[]; measured: number } {
  const ruled = scenario.warnings.filter((r) => r.place !== SITE && r.scheme !== "flow" && r.scheme !== "queue");
  const names = new Set([...scenario.measure.sections, ...ruled.map((rule) => rule.place)]);
  const own = [...names].flatMap((name) => measuredArea(layout, scenario, name) ?? []);
  const others = layout.sections
    .filter((section) => !names.has(section.id) && !names.has(section.name))
    .map((section) => areaOn(layout, { place: section.name || section.id, level: section.level, polygons: section.polygons }));
  return { areas: [...own, ...others], measured: own.length };
}

/** People asked for by group: as the scenario says; where an inflow was stopped, those of the group who came in. */
function askedByGroup(scenario: Scenario, info: RunInfo, result: RunResult, people: People): number[] {
  if (result.asked === info.total) return scenario.people.map((group) => group.count);
  return info.groups.map((_, g) => people.seen[g]!);
}

type People = ReturnType<typeof createPeople>;

/** What is kept of each person (by id) between two frames, and columns of the present frame (by its rows). */
function createPeople(layout: Layout, info: RunInfo) {
  const { total } = info;
  const lastFrame = new Int32Array(total).fill(-2);
  const lastSet = new Int32Array(total);
  const lastSheet = new Uint16Array(total);
  const lastCell = new Int32Array(total);
  const lastX = new Float32Array(total);
  const lastY = new Float32Array(total);
  const step: Step & { id: number } = {
    id: 0,
    fromSheet: 0,
    fromCell: 0,
    fromX: 0,
    fromY: 0,
    toSheet: 0,
    toCell: 0,
    toX: 0,
    toY: 0,
  };
  return {
    /** Index into `Layout.sheets` of each of `RunInfo.sheets`. */
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
    step,
    reserve(count: number) {
      if (this.cell.length >= count) return;
      const room = Math.max(count, 2 * this.cell.length);
      this.cell = new Int32Array(room);
      this.set = new Int32Array(room);
      this.block = new Int32Array(room);
    },
    stepTo(id: number, sheet: number, cell: number, x: number, y: number) {
      step.id = id;
      step.fromSheet = lastSheet[id]!;
      step.fromCell = lastCell[id]!;
      step.fromX = lastX[id]!;
      step.fromY = lastY[id]!;
      step.toSheet = sheet;
      step.toCell = cell;
      step.toX = x;
      step.toY = y;
    },
    keep(id: number, frame: number, sheet: number, cell: number, set: number, x: number, y: number) {
      lastFrame[id] = frame;
      lastSet[id] = set;
      lastSheet[id] = sheet;
      lastCell[id] = cell;
      lastX[id] = x;
      lastY[id] = y;
    },
  };
}
