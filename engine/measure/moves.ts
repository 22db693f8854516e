/**
 * Who comes from where and goes where: people who change their set of measured areas, enter or leave, over the last half minute to
 * minute. Answers "where does the inflow come from" when a warning is given.
 */
import type { Zones } from "./zones.js";

/** Rates are over the last full slot and the one that runs. s */
const SLOT_S = 30;
const ENTRY = 2 ** 24;
const EXIT = 2 ** 25;

export interface Stream {
  /** Area, exit or group; "elsewhere" for the rest of the site. */
  readonly name: string;
  readonly kind: "area" | "exit" | "arrivals" | "elsewhere";
  /** persons/s */
  readonly rate: number;
}

export interface Streams {
  readonly inflow: number;
  readonly outflow: number;
  /** Largest first. */
  readonly from: readonly Stream[];
  readonly to: readonly Stream[];
}

export interface Moves {
  /** To be called first in each frame. */
  open(time: number): void;
  entered(group: number, set: number): void;
  moved(from: number, to: number): void;
  left(set: number, exit: number): void;
  /** Of an area (index into the areas), or of the site (-1). persons/s */
  around(area: number, time: number): Streams;
}

interface Count {
  readonly from: number;
  readonly to: number;
  now: number;
  before: number;
}

/** @param options.areas name and floor of each measured area, as in `zones.sets` */
export function createMoves(options: {
  zones: Pick<Zones, "sets">;
  areas: readonly { place: string; area_m2: number }[];
  groups: readonly string[];
  exits: readonly string[];
}): Moves {
  const { zones, areas, groups, exits } = options;
  const counts = new Map<number, Count>();
  let slot = 0;
  const add = (from: number, to: number): void => {
    const key = from * 2 ** 26 + to;
    const count = counts.get(key);
    if (count) count.now++;
    else counts.set(key, { from, to, now: 1, before: 0 });
  };
  const has = (code: number, area: number): boolean =>
    area < 0 ? code < ENTRY : code < ENTRY && zones.sets[code]!.includes(area);
  /** The most exact name of the other end: the smallest area there that is not also here. */
  const nameOf = (code: number, here: number): { name: string; kind: Stream["kind"] } => {
    if (code >= EXIT) return { name: exits[code - EXIT] ?? "an exit", kind: "exit" };
    if (code >= ENTRY) return { name: groups[code - ENTRY] ?? "arrivals", kind: "arrivals" };
    const there = zones.sets[code]!;
    const both = here < ENTRY ? zones.sets[here]! : [];
    const own = there.filter((a) => !both.includes(a));
    const best = (own.length > 0 ? own : there).reduce((a, b) => (a < 0 || areas[b]!.area_m2 < areas[a]!.area_m2 ? b : a), -1);
    return best < 0 ? { name: "elsewhere", kind: "elsewhere" } : { name: areas[best]!.place, kind: "area" };
  };
  return {
    open(time) {
      // Moves of a frame happened before it: a frame at the border of two slots belongs to the first.
      const now = Math.max(0, Math.ceil(time / SLOT_S - 1e-9) - 1);
      if (now === slot) return;
      for (const count of counts.values()) {
        count.before = now === slot + 1 ? count.now : 0;
        count.now = 0;
      }
      slot = now;
    },
    entered: (group, set) => add(ENTRY + group, set),
    moved: add,
    left: (set, exit) => add(set, EXIT + exit),
    around(area, time) {
      const seconds = Math.max(1, time - Math.max(0, slot - 1) * SLOT_S);
      const from = new Map<string, Stream>();
      const to = new Map<string, Stream>();
      for (const count of counts.values()) {
        const rate = (count.now + count.before) / seconds;
        const leaves = has(count.from, area);
        const arrives = has(count.to, area);
        if (rate === 0 || leaves === arrives) continue;
        const [list, { name, kind }] = arrives ? [from, nameOf(count.from, count.to)] : [to, nameOf(count.to, count.from)];
        list.set(`${kind} ${name}`, { name, kind, rate: rate + (list.get(`${kind} ${name}`)?.rate ?? 0) });
      }
      const sorted = (list: Map<string, Stream>): Stream[] =>
        [...list.values()].sort((a, b) => b.rate - a.rate || (a.name < b.name ? -1 : 1));
      const sum = (list: Stream[]): number => list.reduce((total, { rate }) => total + rate, 0);
      const [ins, outs] = [sorted(from), sorted(to)];
      return { inflow: sum(ins), outflow: sum(outs), from: ins, to: outs };
    },
  };
}
