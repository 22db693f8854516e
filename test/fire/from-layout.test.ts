/** Units become compartments, openings vents, and what a scenario says of fire finds its place in them. */
import { describe, expect, it } from "vitest";
import { fireFromLayout, type LayoutFire } from "../../engine/fire/from-layout/from-layout.js";
import { spreadItems } from "../../engine/fire/from-layout/spread-items.js";
import { IGNITION } from "../../engine/fire/spread/ignition.js";
import { OUTSIDE } from "../../engine/fire/zone/building.js";
import type { Layout } from "../../engine/layout/layout.js";
import type { FireScenario } from "../../engine/scenario/fire/fire.js";
import { readScenario } from "../../engine/scenario/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";
import { faults } from "../scenario/helpers.js";

const house = layoutOf({
  levels: [
    { id: "0", ordinal: 0, elevation: 0 },
    { id: "1", ordinal: 1, elevation: 3.5 },
  ],
  rooms: [
    { id: "room", ring: box(0, 0, 6, 4) },
    { id: "hall", ring: box(6, 0, 16, 4) },
    { id: "flight", ring: box(16, 0, 21, 2), category: "stairs" },
    { id: "landing", ring: box(21, 0, 25, 4), level: "1" },
  ],
  doors: [
    { id: "door", line: [[6, 1.5], [6, 2.5]], muster: { height_m: 2, sill_m: 0.1 } },
    { id: "exit", line: [[8, 0], [10, 0]] },
    { id: "foot", line: [[16, 0.2], [16, 1.8]] },
    { id: "head", line: [[21, 0.2], [21, 1.8]], level: "1" },
    { id: "back", line: [[25, 1], [25, 2]], level: "1", muster: { state: "closed" } },
  ], // biome-ignore format: a plan
  stairs: [{ id: "stairs", from: "foot", flight: "flight", to: "head", rise: 3.5 }],
});

const BURNING = { at: "room", growth: "medium", peak_kW: 1000, peak_for_s: 100, decay_s: 50 };

function built(fire: Record<string, unknown>, layout: Layout = house): LayoutFire {
  const scenario = scenarioOf(layout, {
    duration_s: 60,
    people: [{ name: "p", count: 1, start: { in: layout.units[0]!.id } }],
    fire,
  });
  return fireFromLayout(layout, scenario as typeof scenario & { fire: FireScenario });
}

