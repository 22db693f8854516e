/** Puts people in: at the start at random without overlap, later as they arrive and as there is room. Nobody is squeezed in or lost. */
import { MusterError, type Problem } from "../errors.js";
import { type Random, stream } from "../random.js";
import { wallDistance } from "../world/areas.js";
import { binAt, type Entry, nodeAt } from "../world/world.js";
import { RESTING, reserve, sortByBin } from "./agents.js";
import { inSight, walkingTime } from "./direction.js";
import { DOING } from "./people.js";
import { nextStage } from "./routes.js";
import { pick } from "./shares.js";
import { type Crowd, createOutput } from "./state.js";

/** Tries per person at the start, and per waiting person and step later. */
const START_TRIES = 400;
const ENTRY_TRIES = 4;
/** People named one by one in a notice. */
const NAMED = 10;
/** People who may try to enter by one group in one step. */
const MOST_ENTRIES = 20;

/** One arrival asked for: when, who. */
export interface ArrivalPlan {
  /** Sorted by time, then id. */
  readonly times: Float64Array;
  readonly ids: Int32Array;
  next: number;
}

/** Places everybody who is there from the start; throws SCENARIO_INVALID with asked and placed numbers when they do not fit. */
export function placeStart(crowd: Crowd): string[] {
  const { world, people } = crowd;
  const problems: Problem[] = [];
  const notices: string[] = [];
  const grid = createHash(crowd);
  let id = 0;
  world.groups.forEach((group) => {
    let placed = 0;
    const lost: string[] = [];
    for (let k = 0; k < group.count; k++, id++) {
      if (group.arrivals) continue;
      const agent = group.agents[k];
      const spot = agent ?? startSpot(crowd, group.start, id, grid);
      if (!spot) continue;
      placed++;
      grid.add(spot.x, spot.y, spot.sheet, people.radius[id]!);
      if (!insert(crowd, id, spot.x, spot.y, spot.sheet))
        lost.push(`person ${id}, ${(2 * people.radius[id]!).toFixed(2)} m wide, at (${spot.x.toFixed(2)}, ${spot.y.toFixed(2)})`);
    }
    if (!group.arrivals && placed < group.count)
      problems.push({
        place: group.name,
        message: `asked ${group.count} people, placed ${placed}: no room for more in ${group.start.map((e) => e.name).join(", ")}`,
        value: group.count,
        limit: placed,
      });
    if (lost.length > 0)
      notices.push(
        `${group.name}: ${lost.length} of ${placed} people cannot get where they are sent and stay: ${lost.slice(0, NAMED).join("; ")}${lost.length > NAMED ? "; …" : ""}`,
      );
  });
  if (problems.length > 0) throw new MusterError("SCENARIO_INVALID", problems);
  sortByBin(crowd.agents);
  crowd.asked = crowd.agents.count;
  return notices;
}

/** A spot near a companion who has one, else anywhere. */
function startSpot(crowd: Crowd, entries: readonly Entry[], id: number, grid: Hash): Spot | null {
  const { people, seed } = crowd;
  const radius = people.radius[id]!;
  const near = (spot: Spot): boolean => grid.free(spot.x, spot.y, spot.sheet, radius);
  const beside = spotBeside(crowd, entries, id, START_TRIES / 4, stream(seed, "start-beside", id), near);
  return beside ?? randomSpot(crowd, entries, radius, stream(seed, "start-place", id), grid);
}

/** Companions are put in within this distance of each other first, then further away, m. */
const BESIDE = 1;
const BESIDE_MOST = 4;

/** A free spot of the entries beside a companion who is inside; null where there is no companion or no room. */
function spotBeside(
  crowd: Crowd,
  entries: readonly Entry[],
  id: number,
  tries: number,
  random: Random,
  isClear: (spot: Spot) => boolean,
): Spot | null {
  const { people, agents, world } = crowd;
  const group = crowd.social[people.social[id]!];
  const companion = group?.members.find((other) => agents.slotOf[other]! >= 0);
  if (companion === undefined) return null;
  const { x: X, y: Y, sheet: sheets } = agents.now;
  const i = agents.slotOf[companion]!;
  const sheet = sheets[i]!;
  for (let k = 0; k < tries; k++) {
    const reach = BESIDE + (k / tries) * (BESIDE_MOST - BESIDE);
    const x = Math.fround(X[i]! + (2 * random.next() - 1) * reach);
    const y = Math.fround(Y[i]! + (2 * random.next() - 1) * reach);
    const node = nodeAt(world, sheet, x, y);
    if (node < 0 || !entries.some((entry) => entry.nodes.includes(node))) continue;
    if (world.nearWall[node] === 1 && wallDistance(world, sheet, x, y) < people.radius[id]!) continue;
    const spot = { x, y, sheet };
    if (isClear(spot) && inSight(crowd, i, x, y)) return spot;
  }
  return null;
}

