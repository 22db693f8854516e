/** One namelist group against the list of keys that CFAST knows for it: types, counts and limits, all faults with their line. */
import type { Problem } from "../../errors.js";
import type { NamelistEntry, NamelistGroup, NamelistValue } from "./namelist.js";

export interface FieldSpec {
  readonly kind: "number" | "text" | "flag";
  /** Most values; default 1. */
  readonly most?: number;
  /** Limits of every number, in CFAST's unit. */
  readonly above?: number;
  readonly from?: number;
  readonly to?: number;
  /** CFAST's unit, said in faults. */
  readonly unit?: string;
  /** Words that a text may be; compared in upper case. */
  readonly words?: readonly string[];
}

export type FieldSpecs = Readonly<Record<string, FieldSpec>>;

/** Values of one group; what is missing or faulty reads as absent, and the fault is already told. */
export interface Fields {
  /** `line 12, &COMP 'Room'`. */
  readonly place: string;
  readonly line: number;
  has(key: string): boolean;
  number(key: string): number | null;
  numbers(key: string): readonly number[];
  text(key: string): string | null;
  texts(key: string): readonly string[];
  flag(key: string): boolean;
  /** As `number` and `text`, with a fault where the key is not given. */
  needed(key: string): number;
  neededText(key: string): string;
  fault(message: string, key?: string, extra?: Partial<Problem>): void;
}

export function readFields(group: NamelistGroup, specs: FieldSpecs, problems: Problem[]): Fields {
  const values = new Map<string, NamelistValue[]>();
  const faulty = new Set<string>();
  const lines = new Map<string, number>();
  const id = group.entries.find(({ key }) => key === "ID")?.values[0];
  const name = `&${group.name}${typeof id === "string" ? ` '${id}'` : ""}`;
  const fault = (message: string, key?: string, extra: Partial<Problem> = {}): void => {
    if (key !== undefined) faulty.add(key);
    const line = (key === undefined ? undefined : lines.get(key)) ?? group.line;
    problems.push({ place: `line ${line}, ${name}`, message: key === undefined ? message : `${key} ${message}`, ...extra });
  };
  for (const entry of group.entries) {
    const spec = Object.hasOwn(specs, entry.key) ? specs[entry.key]! : null;
    const twice = lines.has(entry.key);
    lines.set(entry.key, entry.line);
    if (spec === null) fault(`is not a key that Muster knows here (known: ${Object.keys(specs).join(", ")})`, entry.key);
    else if (twice) fault("is given twice", entry.key);
    else {
      const found = checkEntry(entry, spec, (message, extra) => fault(message, entry.key, extra));
      if (found) values.set(entry.key, found);
    }
  }
  const first = (key: string): NamelistValue | null => values.get(key)?.[0] ?? null;
  const missing = (key: string): void => {
    if (!faulty.has(key)) fault("is missing", key);
  };
  return {
    place: `line ${group.line}, ${name}`,
    line: group.line,
    has: (key) => lines.has(key),
    number: (key) => first(key) as number | null,
    numbers: (key) => (values.get(key) ?? []) as number[],
    text: (key) => first(key) as string | null,
    texts: (key) => (values.get(key) ?? []) as string[],
    flag: (key) => first(key) === true,
    needed: (key) => {
      const value = first(key);
      if (value === null) missing(key);
      return (value ?? Number.NaN) as number;
    },
    neededText: (key) => {
      const value = first(key);
      if (value === null || value === "") missing(key);
      return (value ?? "") as string;
    },
    fault,
  };
}

type Tell = (message: string, extra?: Partial<Problem>) => void;

const KINDS = { number: "a number", string: "a text", boolean: "a logical value" } as const;

/** The values of one key, or null with the faults told. */
function checkEntry({ values }: NamelistEntry, spec: FieldSpec, tell: Tell): NamelistValue[] | null {
  const most = spec.most ?? 1;
  if (values.length === 0 || values.every((value) => value === null)) {
    tell("has no value");
    return null;
  }
  if (values.length > most) {
    tell(`has ${values.length} values, at most ${most} ${most === 1 ? "is" : "are"} read`, { value: values.length, limit: most });
    return null;
  }
  const asked = spec.kind === "number" ? "number" : spec.kind === "text" ? "string" : "boolean";
  let sound = true;
  const no = (message: string, extra?: Partial<Problem>): void => {
    sound = false;
    tell(message, extra);
  };
  for (const value of values) {
    if (value === null) no("leaves out a value between commas");
    else if (typeof value !== asked) no(`is ${String(value)}, must be ${KINDS[asked]}`, { value: String(value) });
    else if (typeof value === "number") checkNumber(value, spec, no);
    else if (typeof value === "string" && spec.words && !spec.words.includes(value.toUpperCase()))
      no(`is '${value}', must be one of ${spec.words.join(", ")}`, { value });
  }
  return sound ? (values as NamelistValue[]) : null;
}

function checkNumber(value: number, { above, from, to, unit }: FieldSpec, tell: Tell): void {
  const said = unit ? `${value} ${unit}` : String(value);
  if (above !== undefined && value <= above) tell(`is ${said}, must be above ${above}`, { value, limit: above });
  if (from !== undefined && value < from) tell(`is ${said}, must be at least ${from}`, { value, limit: from });
  if (to !== undefined && value > to) tell(`is ${said}, must be at most ${to}`, { value, limit: to });
}