describe("a building from a plan", () => {
  const { building, compartments, doors, fires } = built({ fires: [BURNING] });

  it("has one compartment for each unit, with its floor, walls and height", () => {
    expect(building.compartments.map(({ id }) => id)).toEqual(["room", "hall", "flight", "landing"]);
    const [room, , flight, landing] = building.compartments;
    expect(room!.width_m).toBeCloseTo(6, 9);
    expect(room!.depth_m).toBeCloseTo(4, 9);
    expect(room!.height_m).toBe(3);
    expect(flight).toMatchObject({ floor_m: 0, height_m: 6.5 });
    expect(landing).toMatchObject({ floor_m: 3.5, height_m: 3 });
    expect(compartments.of("nowhere")).toBe(OUTSIDE);
  });

  it("keeps area and length of walls of rooms that are no rectangles", () => {
    const ell = layoutOf({
      rooms: [{ id: "ell", ring: [[0, 0], [10, 0], [10, 2], [2, 2], [2, 8], [0, 8]] }], // biome-ignore format: a ring
      doors: [{ id: "out", line: [[0, 1], [0, 2]] }], // biome-ignore format: a line
    });
    const [room] = built({ fires: [{ ...BURNING, at: "ell" }] }, ell).building.compartments;
    expect(room!.width_m * room!.depth_m).toBeCloseTo(32, 9);
    expect(2 * (room!.width_m + room!.depth_m)).toBeCloseTo(36, 9);
  });

  it("has a vent for each opening: between rooms, to the outside, onto both ends of a flight", () => {
    const vent = (id: string) => building.wallVents.find((each) => each.id === id)!;
    expect(vent("door")).toMatchObject({ from: 0, to: 1, sill_m: 0.1, width_m: 1 });
    expect(vent("door").soffit_m).toBeCloseTo(2.1, 9);
    expect(vent("exit")).toMatchObject({ from: 1, to: OUTSIDE, width_m: 2 });
    expect([vent("foot").from, vent("foot").to].sort()).toEqual([1, 2]);
    // Its sill counts from the landing's floor, which is 3.5 m above that of the flight.
    expect(vent("head")).toMatchObject({ from: 3, to: 2, sill_m: 0 });
    expect(doors.map(({ opening, gate }) => [opening, house.gates[gate]?.opening])).toEqual(
      house.openings.map(({ id }) => [id, id]),
    );
  });

  it("opens doors as they are for people; shut ones leak through their gaps", () => {
    const share = (id: string): number => {
      const { opening } = building.wallVents.find((each) => each.id === id)!;
      return opening.by === "share" ? opening.initial : Number.NaN;
    };
    expect(share("door")).toBe(1);
    expect(share("back")).toBeCloseTo(0.01 / 2.1, 9);
    const ruled = built({ fires: [BURNING], doors: [{ at: "door", state: "self-closing", leak_m2: 0.05 }] });
    expect(ruled.building.wallVents[0]!.opening).toEqual({ by: "share", initial: 0.05 / 2 });
  });

  it("burns where it is told, with the heat release of its class", () => {
    const [fire] = building.fires;
    expect(fires).toEqual([0]);
    expect(fire).toMatchObject({ compartment: 0, x_m: 3, y_m: 2 });
    const table = fire!.hrr_W;
    const full = Math.sqrt(1000 / 0.01172);
    expect(table.find(([, hrr]) => hrr === 1e6)![0]).toBeCloseTo(full, 6);
    for (const [time, hrr] of table.filter(([t]) => t <= full)) expect(hrr).toBeCloseTo(11.72 * time * time, 3);
    expect(table.at(-1)).toEqual([full + 150, 0]);
    // 500 kW/m2
    expect(fire!.area_m2.find(([time]) => time > full)![1]).toBeCloseTo(2, 9);
  });

  it("gives units with open boundaries a vent as wide as the edge they share, and none under the sky", () => {
    const open = layoutOf({
      rooms: [
        { id: "a", ring: box(0, 0, 5, 4), open: true },
        { id: "b", ring: box(5, 1, 9, 6), open: true },
      ],
      doors: [{ id: "out", line: [[0, 1], [0, 2]] }], // biome-ignore format: a line
    });
    const joint = built({ fires: [{ ...BURNING, at: "a" }] }, open).building.wallVents.at(-1)!;
    expect(joint).toMatchObject({ from: 0, to: 1, sill_m: 0, soffit_m: 3 });
    expect(joint.width_m).toBeCloseTo(3, 6);
  });

  it("makes one shaft of the cars of a lift on all levels, with its doors as leaky vents", () => {
    const ids = ["0", "1", "2"];
    const tower = layoutOf({
      levels: ids.map((id, k) => ({ id, ordinal: k, elevation: 4 * k })),
      rooms: ids.flatMap((id) => [
        { id: `hall-${id}`, ring: box(0, 0, 10, 6), level: id },
        { id: `car-${id}`, ring: box(10, 2, 12, 4), level: id, category: "elevator" },
      ]),
      doors: [
        ...ids.map((id) => ({ id: `lift-${id}`, line: [[10, 2.5], [10, 3.5]] as [[number, number], [number, number]], level: id })), // biome-ignore format: one line
        { id: "out", line: [[0, 2], [0, 4]], level: "0" }, // biome-ignore format: one line
      ],
      lifts: [{ id: "lift", doors: ids.map((id) => `lift-${id}`), cars: ids.map((id) => `car-${id}`) }],
    });
    const { building: made, compartments: of, doors: found } = built({ fires: [{ ...BURNING, at: "hall-0" }] }, tower);
    expect(made.compartments.map(({ id, kind }) => [id, kind ?? "room"])).toEqual([
      ["hall-0", "room"],
      ["car-0", "shaft"],
      ["hall-1", "room"],
      ["hall-2", "room"],
    ]);
    expect(made.compartments[1]).toMatchObject({ floor_m: 0, height_m: 11 });
    expect(ids.map((id) => of.of(`car-${id}`))).toEqual([1, 1, 1]);
    const top = made.wallVents.find(({ id }) => id === "lift-2")!;
    expect(top).toMatchObject({ from: 3, to: 1, sill_m: 0 });
    expect(found.find(({ opening }) => opening === "lift-2")!.leak).toBeCloseTo(0.06 / 2.1, 9);
  });

  it("places vents, fans, detectors and sprinklers, and links them", () => {
    const { building: fitted } = built({
      fires: [BURNING],
      detectors: [{ name: "d", at: "hall", kind: "smoke" }],
      sprinklers: [{ at: [1, 1], level: "0" }],
      vents: [
        { name: "window", in: "room", kind: "window", width_m: 1, height_m: 1, sill_m: 1, opens: { temperature_C: 300 } },
        { name: "roof", in: "hall", kind: "roof", width_m: 1, height_m: 2, opens: { detector: "d" } },
      ],
      fans: [{ name: "fan", in: "hall", direction: "exhaust", flow_m3_s: 2, starts: { at_s: 30 } }],
    });
    expect(fitted.detectors.map(({ kind, compartment }) => [kind, compartment])).toEqual([
      ["smoke", 1],
      ["sprinkler", 0],
      ["heat", 0],
    ]);
    expect(fitted.wallVents.at(-1)).toMatchObject({
      id: "window",
      from: 0,
      to: OUTSIDE,
      opening: { by: "device", device: { detector: 2 } },
    });
    expect(fitted.horizontalVents[0]).toMatchObject({
      below: 1,
      above: OUTSIDE,
      area_m2: 2,
      opening: { device: { detector: 0 } },
    });
    expect(fitted.fans[0]).toMatchObject({ from: 1, to: OUTSIDE, fromHeight_m: 2.7, opening: { by: "time", table: [[0, 0], [30, 0], [31, 1]] } }); // biome-ignore format: a table
  });

  it("presses wind on the side it comes from and draws on the other", () => {
    const wind = { speed_m_s: 10, from_deg: 180 };
    const at = (from_deg: number) =>
      built({ fires: [BURNING], wind: { ...wind, from_deg } }).building.wallVents.find(({ id }) => id === "exit")!
        .windPressure_Pa!;
    expect(at(180)).toBeCloseTo(0.7 * 0.5 * 1.225 * 100, 6);
    expect(at(0)).toBeLessThan(0);
  });
});