/** Draws all arrival times of all groups: uniform at random inside each interval. Companions come with the first of their social group. */
export function planArrivals(crowd: Crowd): ArrivalPlan {
  const { world, seed } = crowd;
  const list: { time: number; id: number }[] = [];
  let id = 0;
  world.groups.forEach((group, g) => {
    const random = stream(seed, "arrival-time", g);
    if (group.arrivals) {
      const times = group.arrivals.intervals.flatMap(({ from_s, to_s, count }) =>
        Array.from({ length: count }, () => from_s + random.next() * (to_s - from_s)),
      );
      times.sort((a, b) => a - b);
      times.forEach((time, k) => {
        list.push({ time, id: id + k });
      });
    }
    id += group.count;
  });
  const timeOf = new Map(list.map((arrival) => [arrival.id, arrival.time]));
  for (const arrival of list) arrival.time = timeOf.get(crowd.people.leader[arrival.id]!) ?? arrival.time;
  list.sort((a, b) => a.time - b.time || a.id - b.id);
  return { times: Float64Array.from(list, (a) => a.time), ids: Int32Array.from(list, (a) => a.id), next: 0 };
}

/** Lets due arrivals in where there is room. @param stopped groups whose inflow has been stopped */
export function admit(crowd: Crowd, plan: ArrivalPlan, stopped: ReadonlySet<number>): void {
  const { world, people, seed } = crowd;
  while (plan.next < plan.times.length && plan.times[plan.next]! <= crowd.time) {
    const id = plan.ids[plan.next++]!;
    const g = people.group[id]!;
    if (stopped.has(g)) continue;
    crowd.waiting[g]!.push(id);
    crowd.asked++;
  }
  let changed = false;
  world.groups.forEach((group, g) => {
    const line = crowd.waiting[g]!;
    if (line.length === 0 || !group.arrivals) return;
    const { entries } = group.arrivals;
    const shares = entries.map((e) => e.share);
    const tries = Math.min(line.length, MOST_ENTRIES);
    const kept: number[] = [];
    for (let k = 0; k < tries; k++) {
      const id = line[k]!;
      const entry = entries[pick(shares, stream(seed, "entry", people.leader[id]!).next())]!;
      const shut = entry.gate >= 0 && crowd.gates.open[entry.gate] === 0;
      const spot = shut ? null : entrySpot(crowd, entry, id);
      if (!spot) {
        kept.push(id);
        continue;
      }
      insert(crowd, id, spot.x, spot.y, entry.sheet);
      changed = true;
    }
    line.splice(0, tries, ...kept);
  });
  if (changed) sortByBin(crowd.agents);
}

interface Spot {
  x: number;
  y: number;
  sheet: number;
}

function drawSpot(crowd: Crowd, entry: Entry, radius: number, random: Random): Spot | null {
  const { world } = crowd;
  if (entry.nodes.length === 0) return null;
  const node = entry.nodes[random.int(entry.nodes.length)]!;
  const x = Math.fround(world.nodeX[node]! + (random.next() - 0.5) * world.cell);
  const y = Math.fround(world.nodeY[node]! + (random.next() - 0.5) * world.cell);
  const sheet = world.nodeSheet[node]!;
  if (world.nearWall[node] === 1 && wallDistance(world, sheet, x, y) < radius) return null;
  return { x, y, sheet };
}

function randomSpot(crowd: Crowd, entries: readonly Entry[], radius: number, random: Random, grid: Hash): Spot | null {
  const nodes = entries.map((e) => e.nodes.length);
  for (let k = 0; k < START_TRIES; k++) {
    const entry = entries[pick(nodes, random.next())]!;
    const spot = drawSpot(crowd, entry, radius, random);
    if (spot && grid.free(spot.x, spot.y, spot.sheet, radius)) return spot;
  }
  return null;
}

/** A free place at an entry, beside a companion who is inside where there is one. */
function entrySpot(crowd: Crowd, entry: Entry, id: number): Spot | null {
  const { people, seed, time } = crowd;
  const radius = people.radius[id]!;
  const now = Math.round(time * 1000);
  const beside = spotBeside(crowd, [entry], id, ENTRY_TRIES, stream(seed, `entry-beside/${now}`, id), (spot) =>
    isFree(crowd, spot, radius),
  );
  return beside ?? roomAt(crowd, entry, radius, stream(seed, `entry-place/${now}`, id));
}

/** A free place at an entry among the people inside now, or null. Bodies must not touch. */
function roomAt(crowd: Crowd, entry: Entry, radius: number, random: Random): Spot | null {
  for (let k = 0; k < ENTRY_TRIES; k++) {
    const spot = drawSpot(crowd, entry, radius, random);
    if (spot && isFree(crowd, spot, radius)) return spot;
  }
  return null;
}

