/** What a plan and a scenario say about passing an opening: direction, prescribed greatest flow, turnstile. */
import type { Problem } from "../errors.js";
import type { Layout, Opening } from "../layout/layout.js";
import { SERVICE } from "./limits.js";
import { floorIsLeft, unitIsLeft } from "./openings.js";
import { lookUp } from "./places.js";
import { asList, fault, type Reading, refuseDoubles } from "./reading.js";
import { resolveDistribution } from "./resolve-distribution.js";
import type { Distribution, OpeningRule, Scenario } from "./scenario.js";
import type { OpeningFile } from "./schema/openings.js";

/** What bounds the flow through an opening. Neither of both: what emerges from bodies and time gaps. */
export interface OpeningControl {
  /** Greatest flow, both ways together. */
  readonly prescribed: {
    /** persons/(m s) */
    readonly specific_flow: number;
    /** Each side, m. */
    readonly boundary_layer_m: number;
    /** Clear width without both boundary layers, m. */
    readonly effective_width_m: number;
    /** specific_flow × effective_width_m, persons/s. */
    readonly flow: number;
  } | null;
  readonly turnstile: { readonly lanes: number; readonly service_s: Distribution } | null;
}

/** Completes the rules of a file; each key of an opening stands once. */
export function resolveOpenings(reading: Reading, given: readonly OpeningFile[]): OpeningRule[] {
  const seen = new Map<string, number>();
  return given.flatMap((file, k) => {
    const place = `openings[${k}]`;
    if (reading.broken(place)) return [];
    const at = asList(file.at);
    refuseDoubles(reading, `${place}.at`, at);
    const { greatest_specific_flow, boundary_layer_m, one_way, turnstile } = file;
    if (greatest_specific_flow === undefined && one_way === undefined && turnstile === undefined)
      fault(reading, place, "says nothing: one of greatest_specific_flow, one_way, turnstile is missing");
    if (boundary_layer_m !== undefined && greatest_specific_flow === undefined)
      fault(reading, `${place}.boundary_layer_m`, "belongs to greatest_specific_flow, which is missing");
    for (const name of at) {
      for (const key of ["greatest_specific_flow", "one_way", "turnstile"] as const) {
        if (file[key] === undefined) continue;
        const other = seen.get(`${key} ${name}`);
        if (other !== undefined) fault(reading, `${place}.${key}`, `stands for "${name}" in openings[${other}] already`);
        seen.set(`${key} ${name}`, k);
      }
    }
    return [
      {
        at,
        ...(greatest_specific_flow === undefined ? {} : { greatest_specific_flow, boundary_layer_m: boundary_layer_m ?? 0 }),
        ...(one_way === undefined ? {} : { one_way }),
        ...(turnstile === undefined
          ? {}
          : {
              turnstile: {
                lanes: turnstile.lanes,
                service_s: resolveDistribution(reading, `${place}.turnstile.service_s`, turnstile.service_s, SERVICE),
              },
            }),
      },
    ];
  });
}

/** The rule of the scenario for an opening that has the key, or undefined. */
function ruleFor<K extends "greatest_specific_flow" | "one_way" | "turnstile">(
  scenario: Pick<Scenario, "openings" | "places">,
  layout: Layout,
  opening: Opening,
  key: K,
): OpeningRule | undefined {
  return scenario.openings.find((rule) => {
    if (rule[key] === undefined) return false;
    return rule.at.some((name) => {
      const found = lookUp(scenario, layout, name);
      return "place" in found && found.place.kind === "opening" && found.place.opening.id === opening.id;
    });
  });
}

/** What bounds the flow through an opening; the scenario goes before the plan. */
export function controlOf(scenario: Pick<Scenario, "openings" | "places">, layout: Layout, opening: Opening): OpeningControl {
  const rule = ruleFor(scenario, layout, opening, "greatest_specific_flow");
  const own = opening.control;
  const specific_flow = rule?.greatest_specific_flow ?? own?.greatestSpecificFlow;
  const boundary_layer_m = rule ? (rule.boundary_layer_m ?? 0) : (own?.boundaryLayer ?? 0);
  const effective_width_m = opening.width - 2 * boundary_layer_m;
  const turnstile = ruleFor(scenario, layout, opening, "turnstile")?.turnstile;
  const gates = own?.turnstile && { lanes: own.turnstile.lanes, service_s: { constant: own.turnstile.service } };
  return {
    prescribed:
      specific_flow === undefined
        ? null
        : { specific_flow, boundary_layer_m, effective_width_m, flow: specific_flow * effective_width_m },
    turnstile: turnstile ?? gates ?? null,
  };
}

