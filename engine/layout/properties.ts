/** Reads the properties of a feature: IMDF's as they are, Muster's own by a table that refuses unknown keys. */
import type { Faults } from "./faults.js";
import { isRecord, type RawFeature } from "./raw.js";
import { levelOf } from "./shapes.js";

type Rule =
  | { kind: "number"; least?: number; above?: number; most: number; none?: true }
  | { kind: "choice"; of: readonly string[] }
  | { kind: "flag" };

/** Keys of the `muster` object by feature type; docs/formats/layout.md gives units and meaning. */
export const MUSTER_KEYS: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  level: { elevation_m: { kind: "number", least: -1000, most: 1000 } },
  unit: {
    ceiling_m: { kind: "number", above: 0, most: 500, none: true },
    boundary: { kind: "choice", of: ["walled", "open"] },
    walkable: { kind: "flag" },
  },
  opening: {
    width_m: { kind: "number", above: 0, most: 1000 },
    height_m: { kind: "number", above: 0, most: 500 },
    sill_m: { kind: "number", least: 0, most: 500 },
    direction: { kind: "choice", of: ["both", "forward", "backward"] },
    state: { kind: "choice", of: ["open", "closed"] },
    exit: { kind: "flag" },
    greatest_specific_flow: { kind: "number", least: 0.01, most: 10 },
    boundary_layer_m: { kind: "number", least: 0, most: 1 },
    one_way: { kind: "choice", of: ["in", "out"] },
    turnstile_lanes: { kind: "number", least: 1, most: 200 },
    turnstile_service_s: { kind: "number", least: 0, most: 3600 },
  },
  fixture: {},
  section: {},
  line: {},
  relationship: {
    rise_m: { kind: "number", above: 0, most: 500 },
    tread_m: { kind: "number", least: 0.1, most: 2 },
    riser_m: { kind: "number", least: 0.02, most: 0.4 },
    speed_m_s: { kind: "number", least: 0.1, most: 1.5 },
    standing_share: { kind: "number", least: 0, most: 1 },
    capacity_per_h: { kind: "number", least: 1, most: 20_000 },
    car_capacity: { kind: "number", least: 1, most: 100 },
    car_speed_m_s: { kind: "number", least: 0.1, most: 20 },
    car_acceleration_m_s2: { kind: "number", least: 0.1, most: 3 },
    door_open_s: { kind: "number", least: 0, most: 60 },
    door_close_s: { kind: "number", least: 0, most: 60 },
    dwell_s: { kind: "number", least: 0, most: 600 },
  },
};

export interface MusterProperties {
  readonly number: (key: string) => number | null | undefined;
  readonly text: (key: string) => string | undefined;
  readonly flag: (key: string) => boolean | undefined;
}

/** The `muster` object of a feature; every unknown key and value out of range becomes a problem and is left out. */
export function readMuster(feature: RawFeature, faults: Faults): MusterProperties {
  const rules = MUSTER_KEYS[feature.type] ?? {};
  const level = levelOf(feature);
  const fail = (key: string, message: string): void =>
    faults.add({ place: feature.place, message: `muster.${key} ${message}`, ...(level === undefined ? {} : { level }) });
  const found = new Map<string, unknown>();
  const { muster } = feature.properties;
  if (muster !== undefined && !isRecord(muster)) faults.add({ place: feature.place, message: "muster must be an object" });
  for (const [key, value] of Object.entries(isRecord(muster) ? muster : {})) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    const known = Object.keys(rules).join(", ") || "none";
    const wrong = rule ? fault(rule, value) : `is unknown; known keys of a ${feature.type}: ${known}`;
    if (wrong) fail(key, wrong);
    else found.set(key, value);
  }
  // A key of ours beside the muster object would be dropped without a word, so it is refused.
  for (const key of Object.keys(rules))
    if (feature.properties[key] !== undefined && isOurs(feature, key)) fail(key, "stands outside the muster object");
  return {
    number: (key) => {
      const value = found.get(key);
      return typeof value === "number" || value === null ? value : undefined;
    },
    text: (key) => {
      const value = found.get(key);
      return typeof value === "string" ? value : undefined;
    },
    flag: (key) => {
      const value = found.get(key);
      return typeof value === "boolean" ? value : undefined;
    },
  };
}

/** IMDF has a `direction` of its own in relationships. */
const isOurs = (feature: RawFeature, key: string): boolean => !(feature.type === "relationship" && key === "direction");

function fault(rule: Rule, value: unknown): string | null {
  const is = `is ${JSON.stringify(value)?.slice(0, 40)}`;
  if (rule.kind === "flag") return typeof value === "boolean" ? null : `${is}; must be true or false`;
  if (rule.kind === "choice")
    return typeof value === "string" && rule.of.includes(value) ? null : `${is}; must be one of ${rule.of.join(", ")}`;
  if (value === null && rule.none) return null;
  const range = rule.above === undefined ? `from ${rule.least}` : `above ${rule.above}`;
  const good =
    typeof value === "number" &&
    value <= rule.most &&
    (rule.above === undefined ? value >= (rule.least ?? 0) : value > rule.above);
  return good ? null : `${is}; must be a number ${range} up to ${rule.most}`;
}

/** IMDF's `name`: a text or {language: text}; English first, else the first language; the id where there is none. */
export function nameOf(feature: RawFeature): string {
  const { name } = feature.properties;
  if (typeof name === "string" && name !== "") return name;
  if (isRecord(name)) {
    const texts = [name.en, ...Object.values(name)];
    const text = texts.find((value) => typeof value === "string" && value !== "");
    if (typeof text === "string") return text;
  }
  return feature.id;
}

export function categoryOf(feature: RawFeature): string {
  const { category } = feature.properties;
  return typeof category === "string" && category !== "" ? category : "unspecified";
}

/** IMDF unit categories that are walls, voids or plants, and lifts, which nobody walks in. Any unit may say otherwise by `muster.walkable`. */
const NO_FLOOR = new Set([
  "brick",
  "column",
  "concrete",
  "drywall",
  "elevator",
  "glass",
  "opentobelow",
  "structure",
  "vegetation",
  "wood",
]);

export function isFloor(category: string): boolean {
  return !NO_FLOOR.has(category);
}
