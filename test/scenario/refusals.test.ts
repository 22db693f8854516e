import { describe, expect, it } from "vitest";
import { base, faults, readText, refused, withGroup } from "./helpers.js";

describe("refusals", () => {
  const group = (more: Record<string, unknown>): string[] => faults(withGroup(more));
  const warning = (rule: Record<string, unknown>): string[] => faults({ ...base(), warnings: { back: rule } });

  it.each<[string, () => string[], string | RegExp]>([
    [
      "unknown key",
      () => faults({ ...base(), duratoin_s: 3 }),
      'duratoin_s: unknown key "duratoin_s"; did you mean "duration_s"?',
    ],
    ["unknown key inside", () => group({ arivals: {} }), 'people[0].arivals: unknown key "arivals"; did you mean "arrivals"?'],
    ["wrong version", () => faults({ ...base(), muster: 2 }), "muster: is 2, must be 1"],
    ["no people", () => faults({ ...base(), people: [] }), "people: is empty"],
    [
      "missing duration",
      () => faults({ ...base(), duration_min: undefined }),
      "scenario: one of duration_min, duration_s is missing",
    ],
    [
      "two durations",
      () => faults({ ...base(), duration_s: 3 }),
      "scenario: has duration_min and duration_s, needs exactly one of them",
    ],
    ["too long", () => faults({ ...base(), duration_min: 2881 }), "duration_min: is 2881, must be at most 2880 min"],
    ["10^7 people", () => group({ count: 1e7 }), "people[0].count: is 10000000, must be at most 1000000"],
    ["negative count", () => group({ count: -5 }), "people[0].count: is -5, must be at least 0"],
    ["half a person", () => group({ count: 2.5 }), "people[0].count: is 2.5, must be a whole number"],
    ["count as text", () => group({ count: "NaN" }), 'people[0].count: is the text "NaN", must be a number'],
    ["speed 0", () => group({ population: { speed_m_s: 0 } }), "people[0].population.speed_m_s: is 0, must be at least 0.01 m/s"],
    [
      "radius",
      () => group({ population: { radius_m: { uniform: [0.1, 0.9] } } }),
      /radius_m.uniform\[1\]: is 0.9, must be at most 0.5/,
    ],
    ["time step", () => faults({ ...base(), time_step_s: 0.3 }), "time_step_s: is 0.3, must be at most 0.2 s"],
    [
      "output interval",
      () => faults({ ...base(), output_every_s: 0.25 }),
      "output_every_s: is 0.25 s, must be a multiple of the time step 0.1 s",
    ],
    [
      "two starts",
      () => group({ arrivals: { at: "door", uniform_min: [0, 1] } }),
      "people[0]: has start and arrivals, needs one of them",
    ],
    ["no start", () => group({ start: null }), "people[0]: one of start, arrivals, agents is missing"],
    [
      "population",
      () => group({ population: "adult" }),
      'people[0].population: there is no population "adult"; did you mean "adults"?',
    ],
    [
      "mix",
      () => group({ population: { mix: { adults: 0.5, children: 0.4 } } }),
      "people[0].population.mix: adds to 0.9, must add to 1",
    ],
    [
      "distribution name",
      () => group({ pre_movement_s: { nromal: { mean: 3, sd: 1 } } }),
      /pre_movement_s.nromal: unknown key "nromal"; did you mean "normal"\?/,
    ],
    [
      "two distributions",
      () => group({ pre_movement_s: { constant: 1, uniform: [0, 1] } }),
      /has constant and uniform, needs exactly one/,
    ],
    ["bounds", () => group({ pre_movement_s: { normal: { mean: 3, sd: 1, min: 5, max: 2 } } }), /has min 5 and max 2/],
    [
      "no draw inside",
      () => group({ pre_movement_s: { normal: { mean: 3, sd: 1, min: 50 } } }),
      /only .* % of its draws fall inside/,
    ],
    [
      "uniform order",
      () => group({ pre_movement_s: { uniform: [9, 3] } }),
      /is \[9, 3\], the first number must not be the larger one/,
    ],
    [
      "stage",
      () => group({ journey: [{ wait: "door" }] }),
      /journey\[0\].wait: unknown key "wait"; known keys: go, queue, stay, choose, leave, repeat/,
    ],
    [
      "two stages in one",
      () => group({ journey: [{ go: "a", leave: "b" }] }),
      "people[0].journey[0]: has go and leave, needs exactly one of go, queue, stay, choose, leave, repeat",
    ],
    [
      "stage after leave",
      () => group({ journey: [{ leave: "door" }, { go: "back" }] }),
      "people[0].journey[1]: comes after leave, nobody gets to it",
    ],
    [
      "stage after repeat",
      () => group({ journey: [{ go: "back" }, { repeat: true }, { go: "back" }] }),
      "people[0].journey[2]: comes after repeat, nobody gets to it",
    ],
    [
      "repeat after leave",
      () => group({ journey: [{ leave: "door" }, { repeat: true }] }),
      "people[0].journey[1]: comes after leave, nobody gets to it",
    ],
    [
      "repeat of what takes no time",
      () => group({ journey: [{ choose: { of: ["a", "b"], share: 0.5, stay_s: 1 } }, { repeat: true }] }),
      /journey\[1\]: repeats nothing that takes time/,
    ],
    [
      "stay without place",
      () => faults(withGroup({ start: { in: ["a", "b"] }, journey: [{ stay: { for_min: 1 } }] })),
      /journey\[0\].stay: "in" is missing/,
    ],
    [
      "shares of exits",
      () => group({ journey: [{ leave: { by: ["a", "b"], shares: [0.5, 0.4] } }] }),
      /leave.shares: adds to 0.9, must add to 1/,
    ],
    [
      "number of shares",
      () => group({ journey: [{ leave: { by: ["a", "b"], shares: [1] } }] }),
      /has 1 shares for 2 places in "by"/,
    ],
    [
      "fixed exits",
      () => group({ journey: [{ leave: { by: ["a", "b"], choice: "fixed" } }] }),
      /has 2 exits, the choice "fixed" needs exactly one/,
    ],
    [
      "gain of another choice",
      () => group({ journey: [{ leave: { by: ["a", "b"], gain: 0.2 } }] }),
      'people[0].journey[0].leave.gain: belongs to the choice "expected-time", and the choice is "least-time"',
    ],
    [
      "familiar exits without a choice",
      () => group({ familiar_with: "a", journey: [{ leave: ["a", "b"] }] }),
      'people[0].familiar_with: belongs to a leave with the choice "expected-time"',
    ],
    [
      "familiar exits of no leave",
      () => group({ familiar_with: "c", journey: [{ leave: { by: ["a", "b"], choice: "expected-time" } }] }),
      'people[0].familiar_with: names "c", which no leave of the choice "expected-time" names',
    ],
    [
      "redirection to where people go",
      () => faults({ ...base(), events: [{ at_s: 1, redirect: { from: ["a", "b"], to: "a" } }] }),
      'events[0].redirect.to: is "a", which people are sent away from',
    ],
    [
      "redirection of an unknown group",
      () => faults({ ...base(), events: [{ at_s: 1, redirect: { from: "a", to: "b", groups: "vistors" } }] }),
      /events\[0\].redirect.groups: there is no group "vistors"; did you mean "visitors"/,
    ],
    [
      "shares of social groups",
      () => group({ social_groups: { sizes: [2, 3], shares: [0.5, 0.4] } }),
      "people[0].social_groups.shares: adds to 0.9, must add to 1",
    ],
    [
      "social groups over two journeys",
      () =>
        faults({
          ...base(),
          people: [
            ...(base().people as object[]),
            { ...(base().people as object[])[0], name: "p", social_groups: { sizes: [2], with: "all" } },
            {
              ...(base().people as object[])[0],
              name: "c",
              social_groups: { sizes: [2], with: "all" },
              journey: [{ stay: { in: "elsewhere" } }],
            },
          ],
        }),
      'people.c.social_groups.with: mixes with "p", which has another journey: companions need the same',
    ],
    ["exit twice", () => group({ journey: [{ leave: ["a", "a"] }] }), /leave.by: names "a" twice/],
    [
      "weights",
      () => group({ journey: [{ choose: { of: ["a", "b"], weights: [0, 0], stay_s: 1 } }] }),
      /weights: has no weight above 0/,
    ],
    [
      "group name twice",
      () => faults({ ...base(), people: [...(base().people as object[]), ...(base().people as object[])] }),
      'people[1].name: is "visitors", as is people[0]',
    ],
    [
      "place name twice",
      () =>
        faults({
          ...base(),
          places: [
            { name: "p", at: [1, 1] },
            { name: "p", at: [2, 2] },
          ],
        }),
      'places: the name "p" stands twice',
    ],
    [
      "place without form",
      () => faults({ ...base(), places: [{ name: "p" }] }),
      "places[0]: one of polygon, line, at is missing",
    ],
    [
      "event without deed",
      () => faults({ ...base(), events: [{ at_s: 1 }] }),
      "events[0]: one of open, close, stop, stop_lift, start_lift, redirect is missing",
    ],
    [
      "event without time",
      () => faults({ ...base(), events: [{ close: "door" }] }),
      "events[0]: one of at, at_min, at_s is missing",
    ],
    [
      "event group",
      () => faults({ ...base(), events: [{ at_s: 1, stop: "visitor" }] }),
      'events[0].stop: there is no group "visitor"; did you mean "visitors"?',
    ],
    [
      "levels not rising",
      () => warning({ scheme: "density", yellow: 3, orange: 2 }),
      "warnings.back.orange: is 2, must be more than yellow, 3",
    ],
    [
      "unit",
      () => warning({ scheme: "density", unit: "people" }),
      /warnings.back.unit: is "people", the scheme density is given in persons\/m2/,
    ],
    ["scheme", () => warning({ scheme: "densty" }), /is the text "densty", must be one of density.*; did you mean "density"\?/],
    ["capacity", () => warning({ scheme: "share-of-capacity" }), /"capacity" is missing/],
    ["hysteresis", () => warning({ scheme: "density", red: 5, hysteresis: 5 }), /must be less than the lowest limit 5/],
    ["letter", () => warning({ scheme: "density", red: "F" }), /is the letter F, which only level-of-service has/],
    ["queue limits", () => warning({ scheme: "queue" }), /has no limit/],
    [
      "service",
      () => faults({ ...base(), measure: { service: { nowhere: "queue" } } }),
      'measure.service: names "nowhere", which is no measured section',
    ],
    [
      "risk order",
      () => faults({ ...base(), risk: { likelihood_share: [0.1, 0.05, 0.2, 0.5] } }),
      "risk.likelihood_share[1]: is 0.05, must be more than 0.1",
    ],
    [
      "risk matrix",
      () => faults({ ...base(), risk: { matrix: Array(5).fill(["blue", "red", "yellow", "red", "red"]) } }),
      /risk.matrix\[0\]\[2\]: is yellow, lower than red/,
    ],
    ["fires", () => faults({ ...base(), fires: [{ item: "stall" }] }), 'fires: unknown key "fires"; did you mean "fire"?'],
    [
      "response plan",
      () => faults({ ...base(), events: [{ when: { level: "red" }, do: [{ stop: "inflow" }] }] }),
      /events\[0\].when: the response plan .* not supported yet/,
    ],
    [
      "forecast",
      () => faults(withGroup({ start: undefined, arrivals: { at: "door", forecast: "x" } })),
      /arrivals.forecast: arrivals from a forecast: not supported yet/,
    ],
    ["control characters", () => faults({ ...base(), name: "a\u0007b" }), /name: is the text "a\\u0007b", not of the form/],
  ])("%s", (_name, make, expected) => {
    const found = make();
    if (typeof expected === "string") expect(found.some((line) => line.startsWith(expected))).toBe(true);
    else expect(found.some((line) => expected.test(line))).toBe(true);
  });

  it("says one clear error for 10^7 people, and one for a million too many over groups", () => {
    expect(group({ count: 1e7 })).toHaveLength(1);
    const people = [1, 2, 3].map((k) => ({ name: `g${k}`, count: 400_000, start: { in: "back" } }));
    expect(faults({ ...base(), people })).toEqual(["people: there are 1200000 people together, at most 1000000 are allowed"]);
  });

  it("collects faults of shape and of sense in one go", () => {
    const found = faults({
      ...withGroup({ count: -1 }),
      seed: 1.5,
      events: [{ at_s: 999, close: "door" }],
      warnings: { back: { scheme: "density", red: 1, orange: 2 } },
    });
    expect(found).toHaveLength(4);
    expect(found.join("\n")).toMatch(/count[\s\S]*seed|seed[\s\S]*count/);
    expect(found.join("\n")).toMatch(/after the end of the run[\s\S]*must be more than orange/);
  });

  it("names the line in the text", () => {
    const error = refused(() =>
      readText("muster: 1\nduration_min: 5\npeople:\n  - name: a\n    count: -3\n    start: {in: x}\n"),
    );
    expect(error.problems[0]!.place).toBe("people[0].count (line 5)");
    expect(error.code).toBe("SCENARIO_INVALID");
  });
});