describe("items", () => {
  const market = layoutOf({
    rooms: [{ id: "hall", ring: box(0, 0, 30, 20) }],
    doors: [{ id: "out", line: [[0, 8], [0, 12]] }], // biome-ignore format: a line
    fixtures: [
      { id: "stall-1", ring: box(5, 5, 8, 7) },
      { id: "stall-2", ring: box(10, 5, 13, 7) },
    ],
  });
  const scenario = scenarioOf(market, {
    duration_s: 60,
    people: [{ name: "p", count: 1, start: { in: "hall" } }],
    fire: {
      items: [
        { name: "stalls", of: "obstacle", growth: "fast", peak_kW: 2000, fuel_mass_kg: 100, tall_m: 2.5, ignition: "tent cloth" },
        { name: "foam", at: [20, 10], size_m: [4, 1, 2], turn_deg: 90, ignites_at_s: 10, fuel: "polyurethane", surface: { flame_speed_mm_s: 20, hrr_per_area_kW_m2: 600, energy_MJ_m2: 20 } },
      ],
    },
  }) as Scenario & { fire: FireScenario }; // biome-ignore format: data

  it("of fixtures stand where these are drawn, each by itself; both models have them in one order", () => {
    const spread = spreadItems(market, scenario);
    expect(spread.map(({ name }) => name)).toEqual(["stalls stall-1", "stalls stall-2", "foam"]);
    expect(spread[0]).toMatchObject({ place: "hall", height_m: 2.5, base_m: 1.25, ignition: IGNITION["tent cloth"] });
    const { x, y, length_m, width_m } = spread[0]!.footprint;
    expect([x, y, length_m, width_m].map((value) => Number(value.toFixed(9)))).toEqual([6.5, 6, 3, 2]);
    expect(spread[2]).toMatchObject({ ignitesAt_s: 10, burns: { by: "front", material: { flameSpeed_m_s: 0.02 } } });
    const plan = fireFromLayout(market, scenario);
    expect(plan.items.map((k) => plan.building.fires[k]!.id)).toEqual(spread.map(({ name }) => name));
    for (const fire of plan.building.fires) expect(fire.ignition).toEqual({ by: "outside" });
  });

  it("read again stay the same", () => {
    const again = readScenario({ name: "x", text: JSON.stringify(scenario), files: () => "" });
    expect(again).toEqual(scenario);
  });

  it("gives the carbon of the fuel that is not soot, CO or HCN to CO2, and all chlorine to HCl", () => {
    const [, , foam] = spreadItems(market, scenario);
    const mass = 12.011 + 1.8 * 1.008 + 0.3 * 15.999 + 0.05 * 14.007;
    const { soot, carbonDioxide, carbonMonoxide, hydrogenCyanide, hydrogenChloride } = foam!.yields;
    const carbon =
      soot + (carbonDioxide * 12.011) / 44.009 + (carbonMonoxide * 12.011) / 28.01 + (hydrogenCyanide * 12.011) / 27.026;
    expect(carbon).toBeCloseTo(12.011 / mass, 9);
    expect(hydrogenChloride).toBe(0);
  });
});

