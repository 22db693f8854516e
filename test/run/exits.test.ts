/** How people choose an exit: walking and waiting, what they know, what others do, what a marshal says. */
import { describe, expect, it } from "vitest";
import type { Layout } from "../../engine/layout/layout.js";
import { box, layoutOf, scenarioOf } from "./plan.js";
import { type Walk, walk } from "./walk.js";

const shares = (walked: Walk): [number, number] => [
  walked.departures.filter((d) => d.exit === 0).length,
  walked.departures.filter((d) => d.exit === 1).length,
];

/** RiMEA 4.1.1, test 11: a hall of 30 m x 20 m, two exits of 1 m on one side, everybody in the other half. */
const hall = layoutOf({
  rooms: [{ id: "hall", ring: box(0, 0, 30, 20) }],
  doors: [
    { id: "near", line: [[21.5, 0], [22.5, 0]] }, // biome-ignore format: one line each
    { id: "far", line: [[27.5, 0], [28.5, 0]] }, // biome-ignore format: one line each
  ],
  sections: [
    { id: "start", ring: box(0, 0, 15, 20) },
    { id: "before-near", ring: box(15, 0, 24, 6) },
  ],
});
const leave = (more: object) => [{ leave: { by: ["near", "far"], ...more } }];
const inHall = (more: object, count = 140, events: object[] = []): Walk =>
  walk(
    hall,
    scenarioOf(hall, { duration_s: 600, people: [{ name: "all", count, start: { in: "start" }, journey: leave(more) }], events }),
  );

describe("expected time", () => {
  it("RiMEA 11: the near exit is preferred, some use the far one, and the hall is empty sooner", () => {
    const least = inHall({});
    const expected = inHall({ choice: "expected-time" });
    expect(expected.result.status).toBe("finished");
    const [near, far] = shares(expected);
    expect(near + far).toBe(140);
    expect(near).toBeGreaterThan(far);
    expect(far).toBeGreaterThan(0);
    expect(shares(least)[1]).toBeLessThan(far);
    expect(expected.result.simulated_s).toBeLessThan(least.result.simulated_s);
  });

  it("a larger gain keeps more people at the near exit", () => {
    const far = [0, 0.5, 0.9].map((gain) => shares(inHall({ choice: "expected-time", gain }, 70))[1]);
    expect(far[0]).toBeGreaterThanOrEqual(far[1]!);
    expect(far[1]).toBeGreaterThan(far[2]!);
  });

  it("a prescribed flow at the near exit sends more people to the far one", () => {
    const free = inHall({ choice: "expected-time" }, 80);
    const scenario = scenarioOf(hall, {
      duration_s: 600,
      people: [{ name: "all", count: 80, start: { in: "start" }, journey: leave({ choice: "expected-time" }) }],
      openings: [{ at: "near", greatest_specific_flow: 0.6 }],
    });
    expect(shares(walk(hall, scenario))[1]).toBeGreaterThan(shares(free)[1]);
  });

  it("one person alone takes the nearer exit, as with least time", () => {
    expect(shares(inHall({ choice: "expected-time" }, 1))).toEqual([1, 0]);
  });
});

/** NIST TN 1822, tests 3.2, 3.3 and 4.1: two exits at equal distance. */
const room: Layout = layoutOf({
  rooms: [{ id: "room", ring: box(0, 0, 10, 15) }],
  doors: [
    { id: "E1", line: [[0, 12], [0, 13]] }, // biome-ignore format: one line each
    { id: "E2", line: [[10, 12], [10, 13]] }, // biome-ignore format: one line each
  ],
  sections: [{ id: "start", ring: box(4, 0.5, 6, 2.5) }],
});
const both = (more: object) => [{ leave: { by: ["E1", "E2"], choice: "expected-time", ...more } }];
const person = (more: object = {}, choice: object = {}) => ({
  name: "free",
  count: 1,
  start: { in: "start" },
  journey: both(choice),
  ...more,
});
const exitsOver = (seeds: number, people: object[], of = 0, events: object[] = []): [number, number] => {
  const scenario = scenarioOf(room, { duration_s: 120, people, events });
  const sum: [number, number] = [0, 0];
  for (let seed = 1; seed <= seeds; seed++)
    for (const d of walk(room, scenario, seed).departures) if (d.group === of) sum[d.exit]!++;
  return sum;
};

