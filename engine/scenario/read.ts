/** Scenario text → the checked, complete scenario, or all of its faults. */
import { MusterError, type Problem } from "../errors.js";
import { resolveEvents } from "./events.js";
import { resolveFire } from "./fire/resolve.js";
import { resolveFlights } from "./flight-rules.js";
import { resolveGroups } from "./groups.js";
import { resolveLifts } from "./lift-rules.js";
import { DURATION, MAX_LISTED } from "./limits.js";
import { resolveOpenings } from "./opening-rules.js";
import { WAYPOINT_RADIUS } from "./places.js";
import { asList, fault, type Reading } from "./reading.js";
import { checkModelStep, defaultStep, resolveModel } from "./resolve-model.js";
import { resolveHand, resolveRisk } from "./risk.js";
import type { Group, InlinePlace, Scenario } from "./scenario.js";
import { type PlaceFile, type ScenarioFile, scenarioSchema } from "./schema.js";
import { type Schema, shapeProblems } from "./shape.js";
import { DEFAULT_STAIR_LAW } from "./stair-laws.js";
import { readText } from "./text.js";
import { parseInstant } from "./times.js";
import { measuredByRules, resolveWarnings } from "./warning-rules.js";

/**
 * Reads a scenario in YAML or JSON, short or complete form; reading the result again gives the same scenario. Faults that need the
 * layout (names, levels, floor) are found by `checkScenario`.
 * @param input.name for messages, and title of a scenario that has none
 * @param input.files text of a file that the scenario names (arrival profiles); may throw
 * Throws INPUT_TOO_LARGE, INPUT_UNREADABLE, or SCENARIO_INVALID with every fault, each with its path and line.
 */
