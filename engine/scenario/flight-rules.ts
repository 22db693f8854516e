/** What a plan and a scenario say of stairs and escalators: steps, belt, direction. */
import type { Problem } from "../errors.js";
import type { Connection, Gate, Layout, Segment } from "../layout/layout.js";
import { suggestion } from "./nearest.js";
import { asList, fault, type Reading, refuseDoubles } from "./reading.js";
import type { FlightRule, Scenario } from "./scenario.js";
import type { FlightFile } from "./schema/flights.js";

/** Steps for which speeds on stairs hold, m: 7 x 11 inches, the middle of the SFPE Handbook's table; unverified for other sources of speeds. */
const TREAD = 0.279;
const RISER = 0.178;

/** EN 115-1, practical capacity of a belt 1 m wide, persons/h, by speed, m/s; proportional to the width (unverified). */
const PRACTICAL: [speed: number, perHour: number][] = [
  [0, 0],
  [0.5, 6000],
  [0.65, 7300],
  [0.75, 8200],
];

export interface Belt {
  /** In plan, m/s. */
  readonly speed: number;
  readonly standingShare: number;
  readonly capacity_per_h: number;
  readonly running: "up" | "down";
}

export interface FlightWay {
  /** Factor on speeds on stairs by the steps' pitch; 1 where the steps are not known. */
  readonly pitch: number;
  /** null: nothing moves. */
  readonly belt: Belt | null;
}

/** Checks and copies the rules of a file; each key of a flight stands once. */
export function resolveFlights(reading: Reading, given: readonly FlightFile[]): FlightRule[] {
  const seen = new Map<string, number>();
  return given.flatMap((file, k) => {
    const place = `flights[${k}]`;
    if (reading.broken(place)) return [];
    const { at, ...keys } = file;
    const names = asList(at);
    refuseDoubles(reading, `${place}.at`, names);
    if ((keys.tread_m === undefined) !== (keys.riser_m === undefined))
      fault(reading, place, "tread_m and riser_m belong together, one is missing");
    for (const name of names)
      for (const key of Object.keys(keys)) {
        const other = seen.get(`${key} ${name}`);
        if (other !== undefined) fault(reading, `${place}.${key}`, `stands for "${name}" in flights[${other}] already`);
        seen.set(`${key} ${name}`, k);
      }
    return [{ at: names, ...keys }];
  });
}

const isNamed = (connection: Connection, rule: FlightRule): boolean =>
  rule.at.includes(connection.id) || rule.at.includes(connection.name);

/** The value of a key for a flight: the scenario's, or undefined. */
function ruled<K extends Exclude<keyof FlightRule, "at">>(
  scenario: Pick<Scenario, "flights">,
  connection: Connection,
  key: K,
): FlightRule[K] | undefined {
  return scenario.flights.find((rule) => rule[key] !== undefined && isNamed(connection, rule))?.[key];
}

/** How a flight is walked. */
export function flightOf(scenario: Pick<Scenario, "flights">, connection: Connection): FlightWay {
  const { walk } = connection;
  const tread = ruled(scenario, connection, "tread_m") ?? walk?.tread;
  const riser = ruled(scenario, connection, "riser_m") ?? walk?.riser;
  const pitch = tread === undefined || riser === undefined ? 1 : Math.sqrt((tread * RISER) / (riser * TREAD));
  const speed = ruled(scenario, connection, "speed_m_s") ?? walk?.speed;
  const running = runningOf(scenario, connection);
  if (connection.kind !== "escalator" || speed === undefined || running === null) return { pitch, belt: null };
  const [from, to] = [middle(connection.lower.line), middle(connection.upper.line)];
  const plan = Math.sqrt((to[0] - from[0]) ** 2 + (to[1] - from[1]) ** 2);
  const slope = Math.sqrt(plan * plan + connection.rise * connection.rise);
  const width = Math.min(lengthOf(connection.lower.line), lengthOf(connection.upper.line));
  return {
    pitch,
    belt: {
      speed: (speed * plan) / slope,
      standingShare: ruled(scenario, connection, "standing_share") ?? walk?.standingShare ?? 1,
      capacity_per_h: ruled(scenario, connection, "capacity_per_h") ?? walk?.capacity ?? practicalCapacity(speed, width),
      running,
    },
  };
}