describe("what people know", () => {
  it("NIST 3.3: nobody prefers one of two equal exits, everybody the one they know", () => {
    const [e1, e2] = exitsOver(60, [person()]);
    // Three standard deviations of a binomial: 3 √(60 · ¼) = 11.6.
    expect(e1 + e2).toBe(60);
    expect(Math.abs(e1 - 30)).toBeLessThan(11.7);
    expect(exitsOver(20, [person({ familiar_with: "E2" })])).toEqual([0, 20]);
  });

  it("who cannot reach a known exit takes another one", () => {
    const events = [{ at_s: 1, close: "E2" }];
    expect(exitsOver(3, [person({ familiar_with: "E2" })], 0, events)).toEqual([3, 0]);
  });

  it("NIST 4.1: one person on the way to an exit that closes leaves by the other", () => {
    for (const choice of [{}, { choice: "least-time" }]) {
      const before = { name: "one", agents: [{ at: [4, 2], speed_m_s: 1.2 }], journey: both(choice) };
      expect(exitsOver(1, [before])).toEqual([1, 0]);
      expect(exitsOver(1, [before], 0, [{ at_s: 1, close: "E1" }])).toEqual([0, 1]);
    }
  });
});

describe("what others do", () => {
  it("NIST 3.2: more people use E2 when somebody in sight goes there", () => {
    const free = person({ count: 2 }, { follow: "others" });
    const bound = { name: "third", count: 1, start: { in: "start" }, journey: [{ leave: "E2" }] };
    const alone = exitsOver(40, [free])[1];
    const followed = exitsOver(40, [free, bound])[1];
    expect(followed).toBeGreaterThan(alone);
    // Who follows nobody is not moved by the third person.
    expect(exitsOver(40, [person({ count: 2 }), bound])[1]).toBe(exitsOver(40, [person({ count: 2 })])[1]);
  });

  it("an exit that people do not know becomes one when others are followed to it", () => {
    const bound = { name: "many", count: 6, start: { in: "start" }, journey: [{ leave: "E2" }] };
    const stranger = person({ count: 2, familiar_with: "E1" }, { follow: 0.9 });
    expect(exitsOver(4, [stranger])[1]).toBe(0);
    expect(exitsOver(4, [stranger, bound])[1]).toBeGreaterThan(0);
  });
});

describe("a marshal", () => {
  const marshal = (more: object) => [{ at_s: 2, redirect: { from: "near", to: "far", ...more } }];

  it("sends the share that follows to the other exit, wherever they are", () => {
    const walked = inHall({}, 100, marshal({ share: 0.6 }));
    const [redirect] = walked.result.redirects;
    expect(redirect!.heard).toBe(100);
    // Four standard deviations of a binomial: 4 √(100 · 0.6 · 0.4) = 20.
    expect(Math.abs(redirect!.followed - 60)).toBeLessThan(20);
    expect(shares(walked)[1]).toBe(redirect!.followed);
    expect(walked.events.map((e) => e.what)).toContain("a marshal sends people from near to far, 60 % are to follow");
  });

  it("is heard within the area only, when people pass it", () => {
    const walked = inHall({}, 60, marshal({ in: "before-near" }));
    const [redirect] = walked.result.redirects;
    const [near, far] = shares(walked);
    expect(redirect!.followed).toBe(redirect!.heard);
    expect(far).toBeGreaterThanOrEqual(redirect!.followed);
    expect(near + far).toBe(60);
    // Nobody in the start area, which does not overlap, has turned before coming near.
    for (const f of walked.frames) expect(f.time > 2 || f.x.every((x) => x < 20)).toBe(true);
    expect(redirect!.heard).toBeGreaterThan(30);
  });

  it("stops after the time given, and speaks to the groups meant", () => {
    const people = ["a", "b"].map((name) => ({ name, count: 20, start: { in: "start" }, journey: [{ leave: "near" }] }));
    const events = [{ at_s: 2, redirect: { from: "near", to: "far", groups: "a", for_s: 5 } }];
    const walked = walk(hall, scenarioOf(hall, { duration_s: 300, people, events }));
    expect(walked.result.redirects[0]).toMatchObject({ heard: 20, followed: 20 });
    expect(new Set(walked.departures.filter((d) => d.group === 0).map((d) => d.exit))).toEqual(new Set([1]));
    expect(new Set(walked.departures.filter((d) => d.group === 1).map((d) => d.exit))).toEqual(new Set([0]));
  });

  it("is left when the exit people were sent to closes", () => {
    const walked = inHall({}, 20, [...marshal({}), { at_s: 6, close: "far" }]);
    expect(walked.result).toMatchObject({ status: "finished", left: 20 });
    expect(shares(walked)[0]).toBe(20);
  });
});
