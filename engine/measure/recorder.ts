/**
 * Turns the frames of a run into measures. Memory is bounded by the floor's area and the number of people, not by the run's length;
 * a frame of 20,000 people takes a few milliseconds.
 */
import { polygonsArea } from "../geometry/polygon.js";
import type { Layout } from "../layout/layout.js";
import type { Departure, Frame, Positions, RunInfo, RunResult } from "../run/records.js";
import type { Scenario } from "../scenario/scenario.js";
import { buildCells, cellAt } from "./cells.js";
import { createCompanions } from "./companions.js";
import { crossingTest } from "./crossings.js";
import { createDensity } from "./density.js";
import { createExposure } from "./exposure.js";
import { createLeaving } from "./leaving.js";
import { createCounters, lineMeasure, lineNow } from "./lines.js";
import { type DensityMap, type MeasureRow, type Measures, SITE } from "./measures.js";
import { createMoves } from "./moves.js";
import { createPeople, type Standing } from "./people.js";
import { measuredAreas } from "./places.js";
import { createPressure } from "./pressure.js";
import { measureRows } from "./rows.js";
import { areaNow, createSection, mapLimits, type Sums } from "./sections.js";
import { createSeries } from "./series.js";
import { serviceLimits } from "./service.js";
import type { Snapshot } from "./snapshot.js";
import { createQueue } from "./waits.js";
import { buildZones } from "./zones.js";

export interface Recorder {
  /** Frames in order of time. The snapshot holds until the next call. */
  frame(frame: Frame): Snapshot;
  /** Positions between two frames: crossings of lines are found along them. */
  paths(positions: Positions): void;
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
  const parts = createParts(options);
  const { counters, density, exposure, moves, people, pressure } = parts;
  return {
    frame(frame) {
      const { time } = frame;
      const gap = parts.frames === 0 ? 0 : time - parts.last;
      people.reserve(frame.count);
      pressure.clear();
      moves.open(time);
      for (const { flow } of counters.all) flow.open(time);
      depart(parts, frame.departures);
      parts.companions.depart(frame.departures);
      parts.companions.frame(frame);
      locate(parts, frame);
      density.frame(people.cell, frame.count, time);
      sumUp(parts, frame);
      exposure.close(time);
      parts.inside.add(time, frame.count);
      parts.waiting.add(time, frame.waiting);
      for (const state of frame.queues) parts.queues[state.queue]?.frame(state, time);
      const snapshot = snapshotOf(parts, frame, gap);
      parts.last = time;
      parts.lastSeen = time;
      parts.frames++;
      options.onRows?.(measureRows(snapshot));
      return snapshot;
    },
    paths: (positions) => followPaths(parts, positions),
    finish: (result) => finish(parts, options, result),
  };
}

type Parts = ReturnType<typeof createParts>;

const noSums = (): Sums => ({ count: 0, speed: 0, pressure: 0, pressed: 0 });

function createParts({ layout, scenario, info }: RecorderOptions) {
  const every_s = scenario.output_every_s;
  const { density_limit: limit, cell_m } = scenario.risk;
  const { areas, measured } = measuredAreas(layout, scenario);
  const cells = buildCells(layout, scenario.measure.cell_m);
  const zones = buildZones(cells, areas);
  const limits = mapLimits(scenario);
  const counters = createCounters(layout, scenario, info);
  return {
    cells,
    zones,
    areas,
    counters,
    /** Rank in the density maps from which people count as exposed. */
    riskRank: limits.indexOf(limit) + 1,
    density: createDensity({ layout, cells, limits, every_s }),
    exposure: createExposure({ layout, cells, zones, areas, limit, cell_m }),
    pressure: createPressure(layout),
    crossing: crossingTest(cells, counters.measured),
    queues: info.queues.map(({ name, servers }) => createQueue({ place: name, servers, every_s })),
    moves: createMoves({ zones, areas, groups: info.groups, exits: info.exits.map((exit) => exit.name) }),
    sections: areas.slice(0, measured).map((area) => createSection(area, scenario)),
    leaving: createLeaving(info.total),
    companions: createCompanions(info),
    inside: createSeries(every_s),
    waiting: createSeries(every_s),
    people: createPeople(layout, info),
    /** People in each area, and in all, of the present frame. */
    perArea: areas.map(noSums),
    site: noSums(),
    siteLimits: serviceLimits("walkway"),
    floor_m2: layout.sheets.reduce((sum, sheet) => sum + polygonsArea(sheet.regions), 0),
    standing: { sheet: 0, cell: 0, x: 0, y: 0 } satisfies Standing,
    /** Time of the last frame and of the last positions, s, and number of frames so far. */
    last: 0,
    lastSeen: Number.NaN,
    frames: 0,
  };
}

/** Who has left since the last frame: at their exit, and over lines on their last step. */
function depart(parts: Parts, departures: readonly Departure[]): void {
  const { counters, leaving, moves, people, last } = parts;
  for (const departure of departures) {
    const { id, exit } = departure;
    counters.exits[exit]?.flow.add(id, departure.time, 1);
    leaving.add(departure);
    const known = people.lastFrame[id] === parts.frames - 1 && parts.frames > 0;
    moves.left(known ? people.lastSet[id]! : 0, exit);
    if (people.lastTime[id]! < last) continue;
    place(parts, departure.sheet, departure.x, departure.y);
    cross(parts, id, departure.time);
  }
}

