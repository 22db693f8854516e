import { describe, expect, test } from "vitest";
import type { ZoneModel } from "../../../engine/fire/zone/zone-model.js";
import type { Someone } from "../sample.js";
import { fieldOf, play } from "./sample.js";

const inHall: Someone = { id: 1, x: 5, y: 5 };
const inLobby: Someone = { id: 2, x: 25, y: 5 };
const place = ({ measures }: ReturnType<typeof play>, name: string) => measures.places.find((each) => each.place === name)!;

describe("available safe egress time", () => {
  test("is the first time at which a limit is passed, by the first limit, in each place by itself", () => {
    // Extinction rises by 0.01 1/m each second in the hall: 10 m (0.3 1/m) is passed at 31 s, 60 °C (2 K/s from 20 °C) at 20 s.
    const field = fieldOf((air, time, x) => {
      if (x >= 20) return;
      air.extinction_1_m = 0.01 * time;
      air.temperature_K = 293.15 + 2 * time;
    });
    const played = play({ field, people: () => [inHall, inLobby], end_s: 60 });
    const hall = place(played, "hall");
    expect(hall.aset_s).toBe(20);
    expect(hall.criterion).toBe("temperature");
    expect(hall.by_criterion.visibility).toBe(31);
    expect(hall.by_criterion.radiation).toBeNull();
    expect(place(played, "lobby").aset_s).toBeNull();
    expect(place(played, "lobby").series).toBeNull();
  });

  test("small rooms are judged by their own visibility", () => {
    // 5 m is passed at 0.6 1/m.
    const field = fieldOf((air, time) => {
      air.extinction_1_m = 0.01 * time;
    });
    const played = play({ field, people: () => [], end_s: 80 });
    expect(place(played, "hall").aset_s).toBe(31); // 200 m2
    expect(place(played, "lobby").aset_s).toBe(61); // 100 m2
    expect(place(played, "lobby").visibility_limit_m).toBe(5);
  });

  test("the dose is that of somebody who stays from the start", () => {
    // 1000 ppm from 100 s on: 0.3 after 0.3 * 35 min = 630 s.
    const field = fieldOf((air, time) => {
      if (time > 100) air.carbonMonoxide = 1e-3;
    });
    const { measures, maps } = play({ field, people: () => [], end_s: 800 });
    expect(measures.places[0]!.criterion).toBe("asphyxiants");
    expect(Math.abs(measures.places[0]!.aset_s! - 730)).toBeLessThanOrEqual(1); // the first second counts half
    expect(measures.places[0]!.series!.fed_asphyxiant.at(-1)).toBeCloseTo(700 / 2100, 2);
    const map = maps[0]!;
    const cell = 5 * map.nx + 5; // (5.5, 5.5)
    expect(map.fed[cell]).toBeCloseTo(699.5 / 2100, 5);
    expect(map.untenable_s[cell]).toBe(measures.places[0]!.aset_s);
    expect(map.visibility_m[cell]).toBe(30);
  });

  test("a limit passed on less than a tenth of the floor does not make the place untenable, but shows on the map", () => {
    const beside = (width: number) =>
      fieldOf((air, _time, x) => {
        if (x < width) air.radiantFlux_W_m2 = 3000;
      });
    expect(place(play({ field: beside(1), people: () => [], end_s: 5 }), "hall").aset_s).toBeNull(); // 1 of 20 m
    const wider = play({ field: beside(2), people: () => [], end_s: 5 });
    expect(place(wider, "hall")).toMatchObject({ aset_s: 0, criterion: "radiation" });
    const map = wider.maps[0]!;
    expect([0, 1, 2].map((i) => map.untenable_s[5 * map.nx + i])).toEqual([0, 0, Number.POSITIVE_INFINITY]);
  });

  test("a layer counts below 2 m only when it hides signs or is hot, and overhead from 200 °C", () => {
    const layer = (interface_m: number, upper_K: number, extinction_1_m: number): ZoneModel =>
      ({
        building: { compartments: [{ height_m: 3 }] },
        state: {
          interface_m: [interface_m],
          temperature_K: [upper_K, 293.15],
          pressure_Pa: [-3],
          hrr_W: [250_000],
        },
        air: (_compartment: number, _height: number, into: object) =>
          Object.assign(into, { temperature_K: upper_K, extinction_1_m }),
      }) as unknown as ZoneModel; // the recorder reads these and no more
    const fire = { compartments: [{ id: "c1", name: "hall", level: "ground", units: ["hall"], height_m: 3, area_m2: 200 }] };
    const field = fieldOf(() => {});
    const of = (model: (time: number) => ZoneModel) => place(play({ field, people: () => [], end_s: 20, fire, model }), "hall");
    expect(of(() => layer(0.5, 300, 0.1)).aset_s).toBeNull(); // warm haze
    expect(of((time) => layer(3 - 0.1 * time, 300, 1))).toMatchObject({ aset_s: 11, criterion: "layer height" });
    expect(of((time) => layer(2.5, 293.15 + 10 * time, 0))).toMatchObject({ aset_s: 18, criterion: "layer temperature" });
    const { worst, series, kind } = of((time) => layer(3 - 0.1 * time, 300, 1));
    expect(kind).toBe("compartment");
    expect(worst.interface_m).toBeCloseTo(1, 9);
    expect(worst.pressure_Pa).toBe(3);
    expect(series!.hrr_kW[0]).toBe(250);
  });
});

