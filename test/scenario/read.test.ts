import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POPULATIONS } from "../../engine/scenario/populations.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { base, lines, read, readText, refused, withGroup } from "./helpers.js";

const FESTIVAL = `
muster: 1
name: Summer festival, one gate lost
start: 2026-07-18T17:00:00+02:00
duration_min: 360
seed: 7
people:
  - name: visitors
    count: 8000
    arrivals: {at: [gate-A, gate-B, gate-C], profile: arrivals.csv}
    population: adults
    journey:
      - queue: {at: ticket-check, servers: 12, service_s: {lognormal: {mean: 9, sd: 4}}}
      - go: stage
      - stay: {until: 21:30}
      - choose: {of: [food-east, food-west], share: 0.4, stay_min: {uniform: [5, 15]}}
      - leave: {by: [gate-A, gate-B, gate-C], choice: least-time}
  - name: staff
    count: 60
    start: {in: backstage}
events:
  - {at: 21:35, close: gate-B}
  - {at: 20:00, stop: inflow}
measure:
  density: {cell_m: 1}
  sections: [front-of-stage, gate-A]
  lines: [gate-A-line]
warnings:
  front-of-stage: {scheme: density, blue: 2.0, yellow: 3.0, orange: 4.0, red: 5.0, unit: persons/m2, hold_s: 10}
  site: {scheme: share-of-capacity, capacity: 9000, yellow: 0.8, orange: 0.9, red: 1.0}
`;
const FILES = { "arrivals.csv": "from_min,to_min,count\n0,60,3000\n60,120,5000\n" };
const again = (scenario: Scenario): Scenario => read(scenario);

describe("the short form", () => {
  const festival = readText(FESTIVAL, FILES);

  it("becomes complete, in SI", () => {
    expect(festival.duration_s).toBe(21_600);
    expect(festival.layout).toBe("layout.geojson");
    expect(festival.time_step_s).toBe(0.1);
    expect(festival.people[0]!.arrivals).toEqual({
      at: ["gate-A", "gate-B", "gate-C"],
      shares: [1 / 3, 1 / 3, 1 / 3],
      intervals: [
        { from_s: 0, to_s: 3600, count: 3000 },
        { from_s: 3600, to_s: 7200, count: 5000 },
      ],
    });
    expect(festival.people[0]!.population).toEqual(POPULATIONS.get("adults"));
    expect(festival.people[0]!.journey).toEqual([
      {
        queue: {
          at: ["ticket-check"],
          servers: 12,
          service_s: { lognormal: { mean: 9, sd: 4, min: 0, max: 3600 } },
          spacing_m: 0.7,
        },
      },
      { go: { to: "stage" } },
      { stay: { in: "stage", for_s: null, until_s: 16_200 } },
      { choose: { of: ["food-east", "food-west"], weights: [1, 1], share: 0.4, stay_s: { uniform: [300, 900] } } },
      { leave: { by: ["gate-A", "gate-B", "gate-C"], choice: "least-time", shares: [] } },
    ]);
    expect(festival.people[1]!.journey).toEqual([{ stay: { in: "backstage", for_s: null, until_s: null } }]);
    // In order of time, not of the file.
    expect(festival.events).toEqual([
      { at_s: 10_800, stop_inflow: [] },
      { at_s: 16_500, close: "gate-B" },
    ]);
  });

  it("gives measured areas without a rule the default density rule", () => {
    expect(festival.warnings.map((rule) => [rule.place, rule.scheme, rule.levels])).toEqual([
      ["front-of-stage", "density", { blue: 2, yellow: 3, orange: 4, red: 5 }],
      ["site", "share-of-capacity", { yellow: 0.8, orange: 0.9, red: 1 }],
      ["gate-A", "density", { blue: 2, yellow: 3, orange: 4, red: 5 }],
    ]);
    expect(festival.warnings.every((rule) => rule.source.length > 0 && rule.unit.length > 0)).toBe(true);
    expect(festival.risk.matrix[4]).toEqual(["blue", "yellow", "orange", "red", "red"]);
  });

  it("is the same when its complete form is read again, byte for byte", () => {
    expect(JSON.stringify(again(festival))).toBe(JSON.stringify(festival));
  });

  it("takes the file's name where it has none, and measures where people start and stay", () => {
    const scenario = read({ ...base(), name: undefined });
    expect(scenario.name).toBe("test");
    expect(scenario.measure.sections).toEqual(["back"]);
  });

  it("splits a mix into whole people, with the events that name the group", () => {
    const scenario = read(
      withGroup(
        { count: 41, population: { mix: { adults: 0.5, children: 0.3, "reduced-mobility": 0.2 } } },
        { events: [{ at_min: 1, stop: "visitors" }] },
      ),
    );
    expect(scenario.people.map((group) => [group.name, group.count])).toEqual([
      ["visitors (adults)", 21],
      ["visitors (children)", 12],
      ["visitors (reduced-mobility)", 8],
    ]);
    expect(scenario.events[0]).toEqual({ at_s: 60, stop_inflow: scenario.people.map((group) => group.name) });
    expect(read(withGroup({ population: "imo-passengers" })).people).toHaveLength(10);
    expect(again(scenario)).toEqual(scenario);
  });

  it("fills own populations from a named one and says so in the source", () => {
    const { population } = read(withGroup({ population: { like: "children", speed_m_s: 0.7 } })).people[0]!;
    expect(population.speed_m_s).toEqual({ constant: 0.7 });
    expect(population.radius_m).toEqual(POPULATIONS.get("children")!.radius_m);
    expect(population.source).toMatch(/^scenario; what it leaves out: .*Simulex/);
  });

  it("converts units of limits and letters", () => {
    const rules = read({
      ...base(),
      warnings: {
        door: { scheme: "flow", unit: "persons/(m min)", orange: 60, red: 81 },
        back: [{ scheme: "level-of-service", yellow: "D", red: "F" }, { scheme: "pressure" }],
      },
    });
    expect(rules.warnings[0]).toMatchObject({ unit: "persons/(m s)", levels: { orange: 1, red: 1.35 }, source: "scenario" });
    expect(rules.warnings[1]!.levels).toEqual({ yellow: 4, red: 6 });
    expect(rules.warnings[2]!.levels).toEqual({ orange: 0.02, red: 0.04 });
    // Places of rules are measured without being named again.
    expect(rules.measure).toMatchObject({ sections: ["back"], lines: ["door"] });
  });
});

