/**
 * Compares a value with a schema and says everything that is wrong, in words for the file's author: path, value, limit, nearest key.
 * A validator library would do for yes or no (the tests hold this one against ajv), but it names neither the value nor the key that
 * was meant, and tells of every branch of a choice instead of the one that was tried.
 */
import type { Problem } from "../errors.js";
import { MAX_LISTED } from "./limits.js";
import { suggestion } from "./nearest.js";

/** The keywords that the scenario's schema uses. */
export interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean;
  minProperties?: number;
  maxProperties?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: readonly (string | number)[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: { required: string[] }[];
  title?: string;
  description?: string;
  default?: unknown;
  "x-unit"?: string;
  "x-source"?: string;
  "x-reserved"?: string;
  /** true: any value; whoever uses it checks it. */
  "x-any"?: boolean;
}

type Add = (problem: Problem) => void;

/** Every fault of `value`; at most MAX_LISTED per list, then their number. Paths look like `people[0].journey[2].stay`. */
export function shapeProblems(schema: Schema, value: unknown, path = ""): Problem[] {
  const problems: Problem[] = [];
  walk(schema, value, path, (problem) => problems.push(problem));
  return problems;
}

function walk(schema: Schema, value: unknown, path: string, add: Add): void {
  if (schema["x-any"]) return;
  if (schema["x-reserved"] !== undefined) checkReserved(schema["x-reserved"], value, path, add);
  else if (schema.anyOf) walkChoice(schema.anyOf, value, path, add);
  else if (schema.enum) checkEnum(schema.enum, value, path, add);
  else if (schema.const !== undefined) {
    if (value !== schema.const) add(fault(path, `is ${show(value)}, must be ${show(schema.const)}`, value));
  } else walkType(schema, value, path, add);
}

function walkType(schema: Schema, value: unknown, path: string, add: Add): void {
  const type = typeOf(value);
  const wanted = schema.type ?? "object";
  if (wanted === "integer" || wanted === "number") checkNumber(schema, value, path, add);
  else if (type !== wanted) add(fault(path, `is ${show(value)}, must be ${article(wanted)}`, value));
  else if (type === "string")
    checkText(schema, value as string, path, add); // typeOf has looked
  else if (type === "array")
    checkList(schema, value as unknown[], path, add); // typeOf has looked
  else if (type === "object") checkObject(schema, value as Record<string, unknown>, path, add); // typeOf has looked
}

function checkReserved(what: string, value: unknown, path: string, add: Add): void {
  if (value === null || (Array.isArray(value) && value.length === 0)) return;
  add(fault(path, `${what}: not supported yet; take this key out to run without it`));
}

/** Takes the branch of the value's type; among several maps the one with the value's name, else the one that knows most of its keys. */
function walkChoice(branches: Schema[], value: unknown, path: string, add: Add): void {
  const type = typeOf(value);
  const fitting = branches.filter((branch) => takes(branch, type));
  const known = (branch: Schema): number =>
    type === "object"
      ? Object.entries(value as object).reduce((sum, [key, entry]) => {
          const property = branch.properties && Object.hasOwn(branch.properties, key) ? branch.properties[key]! : null;
          return sum + (property === null ? 0 : property.const !== undefined && property.const === entry ? MAX_KEYS : 1);
        }, 0)
      : 0; // typeOf has looked
  const best = fitting.sort((a, b) => known(b) - known(a))[0];
  if (best) {
    if (fitting.length > 1 && fitting.some((branch) => shapeProblems(branch, value, path).length === 0)) return;
    walk(best, value, path, add);
    return;
  }
  const kinds = branches
    .flatMap((branch) => kindsOf(branch))
    .filter((kind, k, all) => kind !== "nothing (null)" && all.indexOf(kind) === k);
  add(fault(path, `is ${show(value)}, must be ${kinds.join(" or ")}`, value));
}

const takes = (schema: Schema, type: string): boolean =>
  schema.anyOf
    ? schema.anyOf.some((branch) => takes(branch, type))
    : schema.enum
      ? schema.enum.some((entry) => typeof entry === type)
      : (schema.type === "integer" ? "number" : schema.type) === type;

const kindsOf = (schema: Schema): string[] =>
  schema.anyOf
    ? schema.anyOf.flatMap(kindsOf)
    : schema.enum
      ? [`one of ${schema.enum.join(", ")}`]
      : [article(schema.type ?? "object")];

function checkEnum(allowed: readonly (string | number)[], value: unknown, path: string, add: Add): void {
  if (allowed.includes(value as string)) return; // includes compares any value
  const words = allowed.filter((word) => typeof word === "string");
  const hint = typeof value === "string" && allowed.length > 1 ? suggestion(value, words) : "";
  add(fault(path, `is ${show(value)}, must be ${allowed.length > 1 ? "one of " : ""}${allowed.join(", ")}${hint}`, value));
}

