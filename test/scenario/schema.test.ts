import { readFileSync, writeFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scenarioMarkdown } from "../../engine/scenario/markdown.js";
import { scenarioSchema } from "../../engine/scenario/schema.js";
import { type Schema, shapeProblems } from "../../engine/scenario/shape.js";
import { read, readText } from "./helpers.js";

const published = JSON.parse(JSON.stringify(scenarioSchema)) as Schema;
const validate = new Ajv2020({ strict: false }).compile(published);

/** A scenario that uses every key of the file form once, legal or not in sense: only its shape counts here. */
const rich = {
  muster: 1,
  name: "all",
  layout: "a.geojson",
  start: "2026-07-18T17:00:00+02:00",
  duration_min: 30,
  time_step_s: 0.1,
  output_every_s: 1,
  seed: 3,
  model: "headway",
  places: [{ name: "p", level: "0", polygon: [[0, 0], [1, 0], [1, 1]], exit: true }, { name: "l", line: [[0, 0], [1, 0]] }, { name: "w", at: [1, 2], radius_m: 1 }], // biome-ignore format: data
  openings: [{ at: ["g"], greatest_specific_flow: 1.33, boundary_layer_m: 0.15, one_way: "in", turnstile: { lanes: 2, service_s: { uniform: [1, 3] } } }, { at: "h", one_way: { from: "x", to: "y" } }], // biome-ignore format: data
  people: [
    {
      name: "a",
      count: 5,
      motivation: 0.9,
      single_file: true,
      start: { in: ["x"] },
      population: {
        name: "own",
        source: "me",
        like: "adults",
        speed_m_s: { normal: { mean: 1, sd: 0.1, min: 0.5, max: 2 } },
        radius_m: 0.2,
        stairs_up: 0.5,
        stairs_down: 0.5,
      },
      pre_movement_s: { weibull: { scale: 20, shape: 1.2, max: 100 } },
      journey: [
        { go: "x" },
        { go: { to: "x" } },
        { queue: { at: "g", servers: 2, service_s: { lognormal: { mean: 3, sd: 1 } }, spacing_m: 0.8 } },
        { stay: { in: "x", for_min: 3 } },
        { stay: { until: "17:20" } },
        { choose: { of: ["x", "y"], weights: [1, 2], share: 0.5, stay_min: { gamma: { shape: 2, scale: 3 } } } },
        { leave: { by: ["e"], choice: "shares", shares: [1] } },
      ],
    },
    {
      name: "b",
      arrivals: { at: ["g", "h"], shares: [0.5, 0.5], rate_per_min: [{ from: "17:00", to_min: 3, rate: 4 }] },
      population: { mix: { adults: 1 } },
    },
    {
      name: "d",
      count: 1,
      start: { in: "x" },
      familiar_with: ["e"],
      social_groups: { sizes: [2, 3], shares: [0.5, 0.5], with: "families" },
      journey: [{ leave: { by: ["e", "f"], choice: "expected-time", gain: 0.2, follow: "others" } }],
    },
    {
      name: "c",
      agents: [{ at: [1, 1], level: "0", speed_m_s: 1, radius_m: 0.2 }],
      journey: [{ go: "x" }, { go: "y" }, { repeat: true }],
    },
  ],
  events: [{ at: "17:10", close: ["g"] }, { at_min: 3, open: "g" }, { at_s: 3, stop: "inflow" }, { at_s: 3, stop_lift: "L" }, { at_s: 5, start_lift: ["L"] }, { at_s: 6, lift: "L", runs: false }, { at_s: 4, redirect: { from: ["e"], to: "f", groups: ["a"], share: 0.5, in: "x", for_s: 60 } }], // biome-ignore format: data
  measure: { density: { cell_m: 2 }, sections: ["x"], lines: ["l"], service: { x: "queue" } },
  warnings: {
    x: [{ scheme: "level-of-service", yellow: "C", red: "F", hold_s: 5 }],
    site: { scheme: "share-of-capacity", capacity: 50, red: 1, unit: "share", hysteresis: 0.1, source: "me" },
  },
  hand_calculation: {
    guide: "g",
    holding: [{ section: "x", density: 2, physical: 0.8, safety: 0.9, set_by: "N. N." }],
    entry: [{ gate: "g", lanes: 3, rate_per_min: 10 }],
    exits: [{ opening: "e" }],
    emergency_time_min: 6,
  },
  risk: { density_limit: 4, cell_m: 5 },
  lifts: [{ at: ["L"], for: "step-free", capacity: 8, speed_m_s: 1, acceleration_m_s2: 1, door_open_s: 2, door_close_s: 2, dwell_s: 3 }], // biome-ignore format: data
  fire: {
    fires: [{ name: "f", at: "x", start_s: 5, growth: "fast", peak_kW: 500, peak_for_s: 60, decay_s: 30, hrr_per_area_kW_m2: 300, height_m: 0.5, fuel: "wood", formula: [1, 2, 0.5, 0, 0], heat_of_combustion_kJ_kg: 2e4, radiative_fraction: 0.3, soot_yield: 0.1, co_yield: 0.1, hcn_yield: 0 }, { at: [1, 2], level: "0", curve: [[0, 0], [10, 100]] }], // biome-ignore format: data
    items: [{ name: "i", at: [1, 1], size_m: [1, 1, 1], growth: "slow", peak_kW: 100, turn_deg: 10, incubation_s: 5, fuel_mass_kg: 100, surface: { flame_speed_mm_s: 5, hrr_per_area_kW_m2: 500, energy_MJ_m2: 50, wind_gain_s_m: 1 }, ignites_at_s: 5, emissive_power_kW_m2: 60, ignition: { critical_flux_kW_m2: 10, flux_time_product: 100, index: 1 } }, { of: ["x"], tall_m: 2, ignition: "hard" }], // biome-ignore format: data
    surfaces: [{ of: ["x"], walls: "brick", ceiling: "gypsum", floor: "wood", walls_thickness_m: 0.1, ceiling_thickness_m: 0.01, floor_thickness_m: 0.02 }], // biome-ignore format: data
    doors: [{ at: ["g"], state: "self-closing", leak_m2: 0.02, closing_s: 4 }],
    leakage: { walls_m2_per_m2: 1e-4, floors_m2_per_m2: 1e-5 },
    vents: [{ name: "v", in: "x", kind: "window", width_m: 1, height_m: 1, sill_m: 1, opens: { temperature_C: 300 } }],
    fans: [{ name: "w", in: "x", direction: "exhaust", flow_m3_s: 1, height_m: 2, area_m2: 0.5, starts: { detector: "d" } }],
    detectors: [{ name: "d", at: "x", kind: "smoke", below_ceiling_m: 0.1, rti: 30, activates_at_C: 60, obscuration_percent_m: 10, alarm: true }], // biome-ignore format: data
    sprinklers: [{ name: "s", at: [1, 1], below_ceiling_m: 0.1, rti: 30, activates_at_C: 60, spray_density_mm_s: 0.1 }],
    alarm: { at_s: 5, delay_s: 10 },
    ambient: { inside_C: 20, outside_C: 10, pressure_Pa: 1e5, relative_humidity: 0.4 },
    wind: { speed_m_s: 3, from_deg: 270, reference_height_m: 10, terrain: "open", stability: "C" },
    smoke_from: { format: "fds", file: "a.smv", start_s: 5, at: [1, 2], height_m: 3, turn_deg: 90, visibility_factor: 8, rooms: [{ compartment: "c", unit: "x" }] }, // biome-ignore format: data
    air: [{ in: "x", extinction_1_m: 1, temperature_C: 30, co_ppm: 1, co2_pct: 1, o2_pct: 19, hcn_ppm: 1, hcl_ppm: 1, radiant_kW_m2: 1, from_s: 0, to_s: 5 }], // biome-ignore format: data
    people: {
      speed_law: "jin-irritant",
      dose: "purser",
      cue: true,
      avoid: false,
      incapacitate: true,
      clothed: true,
      head_height_m: 1.7,
    },
    tenability: { height_m: 2, visibility_m: 10, small_room_visibility_m: 5, small_room_m2: 100, temperature_C: 60, layer_temperature_C: 200, heat_flux_kW_m2: 2.5, fed: 0.3, share_of_floor: 0.1 }, // biome-ignore format: data
    warnings: { lead_s: 300, margin_s: { blue: 120, yellow: 60, orange: 30, red: 0 } },
    exchange_s: 0.5,
  },
};

