/** The text of `muster check` for people: tables, and what a scenario asks for. */
import type { FireSummary } from "../engine/fire/from-layout/summary.js";
import type { ScenarioSummary } from "../engine/scenario/summary.js";

/** `fire` only where the scenario has one. */
export type CheckedSummary = ScenarioSummary & { readonly fire?: FireSummary };

export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? "" : "s"}`;

/** Columns as wide as their longest text; numbers to the right. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  const numeric = rows[0]!.map((_, c) => rows.slice(1).every((row) => /^-?[\d.]+$/.test(row[c]!)));
  return rows.map((row) =>
    `  ${row.map((text, c) => (numeric[c] ? text.padStart(widths[c]!) : text.padEnd(widths[c]!))).join("  ")}`.trimEnd(),
  );
}

const fixed = (value: number, digits: number): string => value.toFixed(digits);
type Range = ScenarioSummary["groups"][number]["speed_m_s"];
/** "1.34 (0.50–2.20)", or one number where all draws are the same. */
const range = ({ mean, min, max }: Range, digits: number): string =>
  min === max ? fixed(mean, digits) : `${fixed(mean, digits)} (${fixed(min, digits)}–${fixed(max, digits)})`;

/** People, rules and notices of a scenario; every line ends with a line break. */
export function scenarioText(summary: CheckedSummary, notices: readonly string[]): string {
  const { groups, populations, openings, escalators } = summary;
  const lines = [
    `Scenario  ${summary.name}, ${summary.duration_s} s, ${count(summary.people, "person").replace("persons", "people")}`,
    "",
    ...table([
      [
        "Group",
        "people",
        "population",
        "speed m/s",
        "up stairs m/s",
        "down stairs m/s",
        "body m",
        "sets off after s",
        "motivation",
      ],
      ...groups.map((g) => [
        g.name,
        String(g.count),
        g.population,
        range(g.speed_m_s, 2),
        g.stairs_up_m_s ? range(g.stairs_up_m_s, 2) : "no stairs",
        g.stairs_down_m_s ? range(g.stairs_down_m_s, 2) : "no stairs",
        range(g.width_m, 2),
        range(g.pre_movement_s, 0),
        String(g.motivation),
      ]),
    ]),
    "Mean and, in brackets, smallest and largest value that can be drawn. Motivation: factor on the time gap.",
    "",
    ...populations.map(({ name, source }) => `  ${name}: ${source}`),
    ...groups.flatMap((g) => (g.pre_movement_source === null ? [] : [`  ${g.name} sets off: ${g.pre_movement_source}`])),
    "",
    ...(openings.length === 0
      ? ["Flow through all openings is emergent."]
      : [
          "Openings with rules; flow elsewhere is emergent",
          ...table([
            ["Opening", "direction", "prescribed persons/(m s)", "persons/s", "turnstile lanes"],
            ...openings.map((o) => [
              o.name,
              o.direction,
              o.prescribed ? String(o.prescribed.specific_flow) : "emergent",
              o.prescribed ? fixed(o.prescribed.flow, 3) : "emergent",
              o.turnstile_lanes === null ? "none" : String(o.turnstile_lanes),
            ]),
          ]),
        ]),
    `Stairs: ${summary.stairs}.`,
    ...escalators.map(
      (e) =>
        `Escalator ${e.name}: ${e.running} at ${fixed(e.speed_m_s, 2)} m/s in plan, ${Math.round(100 * e.standing_share)} % stand, at most ${fixed(e.capacity_per_h, 0)} /h.`,
    ),
    ...(summary.fire ? fireLines(summary.fire) : []),
    ...(notices.length === 0 ? [] : ["", count(notices.length, "notice"), ...notices.map((notice) => `  ${notice}`)]),
    "",
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function fireLines({ fires, fuels, compartments, vents, doors, notices }: FireSummary): string[] {
  const states = Object.entries(doors).map(([state, n]) => `${n} ${DOORS[state] ?? state}`);
  return [
    "",
    `Fire: ${fires.length} burning, ${count(compartments, "compartment")}, ${count(vents, "vent")}`,
    ...(fires.length === 0
      ? []
      : table([
          ["Fire", "unit", "ignites after s", "peak kW", "fuel"],
          ...fires.map((f) => [
            f.name,
            f.unit,
            f.ignites_s === null ? "by others" : String(f.ignites_s),
            f.peak_kW === null ? "a front" : fixed(f.peak_kW, 0),
            f.fuel,
          ]),
        ])),
    ...fuels.map(({ name, source }) => `  ${name}: ${source}`),
    ...(states.length === 0 ? [] : [`Doors as smoke sees them: ${states.join(", ")}.`]),
    ...notices.map((notice) => `  ${notice}`),
  ];
}

const DOORS: Readonly<Record<string, string>> = {
  "as-people": "open or closed as for people",
  "while-people-pass": "open while people pass",
};
