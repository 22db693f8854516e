/** Writes the state of the crowd as frames, sorted by id. */

import { WALKING } from "../crowd/agents.js";
import { DOING } from "../crowd/people.js";
import type { Crowd } from "../crowd/state.js";
import type { Frame, QueueState, RunInfo, RunSink } from "./records.js";

export interface Frames {
  readonly info: RunInfo;
  write(): void;
}

/** Slower than this before a full queue counts as waiting, m/s. */
const STOPPED = 0.3;

export function createFrames(crowd: Crowd, sink: RunSink): Frames {
  const { world, people } = crowd;
  const info: RunInfo = {
    sheets: world.sheets.map(({ id, name, level }) => ({ id, name, level })),
    exits: world.exits.map(({ name, width_m }) => ({ name, width_m })),
    queues: world.queues.map((queue) => ({ name: queue.name, servers: queue.lanes.length })),
    groups: world.groups.map((g) => g.name),
    social:
      crowd.social.length === 0
        ? null
        : {
            of: people.social,
            pools: crowd.social.map(({ members }) => world.groups[people.group[members[0]!]!]!.social!.pool), // drawn from it
          },
    total: people.total,
  };
  let columns = createColumns(Math.max(1, crowd.agents.count));
  let index = 0;
  return {
    info,
    write() {
      const { agents } = crowd;
      if (columns.id.length < agents.count) columns = createColumns(agents.capacity);
      const bank = agents.now;
      let n = 0;
      for (let id = 0; id < people.total; id++) {
        const i = agents.slotOf[id]!;
        if (i < 0) continue;
        columns.id[n] = id;
        columns.x[n] = bank.x[i]!;
        columns.y[n] = bank.y[i]!;
        columns.vx[n] = bank.vx[i]!;
        columns.vy[n] = bank.vy[i]!;
        columns.sheet[n] = bank.sheet[i]!;
        columns.group[n] = people.group[id]!;
        n++;
      }
      const departures = crowd.leavers.sort((a, b) => a.time - b.time || a.id - b.id);
      const frame: Frame = {
        index: index++,
        time: crowd.time,
        count: n,
        ...columns,
        asked: crowd.asked,
        waiting: crowd.waiting.reduce((sum, line) => sum + line.length, 0),
        left: crowd.left,
        departures,
        queues: queueStates(crowd),
      };
      sink.frame(frame);
      crowd.leavers = [];
      for (const queue of crowd.queues) queue.waits = [];
    },
  };
}

type Columns = Pick<Frame, "id" | "x" | "y" | "vx" | "vy" | "sheet" | "group">;

function createColumns(capacity: number): Columns {
  return {
    id: new Uint32Array(capacity),
    x: new Float32Array(capacity),
    y: new Float32Array(capacity),
    vx: new Float32Array(capacity),
    vy: new Float32Array(capacity),
    sheet: new Uint16Array(capacity),
    group: new Uint16Array(capacity),
  };
}

function queueStates(crowd: Crowd): QueueState[] {
  const { agents, people } = crowd;
  const stopped = new Int32Array(crowd.queues.length);
  if (stopped.length > 0) {
    const bank = agents.now;
    for (let i = 0; i < agents.count; i++) {
      const id = bank.id[i]!;
      const q = people.queue[id]!;
      if (q < 0 || people.doing[id] !== DOING.GOING || bank.mode[i] !== WALKING) continue;
      if (bank.vx[i]! * bank.vx[i]! + bank.vy[i]! * bank.vy[i]! < STOPPED * STOPPED) stopped[q]!++;
    }
  }
  return crowd.queues.map((work, queue) => {
    const inLanes = work.lanes.reduce((sum, lane) => sum + lane.line.length, 0);
    const beingServed = work.lanes.reduce((sum, lane) => sum + (lane.serving >= 0 ? 1 : 0), 0);
    return { queue, waiting: inLanes - beingServed + stopped[queue]!, beingServed, served: work.served, waits: work.waits };
  });
}