function checkNumber(schema: Schema, value: unknown, path: string, add: Add): void {
  const unit = schema["x-unit"] ? ` ${schema["x-unit"]}` : "";
  if (typeof value !== "number") {
    add(fault(path, `is ${show(value)}, must be a number`, value));
    return;
  }
  if (!Number.isFinite(value)) {
    add(fault(path, `is ${value}, must be a finite number`, String(value)));
    return;
  }
  if (schema.type === "integer" && !Number.isInteger(value)) add(fault(path, `is ${value}, must be a whole number`, value));
  const { minimum, exclusiveMinimum, maximum } = schema;
  if (minimum !== undefined && value < minimum)
    add(fault(path, `is ${value}, must be at least ${minimum}${unit}`, value, minimum));
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    add(fault(path, `is ${value}, must be more than ${exclusiveMinimum}${unit}`, value, exclusiveMinimum));
  if (maximum !== undefined && value > maximum)
    add(fault(path, `is ${value}, must be at most ${maximum}${unit}`, value, maximum));
}

function checkText(schema: Schema, value: string, path: string, add: Add): void {
  const length = [...value].length;
  if (schema.minLength !== undefined && length < schema.minLength) add(fault(path, "is empty", value));
  else if (schema.maxLength !== undefined && length > schema.maxLength)
    add(fault(path, `has ${length} characters, at most ${schema.maxLength} are allowed`, length, schema.maxLength));
  else if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value))
    add(fault(path, `is ${show(value)}, not of the form: ${schema.description ?? "text without control characters"}`, value));
}

function checkList(schema: Schema, value: unknown[], path: string, add: Add): void {
  const { minItems, maxItems, items } = schema;
  if (minItems !== undefined && minItems === maxItems && value.length !== minItems)
    add(fault(path, `has ${value.length} entries, needs ${minItems}`, value.length, minItems));
  else if (minItems !== undefined && value.length < minItems)
    add(
      fault(
        path,
        minItems === 1 ? "is empty" : `has ${value.length} entries, needs at least ${minItems}`,
        value.length,
        minItems,
      ),
    );
  else if (maxItems !== undefined && value.length > maxItems) {
    add(fault(path, `has ${value.length} entries, at most ${maxItems} are allowed`, value.length, maxItems));
    return;
  }
  if (!items) return;
  let listed = 0;
  value.forEach((entry, k) => {
    walk(items, entry, `${path}[${k}]`, (problem) => {
      if (listed++ < MAX_LISTED) add(problem);
    });
  });
  if (listed > MAX_LISTED) add(fault(path, `has ${listed - MAX_LISTED} more faults like these`, listed));
}

function checkObject(schema: Schema, value: Record<string, unknown>, path: string, add: Add): void {
  const properties = schema.properties ?? {};
  const keys = Object.keys(value);
  const pattern = schema.patternProperties ? Object.values(schema.patternProperties)[0] : undefined;
  if (keys.length > MAX_KEYS) {
    add(fault(path, `has ${keys.length} keys, at most ${MAX_KEYS} are allowed`, keys.length, MAX_KEYS));
    return;
  }
  for (const key of keys) {
    const at = join(path, key);
    if (Object.hasOwn(properties, key)) walk(properties[key]!, value[key], at, add);
    else if (pattern) walk(pattern, value[key], at, add);
    else if (schema.additionalProperties === false)
      add(
        fault(
          at,
          `unknown key "${cut(key)}"${suggestion(key, Object.keys(properties)) || `; known keys: ${Object.keys(properties).join(", ")}`}`,
        ),
      );
  }
  for (const key of schema.required ?? []) {
    if (!Object.hasOwn(value, key)) add(fault(path, `"${key}" is missing`));
  }
  const known = keys.filter((key) => Object.hasOwn(properties, key));
  if (schema.maxProperties === 1 && (keys.length !== 1 || known.length !== 1)) {
    if (known.length > 1)
      add(fault(path, `has ${known.join(" and ")}, needs exactly one of ${Object.keys(properties).join(", ")}`));
    else if (keys.length === 0) add(fault(path, `is empty, needs one of ${Object.keys(properties).join(", ")}`));
  }
  if (schema.oneOf) {
    const choices = schema.oneOf.map((branch) => branch.required[0]!);
    const there = choices.filter((key) => Object.hasOwn(value, key));
    if (there.length === 0) add(fault(path, `one of ${choices.join(", ")} is missing`));
    if (there.length > 1) add(fault(path, `has ${there.join(" and ")}, needs exactly one of them`));
  }
}

const MAX_KEYS = 10_000;

/** `path.key`, or `path["odd key"]` where the key is no plain word. */
export const join = (path: string, key: string): string =>
  /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(key) ? (path ? `${path}.${cut(key)}` : cut(key)) : `${path}[${JSON.stringify(cut(key))}]`;

const fault = (place: string, message: string, value?: unknown, limit?: number): Problem => ({
  place: place || "scenario",
  message,
  ...(typeof value === "number" || typeof value === "string" ? { value: typeof value === "string" ? cut(value) : value } : {}),
  ...(limit === undefined ? {} : { limit }),
});

const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

const WORDS: Record<string, string> = {
  object: "a map of keys",
  array: "a list",
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "nothing (null)",
};
const article = (type: string): string => WORDS[type] ?? type;

const cut = (word: string): string => (word.length > 60 ? `${word.slice(0, 57)}…` : word);

/** The value as the author wrote it, shortened. */
const show = (value: unknown): string => {
  if (typeof value === "string") return `the text ${JSON.stringify(cut(value))}`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value !== null && typeof value === "object") return "a map";
  return String(value);
};
