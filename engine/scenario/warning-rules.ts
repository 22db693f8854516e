/** Warning rules: default limits with their sources, and the rules of a file in their complete form. */
import { fault, type Reading } from "./reading.js";
import { LEVELS, type WarningLevel, type WarningRule, type WarningScheme } from "./scenario.js";
import type { RuleFile, WarningsFile } from "./schema/rules.js";
import { join } from "./shape.js";

/** A level must hold this long before it is given: long enough to pass over a group that walks by, short beside any action. Ours. */
const HOLD = 10;

export interface SchemeDefaults {
  /** Units that a file may give, with their factor into the first one, which the complete form keeps. */
  units: Record<string, number>;
  levels: WarningRule["levels"];
  hysteresis: number;
  source: string;
}

/** Letters of Fruin's levels of service as numbers, A = 1 … F = 6. */
const LETTERS = "ABCDEF";
const SERVICE_UNIT = "Fruin level of service, A = 1 to F = 6";

/**
 * Default limits by scheme. For queues there are none: what is too long is for the organiser to say.
 * "verified" = read in a source, "unverified" = from memory.
 */
export const SCHEMES: Readonly<Record<WarningScheme, SchemeDefaults>> = {
  density: {
    units: { "persons/m2": 1, "persons/m²": 1, "1/m2": 1 },
    levels: { blue: 2, yellow: 3, orange: 4, red: 5 },
    hysteresis: 0.5,
    source:
      "2: HSG195, 0.5 m2 per person standing outdoors; 3: Still, moving crowds slow down (unverified); 4: IMO MSC.1/Circ.1533, jam; 5: Still, risk in a moving crowd",
  },
  "level-of-service": {
    units: { [SERVICE_UNIT]: 1 },
    levels: { blue: 3, yellow: 4, orange: 5, red: 6 },
    hysteresis: 0.5,
    source: "Fruin 1971, levels C to F; the choice of colours is Muster's",
  },
  "share-of-capacity": {
    units: { share: 1, "%": 0.01 },
    levels: { blue: 0.6, yellow: 0.8, orange: 0.9, red: 1 },
    hysteresis: 0.05,
    source: "four colours by load ratio in use in China, with LB/T 034-2014: divert at 80 %, stop at 100 % (unverified)",
  },
  flow: {
    units: { "persons/(m s)": 1, "persons/(m min)": 1 / 60 },
    levels: { blue: 0.55, yellow: 0.82, orange: 1.1, red: 1.37 },
    hysteresis: 0.1,
    source:
      "Fruin 1971, walkway levels C, D, E, F from 33, 49, 66 and 82 persons/(m min) (verified); 82 is the Green Guide's level rate",
  },
  queue: { units: { persons: 1, s: 1, min: 60 }, levels: {}, hysteresis: 0, source: "scenario" },
  pressure: {
    units: { "1/s2": 1 },
    levels: { orange: 0.02, red: 0.04 },
    hysteresis: 0.005,
    source:
      "Helbing, Johansson, Al-Abideen 2007, PRE 75:046109: turbulence from 0.02 (second-hand), 0.04 to 0.06 before people fell (unverified)",
  },
};

/** Rules of the file, then the default density rule for every measured section that has none. */
export function resolveWarnings(reading: Reading, given: WarningsFile | undefined, sections: readonly string[]): WarningRule[] {
  const rules: WarningRule[] = [];
  const named = new Set<string>();
  for (const { place, at, rule } of listRules(given)) {
    named.add(place);
    const resolved = reading.broken(at) ? null : resolveRule(reading, at, place, rule);
    if (resolved) rules.push(resolved);
  }
  for (const section of sections) {
    if (named.has(section)) continue;
    rules.push(complete(section, "density", SCHEMES.density, { unit: "persons/m2", levels: SCHEMES.density.levels }));
  }
  return rules;
}

/** Places of the file's rules whose value needs a measured area or line. Rules with faults in their shape are left out. */
export function measuredByRules(reading: Reading, given: WarningsFile | undefined): { sections: string[]; lines: string[] } {
  const sections: string[] = [];
  const lines: string[] = [];
  for (const { place, at, rule } of listRules(given)) {
    if (reading.broken(at) || place === "site") continue;
    if (rule.scheme === "flow") lines.push(place);
    else if (rule.scheme !== "queue") sections.push(place);
  }
  return { sections, lines };
}

function listRules(given: WarningsFile | undefined): { place: string; at: string; rule: RuleFile }[] {
  if (given === undefined) return [];
  if (Array.isArray(given)) {
    return given.flatMap((entry, k) => {
      if (typeof entry?.place !== "string") return []; // a fault of shape
      const { place, ...rule } = entry;
      return [{ place, at: `warnings[${k}]`, rule }];
    });
  }
  return Object.entries(given).flatMap(([place, rules]) => {
    const at = join("warnings", place);
    return Array.isArray(rules) ? rules.map((rule, k) => ({ place, at: `${at}[${k}]`, rule })) : [{ place, at, rule: rules }];
  });
}

