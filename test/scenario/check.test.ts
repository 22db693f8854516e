import { describe, expect, it } from "vitest";
import type { Layout } from "../../engine/layout/layout.js";
import { checkScenario } from "../../engine/scenario/check.js";
import { base, lines, read, withGroup } from "./helpers.js";
import { box, room } from "./room.js";

const check = (file: unknown, layout: Layout = room()): string[] => lines(checkScenario(read(file), layout));
const group = (more: Record<string, unknown>): Record<string, unknown> =>
  withGroup({ start: undefined, count: undefined, ...more });
const agents = (...list: Record<string, unknown>[]): Record<string, unknown> => group({ agents: list });

describe("checkScenario", () => {
  it("finds nothing in a sound scenario", () => {
    expect(check(base())).toEqual([]);
    const full = {
      ...base(),
      people: [
        {
          name: "in",
          count: 50,
          arrivals: { at: ["door", "turnstile", "back"], uniform_min: [0, 3] },
          journey: [{ go: "front" }, { queue: { at: "door", servers: 2, service_s: 3 } }, { leave: ["door", "out"] }],
        },
      ],
      places: [
        { name: "out", polygon: [[9, 0], [10, 0], [10, 1], [9, 1]], exit: true }, // biome-ignore format: data
        { name: "cut", line: [[-1, 4], [11, 4]] }, // biome-ignore format: data
        { name: "spot", at: [2, 2] },
      ],
      events: [{ at_min: 1, open: "relief" }],
      measure: { sections: ["front", "spot"], lines: ["cut", "inner", "middle"] },
      warnings: { site: { scheme: "share-of-capacity", capacity: 90 }, door: { scheme: "queue", red: 20 } },
    };
    expect(check(full)).toEqual([]);
  });

  it("tells all faults at once, each with its path", () => {
    const found = check({
      ...withGroup({
        start: { in: "bakc" },
        journey: [
          { go: "door" },
          { queue: { at: "front", servers: 1, service_s: 1 } },
          { leave: ["inner", "front", "turnstle"] },
        ],
      }),
      events: [{ at_s: 1, close: "exit" }],
      measure: { sections: ["middle"], lines: ["front"] },
      warnings: { relief: { scheme: "queue", red: 5 }, nowhere: { scheme: "density" } },
    });
    expect(found).toEqual([
      'people.visitors.start.in: there is no place "bakc"; did you mean "back"?',
      'people.visitors.journey[0].go.to: "door" is an opening, needs an area (a section, a unit or a place with polygon or at)',
      'people.visitors.journey[1].queue.at: "front" is an area, needs an opening: people queue before one',
      'people.visitors.journey[2].leave.by[0]: "inner" is an opening that does not lead outside: nobody can leave by it',
      'people.visitors.journey[2].leave.by[1]: "front" is an area that is no exit: name an opening that leads outside, or a place with "exit: true"',
      'people.visitors.journey[2].leave.by[2]: there is no place "turnstle"; did you mean "turnstile"?',
      'events[0].close: there is no place "exit"',
      'measure.sections[0]: "middle" is a measuring line, needs an area (a section, a unit or a place with polygon or at)',
      'measure.sections[1]: there is no place "nowhere"',
      'measure.lines: "front" is an area, needs a measuring line or an opening',
      'warnings[1].place: there is no place "nowhere"',
      'warnings[2].place: "middle" is a measuring line, needs an area (a section, a unit or a place with polygon or at)',
      'warnings[0]: "relief" has no queue: no journey names it in "queue"',
    ]);
  });

  it("knows which way a one-way opening leads", () => {
    // "forward" passes from the left of the line to its right; the turnstile's line points north in the west wall: forward is inwards.
    expect(check(withGroup({ journey: [{ leave: "turnstile" }] }))).toEqual([
      'people.visitors.journey[0].leave.by: "turnstile" is an opening that lets people in only: nobody can leave by it',
    ]);
    const out = room();
    const layout = {
      ...out,
      openings: out.openings.map((o) => (o.id === "door" ? { ...o, direction: "forward" as const } : o)),
    };
    expect(check(base(), layout)).toHaveLength(0);
    const entering = { ...group({ arrivals: { at: "door", rate_per_min: 5 } }) };
    expect(check(entering, layout)).toEqual([
      'people.visitors.arrivals.at: "door" is an opening that lets people out only: nobody can arrive by it',
    ]);
    expect(check(group({ arrivals: { at: "inner", rate_per_min: 5 } }))).toEqual([
      'people.visitors.arrivals.at: "inner" is an opening between two units: people arrive by one that leads outside, or in an area',
    ]);
  });
});