/** Practical capacity of a belt, persons/h: straight between the printed speeds, no more beyond the last. @param speed m/s @param width m */
export function practicalCapacity(speed: number, width: number): number {
  const k = PRACTICAL.findIndex(([s]) => s >= speed);
  if (k < 0) return PRACTICAL.at(-1)![1] * width;
  const [s1, n1] = PRACTICAL[Math.max(0, k - 1)]!;
  const [s2, n2] = PRACTICAL[k]!;
  return width * (s2 > s1 ? n1 + ((n2 - n1) * (speed - s1)) / (s2 - s1) : n2);
}

const middle = ([[ax, ay], [bx, by]]: Segment): [number, number] => [(ax + bx) / 2, (ay + by) / 2];
const lengthOf = ([[ax, ay], [bx, by]]: Segment): number => Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);

/** Direction in which an escalator runs; null where neither scenario nor layout gives one. */
function runningOf(scenario: Pick<Scenario, "flights">, connection: Connection): "up" | "down" | null {
  return ruled(scenario, connection, "running") ?? (connection.direction === "both" ? null : connection.direction);
}

/** The layout with escalators passed in the direction that the scenario gives them. */
export function withRunning(scenario: Pick<Scenario, "flights">, layout: Layout): Layout {
  const turned = new Map<string, "up" | "down">();
  for (const connection of layout.connections) {
    const running = ruled(scenario, connection, "running");
    if (running !== undefined && connection.kind === "escalator") turned.set(connection.id, running);
  }
  if (turned.size === 0) return layout;
  return {
    ...layout,
    connections: layout.connections.map((c) => ({ ...c, direction: turned.get(c.id) ?? c.direction })),
    gates: layout.gates.map((gate) => {
      for (const [id, running] of turned) {
        if (gate.id === `${id}/lower` || gate.id === `${id}/upper`)
          return { ...gate, direction: throughEnd(layout, gate, running, gate.id === `${id}/lower`) };
      }
      return gate;
    }),
  };
}

/** Forward leads from the left of the line (sheetB) to its right (sheetA). */
function throughEnd(layout: Layout, gate: Gate, running: "up" | "down", lower: boolean): Gate["direction"] {
  const ontoFlight = (running === "up") === lower;
  const flightIsLeft = layout.sheets[gate.sheetB]!.connection !== null;
  return ontoFlight === flightIsLeft ? "backward" : "forward";
}

/** Faults of rules over flights that only the layout shows. */
export function checkFlights(scenario: Scenario, layout: Layout): Problem[] {
  const known = layout.connections.flatMap(({ id, name }) => [id, name]);
  const problems: Problem[] = scenario.flights.flatMap((rule, k) =>
    rule.at.flatMap((name) => {
      const place = `flights[${k}].at`;
      const found = layout.connections.filter((c) => c.id === name || c.name === name);
      if (found.length === 0)
        return [{ place, message: `there are no stairs and no escalator "${name}"${suggestion(name, known)}`, value: name }];
      const still = found.some(({ kind }) => kind !== "escalator");
      const moving = (["speed_m_s", "running", "standing_share", "capacity_per_h"] as const).find(
        (key) => rule[key] !== undefined,
      );
      return still && moving ? [{ place, message: `"${name}" is no escalator: ${moving} has no sense there`, value: name }] : [];
    }),
  );
  for (const connection of layout.connections) {
    const speed = ruled(scenario, connection, "speed_m_s") ?? connection.walk?.speed;
    const extra = ruled(scenario, connection, "standing_share") ?? ruled(scenario, connection, "capacity_per_h");
    const place = `${connection.kind} ${connection.id}`;
    if (connection.kind !== "escalator") continue;
    if (speed !== undefined && runningOf(scenario, connection) === null)
      problems.push({ place, message: "has a belt speed, and neither layout nor scenario say whether it runs up or down" });
    if (speed === undefined && extra !== undefined)
      problems.push({ place, message: "has standing_share or capacity_per_h without speed_m_s: it does not move" });
  }
  return problems;
}
