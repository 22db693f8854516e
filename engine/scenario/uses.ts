/** Every place that a scenario names, with its path and what it is named for. */
import type { Scenario, Stage } from "./scenario.js";
import { join } from "./shape.js";

export type Role = "area" | "measured-or-site" | "line" | "opening" | "queue" | "exit" | "entry";

export interface Use {
  path: string;
  name: string;
  role: Role;
}

/** In the order of the file. Paths name groups, not their number, since a mix of populations makes several of one. */
export function usesOf(scenario: Scenario): Use[] {
  const uses: Use[] = [];
  const add = (path: string, names: readonly string[], role: Role): void => {
    names.forEach((name, k) => {
      uses.push({ path: names.length > 1 ? `${path}[${k}]` : path, name, role });
    });
  };
  for (const group of scenario.people) {
    const path = join("people", group.name);
    add(`${path}.start.in`, group.start?.in ?? [], "area");
    add(`${path}.arrivals.at`, group.arrivals?.at ?? [], "entry");
    group.journey.forEach((stage, k) => {
      addStage(`${path}.journey[${k}]`, stage, add);
    });
  }
  scenario.openings.forEach((rule, k) => {
    add(`openings[${k}].at`, rule.at, "opening");
  });
  scenario.events.forEach((event, k) => {
    if ("open" in event) add(`events[${k}].open`, [event.open], "opening");
    if ("redirect" in event) {
      add(`events[${k}].redirect.from`, event.redirect.from, "exit");
      add(`events[${k}].redirect.to`, [event.redirect.to], "exit");
      if (event.redirect.in !== null) add(`events[${k}].redirect.in`, [event.redirect.in], "area");
    }
    if ("close" in event) add(`events[${k}].close`, [event.close], "opening");
  });
  add("measure.sections", scenario.measure.sections, "area");
  add("measure.lines", scenario.measure.lines, "line");
  scenario.warnings.forEach((rule, k) => {
    const role =
      rule.scheme === "flow"
        ? "line"
        : rule.scheme === "queue"
          ? "queue"
          : rule.scheme === "share-of-capacity" || rule.scheme === "density"
            ? "measured-or-site"
            : "area";
    add(`warnings[${k}].place`, [rule.place], role);
  });
  const hand = scenario.hand_calculation;
  hand?.holding.forEach(({ section }, k) => {
    add(`hand_calculation.holding[${k}].section`, [section], "area");
  });
  hand?.entry.forEach(({ gate }, k) => {
    add(`hand_calculation.entry[${k}].gate`, [gate], "opening");
  });
  hand?.exits.forEach(({ opening }, k) => {
    add(`hand_calculation.exits[${k}].opening`, [opening], "opening");
  });
  return uses;
}

function addStage(path: string, stage: Stage, add: (path: string, names: readonly string[], role: Role) => void): void {
  if ("go" in stage) add(`${path}.go.to`, [stage.go.to], "area");
  if ("queue" in stage) add(`${path}.queue.at`, stage.queue.at, "queue");
  if ("stay" in stage) add(`${path}.stay.in`, [stage.stay.in], "area");
  if ("choose" in stage) add(`${path}.choose.of`, stage.choose.of, "area");
  if ("leave" in stage) add(`${path}.leave.by`, stage.leave.by, "exit");
}
