/** What the part readers of a CFAST file share. */
import type { Problem } from "../../errors.js";
import type { TimeTable } from "../zone/building.js";
import { type FieldSpecs, type Fields, readFields } from "./fields.js";
import type { NamelistGroup } from "./namelist.js";

export interface CfastReading {
  readonly problems: Problem[];
  readonly notices: string[];
  /** Groups of one name in the order of the file, checked against their keys. */
  readonly all: (name: string, specs: FieldSpecs) => Fields[];
  /** Group that may stand once; further ones are faults. */
  readonly one: (name: string, specs: FieldSpecs) => Fields | null;
}

/** 0 C in K, as CFAST has it. */
export const CELSIUS = 273.15;

export function cfastReading(groups: readonly NamelistGroup[], problems: Problem[]): CfastReading {
  const all = (name: string, specs: FieldSpecs): Fields[] =>
    groups.filter((group) => group.name === name).map((group) => readFields(group, specs, problems));
  return {
    problems,
    notices: [],
    all,
    one: (name, specs) => {
      const [first, ...more] = all(name, specs);
      for (const again of more) again.fault(`is a second &${name}; one is read`);
      return first ?? null;
    },
  };
}

export function notice(reading: CfastReading, fields: Fields, message: string): void {
  reading.notices.push(`${fields.place}: ${message}`);
}

/** Refuses an id that is missing or taken among its kind. @returns index by id, of those that are sound */
export function indexById(groups: readonly Fields[]): Map<string, number> {
  const index = new Map<string, number>();
  groups.forEach((fields, k) => {
    const id = fields.neededText("ID");
    if (id === "") return;
    if (index.has(id)) fields.fault(`is "${id}", which an earlier group of this kind has`, "ID", { value: id });
    else index.set(id, k);
  });
  return index;
}

/** Index of what a key names, or null with the fault told. */
export function lookUp(
  fields: Fields,
  key: string,
  name: string,
  index: ReadonlyMap<string, number>,
  kind: string,
): number | null {
  const found = index.get(name);
  if (found !== undefined) return found;
  if (name !== "") fields.fault(`names '${name}', which is no ${kind} of this file`, key, { value: name });
  return null;
}

/** Points of T and F, or null with the fault told. Equal times with equal values count once. */
export function timeTable(
  fields: Fields,
  times: readonly number[],
  values: readonly number[],
  keys: readonly [string, string],
): TimeTable | null {
  const [t, f] = keys;
  if (times.length !== values.length) {
    fields.fault(`has ${values.length} values for ${times.length} of ${t}`, f, { value: values.length, limit: times.length });
    return null;
  }
  const table: [number, number][] = [];
  for (const [k, time] of times.entries()) {
    const value = values[k]!;
    const last = table.at(-1);
    if (last && time < last[0]) {
      fields.fault(`goes back from ${last[0]} to ${time} s`, t, { value: time, limit: last[0] });
      return null;
    }
    if (last && time === last[0] && value !== last[1]) {
      fields.fault(`has ${time} s twice, with the values ${last[1]} and ${value}`, t, { value: time });
      return null;
    }
    if (!last || time > last[0]) table.push([time, value]);
  }
  return table;
}

/** The three numbers of a key, or null with the fault told. */
export function triple(fields: Fields, key: string): [number, number, number] | null {
  const values = fields.numbers(key);
  if (values.length === 3) return [values[0]!, values[1]!, values[2]!];
  if (values.length > 0) fields.fault(`has ${values.length} numbers, needs 3`, key, { value: values.length, limit: 3 });
  return null;
}

/** Refuses a place outside its compartment. */
export function checkInside(fields: Fields, key: string, at: readonly number[], size: readonly number[]): void {
  const outside = at.findIndex((value, k) => value < 0 || value > size[k]!);
  if (outside < 0) return;
  const axis = ["x", "y", "z"][outside]!;
  fields.fault(`is outside its compartment: ${axis} is ${at[outside]} m, allowed are 0 to ${size[outside]} m`, key, {
    value: at[outside]!,
    limit: size[outside]!,
  });
}