describe("places drawn in the scenario", () => {
  const place = (drawn: Record<string, unknown>): string[] => check({ ...base(), places: [{ name: "p", ...drawn }] });

  it("must lie on the floor (case L19: a waypoint at (12, 4) in a hall 10 m wide)", () => {
    expect(place({ at: [12, 4], radius_m: 0.5 })).toEqual([
      'places[0]: "p" at (12.00, 4.00) lies outside the floor of level "0"',
    ]);
    expect(place({ polygon: [[11, 0], [13, 0], [13, 2]] })).toEqual(['places[0]: "p" at (11.00, 0.00) lies outside the floor of level "0"']); // biome-ignore format: data
    expect(place({ line: [[11, 0], [13, 0]] })[0]).toMatch(/from \(11.00, 0.00\) to \(13.00, 0.00\) lies outside the floor/); // biome-ignore format: data
    // Partly outside is how people draw: the floor inside counts.
    expect(place({ polygon: [[8, -1], [12, -1], [12, 9], [8, 9]] })).toEqual([]); // biome-ignore format: data
  });

  it("must be sound: shape, name, level", () => {
    expect(place({ polygon: [[1, 1], [4, 4], [4, 1], [1, 4]] })[0]).toMatch(/"p" crosses itself at \(2.50, 2.50\)/); // biome-ignore format: data
    expect(place({ polygon: [[1, 1], [4, 4], [2, 2]] })[0]).toMatch(/"p" (has no area|crosses itself)/); // biome-ignore format: data
    expect(place({ line: [[1, 1], [1, 1]] })[0]).toMatch(/"p" has no length at \(1.00, 1.00\)/); // biome-ignore format: data
    expect(place({ at: [1, 1], level: "7" })[0]).toMatch(/there is no level "7"/);
    expect(check({ ...base(), places: [{ name: "front", at: [1, 1] }] })[0]).toMatch(
      /"front" is also a name or id in the layout/,
    );
    expect(check({ ...base(), places: [{ name: "site", at: [1, 1] }] })[0]).toMatch(/"site" stands for everybody inside/);
  });

  it("are told once, however often they are named", () => {
    expect(
      check({ ...withGroup({ journey: [{ go: "p" }, { go: "p" }, { leave: "door" }] }), places: [{ name: "p", at: [99, 99] }] }),
    ).toHaveLength(1);
  });
});

describe("people at given positions", () => {
  it("must not overlap (case S06), in the words of the error table", () => {
    const four = agents(
      { at: [1, 1], radius_m: 0.2 },
      { at: [2, 1], radius_m: 0.2 },
      { at: [5, 4], radius_m: 0.2 },
      { at: [5, 4.12], radius_m: 0.2 },
    );
    expect(check(four)).toEqual([
      "people.visitors.agents[3]: agents[3] at (5.00, 4.12) overlaps agents[2]: distance 0.12 m, needs 0.40 m",
    ]);
    expect(check(agents({ at: [5, 4], radius_m: 0.2 }, { at: [5, 4], radius_m: 0.2 }))).toEqual([
      "people.visitors.agents[1]: agents[1] at (5.00, 4.00) overlaps agents[0]: distance 0.00 m, needs 0.40 m",
    ]);
    // Touching is no overlap, and neither is being near in plan on another level.
    expect(check(agents({ at: [5, 4], radius_m: 0.2 }, { at: [5.4, 4], radius_m: 0.2 }))).toEqual([]);
  });

  it("overlap across groups, found at any distance of cells", () => {
    const file = { ...base(), people: [
      { name: "a", agents: [{ at: [5, 4], radius_m: 0.05 }], journey: [{ leave: "door" }] },
      { name: "b", agents: [{ at: [5.5, 4], radius_m: 0.5 }], journey: [{ leave: "door" }] },
    ] }; // biome-ignore format: data
    expect(check(file)[0]).toBe(
      'people.b.agents[0]: agents[0] of "b" at (5.50, 4.00) overlaps agents[0] of "a": distance 0.50 m, needs 0.55 m',
    );
  });

  it("must stand on the floor of a level that exists", () => {
    expect(check(agents({ at: [12, 4] }))).toEqual([
      'people.visitors.agents[0]: agents[0] at (12.00, 4.00) stands outside the floor of level "0"',
    ]);
    expect(check(agents({ at: [2, 4], level: "3" }))).toEqual(['people.visitors.agents[0]: there is no level "3"']);
  });

  it("of a heap of 5,000 in one spot are told in a readable list, at once", () => {
    const found = check(group({ agents: Array.from({ length: 5000 }, () => ({ at: [5, 4] })) }));
    expect(found).toHaveLength(51);
    expect(found.at(-1)).toMatch(/and at least \d+ more overlaps of agents/);
  });
});

describe("overfull starts", () => {
  const box3 = (count: number): Record<string, unknown> => ({
    ...withGroup({ count, start: { in: "box" }, population: { radius_m: 0.2 } }),
    places: [{ name: "box", polygon: [[1, 1], [4, 1], [4, 4], [1, 4]] }], // biome-ignore format: data
  });

  it("are refused where not even the densest packing fits (case S06b: 200 in 9 m2)", () => {
    const [found, ...more] = check(box3(200));
    expect(found).toMatch(
      /^people.visitors: 200 people with a radius of 0.20 m do not fit into the 9.0 m2 of "box": at most 8\d in the densest packing$/,
    );
    expect(more).toEqual([]);
    expect(check(box3(60))).toEqual([]);
  });

  it("count the floor only, and all groups of one area together", () => {
    const layout = room();
    const holes = [box(1.5, 1.5, 3.5, 3.5).outer.toReversed()];
    const pillar = {
      ...layout,
      sheets: layout.sheets.map((sheet) => ({ ...sheet, regions: [{ outer: box(0, 0, 10, 8).outer, holes }] })),
    };
    expect(check(box3(80))).toEqual([]);
    expect(check(box3(80), pillar)[0]).toMatch(/do not fit into the 5.0 m2/);
    const one = { count: 60, start: { in: "box" }, population: { radius_m: 0.2 }, journey: [{ leave: "door" }] };
    expect(
      check({
        ...box3(1),
        people: [
          { name: "a", ...one },
          { name: "b", ...one },
        ],
      })[0],
    ).toMatch(/^start in "box": 120 people/);
  });
});
