/** A complete scenario for the tests of charts and report. */
import type { Scenario, WarningRule } from "../../engine/scenario/scenario.js";

const rule = (
  place: string,
  scheme: WarningRule["scheme"],
  unit: string,
  levels: WarningRule["levels"],
  capacity: number | null = null,
): WarningRule => ({ place, scheme, unit, source: "site rules 2026", levels, hold_s: 10, hysteresis: 0.2, capacity });
const DENSITY = { blue: 2, yellow: 3, orange: 4, red: 5 };

export function sampleScenario(changes: Partial<Scenario> = {}): Scenario {
  return {
    muster: 1,
    name: "Summer festival, one gate lost",
    layout: "layout.geojson",
    start: "2026-07-18T17:00:00+02:00",
    duration_s: 14400,
    time_step_s: 0.1,
    output_every_s: 1,
    seed: 7,
    model: "headway",
    openings: [],
    flights: [],
    lifts: [],
    stairs: "free-speed",
    places: [],
    people: [
      {
        name: "visitors",
        count: 8000,
        start: null,
        arrivals: {
          at: ["gate-A", "gate-B", "gate-C"],
          shares: [0.3, 0.4, 0.3],
          intervals: [{ from_s: 0, to_s: 5400, count: 8000 }],
        },
        agents: null,
        population: {
          name: "adults",
          source: "Weidmann 1993",
          speed_m_s: { normal: { mean: 1.34, sd: 0.26, min: 0.5, max: 2.2 } },
          radius_m: { constant: 0.2 },
          stairs_up: 0.45,
          stairs_down: 0.52,
          uses_stairs: true,
        },
        pre_movement_s: { constant: 0 },
        pre_movement_source: null,
        motivation: 1,
        single_file: false,
        familiar_with: [],
        social_groups: null,
        journey: [
          {
            queue: {
              at: ["gate-A", "gate-B", "gate-C"],
              servers: 12,
              service_s: { lognormal: { mean: 9, sd: 4, min: 2, max: 60 } },
              spacing_m: 0.6,
            },
          },
          { go: { to: "front-of-stage" } },
          { leave: { by: ["gate-A", "gate-C"], choice: "least-time", shares: [] } },
        ],
      },
      {
        name: "staff",
        count: 60,
        start: { in: ["food-east"] },
        arrivals: null,
        agents: null,
        population: {
          name: "adults",
          source: "Weidmann 1993",
          speed_m_s: { constant: 1.3 },
          radius_m: { constant: 0.2 },
          stairs_up: 0.5,
          stairs_down: 0.6,
          uses_stairs: true,
        },
        pre_movement_s: { lognormal: { mean: 60, sd: 20, min: 0, max: 300 } },
        pre_movement_source: null,
        motivation: 1,
        single_file: false,
        familiar_with: [],
        social_groups: null,
        journey: [{ leave: { by: ["gate-A"], choice: "fixed", shares: [] } }],
      },
    ],
    events: [{ at_s: 16500, close: "gate-B" }],
    measure: {
      cell_m: 1,
      sections: ["front-of-stage", "main-field", "food-east", "food-west", "gate-C-apron"],
      lines: ["mid-line"],
      service: {},
    },
    warnings: [
      rule("front-of-stage", "density", "persons/m2", DENSITY),
      rule("main-field", "density", "persons/m2", DENSITY),
      rule("food-east", "share-of-capacity", "share", { yellow: 0.8, orange: 0.9, red: 1 }, 300),
      rule("gate-C", "queue", "persons", { yellow: 300, orange: 600, red: 1200 }),
    ],
    hand_calculation: {
      guide: "Green Guide",
      holding: [],
      entry: [{ gate: "gate-A", lanes: 12, rate_per_min: 7, within_min: 60 }],
      exits: [
        { opening: "gate-A", rate_per_m_min: 82 },
        { opening: "gate-C", rate_per_m_min: 82 },
      ],
      exit_time_min: 8,
      emergency_time_min: 8,
    },
    risk: {
      likelihood_share: [0.01, 0.05, 0.2, 0.5],
      consequence_people: [30, 100, 300, 1000],
      density_limit: 5,
      matrix: [
        ["blue", "blue", "blue", "blue", "blue"],
        ["blue", "blue", "blue", "blue", "yellow"],
        ["blue", "blue", "yellow", "yellow", "orange"],
        ["blue", "blue", "yellow", "orange", "red"],
        ["blue", "yellow", "orange", "red", "red"],
      ],
      cell_m: 10,
      source: "common 5 × 5 form",
    },
    ...changes,
  };
}
