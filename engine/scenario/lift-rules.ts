/** Which lifts run and how: what the scenario says, else the layout, else the defaults. */
import type { Problem } from "../errors.js";
import type { Layout, Lift } from "../layout/layout.js";
import { LIFT } from "./limits.js";
import { suggestion } from "./nearest.js";
import { asList, fault, type Reading, refuseDoubles } from "./reading.js";
import type { LiftRule, Scenario } from "./scenario.js";
import type { LiftFile } from "./schema/lifts.js";

/** How a lift runs; SI. */
export interface LiftWay {
  readonly capacity: number;
  readonly speed: number;
  readonly acceleration: number;
  readonly doorOpen: number;
  readonly doorClose: number;
  readonly dwell: number;
}

/** Checks and copies the rules of a file; a lift stands in one of them. */
export function resolveLifts(reading: Reading, given: readonly LiftFile[]): LiftRule[] {
  const seen = new Map<string, number>();
  return given.flatMap((file, k) => {
    const place = `lifts[${k}]`;
    if (reading.broken(place)) return [];
    const names = asList(file.at);
    refuseDoubles(reading, `${place}.at`, names);
    for (const name of names) {
      const other = seen.get(name);
      if (other !== undefined && other !== k) fault(reading, `${place}.at`, `names "${name}", as does lifts[${other}]`);
      seen.set(name, k);
    }
    return [{ ...file, at: names, for: file.for ?? "all" }];
  });
}

const isNamed = ({ id, name }: Lift, rule: { at: readonly string[] }): boolean => rule.at.includes(id) || rule.at.includes(name);

/** The rule under which a lift runs; undefined: it stands still. */
export const ruleOf = (scenario: Pick<Scenario, "lifts">, lift: Lift): LiftRule | undefined =>
  scenario.lifts.find((rule) => isNamed(lift, rule));

export function liftWay(lift: Lift, rule: LiftRule): LiftWay {
  const { drive } = lift;
  return {
    capacity: rule.capacity ?? drive.capacity ?? LIFT.capacity,
    speed: rule.speed_m_s ?? drive.speed ?? LIFT.speed,
    acceleration: rule.acceleration_m_s2 ?? drive.acceleration ?? LIFT.acceleration,
    doorOpen: rule.door_open_s ?? drive.doorOpen ?? LIFT.doorOpen,
    doorClose: rule.door_close_s ?? drive.doorClose ?? LIFT.doorClose,
    dwell: rule.dwell_s ?? drive.dwell ?? LIFT.dwell,
  };
}

/** Lifts of the layout that a list of names means. */
export const liftsNamed = (layout: Pick<Layout, "lifts">, names: readonly string[]): Lift[] =>
  layout.lifts.filter((lift) => isNamed(lift, { at: names }));

/** Faults that only the layout shows: lifts that are not there, or do not run, and their doors used as doors. */
export function checkLifts(scenario: Scenario, layout: Layout): Problem[] {
  const known = layout.lifts.flatMap(({ id, name }) => [id, name]);
  const unknown = (place: string, name: string): Problem[] =>
    liftsNamed(layout, [name]).length > 0
      ? []
      : [{ place, message: `there is no lift "${name}"${suggestion(name, known)}`, value: name }];
  const doors = new Map(layout.lifts.flatMap((lift) => lift.landings.map(({ opening }) => [opening, lift.id])));
  const openings = new Map(layout.openings.flatMap(({ id, name }) => [[id, id], [name, id]])); // biome-ignore format: pairs
  return [
    ...scenario.lifts.flatMap((rule, k) => rule.at.flatMap((name) => unknown(`lifts[${k}].at`, name))),
    ...scenario.events.flatMap((event, k): Problem[] => {
      if ("lift" in event) {
        const missing = unknown(`events[${k}]`, event.lift);
        const still = liftsNamed(layout, [event.lift]).some((lift) => !ruleOf(scenario, lift));
        if (missing.length > 0 || !still) return missing;
        return [{ place: `events[${k}]`, message: `lift "${event.lift}" stands still: name it in "lifts"`, value: event.lift }];
      }
      const door = "open" in event ? event.open : "close" in event ? event.close : null;
      const lift = door === null ? undefined : doors.get(openings.get(door) ?? "");
      if (lift === undefined) return [];
      return [
        { place: `events[${k}]`, message: `"${door}" is a door of lift ${lift}: use stop_lift or start_lift`, value: door! },
      ];
    }),
  ];
}