describe("any scenario", () => {
  const name = fc.constantFrom("a", "b", "gate-1", "Halle 3", "入口");
  const time = fc.double({ min: 0, max: 300, noNaN: true });
  const distribution = fc.oneof(
    fc.double({ min: 1, max: 100, noNaN: true }),
    fc.record({
      lognormal: fc.record({
        mean: fc.double({ min: 1, max: 60, noNaN: true }),
        sd: fc.double({ min: 0.5, max: 30, noNaN: true }),
      }),
    }),
    fc.record({
      weibull: fc.record({
        scale: fc.double({ min: 1, max: 60, noNaN: true }),
        shape: fc.double({ min: 0.5, max: 5, noNaN: true }),
        max: fc.constant(300),
      }),
    }),
  );
  const stage = fc.oneof(
    fc.record({ go: name }),
    fc.record({
      queue: fc.record({
        at: fc.uniqueArray(name, { minLength: 1 }),
        servers: fc.integer({ min: 1, max: 9 }),
        service_s: distribution,
      }),
    }),
    fc.record({ stay: fc.record({ in: name, for_min: fc.double({ min: 0, max: 30, noNaN: true }) }) }),
    fc.record({
      choose: fc.record({ of: fc.uniqueArray(name, { minLength: 1 }), stay_min: fc.double({ min: 1, max: 9, noNaN: true }) }),
    }),
  );
  const start = fc.oneof(
    fc.record({ count: fc.nat(500), start: fc.record({ in: fc.uniqueArray(name, { minLength: 1 }) }) }),
    fc.record({
      count: fc.nat(500),
      arrivals: fc.record({ at: fc.uniqueArray(name, { minLength: 1 }), uniform_min: fc.constant([0, 5]) }),
    }),
    fc.record({ arrivals: fc.record({ at: name, rate_per_min: fc.double({ min: 0, max: 90, noNaN: true }) }) }),
    fc.record({ agents: fc.array(fc.record({ at: fc.tuple(time, time) }), { minLength: 1, maxLength: 5 }) }),
  );
  const scenario = fc.record({
    muster: fc.constant(1),
    duration_s: fc.constant(300),
    seed: fc.nat(),
    people: fc.uniqueArray(
      fc
        .tuple(
          fc.string({ minLength: 1, maxLength: 9, unit: "grapheme-ascii" }),
          start,
          fc.array(stage, { maxLength: 4 }),
          fc.constantFrom("adults", "children", "older"),
          distribution,
        )
        .map(([label, way, journey, population, pre_movement_s]) => ({
          name: label,
          ...way,
          journey: [...journey, { leave: "x" }],
          population,
          pre_movement_s,
        })),
      { minLength: 1, maxLength: 4, selector: (group) => group.name },
    ),
    events: fc.array(fc.record({ at_s: time, close: name }), { maxLength: 4 }),
    warnings: fc.dictionary(
      name,
      fc.constantFrom({ scheme: "density" }, { scheme: "pressure" }, { scheme: "flow", unit: "persons/(m min)", red: 70 }),
    ),
  });

  it("read, written and read again stays the same, byte for byte", () => {
    fc.assert(
      fc.property(scenario, (file) => {
        const once = read(file);
        expect(JSON.stringify(again(once))).toBe(JSON.stringify(once));
      }),
      { numRuns: 80 },
    );
  });

  it("of any shape ends in a scenario or in a list of faults, never in another exception", () => {
    fc.assert(
      fc.property(
        fc.object({
          key: fc.constantFrom(
            "muster",
            "people",
            "duration_s",
            "events",
            "warnings",
            "measure",
            "risk",
            "places",
            "start",
            "name",
            "hand_calculation",
            "0",
            "__proto__",
          ),
          maxDepth: 4,
        }),
        (value) => {
          const error = refused(() => read(value));
          expect(error.code).toBe("SCENARIO_INVALID");
          expect(lines(error.problems).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});
