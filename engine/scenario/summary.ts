/** What `muster check` tells of a scenario, as plain data: who comes with which numbers, and what bounds openings and flights. */
import type { Layout } from "../layout/layout.js";
import { bounds, mean } from "./distributions.js";
import { flightOf } from "./flight-rules.js";
import { controlOf, withDirections } from "./opening-rules.js";
import type { Distribution, Population, Scenario } from "./scenario.js";

/** Mean and ends of what can be drawn. */
interface Range {
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

export interface ScenarioSummary {
  readonly name: string;
  readonly duration_s: number;
  readonly people: number;
  readonly groups: readonly {
    readonly name: string;
    readonly count: number;
    readonly population: string;
    readonly speed_m_s: Range;
    /** In plan; null: uses no stairs. */
    readonly stairs_up_m_s: Range | null;
    readonly stairs_down_m_s: Range | null;
    /** Width of the body, m. */
    readonly width_m: Range;
    readonly pre_movement_s: Range;
    readonly pre_movement_source: string | null;
    readonly motivation: number;
  }[];
  /** Each population once, with its source. */
  readonly populations: readonly { readonly name: string; readonly source: string }[];
  /** Openings whose flow or direction is not left to what emerges. */
  readonly openings: readonly {
    readonly name: string;
    /** persons/(m s) and the persons/s that it makes; null: emergent. */
    readonly prescribed: { readonly specific_flow: number; readonly flow: number } | null;
    readonly turnstile_lanes: number | null;
    readonly direction: string;
  }[];
  readonly stairs: string;
  readonly escalators: readonly {
    readonly name: string;
    readonly running: string;
    readonly speed_m_s: number;
    readonly standing_share: number;
    readonly capacity_per_h: number;
  }[];
}

const rangeOf = (distribution: Distribution, factor = 1): Range => {
  const { min, max } = bounds(distribution);
  return { mean: factor * mean(distribution), min: factor * min, max: factor * max };
};

const onStairs = ({ uses_stairs, speed_m_s }: Population, share: number, absolute: Distribution | undefined): Range | null =>
  uses_stairs ? (absolute ? rangeOf(absolute) : rangeOf(speed_m_s, share)) : null;

/** The scenario as it will be run; speeds of single agents and places are not part of it. */
export function summariseScenario(scenario: Scenario, layout: Layout): ScenarioSummary {
  const { people } = scenario;
  const populations = new Map(people.map(({ population }) => [population.name, population.source]));
  return {
    name: scenario.name,
    duration_s: scenario.duration_s,
    people: people.reduce((sum, group) => sum + group.count, 0),
    groups: people.map(({ name, count, population, pre_movement_s, pre_movement_source, motivation }) => ({
      name,
      count,
      population: population.name,
      speed_m_s: rangeOf(population.speed_m_s),
      stairs_up_m_s: onStairs(population, population.stairs_up, population.stairs_up_m_s),
      stairs_down_m_s: onStairs(population, population.stairs_down, population.stairs_down_m_s),
      width_m: rangeOf(population.radius_m, 2),
      pre_movement_s: rangeOf(pre_movement_s),
      pre_movement_source,
      motivation,
    })),
    populations: [...populations].map(([name, source]) => ({ name, source })),
    openings: withDirections(scenario, layout).openings.flatMap((opening) => {
      const { prescribed, turnstile } = controlOf(scenario, layout, opening);
      if (!prescribed && !turnstile && opening.direction === "both") return [];
      return [
        {
          name: opening.name || opening.id,
          prescribed: prescribed && { specific_flow: prescribed.specific_flow, flow: prescribed.flow },
          turnstile_lanes: turnstile?.lanes ?? null,
          direction: opening.direction,
        },
      ];
    }),
    stairs: scenario.stairs,
    escalators: layout.connections.flatMap((connection) => {
      const { belt } = flightOf(scenario, connection);
      if (!belt) return [];
      const { running, speed, standingShare, capacity_per_h } = belt;
      return [
        { name: connection.name || connection.id, running, speed_m_s: speed, standing_share: standingShare, capacity_per_h },
      ];
    }),
  };
}
