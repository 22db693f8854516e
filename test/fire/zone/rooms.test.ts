/** The zone model as a whole, in buildings of a few rooms, against hand calculations: flows, fires, heat through walls. */
import { describe, expect, it } from "vitest";
import type { Fan } from "../../../engine/fire/zone/building.js";
import { createZoneModel } from "../../../engine/fire/zone/create.js";
import { building, door, fire, room } from "./buildings.js";

const OFF = { ceiling: "adiabatic", walls: "adiabatic", floor: "adiabatic" } as const;

describe("flows", () => {
  const supply = (flow_m3_s: number): Fan => ({
    id: "supply",
    from: -1,
    to: 0,
    flow_m3_s,
    fromHeight_m: 1,
    toHeight_m: 1,
    fromArea_m2: 0.1,
    toArea_m2: 0.1,
    opening: { by: "share", initial: 1 },
  });

  it("brings a pressurised room to the orifice pressure (rho / 2) (V / (C A))^2", () => {
    const model = createZoneModel(
      building([room("room", 4, 4, 3)], { fans: [supply(0.2)], wallVents: [door(0, -1, { soffit_m: 0.5, width_m: 0.1 })] }),
    );
    model.advance(60);
    const rho = 101325 / (289.142857 * 293.15);
    expect(model.state.pressure_Pa[0]! / ((rho / 2) * (0.2 / (0.7 * 0.05)) ** 2)).toBeCloseTo(1, 2);
    expect(model.state.fanFlow_kg_s[0]! / (0.2 * rho)).toBeCloseTo(1, 3);
  });

  it("stops a fan within its cut-off in a room without a way out", () => {
    const model = createZoneModel(building([room("cell", 4, 4, 3, OFF)], { fans: [supply(1)] }));
    model.advance(60);
    expect(model.state.pressure_Pa[0]).toBeGreaterThan(200);
    expect(model.state.pressure_Pa[0]).toBeLessThanOrEqual(300.1);
    expect(model.state.fanFlow_kg_s[0]).toBeLessThan(0.01);
  });

  it("blows no draught through a tower of one temperature", () => {
    const rooms = Array.from({ length: 20 }, (_, i) => room(`storey ${i}`, 4, 4, 3, { floor_m: 3 * i }));
    const holes = Array.from(
      { length: 19 },
      (_, i) =>
        ({ id: `hole ${i}`, above: i + 1, below: i, area_m2: 2, shape: "round", opening: { by: "share", initial: 1 } }) as const,
    );
    const model = createZoneModel(building(rooms, { horizontalVents: holes, wallVents: [door(0, -1), door(19, -1)] }));
    model.advance(60);
    // what the tolerance of the pressures leaves; CFAST blows 0.109 kg/s through three storeys of c07 at 20 C everywhere
    expect(Math.max(...model.state.horizontalFlow_kg_s, ...model.state.wallFlow_kg_s)).toBeLessThan(2e-3);
  });

  it("lets a warm building in the cold draw air below and lose it above (stack effect)", () => {
    const warm = building([room("hall", 5, 5, 10)], {
      wallVents: [door(0, -1, { soffit_m: 0.5 }), door(0, -1, { sill_m: 9, soffit_m: 9.5 })],
    });
    const model = createZoneModel({ ...warm, ambient: { ...warm.ambient, exteriorTemperature_K: 263.15 } });
    model.advance(5);
    const f = model.state.wallFlow_kg_s;
    expect(f[0]! + f[1]!).toBeGreaterThan(0.3);
    expect(f[6]! + f[7]!).toBeGreaterThan(0.3);
    expect(f[2]! + f[3]! + f[4]! + f[5]!).toBeLessThan(1e-3);
  });

  it("takes a door set from outside at once", () => {
    const model = createZoneModel(
      building([room("room", 4, 4, 3), room("next", 4, 4, 3)], {
        wallVents: [door(0, 1), door(1, -1)],
        fires: [fire(0, [[0, 1e5]])],
      }),
    );
    model.openness(0, 0);
    model.openness(1, 1);
    model.advance(30);
    expect(Math.max(...model.state.wallFlow_kg_s.subarray(0, 4))).toBe(0);
    expect(model.state.temperature_K[2]).toBeCloseTo(293.15, 3);
    model.openness(0, 1);
    model.advance(60);
    expect(model.state.wallFlow_kg_s[2]).toBeGreaterThan(0.05);
    expect(model.state.temperature_K[2]).toBeGreaterThan(300);
  });

  it("keeps a shaft one zone", () => {
    const model = createZoneModel(
      building([room("room", 4, 4, 3), room("stair", 3, 3, 12, { kind: "shaft" })], {
        wallVents: [door(0, 1), door(1, -1, { sill_m: 9, soffit_m: 11 })],
        fires: [fire(0, [[0, 2e5]])],
      }),
    );
    model.advance(200);
    expect(model.state.interface_m[1]).toBeLessThan(0.05);
    expect(model.state.temperature_K[2]).toBeGreaterThan(310);
  });
});

