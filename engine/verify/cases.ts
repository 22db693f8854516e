/** The cases of a suite: every combination of what is varied, as texts of scenario and layout. */
import { MusterError } from "../errors.js";
import type { Choice, Fill, Probe, ProbeFile, SuiteFile } from "./definition.js";

export interface Case {
  name: string;
  /** Files of the folder that it begins with. */
  scenario: string;
  layout: string;
  choices: readonly Choice[];
}

/** Measured values: by case, by key; numbers, and arrivals in the form of a scenario. */
export type MeasuredValues = Readonly<Record<string, Entry>>;
type Entry = Readonly<Record<string, unknown>>;

type Node = Record<string, unknown>;

/** One case named "" where nothing is varied. */
export function casesOf(suite: SuiteFile): Case[] {
  const combine = (axes: readonly (readonly Choice[])[]): Choice[][] => {
    const [first, ...rest] = axes;
    if (!first) return [[]];
    const tails = combine(rest);
    return first.flatMap((choice) => tails.map((tail) => [choice, ...tail]));
  };
  return combine(suite.vary ?? []).map((choices) => ({
    name: choices.map((choice) => choice.name).join(", "),
    scenario: choices.reduce((file, choice) => choice.scenario ?? file, "scenario.yaml"),
    layout: choices.reduce((file, choice) => choice.layout ?? file, "layout.geojson"),
    choices,
  }));
}

/**
 * The scenario's plain value with the choices of a case written in.
 * @param place for messages
 */
export function caseScenario(place: string, value: unknown, one: Case, measured: MeasuredValues | null): unknown {
  const file = structuredClone(value) as Node;
  for (const choice of one.choices) {
    for (const [path, given] of Object.entries(choice.set ?? {}))
      setAt(place, file, path, given, () => entryOf(place, choice, measured));
    for (const [group, where] of Object.entries(choice.fill ?? {})) {
      const people = (Array.isArray(file.people) ? file.people : []).find((each: Node) => each.name === group) as
        | Node
        | undefined;
      if (!people) throw fault(place, `fill names "${group}", which is no group`);
      delete people.start;
      delete people.count;
      people.agents = lattice(where).map((at) => (where.level === undefined ? { at } : { at, level: where.level }));
    }
  }
  return file;
}

function entryOf(place: string, choice: Choice, measured: MeasuredValues | null): Entry {
  const entry = measured?.[choice.name];
  if (!entry) throw fault(place, `no measured values of "${choice.name}"`);
  return entry;
}

const fault = (place: string, message: string): MusterError => new MusterError("SCENARIO_INVALID", [{ place, message }]);

/** Sets a dotted path; parts that are numbers count list entries, and the last key may be new. */
function setAt(place: string, file: Node, path: string, given: unknown, entry: () => Entry): void {
  const keys = path.split(".");
  let node: unknown = file;
  for (const key of keys.slice(0, -1)) {
    node = (node as Node)[key];
    if (typeof node !== "object" || node === null) throw fault(place, `set names ${path}: nothing is at ${key}`);
  }
  (node as Node)[keys.at(-1)!] = resolve(place, given, entry);
}

/** `{measured: KEY}` anywhere in a value becomes the number. */
function resolve(place: string, given: unknown, entry: () => Entry): unknown {
  if (Array.isArray(given)) return given.map((each) => resolve(place, each, entry));
  if (typeof given !== "object" || given === null) return given;
  const { measured } = given as { measured?: unknown };
  if (typeof measured === "string") {
    const value = entry()[measured];
    if (value === undefined) throw fault(place, `no measured value "${measured}"`);
    return value;
  }
  return Object.fromEntries(Object.entries(given).map(([key, each]) => [key, resolve(place, each, entry)]));
}

/**
 * Even lattice in a box: rows along x with every second one shifted by half a step, as far from each other as the box allows.
 * The last rows may hold one person less than the first.
 */
export function lattice({ box, count, rows }: Fill): [number, number][] {
  const [x0, y0, x1, y1] = box as [number, number, number, number];
  const most = rows ?? Math.max(1, Math.round(Math.sqrt((count * (y1 - y0)) / (x1 - x0))));
  const points: [number, number][] = [];
  for (let row = 0; row < most; row++) {
    const here = Math.floor(((row + 1) * count) / most) - Math.floor((row * count) / most);
    const step = (x1 - x0) / here;
    const shift = row % 2 === 0 ? 0.25 : 0.75;
    const y = most === 1 ? (y0 + y1) / 2 : y0 + (row / (most - 1)) * (y1 - y0);
    for (let k = 0; k < here; k++) points.push([x0 + (k + shift) * step, y]);
  }
  return points;
}

/** The probes of a case, with its own times. */
export function caseProbes(
  place: string,
  probes: Readonly<Record<string, ProbeFile>>,
  one: Case,
  measured: MeasuredValues | null,
): Record<string, Probe> {
  const entry = (): Entry => {
    const choice = one.choices.find(({ name }) => measured?.[name] !== undefined);
    if (!choice) throw fault(place, `no measured values of "${one.name}"`);
    return entryOf(place, choice, measured);
  };
  // `resolve` leaves numbers where the schema allows a number or {measured: KEY}.
  return Object.fromEntries(Object.entries(probes).map(([name, probe]) => [name, resolve(place, probe, entry) as Probe]));
}

/** The layout's plain value with the outlines of a case in place of its own. */
export function caseLayout(place: string, value: unknown, one: Case): unknown {
  const file = structuredClone(value) as { features?: { id?: unknown; geometry?: { type?: string; coordinates?: unknown } }[] };
  for (const choice of one.choices)
    for (const [id, outline] of Object.entries(choice.outlines ?? {})) {
      const feature = file.features?.find((each) => each.id === id);
      if (!feature?.geometry) throw fault(place, `outlines names "${id}", which is no feature with a geometry`);
      feature.geometry.coordinates = feature.geometry.type === "Polygon" ? [[...outline, outline[0]]] : outline;
    }
  return file;
}