describe("what is wrong with a fire is said at once", () => {
  it("by the file alone", () => {
    const wrong = {
      muster: 1,
      duration_s: 60,
      people: [{ name: "p", count: 1, start: { in: "room" } }],
      fire: {
        fires: [{ at: "room" }, { at: "room", growth: "fast" }, { at: "room", curve: [[0, 1], [0, 2]] }, { at: "room", growth: "fast", peak_kW: 1, hcn_yield: 0.1 }], // biome-ignore format: data
        vents: [{ in: "room", kind: "roof", width_m: 1, height_m: 1, opens: { detector: "x" } }],
        exchange_s: 0.25,
        peple: {},
      },
    };
    expect(faults(wrong)).toEqual([
      'fire.peple: unknown key "peple"; did you mean "people"?',
      "fire.fires[0]: one of growth, curve is missing",
      'fire.fires[1]: "peak_kW" is missing: growth needs the greatest heat release',
      "fire.fires[2].curve[1]: is at 0 s, must be after 0 s",
      "fire.fires[3].hcn_yield: needs 0.0518 kg of nitrogen per kg of fuel, which holds 0 kg",
      'fire.vents[0].opens: there is no detector "x"; there are no detectors',
      "fire.exchange_s: is 0.25 s, must be a multiple of the time step 0.1 s",
    ]);
    expect(faults({ ...wrong, fire: {} })).toEqual([
      'fire: has nothing that burns: "fires", an item with "ignites_at_s", "smoke_from" or "air" must be there',
    ]);
  });

  it("and by the plan", () => {
    const message = (fire: Record<string, unknown>): string => {
      try {
        built(fire);
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    };
    expect(
      message({
        fires: [
          { ...BURNING, at: "attic" },
          { ...BURNING, at: [100, 100], level: "0" },
          { ...BURNING, height_m: 3 },
        ],
      }),
    ).toBe(
      [
        'fire.fires[0].at: there is no place "attic"',
        'fire.fires[1].at: (100, 100) lies in no unit of level "0"',
        'fire.fires[2].height_m: is 3 m, must be below the ceiling of unit "room" at 3 m',
      ].join("\n"),
    );
    expect(
      message({
        fires: [BURNING],
        doors: [{ at: "room", state: "open" }],
        surfaces: [{ of: "cellar", walls: "brick" }],
        vents: [{ in: "room", kind: "window", width_m: 1, height_m: 3, sill_m: 1 }],
      }),
    ).toBe(
      [
        'fire.surfaces[0].of: no unit has the id, name or category "cellar"',
        'fire.doors[0].at: "room" is no opening',
        'fire.vents[0]: reaches up to 4 m, unit "room" is 3 m high',
      ].join("\n"),
    );
  });
});