/** The layout with the directions that `one_way` gives to openings and to the ends of flights. */
export function withDirections(scenario: Pick<Scenario, "openings" | "places">, layout: Layout): Layout {
  const turned = new Map<string, Opening["direction"]>();
  for (const opening of layout.openings) {
    const direction = directionOf(scenario, layout, opening);
    if (direction !== null && direction !== opening.direction) turned.set(opening.id, direction);
  }
  if (turned.size === 0) return layout;
  return {
    ...layout,
    openings: layout.openings.map((o) => ({ ...o, direction: turned.get(o.id) ?? o.direction })),
    gates: layout.gates.map((gate) => ({ ...gate, direction: turned.get(gate.opening) ?? gate.direction })),
  };
}

/** Direction asked for by `one_way`; null where none is, or where it has no sense (checkOpenings says so). */
function directionOf(
  scenario: Pick<Scenario, "openings" | "places">,
  layout: Layout,
  opening: Opening,
): "forward" | "backward" | null {
  const way = ruleFor(scenario, layout, opening, "one_way")?.one_way ?? opening.control?.oneWay;
  if (way === undefined) return null;
  if (typeof way === "string") {
    const left = opening.units.length > 1 ? null : floorIsLeft(layout, opening);
    return left === null ? null : (way === "out") === left ? "forward" : "backward";
  }
  const left = [way.from, way.to].map((name) => unitIsLeft(layout, opening, unitNamed(layout, name)));
  return left[0] === null || left[1] === null || left[0] === left[1] ? null : left[0] ? "forward" : "backward";
}

const unitNamed = (layout: Layout, name: string): string | null =>
  (layout.units.find((u) => u.id === name) ?? layout.units.find((u) => u.name === name))?.id ?? null;

/** Faults of rules over openings that only the layout shows. */
export function checkOpenings(scenario: Scenario, layout: Layout): Problem[] {
  const queued = new Set(
    scenario.people
      .flatMap((g) => g.journey.flatMap((stage) => ("queue" in stage ? stage.queue.at : [])))
      .flatMap((name) => {
        const found = lookUp(scenario, layout, name);
        return "place" in found && found.place.kind === "opening" ? [found.place.opening.id] : [];
      }),
  );
  return layout.openings.flatMap((opening) => {
    const problems: Problem[] = [];
    const add = (message: string, more: Partial<Problem> = {}): void => {
      problems.push({ place: `opening ${opening.id}`, message, level: opening.level, ...more });
    };
    const { prescribed, turnstile } = controlOf(scenario, layout, opening);
    if (prescribed && !(prescribed.effective_width_m > 0))
      add(`is ${opening.width.toFixed(2)} m wide: boundary layers of ${prescribed.boundary_layer_m} m leave no effective width`, {
        value: prescribed.boundary_layer_m,
        limit: opening.width / 2,
      });
    if (turnstile && queued.has(opening.id))
      add("has a turnstile, and people queue there with servers of their own: people would be served twice");
    const way = ruleFor(scenario, layout, opening, "one_way")?.one_way ?? opening.control?.oneWay;
    if (way === undefined) return problems;
    const asked = directionOf(scenario, layout, opening);
    if (asked === null)
      add(
        typeof way === "string"
          ? `cannot be one way "${way}": it does not lead outside; name the units by {from, to}`
          : `cannot be one way from "${way.from}" to "${way.to}": these are not the units on its two sides`,
      );
    else if (opening.direction !== "both" && opening.direction !== asked)
      add("is one way in the layout, and the other way by one_way: nobody could pass");
    else {
      const gate = layout.gates.find((g) => g.opening === opening.id);
      if (gate && gate.direction !== "both" && gate.direction !== asked)
        add("is the end of a flight of one direction, and the other way by one_way: nobody could pass");
    }
    return problems;
  });
}