describe("required safe egress time", () => {
  const clear = fieldOf(() => {});
  const walker = (time: number): Someone[] =>
    time < 10 ? [inHall] : time < 15 ? [inLobby] : time < 17 ? [inHall] : time < 25 ? [inLobby] : [];

  test("is the first look at which nobody is there any more for good", () => {
    const played = play({
      field: clear,
      people: walker,
      departures: (time) => (time === 25 ? [{ id: 2, time: 24.6, exit: 0, x: 30, y: 5, sheet: 0, group: 0 }] : []),
      end_s: 40,
    });
    expect(place(played, "hall").rset_s).toBe(17);
    expect(place(played, "lobby").rset_s).toBe(25);
    expect(place(played, "hall").margin).toEqual({ s: 23, bound: "at least" });
    expect(played.measures.exits[0]).toMatchObject({ exit: "exit", place: "lobby", passed: 1, last_s: 24.6 });
    expect(played.measures.exits[0]!.margin!.s).toBeCloseTo(15.4, 9);
    expect(
      played.rows
        .filter((row) => row.place === "hall")
        .map(({ people }) => people)
        .slice(8, 12),
    ).toEqual([1, 1, 0, 0]);
  });

  test("margins: exact, at most for who is still there, none for who never came", () => {
    const smoke = fieldOf((air, time, x) => {
      if (time >= 12 && x < 20) air.extinction_1_m = 1;
      if (time >= 20 && x >= 20) air.extinction_1_m = 1;
    });
    const played = play({ field: smoke, people: walker, end_s: 40 });
    expect(place(played, "hall").margin).toEqual({ s: -5, bound: "exact" });
    expect(place(played, "hall").people_at_aset).toBe(0);
    expect(place(played, "lobby")).toMatchObject({ margin: { s: -5, bound: "exact" }, people_at_aset: 1 });
    const stays = play({ field: smoke, people: () => [inHall], end_s: 40 });
    expect(place(stays, "hall")).toMatchObject({ rset_s: null, people_at_end: 1, margin: { s: -28, bound: "at most" } });
    expect(place(stays, "lobby")).toMatchObject({ most_people: 0, margin: null });
    expect(place(play({ field: clear, people: () => [inHall], end_s: 9 }), "hall").margin).toBeNull();
  });

  test("who falls is named with the place, and doses are counted", () => {
    const { measures } = play({
      field: clear,
      people: () => [inHall],
      end_s: 2,
      result: {
        incapacitated: [{ id: 1, group: "all", level: "ground", x: 5, y: 5, time_s: 1.5, cause: "heat" }],
        exposure: { fedAsphyxiant: [0, 0.3, 0.09], fedHeat: [0, 0, 1.2], fec: [0.1, 0, 0] },
      },
    });
    expect(measures.incapacitated[0]).toMatchObject({ id: 1, place: "hall", time_s: 1.5, cause: "heat" });
    expect(measures.exposed).toEqual([
      { limit: 0.1, asphyxiants: 1, heat: 1, irritants: 1, any: 3 },
      { limit: 0.3, asphyxiants: 1, heat: 1, irritants: 0, any: 2 },
      { limit: 1, asphyxiants: 0, heat: 1, irritants: 0, any: 1 },
    ]);
    expect(measures.worst_dose).toEqual({ asphyxiants: 0.3, heat: 1.2, irritants: 0.1 });
  });
});

test("series stay within their bins and keep the total of what they saw", () => {
  const { measures } = play({ field: fieldOf(() => {}), people: () => [], end_s: 1000, hrr_W: (time) => 1000 * time });
  const { bin_s, kW, peak_kW, peak_at_s } = measures.hrr;
  expect(kW.length).toBeLessThanOrEqual(240);
  expect(bin_s).toBe(8);
  expect(kW[10]).toBeCloseTo(83.5, 9);
  expect([peak_kW, peak_at_s]).toEqual([1000, 1000]);
});

test("what is not known is said, not judged as clear air", () => {
  const played = play({ field: fieldOf(() => {}), people: () => [], end_s: 1, fire: { knows: ["temperature_K"] } });
  expect(played.measures.unknown).toContain("extinction_1_m");
});