function resolveRule(reading: Reading, at: string, place: string, rule: RuleFile): WarningRule | null {
  const before = reading.problems.length;
  const defaults = SCHEMES[rule.scheme];
  const canonical = Object.keys(defaults.units)[0]!;
  const unit = rule.unit ?? canonical;
  const factor = Object.hasOwn(defaults.units, unit) ? defaults.units[unit]! : null;
  if (factor === null) {
    fault(
      reading,
      `${at}.unit`,
      `is "${unit}", the scheme ${rule.scheme} is given in ${Object.keys(defaults.units).join(" or ")}`,
      { value: unit },
    );
    return null;
  }
  const own = readLevels(reading, at, rule, factor);
  const levels = Object.keys(own).length > 0 ? own : defaults.levels;
  const lowest = checkLevels(reading, at, rule.scheme, levels);
  if (rule.scheme === "share-of-capacity" && rule.capacity == null)
    fault(reading, at, '"capacity" is missing: how many people are 100 %');
  if (rule.scheme !== "share-of-capacity" && rule.capacity != null)
    fault(reading, `${at}.capacity`, `belongs to share-of-capacity, not to ${rule.scheme}`);
  const hysteresis = rule.hysteresis === undefined ? Math.min(defaults.hysteresis, lowest / 2) : rule.hysteresis * factor;
  if (hysteresis >= lowest && lowest > 0) {
    fault(
      reading,
      `${at}.hysteresis`,
      `is ${hysteresis}, must be less than the lowest limit ${lowest}, or the warning could never end`,
      { value: hysteresis, limit: lowest },
    );
  }
  if (reading.problems.length > before) return null;
  const kept = rule.scheme === "queue" && unit !== "persons" ? "s" : canonical;
  return complete(place, rule.scheme, defaults, {
    unit: kept,
    levels,
    hysteresis,
    source: rule.source ?? (levels === own ? "scenario" : defaults.source),
    hold_s: rule.hold_s ?? HOLD,
    capacity: rule.capacity ?? null,
  });
}

const complete = (
  place: string,
  scheme: WarningScheme,
  defaults: SchemeDefaults,
  own: Pick<WarningRule, "unit" | "levels"> & Partial<WarningRule>,
): WarningRule => ({
  place,
  scheme,
  unit: own.unit,
  source: own.source ?? defaults.source,
  levels: { ...own.levels },
  hold_s: own.hold_s ?? HOLD,
  hysteresis: own.hysteresis ?? defaults.hysteresis,
  capacity: own.capacity ?? null,
});

function readLevels(reading: Reading, at: string, rule: RuleFile, factor: number): WarningRule["levels"] {
  const levels: Partial<Record<WarningLevel, number>> = {};
  for (const level of LEVELS) {
    const inside = rule.levels?.[level];
    if (inside !== undefined && rule[level] !== undefined)
      fault(reading, at, `has ${level} and levels.${level}, needs one of them`);
    const value = rule[level] ?? inside;
    if (value === undefined) continue;
    if (typeof value === "string") {
      if (rule.scheme !== "level-of-service")
        fault(reading, `${at}.${level}`, `is the letter ${value}, which only level-of-service has`);
      levels[level] = LETTERS.indexOf(value) + 1;
    } else levels[level] = value * factor;
  }
  return levels;
}

/** Limits rise from blue to red and there is at least one. Returns the lowest. */
function checkLevels(reading: Reading, at: string, scheme: WarningScheme, levels: WarningRule["levels"]): number {
  const there = LEVELS.filter((level) => levels[level] !== undefined);
  if (there.length === 0) fault(reading, at, `has no limit: give at least one of ${LEVELS.join(", ")}`);
  there.forEach((level, k) => {
    const value = levels[level]!;
    const before = there[k - 1];
    if (before !== undefined && value <= levels[before]!) {
      fault(reading, `${at}.${level}`, `is ${value}, must be more than ${before}, ${levels[before]}`, {
        value,
        limit: levels[before]!,
      });
    }
    if (scheme === "level-of-service" && !(Number.isInteger(value) && value >= 1 && value <= 6)) {
      fault(reading, `${at}.${level}`, `is ${value}, must be a letter from A to F`, { value });
    }
    if (!(value > 0))
      fault(reading, `${at}.${level}`, `is ${value}, must be more than 0, or the warning would never end`, { value, limit: 0 });
  });
  return there.length > 0 ? levels[there[0]!]! : 0;
}
