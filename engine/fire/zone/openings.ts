import type { DeviceRef, Opening, TimeTable } from "./building.js";
import type { Fires } from "./fires.js";
import { sprinklerTime } from "./fires.js";
import { valueAt } from "./tables.js";
import type { ZoneDevices } from "./zone-model.js";
import type { Zones } from "./zones.js";

const DURATION = 1;

/** Open shares of vents and fans, ignition and sprinklers: all that happens at a time, each at the end of a step. */
export interface Openings {
  /** Next time after `time` at which something begins, ends or bends; Infinity when nothing does. */
  next(time: number): number;
  /** Sets `vents.open` and its like for a step centred on `time`. */
  set(time: number): void;
  /** Shares set from outside, by wall vent, horizontal vent, fan. */
  readonly wall: Float64Array;
  readonly horizontal: Float64Array;
  readonly fan: Float64Array;
  activate(kind: DeviceRef["kind"], index: number, value: number, time: number): void;
  /** Sets a fire alight, unless it burns. */
  ignite(fire: number, time: number): void;
  /** Asks the devices after a step that ended at `time`. */
  poll(devices: ZoneDevices, time: number): void;
}

interface Waiting {
  readonly ref: DeviceRef;
  act(time: number): void;
  done: boolean;
}

export function createOpenings(z: Zones, fires: Fires): Openings {
  const { building, vents } = z;
  const events: number[] = [];
  const waiting: Waiting[] = [];
  const shares = (list: readonly { readonly opening: Opening }[]): Float64Array =>
    Float64Array.from(list, ({ opening }) =>
      opening.by === "share" ? opening.initial : opening.by === "device" ? opening.before : 0,
    );
  const wall = shares(building.wallVents);
  const horizontal = shares(building.horizontalVents);
  const fan = shares(building.fans);
  const acted = { wall: never(wall.length), horizontal: never(horizontal.length), fan: never(fan.length) };

  const wait = (openings: readonly { readonly opening: Opening }[], times: Float64Array): void => {
    openings.forEach(({ opening }, v) => {
      if (opening.by === "time") events.push(...opening.table.map(([t]) => t));
      if (opening.by !== "device") return;
      const { device, duration_s = DURATION } = opening;
      waiting.push({
        ref: device,
        done: false,
        act: (time) => {
          times[v] = time;
          insert(events, [time + duration_s]);
        },
      });
    });
  };
  wait(building.wallVents, acted.wall);
  wait(building.horizontalVents, acted.horizontal);
  wait(building.fans, acted.fan);
  for (const f of building.fans) events.push(...(f.filter ?? []).map(([t]) => t));
  const ignite = (f: number, time: number): void => {
    if (fires.list[f]!.began <= time) return;
    fires.list[f]!.began = time;
    insert(events, [time, ...corners(building.fires[f]!.hrr_W).map((age) => time + age)]);
  };
  building.fires.forEach(({ ignition }, f) => {
    if (ignition.by === "time") ignite(f, ignition.time_s);
    if (ignition.by === "device") waiting.push({ ref: ignition.device, done: false, act: (time) => ignite(f, time) });
  });
  events.sort((a, b) => a - b);

  const set = (time: number): void => {
    apply(building.wallVents, wall, acted.wall, vents.open, time);
    apply(building.horizontalVents, horizontal, acted.horizontal, vents.horizontalOpen, time);
    apply(building.fans, fan, acted.fan, vents.fanOpen, time);
  };
  const activate = (kind: DeviceRef["kind"], index: number, value: number, time: number): void => {
    for (const w of waiting) {
      if (w.done || !answers(w.ref, kind, index, value)) continue;
      w.done = true;
      w.act(time);
    }
    if (kind === "detector") sprinkle(z, fires, index, time);
  };
  const poll = (devices: ZoneDevices, time: number): void => {
    for (const w of waiting) {
      if (w.done || devices.reached?.(w.ref) !== true) continue;
      w.done = true;
      w.act(time);
    }
    const { detectors } = devices;
    if (detectors)
      for (let d = 0; d < detectors.length; d++) {
        const at = detectors[d]!.activated_s;
        if (at !== null && at <= time) sprinkle(z, fires, d, at);
      }
  };
  const next = (time: number): number => {
    while (events.length > 0 && events[0]! <= time) events.shift();
    return events[0] ?? Number.POSITIVE_INFINITY;
  };
  return { next, set, wall, horizontal, fan, activate, ignite, poll };
}

const never = (count: number): Float64Array => new Float64Array(count).fill(Number.POSITIVE_INFINITY);

/** Corners of a heat release table, s, where a step should end so that its energy is met; none closer than 1 s to the one before. */
function corners(table: TimeTable): number[] {
  const times: number[] = [];
  for (const [time] of table) if (time >= (times[times.length - 1] ?? 0) + 1) times.push(time);
  return times;
}

function insert(events: number[], times: readonly number[]): void {
  events.push(...times);
  events.sort((a, b) => a - b);
}

function answers(ref: DeviceRef, kind: DeviceRef["kind"], index: number, value: number): boolean {
  if (ref.kind !== kind) return false;
  if (ref.kind === "detector") return ref.detector === index;
  return ref.target === index && value >= (ref.kind === "target-temperature" ? ref.temperature_K : ref.flux_W_m2);
}

/**
 * Later activations of sprinklers in the same compartment change nothing: the first one cuts the fires that burn then. A fire that begins after it is not
 * cut: the correlation knows only fires that set off their own sprinkler.
 */
function sprinkle(z: Zones, fires: Fires, index: number, time: number): void {
  const detector = z.building.detectors[index]!;
  if (detector.kind !== "sprinkler" || !(detector.sprayDensity_m_s > 0)) return;
  z.building.fires.forEach((fire, f) => {
    const burning = fires.list[f]!;
    if (fire.compartment !== detector.compartment || burning.sprinkled <= time || burning.began > time) return;
    burning.sprinkled = time;
    burning.sprinklerTime = sprinklerTime(detector.sprayDensity_m_s);
  });
}

function apply(
  list: readonly { readonly opening: Opening }[],
  given: Float64Array,
  acted: Float64Array,
  into: Float64Array,
  time: number,
): void {
  for (let v = 0; v < list.length; v++) {
    const { opening } = list[v]!;
    if (opening.by === "share") into[v] = given[v]!;
    else if (opening.by === "time") into[v] = valueAt(opening.table, time);
    else {
      const duration = opening.duration_s ?? DURATION;
      const since = time - acted[v]!;
      const share = since <= 0 || Number.isNaN(since) ? 0 : duration > 0 ? Math.min(1, since / duration) : 1;
      into[v] = opening.before + (opening.after - opening.before) * share;
    }
  }
}