function isFree(crowd: Crowd, spot: Spot, radius: number): boolean {
  const { agents, world } = crowd;
  const grid = world.sheets[spot.sheet]!;
  const bin = binAt(grid, spot.x, spot.y);
  const bank = agents.now;
  const clear = (i: number): boolean => {
    const dx = bank.x[i]! - spot.x;
    const dy = bank.y[i]! - spot.y;
    const need = radius + bank.radius[i]!;
    return bank.sheet[i] !== spot.sheet || dx * dx + dy * dy >= need * need;
  };
  for (let row = bin - grid.bnx; row <= bin + grid.bnx; row += grid.bnx)
    for (let i = agents.binStart[row - 1]!; i < agents.binStart[row + 2]!; i++) if (!clear(i)) return false;
  // People let in during this step stand behind the sorted ones.
  for (let i = agents.binStart[agents.movers.length]!; i < agents.count; i++) if (!clear(i)) return false;
  return true;
}

/** Whoever is near a newcomer looks around anew: their lists do not hold the newcomer. */
function noticed(crowd: Crowd, sheet: number, bin: number): void {
  const { agents, world } = crowd;
  const { binStart, now, stale } = agents;
  const columns = world.sheets[sheet]!.bnx;
  const mark = (from: number, to: number): void => {
    for (let i = binStart[from]!; i < binStart[to]!; i++) if (now.look[i]! >= 0) stale[now.look[i]!] = 1;
  };
  for (let row = bin - columns; row <= bin + columns; row += columns) mark(row - 1, row + 2);
  const { start, bins } = world.seams;
  for (let k = start[bin]!; k < start[bin + 1]!; k++) mark(bins[k]!, bins[k]! + 1);
}

/** Adds one person and starts their journey; false when their first way is cut off. */
function insert(crowd: Crowd, id: number, x: number, y: number, sheet: number): boolean {
  const { agents, people, world } = crowd;
  if (agents.count === agents.capacity) {
    reserve(agents, agents.count + 1);
    const { minCoreGap, wallLimited } = crowd.out;
    crowd.out = { ...createOutput(agents.capacity), minCoreGap, wallLimited };
  }
  const i = agents.count++;
  const bank = agents.now;
  bank.x[i] = x;
  bank.y[i] = y;
  bank.vx[i] = bank.vy[i] = bank.hx[i] = bank.hy[i] = bank.ex[i] = bank.ey[i] = 0;
  bank.wish[i] = bank.stuck[i] = 0;
  bank.phi[i] = Infinity;
  bank.radius[i] = people.radius[id]!;
  bank.gapFactor[i] = people.gapFactor[id]!;
  bank.singleFile[i] = people.singleFile[id]!;
  bank.id[i] = id;
  bank.sheet[i] = sheet;
  bank.bin[i] = binAt(world.sheets[sheet]!, bank.x[i]!, bank.y[i]!);
  bank.field[i] = -1;
  bank.mode[i] = RESTING;
  bank.facing[i] = 0;
  bank.look[i] = -1;
  noticed(crowd, sheet, bank.bin[i]!);
  agents.slotOf[id] = i;
  people.doing[id] = DOING.PRE_MOVEMENT;
  const delay = people.until[id]!;
  people.until[id] = crowd.time + delay;
  if (delay > 0) return firstWayOpen(crowd, i, id);
  nextStage(crowd, i, id);
  return people.destination[id]! < 0 || walkingTime(crowd, i, id, people.destination[id]!) < Infinity;
}

function firstWayOpen(crowd: Crowd, i: number, id: number): boolean {
  const stage = crowd.world.groups[crowd.people.group[id]!]!.stages[0];
  if (!stage || stage.kind === "queue") return true;
  const destinations = stage.kind === "go" || stage.kind === "stay" ? [stage.destination] : stage.destinations;
  return destinations.some((d) => walkingTime(crowd, i, id, d) < Infinity);
}

interface Hash {
  add(x: number, y: number, sheet: number, radius: number): void;
  free(x: number, y: number, sheet: number, radius: number): boolean;
}

/** People placed so far, by bin of the neighbour grid. */
function createHash(crowd: Crowd): Hash {
  const { world } = crowd;
  const bins = new Map<number, { x: number; y: number; radius: number }[]>();
  return {
    add(x, y, sheet, radius) {
      const bin = binAt(world.sheets[sheet]!, x, y);
      const list = bins.get(bin) ?? [];
      list.push({ x, y, radius });
      bins.set(bin, list);
    },
    free(x, y, sheet, radius) {
      const grid = world.sheets[sheet]!;
      const bin = binAt(grid, x, y);
      for (let row = bin - grid.bnx; row <= bin + grid.bnx; row += grid.bnx)
        for (let b = row - 1; b <= row + 1; b++)
          for (const other of bins.get(b) ?? []) {
            const need = radius + other.radius;
            if ((other.x - x) * (other.x - x) + (other.y - y) * (other.y - y) < need * need) return false;
          }
      return true;
    },
  };
}