export function readScenario(input: { name: string; text: string; files: (path: string) => string }): Scenario {
  const { value, line } = readText(input.name, input.text);
  const problems = shapeProblems(scenarioSchema as unknown as Schema, value); // typebox's schema is plain JSON Schema
  const shape = problems.map((problem) => problem.place);
  const broken = (path: string): boolean =>
    shape.some((place) => place === path || (place.startsWith(path) && /[.[]/.test(place[path.length]!)));
  const scenario =
    value !== null && typeof value === "object" && !Array.isArray(value)
      ? complete(value as ScenarioFile, input, problems, broken)
      : null; // parts of a wrong shape are left out by `broken`
  if (problems.length > 0 || scenario === null) throw new MusterError("SCENARIO_INVALID", located(input.name, problems, line));
  return scenario;
}

function complete(
  file: ScenarioFile,
  input: { name: string; files: (path: string) => string },
  problems: Problem[],
  broken: (path: string) => boolean,
): Scenario | null {
  const first: Reading = { problems, broken, start: null, duration_s: null, files: input.files };
  const start = broken("start") || file.start == null ? null : parseInstant(file.start);
  if (file.start != null && start === null && !broken("start")) {
    fault(first, "start", `is "${file.start}", must be a date and time with offset such as 2026-07-18T17:00:00+02:00`, {
      value: file.start,
    });
  }
  const startBroken = file.start != null && start === null;
  const duration_s =
    broken("duration_s") || broken("duration_min")
      ? null
      : (file.duration_s ?? (file.duration_min === undefined ? null : file.duration_min * 60));
  const reading: Reading = { ...first, start, duration_s, broken: (path) => (path === "start" && startBroken) || broken(path) };
  const model = resolveModel(reading, file.model);
  const output = checkSteps(reading, file, defaultStep(model));
  const places = list(reading, "places", file.places).flatMap(([entry, at]) => resolvePlace(reading, at, entry));
  places.forEach((entry, k) => {
    if (places.findIndex((other) => other.name === entry.name) < k)
      fault(reading, "places", `the name "${entry.name}" stands twice`);
  });
  const lifts = resolveLifts(reading, Array.isArray(file.lifts) ? file.lifts : []);
  const flights = resolveFlights(reading, Array.isArray(file.flights) ? file.flights : []);
  const openings = resolveOpenings(reading, Array.isArray(file.openings) ? file.openings : []);
  const { groups, names } = resolveGroups(reading, Array.isArray(file.people) ? file.people : []);
  checkModelStep(reading, model, output.step, groups);
  const events = broken("events") && !Array.isArray(file.events) ? [] : resolveEvents(reading, file.events ?? [], names);
  const measure = resolveMeasure(reading, file, groups);
  const warnings = resolveWarnings(reading, usable(file.warnings), measure.sections);
  const risk = resolveRisk(reading, broken("risk") ? undefined : file.risk);
  const hand_calculation = broken("hand_calculation") ? null : resolveHand(file.hand_calculation);
  const fire = file.fire === undefined ? null : resolveFire(reading, file.fire, output.step);
  if (problems.length > 0) return null;
  return {
    muster: 1,
    name: file.name ?? input.name.replace(/^.*[/\\]/, "").replace(/\.(scenario\.)?(ya?ml|json)$/i, ""),
    layout: file.layout ?? "layout.geojson",
    start: file.start ?? null,
    duration_s: duration_s ?? DURATION.maximum, // without one a fault was added
    time_step_s: output.step,
    output_every_s: output.every,
    seed: file.seed ?? 1,
    model,
    places,
    openings,
    flights,
    lifts,
    stairs: file.stairs ?? DEFAULT_STAIR_LAW,
    people: groups,
    events,
    measure,
    warnings,
    hand_calculation,
    risk,
    ...(fire === null ? {} : { fire }),
  };
}

/** Entries of a list with their paths; those of a wrong shape are left out. */
function list<T>(reading: Reading, path: string, entries: T[] | undefined): [T, string][] {
  if (!Array.isArray(entries)) return [];
  return entries.map((entry, k): [T, string] => [entry, `${path}[${k}]`]).filter(([, at]) => !reading.broken(at));
}

/** A list or map of warnings; anything else has a fault of shape. */
const usable = (warnings: ScenarioFile["warnings"]): ScenarioFile["warnings"] =>
  warnings !== null && typeof warnings === "object" ? warnings : undefined;

function checkSteps(reading: Reading, file: ScenarioFile, usual: number): { step: number; every: number } {
  const step = file.time_step_s ?? usual;
  const every = file.output_every_s ?? 1;
  if (reading.broken("time_step_s") || reading.broken("output_every_s")) return { step, every };
  const ratio = every / step;
  if (ratio < 0.999 || Math.abs(ratio - Math.round(ratio)) > 1e-6) {
    fault(reading, "output_every_s", `is ${every} s, must be a multiple of the time step ${step} s`, {
      value: every,
      limit: step,
    });
  }
  return { step, every };
}

function resolvePlace(reading: Reading, at: string, file: PlaceFile): InlinePlace[] {
  const forms = (["polygon", "line", "at"] as const).filter((form) => file[form] !== undefined);
  if (forms.length !== 1) {
    fault(
      reading,
      at,
      forms.length === 0 ? "one of polygon, line, at is missing" : `has ${forms.join(" and ")}, needs one of them`,
    );
    return [];
  }
  if (file.radius_m !== undefined && !file.at) fault(reading, `${at}.radius_m`, "belongs to a waypoint (at)");
  if (file.exit && file.line) fault(reading, `${at}.exit`, "belongs to an area, people cannot leave by a measuring line");
  return [
    {
      name: file.name,
      ...(file.level === undefined ? {} : { level: file.level }),
      ...(file.polygon ? { polygon: file.polygon.map(([x, y]): [number, number] => [x, y]) } : {}),
      ...(file.line ? { line: file.line } : {}),
      ...(file.at ? { at: file.at, radius_m: file.radius_m ?? WAYPOINT_RADIUS } : {}),
      exit: file.exit ?? false,
    },
  ];
}

/** Measured sections by default: where people start, stay or visit. Places of warnings are measured in any case. */
function resolveMeasure(reading: Reading, file: ScenarioFile, groups: readonly Group[]): Scenario["measure"] {
  const given = reading.broken("measure") ? undefined : file.measure;
  if (given?.cell_m !== undefined && given.density) fault(reading, "measure", "has cell_m and density.cell_m, needs one of them");
  const rules = measuredByRules(reading, usable(file.warnings));
  const sections = [...new Set([...(given?.sections ?? groups.flatMap(areasOf)), ...rules.sections])];
  const lines = [...new Set([...(given?.lines ?? []), ...rules.lines])];
  const service = Object.fromEntries(Object.entries(given?.service ?? {}));
  for (const name of Object.keys(service)) {
    if (!sections.includes(name)) fault(reading, "measure.service", `names "${name}", which is no measured section`);
  }
  return { cell_m: given?.cell_m ?? given?.density?.cell_m ?? 1, sections, lines, service };
}

function areasOf(group: Group): string[] {
  const visited = group.journey.flatMap((stage) =>
    "stay" in stage ? [stage.stay.in] : "choose" in stage ? asList(stage.choose.of) : [],
  );
  return [...(group.start?.in ?? []), ...visited];
}

/** Adds the line in the text; a list of hundreds of faults is cut, with their number. */
function located(name: string, problems: Problem[], line: (path: string) => number | null): Problem[] {
  const most = 4 * MAX_LISTED;
  const shown = problems.slice(0, most).map((problem) => {
    const at = line(problem.place);
    return at === null ? problem : { ...problem, place: `${problem.place} (line ${at})` };
  });
  return problems.length > most ? [...shown, { place: name, message: `and ${problems.length - most} more faults` }] : shown;
}
