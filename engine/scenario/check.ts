/** Faults of a scenario that only its layout shows: names, kinds and levels of places, floor, exits, people who do not fit. */
import type { Problem } from "../errors.js";
import type { Layout } from "../layout/layout.js";
import { checkAgents } from "./check-agents.js";
import { checkDrawnPlaces, floorOf } from "./check-floor.js";
import { checkStarts } from "./check-starts.js";
import { checkFire } from "./fire/check.js";
import { checkFlights, withRunning } from "./flight-rules.js";
import { checkLifts } from "./lift-rules.js";
import { LEAST_FLOOR } from "./limits.js";
import { checkOpenings, withDirections } from "./opening-rules.js";
import { wayThrough } from "./openings.js";
import { lookUp, type Place } from "./places.js";
import type { Scenario } from "./scenario.js";
import { type Role, usesOf } from "./uses.js";

/** Every fault, each with its path in the complete form (`people.visitors.journey[2].leave.by`); empty where the two fit together. */
export function checkScenario(scenario: Scenario, given: Layout): Problem[] {
  const layout = withDirections(scenario, withRunning(scenario, given));
  const problems: Problem[] = [
    ...checkDrawnPlaces(scenario, layout),
    ...checkOpenings(scenario, given),
    ...checkLifts(scenario, layout),
    ...checkFlights(scenario, given),
  ];
  const drawn = new Set(scenario.places.map((place) => place.name));
  const floorless = new Map<string, boolean>();
  for (const { path, name, role } of usesOf(scenario)) {
    if (name === "site" && role === "measured-or-site") continue;
    const found = lookUp(scenario, layout, name);
    if ("problem" in found) {
      // A place drawn in the scenario was looked at above, once.
      if (!drawn.has(name)) problems.push({ place: path, message: found.problem, value: name });
      continue;
    }
    const { place } = found;
    const wrong = misfit(role, place, layout);
    if (wrong) problems.push({ place: path, message: `"${name}" ${wrong}`, value: name, level: place.level });
    else if (place.kind === "area" && !drawn.has(name)) {
      if (!floorless.has(name)) floorless.set(name, floorOf(layout, place).area < LEAST_FLOOR);
      if (floorless.get(name))
        problems.push({
          place: path,
          message: `"${name}" has no floor on level "${place.level}"`,
          value: name,
          level: place.level,
        });
    }
  }
  problems.push(
    ...checkQueueRules(scenario),
    ...checkAgents(scenario, layout),
    ...checkStarts(scenario, layout),
    ...checkFire(scenario, layout),
  );
  return problems;
}

/** Why a place cannot play a role, or null. */
function misfit(role: Role, place: Place, layout: Layout): string | null {
  const is = place.kind === "area" ? "is an area" : place.kind === "line" ? "is a measuring line" : "is an opening";
  switch (role) {
    case "area":
    case "measured-or-site":
      return place.kind === "area" ? null : `${is}, needs an area (a section, a unit or a place with polygon or at)`;
    case "line":
      return place.kind === "area" ? `${is}, needs a measuring line or an opening` : null;
    case "opening":
    case "queue":
      return place.kind === "opening" ? null : `${is}, needs an opening${role === "queue" ? ": people queue before one" : ""}`;
    case "exit":
      if (place.kind === "line") return `${is}, nobody can leave by it`;
      if (place.kind === "area")
        return place.exit ? null : 'is an area that is no exit: name an opening that leads outside, or a place with "exit: true"';
      if (!place.opening.exit) return "is an opening that does not lead outside: nobody can leave by it";
      return wayThrough(layout, place.opening).out ? null : "is an opening that lets people in only: nobody can leave by it";
    case "entry":
      if (place.kind === "line") return `${is}, people arrive by an opening or in an area`;
      if (place.kind === "area") return null;
      if (place.opening.units.length > 1)
        return "is an opening between two units: people arrive by one that leads outside, or in an area";
      return wayThrough(layout, place.opening).in ? null : "is an opening that lets people out only: nobody can arrive by it";
  }
}

/** A rule on a queue needs people who queue there. */
function checkQueueRules(scenario: Scenario): Problem[] {
  const queues = new Set(
    scenario.people.flatMap((group) => group.journey.flatMap((stage) => ("queue" in stage ? stage.queue.at : []))),
  );
  return scenario.warnings.flatMap((rule, k) =>
    rule.scheme === "queue" && !queues.has(rule.place)
      ? [{ place: `warnings[${k}]`, message: `"${rule.place}" has no queue: no journey names it in "queue"`, value: rule.place }]
      : [],
  );
}