const JUNK = [null, -1, 0, 1, 1e9, 0.5, "", "x", "A", "17:10", [], [1, 2], ["x"], {}, { constant: 1 }, { in: "x" }, true];

/** Every path into a value. */
function paths(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== "object") return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, Array.isArray(value) ? Number(key) : key])),
  ];
}

function changed(
  value: unknown,
  path: (string | number)[],
  change: (holder: Record<string | number, unknown>, key: string | number) => void,
): unknown {
  const copy = { root: structuredClone(value) } as Record<string | number, unknown>;
  let holder = copy;
  const steps = ["root", ...path];
  for (const step of steps.slice(0, -1)) holder = holder[step] as Record<string | number, unknown>;
  change(holder, steps.at(-1)!);
  return copy.root;
}

describe("the published schema", () => {
  it("accepts what it describes, short and complete", () => {
    expect(validate(rich), JSON.stringify(validate.errors)).toBe(true);
    expect(shapeProblems(published, rich)).toEqual([]);
    const complete = read({ muster: 1, duration_s: 60, people: [{ name: "a", count: 5, start: { in: "x" } }] });
    expect(validate(complete), JSON.stringify(validate.errors)).toBe(true);
  });

  it("and the checks in words agree with ajv on every small change", () => {
    const all = paths(rich).slice(1);
    const change = fc.oneof(
      fc.constantFrom(...JUNK).map((junk) => (holder: Record<string | number, unknown>, key: string | number) => {
        holder[key] = junk;
      }),
      fc.constant((holder: Record<string | number, unknown>, key: string | number) => {
        if (Array.isArray(holder)) holder.splice(Number(key), 1);
        else delete holder[key];
      }),
      fc
        .constantFrom("foo", "count", "at", "scheme")
        .map((name) => (holder: Record<string | number, unknown>, key: string | number) => {
          const inner = holder[key];
          if (inner !== null && typeof inner === "object" && !Array.isArray(inner)) (inner as Record<string, unknown>)[name] = 1;
        }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...all), change), { minLength: 1, maxLength: 1 }), (changes) => {
        const value = changes.reduce<unknown>((now, [path, how]) => changed(now, path, how), rich);
        const problems = shapeProblems(published, value);
        expect(problems.length === 0, JSON.stringify([problems, validate(value), validate.errors])).toBe(validate(value));
      }),
      { numRuns: 1500 },
    );
  });

  it("gives every key a description, and every number a range", () => {
    const bare: string[] = [];
    const look = (schema: Schema, path: string): void => {
      for (const [key, inner] of Object.entries(schema.properties ?? {})) {
        const at = `${path}.${key}`;
        const named = inner.description ?? inner.properties ?? inner.enum;
        if (!named) bare.push(at);
        look(inner, at);
      }
      for (const branch of schema.anyOf ?? []) look(branch, path);
      if (schema.items) look(schema.items, `${path}[]`);
    };
    look(published, "");
    expect(bare).toEqual([]);
  });
});

describe("docs/formats/scenario.md", () => {
  const file = new URL("../../docs/formats/scenario.md", import.meta.url);
  const page = scenarioMarkdown();

  it("is what the schema says (MUSTER_UPDATE=1 writes it)", () => {
    if (process.env.MUSTER_UPDATE === "1") writeFileSync(file, page);
    expect(readFileSync(file, "utf8")).toBe(page);
  });

  it("shows an example that is read", () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(page)![1]!;
    const scenario = readText(example, { "arrivals.csv": "from_min,to_min,count\n0,30,400\n" });
    expect(scenario.people[0]!.count).toBe(400);
    expect(scenario.warnings[0]!.place).toBe("front-of-stage");
  });
});