/** Puts a position into `parts.standing`. */
function place({ cells, people, standing }: Parts, sheet: number, x: number, y: number): void {
  standing.sheet = people.sheetOf[sheet]!;
  standing.x = x;
  standing.y = y;
  standing.cell = cellAt(cells.sheets[standing.sheet]!, x, y);
}

/** Counts the lines between the last position of a person and `parts.standing`, reached at a time, s. */
function cross({ counters, crossing, people, standing }: Parts, id: number, time: number): void {
  const from = people.lastTime[id]!;
  crossing(people.stepTo(id, standing), (line, share, direction) =>
    counters.lines[line]!.flow.add(id, from + share * Math.max(0, time - from), direction),
  );
}

function followPaths(parts: Parts, { time, count, id, x, y, sheet }: Positions): void {
  const { counters, lastSeen, people, standing } = parts;
  if (counters.lines.length === 0) return;
  for (const { flow } of counters.lines) flow.open(time);
  for (let i = 0; i < count; i++) {
    place(parts, sheet[i]!, x[i]!, y[i]!);
    if (people.lastTime[id[i]!] === lastSeen) cross(parts, id[i]!, time);
    people.move(id[i]!, time, standing);
  }
  parts.lastSeen = time;
}

/** Cells, sets, moves between areas and crossings of everybody in the frame. */
function locate(parts: Parts, frame: Frame): void {
  const { cells, frames, moves, people, pressure, standing, zones } = parts;
  for (let i = 0; i < frame.count; i++) {
    const id = frame.id[i]!;
    place(parts, frame.sheet[i]!, frame.x[i]!, frame.y[i]!);
    const { sheet, cell, x, y } = standing;
    const set = zones.setAt(cell, x, y);
    people.cell[i] = cells.owner[cell]!;
    people.set[i] = set;
    people.block[i] = pressure.add(sheet, x, y, frame.vx[i]!, frame.vy[i]!);
    if (people.lastFrame[id] === frames - 1 && frames > 0) {
      if (people.lastSet[id] !== set) moves.moved(people.lastSet[id]!, set);
    } else {
      if (people.lastFrame[id] === -2) people.seen[frame.group[i]!]!++;
      // Who is there at the start has not come in.
      if (frames > 0) moves.entered(frame.group[i]!, set);
    }
    if (people.lastTime[id] === parts.lastSeen) cross(parts, id, frame.time);
    people.keep(id, frames, set, frame.time, standing);
  }
}

/** Sums per area; needs all people in the pressure field and in the density maps. */
function sumUp(parts: Parts, frame: Frame): void {
  const { density, exposure, people, perArea, pressure, riskRank, site, zones } = parts;
  for (const sums of [site, ...perArea]) Object.assign(sums, noSums());
  for (let i = 0; i < frame.count; i++) {
    const [vx, vy] = [frame.vx[i]!, frame.vy[i]!];
    const speed = Math.sqrt(vx * vx + vy * vy);
    const local = pressure.at(people.block[i]!);
    const set = people.set[i]!;
    addTo(site, speed, local);
    for (const a of zones.sets[set]!) addTo(perArea[a]!, speed, local);
    const cell = people.cell[i]!;
    if (cell >= 0 && density.rank[cell]! >= riskRank) exposure.add(cell, set);
  }
}

function addTo(sums: Sums, speed: number, local: number): void {
  sums.count++;
  sums.speed += speed;
  if (local < 0) return;
  sums.pressure += local;
  sums.pressed++;
}

function snapshotOf(parts: Parts, frame: Frame, gap: number): Snapshot {
  const { time } = frame;
  return {
    time,
    asked: frame.asked,
    waiting: frame.waiting,
    inside: frame.count,
    left: frame.left,
    site: areaNow(SITE, parts.floor_m2, parts.site, parts.siteLimits),
    areas: parts.sections.map((section, a) => section.frame(parts.perArea[a]!, time, gap)),
    lines: parts.counters.all.map((counter) => lineNow(counter, time)),
    queues: parts.queues.map((queue) => queue.now()),
    streams: (place) => parts.moves.around(place === SITE ? -1 : parts.areas.findIndex((area) => area.place === place), time),
  };
}

function finish(parts: Parts, { scenario, info }: RecorderOptions, result: RunResult) {
  const { density, people } = parts;
  const { maps, peak, peakAt } = density.finish(parts.last);
  // As the scenario says; where an inflow was stopped, those of the group who came in.
  const asked = result.asked === info.total ? scenario.people.map((group) => group.count) : people.seen;
  const { all, groups } = parts.leaving.finish(result.asked, asked);
  const measures: Measures = {
    duration_s: result.simulated_s,
    asked: result.asked,
    left: result.left,
    inside: parts.inside.finish(),
    waiting: parts.waiting.finish(),
    clearing: all,
    clearing_by_group: Object.fromEntries(info.groups.map((name, g) => [name, groups[g]!])),
    sections: parts.sections.map((section) => section.finish()),
    lines: parts.counters.all.map((counter) => lineMeasure(counter, parts.last)),
    queues: parts.queues.map((queue) => queue.finish()),
    social_groups: parts.companions.finish(),
    exposure: parts.exposure.finish({ peak, peakAt, above: (cell) => density.above(parts.riskRank - 1, cell) }),
  };
  return { measures, maps };
}