describe("fires", () => {
  it("hands unburnt fuel on, which burns in the door jet of the next room", () => {
    const b = building([room("cell", 3, 3, 2.4), room("hall", 8, 8, 3)], {
      wallVents: [door(0, 1, { width_m: 0.8 }), door(1, -1, { width_m: 3 })],
      fires: [
        fire(0, [
          [0, 0],
          [60, 4e6],
        ]),
      ],
    });
    const model = createZoneModel(b);
    model.advance(240);
    const [f] = model.state.fires;
    expect(f!.hrr_W + f!.upper_W).toBeLessThan(0.8 * f!.expected_W);
    expect(model.state.doorJet_W[1]).toBeGreaterThan(1e5);
    expect(model.state.hrr_W[1]).toBe(model.state.doorJet_W[1]);
    const { mass, elements, energy } = model.balance();
    expect(Math.max(mass, ...Object.values(elements))).toBeLessThan(1e-10);
    expect(energy).toBeLessThan(1e-4);
  });

  it("is cut by a sprinkler to Q(t_act) exp(-(t - t_act) / tau), tau = 3 w^-1.8 (w in mm/s), though its table grows", () => {
    const sprinkler = {
      id: "s",
      kind: "sprinkler",
      compartment: 0,
      at: [2, 2, 2.9],
      rti: 50,
      activation_K: 341,
      sprayDensity_m_s: 2e-4,
    } as const;
    const growing = fire(0, [
      [0, 0],
      [60, 2e5],
      [120, 8e5],
    ]);
    const b = building([room("room", 4, 4, 3)], { wallVents: [door(0, -1)], fires: [growing], detectors: [sprinkler] });
    const model = createZoneModel(b);
    model.advance(60);
    model.activate("detector", 0);
    model.advance(120);
    // the value in the middle of the last step of at most 1 s
    expect(model.state.fires[0]!.expected_W / (2e5 * Math.exp(-59.5 / (3 * 0.2 ** -1.8)))).toBeCloseTo(1, 2);
  });

  it("starts what waits for a device at the end of the step in which it acted", () => {
    const opening = { by: "device", device: { kind: "detector", detector: 0 }, before: 0, after: 1, duration_s: 2 } as const;
    const detector = { id: "d", kind: "smoke", compartment: 0, at: [2, 2, 2.9], obscuration_1_m: 0.1 } as const;
    const b = building([room("room", 4, 4, 3)], {
      wallVents: [door(0, -1, { opening })],
      detectors: [detector],
      fires: [fire(0, [[0, 1e4]], { ignition: { by: "outside" } })],
    });
    const model = createZoneModel(b, {
      step: () => {},
      detectors: [{ activated_s: null }],
      reached: () => model.state.time_s >= 10,
    });
    model.ignite(0);
    model.advance(10);
    expect(model.state.wallOpen[0]).toBe(0);
    model.advance(20);
    expect(model.state.wallOpen[0]).toBe(1);
    model.burn(0, { hrr_W: 5e4, area_m2: 1 });
    model.advance(21);
    expect(model.state.fires[0]!.expected_W).toBe(5e4);
  });

  it("gives the same bytes again", () => {
    const run = (): string => {
      const model = createZoneModel(
        building([room("room", 4, 4, 3), room("next", 4, 4, 3)], {
          wallVents: [door(0, 1), door(1, -1)],
          fires: [
            fire(0, [
              [0, 0],
              [100, 8e5],
            ]),
          ],
        }),
      );
      for (let t = 1; t <= 200; t++) model.advance(t);
      return [...model.state.temperature_K, ...model.state.species_kg, ...model.state.surface_K].join(" ");
    };
    expect(run()).toBe(run());
  });
});

describe("heat through walls", () => {
  it("warms the room above by its floor", () => {
    const b = building([room("below", 4, 4, 3), room("above", 4, 4, 3, { floor_m: 3 })], {
      wallVents: [door(0, -1)],
      fires: [fire(0, [[0, 3e5]])],
      heatPaths: [
        { compartment: 0, surface: "ceiling", to: 1, share: 1 },
        { compartment: 1, surface: "floor", to: 0, share: 1 },
      ],
    });
    const model = createZoneModel(b);
    model.advance(900);
    expect(model.state.temperature_K[3]).toBeGreaterThan(300);
    const { mass, energy } = model.balance();
    expect(mass).toBeLessThan(1e-10);
    expect(energy).toBeLessThan(1e-4);
  });
});
