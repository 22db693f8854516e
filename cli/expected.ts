/** expected.json of a shipped scenario: values of the result that must come out again. Format: docs/formats/results.md. */

/** What one value must be. `tolerance` is a share of `value`; for a value of 0 it is absolute. */
export type Expectation =
  | { value: number; tolerance: number }
  | { equals: string | number | boolean | null }
  | { min?: number; max?: number };

export interface Expected {
  /** As on the command line: "1..2". */
  seeds: string;
  expect: Record<string, Expectation>;
  /** By file name without extension in variants/. */
  variants?: Record<string, { seeds: string; expect: Record<string, Expectation> }>;
}

export interface Comparison {
  path: string;
  expected: string;
  got: unknown;
  ok: boolean;
}

/** Keys by which a list's entries are found by name instead of by number. */
const NAMES = ["place", "quantity", "group", "seed", "id", "name"];

/**
 * The value at a path: keys and list numbers joined by dots; `list[name]` takes the entry whose place, quantity, group, seed, id or
 * name it is, so that names may hold dots; `.length` counts a list.
 * Example: `measures.sections[front-of-stage].peak_density.p50`. Nothing there: undefined.
 */
export function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const [, key, name] of path.matchAll(/([^.[\]]+)|\[([^\]]*)\]/g)) {
    if (typeof value !== "object" || value === null) return undefined;
    if (name !== undefined) value = Array.isArray(value) ? value.find((entry) => isNamed(entry, name)) : undefined;
    // Keys of parsed JSON.
    else value = Object.hasOwn(value, key ?? "") ? (value as Record<string, unknown>)[key ?? ""] : undefined;
  }
  return value;
}

const isNamed = (entry: unknown, name: string): boolean =>
  typeof entry === "object" &&
  entry !== null &&
  NAMES.some((key) => key in entry && String((entry as Record<string, unknown>)[key]) === name);

/** Compares each expected path with the document; a missing value is a mismatch, whatever is expected. */
export function compare(document: unknown, expect: Readonly<Record<string, Expectation>>): Comparison[] {
  return Object.entries(expect).map(([path, expectation]) => {
    const got = valueAt(document, path);
    return { path, expected: textOf(expectation), got, ok: got !== undefined && holds(got, expectation) };
  });
}

function holds(got: unknown, expectation: Expectation): boolean {
  if ("equals" in expectation) return got === expectation.equals;
  if (typeof got !== "number") return false;
  if ("value" in expectation) {
    const { value, tolerance } = expectation;
    return Math.abs(got - value) <= tolerance * (value === 0 ? 1 : Math.abs(value));
  }
  return got >= (expectation.min ?? Number.NEGATIVE_INFINITY) && got <= (expectation.max ?? Number.POSITIVE_INFINITY);
}

function textOf(expectation: Expectation): string {
  if ("equals" in expectation) return JSON.stringify(expectation.equals);
  if ("value" in expectation)
    return `${expectation.value} ± ${expectation.value === 0 ? expectation.tolerance : `${expectation.tolerance * 100} %`}`;
  const { min, max } = expectation;
  return [min === undefined ? "" : `≥ ${min}`, max === undefined ? "" : `≤ ${max}`].filter(Boolean).join(", ");
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What is wrong with an expected.json; empty when nothing is. A misspelt key would otherwise expect nothing. */
export function faultsOf(value: unknown, at = ""): string[] {
  if (!isRecord(value)) return [`${at || "expected.json"} is not an object`];
  const faults = Object.keys(value)
    .filter((key) => !["seeds", "expect", ...(at ? [] : ["variants"])].includes(key))
    .map((key) => `${at}${key} is not known`);
  if (typeof value.seeds !== "string") faults.push(`${at}seeds is not a text such as "1..2"`);
  if (!isRecord(value.expect) || Object.keys(value.expect).length === 0) faults.push(`${at}expect holds no path`);
  else
    for (const [path, expectation] of Object.entries(value.expect))
      if (!isExpectation(expectation)) faults.push(`${at}expect["${path}"] is none of {value, tolerance}, {equals}, {min, max}`);
  if (!at && value.variants !== undefined) {
    if (!isRecord(value.variants)) faults.push("variants is not an object");
    else for (const [name, variant] of Object.entries(value.variants)) faults.push(...faultsOf(variant, `variants.${name}.`));
  }
  return faults;
}

function isExpectation(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const keys = Object.keys(value).sort().join();
  const numeric = Object.values(value).every((each) => typeof each === "number" && Number.isFinite(each));
  return keys === "equals" || (numeric && ["tolerance,value", "max", "min", "max,min"].includes(keys));
}
