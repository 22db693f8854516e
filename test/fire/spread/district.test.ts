import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MusterError } from "../../../engine/errors.js";
import { readDistrict } from "../../../engine/fire/spread/district/buildings.js";
import { hamadaArrival, hamadaTimes } from "../../../engine/fire/spread/district/hamada.js";
import { BUILDING_FIRE, heatingIn, neighboursOf } from "../../../engine/fire/spread/district/heating.js";
import { districtMap } from "../../../engine/fire/spread/district/map.js";
import { type DistrictOptions, runDistrict } from "../../../engine/fire/spread/district/simulate.js";

/** Minutes down, side and up for a = 10 m, d = 3 m, computed from the formula as it stands in wirc-sjsu/firebench (Hamada_1): [U, f, …]. */
const HAMADA = [
  [0, 0, 5.14, 11.55, 11.55],
  [0, 0.6, 7.323999999999999, 17.13, 17.13],
  [5, 0, 2.941293532338308, 9.413333333333334, 10.238095238095237],
  [5, 0.6, 4.168756218905472, 13.86133333333333, 15.095238095238093],
  [10, 0, 1.785185185185185, 6.633333333333333, 8.482142857142858],
  [10, 0.6, 2.5229629629629624, 9.713333333333333, 12.446428571428573],
  [15, 0, 1.167116564417178, 4.467226890756303, 6.724137931034483],
  [15, 0.6, 1.6465276073619628, 6.512268907563025, 9.827586206896552],
] as const;

const square = (id: string, x: number, y: number, side = 10, properties: object = {}): object => ({
  type: "Feature",
  id,
  properties: { "building:levels": 2, ...properties },
  geometry: {
    type: "Polygon",
    coordinates: [
      [
        [x, y],
        [x + side, y],
        [x + side, y + side],
        [x, y + side],
        [x, y],
      ],
    ],
  },
});
const district = (features: readonly object[]) =>
  readDistrict("town", JSON.stringify({ type: "FeatureCollection", muster: { coordinates: "metres" }, features }));
/** A row of wooden houses along x with a gap. */
const row = (count: number, gap: number, properties: object = {}) =>
  district(Array.from({ length: count }, (_, k) => square(`h${k}`, k * (10 + gap), 0, 10, properties)));
const options = (more: Partial<DistrictOptions> = {}): DistrictOptions => ({
  ignited: [0],
  wind: { speed_m_s: 3, from_deg: 270 },
  horizon_s: 6 * 3600,
  seeds: Array.from({ length: 20 }, (_, k) => k + 1),
  ...more,
});

describe("Hamada's formula", () => {
  it("gives the reference times to the last digits", () => {
    for (const [wind_m_s, fireResistantShare, down, side, up] of HAMADA) {
      const times = hamadaTimes({ side_m: 10, gap_m: 3, wind_m_s, fireResistantShare });
      for (const [value, expected] of [
        [times.down_s, down],
        [times.side_s, side],
        [times.up_s, up],
      ] as const)
        expect(Math.abs(value / 60 / expected - 1)).toBeLessThan(1e-14);
    }
  });

  it("makes an oval front that meets the three times on its axes", () => {
    const town = { side_m: 10, gap_m: 3, wind_m_s: 8, fireResistantShare: 0.2 };
    const { down_s, side_s, up_s } = hamadaTimes(town);
    expect([hamadaArrival(town, 13, 0), hamadaArrival(town, 0, -13), hamadaArrival(town, -13, 0)]).toEqual([
      down_s,
      side_s,
      up_s,
    ]);
    expect(hamadaArrival(town, 26, 0)).toBeCloseTo(2 * down_s, 9);
  });
});

describe("footprints", () => {
  it("come from degrees or metres, with height, levels and material of OpenStreetMap", () => {
    const town = readDistrict(
      "osm",
      JSON.stringify({
        type: "FeatureCollection",
        features: [
          { type: "Feature", id: "node", properties: {}, geometry: { type: "Point", coordinates: [13, 52] } },
          {
            type: "Feature",
            id: 7,
            properties: { height: "12 m", "building:material": "brick" },
            geometry: {
              type: "Polygon",
              coordinates: [
                [
                  [13, 52],
                  [13, 52.0001],
                  [13.0001, 52.0001],
                  [13.0001, 52],
                  [13, 52],
                ],
              ],
            },
          },
          {
            type: "Feature",
            properties: {},
            geometry: {
              type: "Polygon",
              coordinates: [
                [
                  [13.0002, 52],
                  [13.0003, 52],
                  [13.0003, 52.0001],
                  [13.0002, 52],
                ],
              ],
            },
          },
        ],
      }),
    );
    expect(town.buildings.map(({ id, height_m, storeys, fireResistant }) => [id, height_m, storeys, fireResistant])).toEqual([
      ["7", 12, 4, true],
      ["building 3", 6, 2, false],
    ]);
    // 0.0001 degrees are 6.87 m by 11.13 m here.
    expect(town.buildings[0]!.area_m2).toBeCloseTo(6.87 * 11.13, 0);
    expect(town.notices).toHaveLength(2);
  });

  it("are refused with all faults together", () => {
    const bad = [
      square("a", 0, 0, 10, { height: -3 }),
      square("a", 30, 0, 10, { fire_resistant: "yes" }),
      { ...square("b", 0, 0), geometry: { type: "Polygon", coordinates: [[[0, 0]]] } },
    ];
    try {
      district(bad);
      expect.unreachable();
    } catch (error) {
      expect((error as MusterError).problems.map(({ message }) => message.split(" ").slice(0, 3).join(" "))).toEqual([
        "has height -3,",
        'has fire_resistant "yes",',
        "has an outline",
        "has an id",
      ]);
    }
    expect(() => readDistrict("x", "{}")).toThrow(MusterError);
  });
});

describe("fire between buildings", () => {
  it("heats less over a wider gap, not past a building between, and more where the wind blows to", () => {
    const flux = (gap: number, from_deg: number): number => {
      const town = row(2, gap);
      const to_rad = ((270 - from_deg) * Math.PI) / 180;
      const heating = heatingIn(town, neighboursOf(town), BUILDING_FIRE, { speed_m_s: 8, to_rad });
      const e = heating.start[1]!;
      return e < heating.start[2]! ? heating.wall[e]! + heating.roof[e]! : 0;
    };
    let before = Infinity;
    for (const gap of [1, 2, 4, 8, 16, 32]) {
      expect(flux(gap, 270)).toBeLessThan(before);
      before = flux(gap, 270);
    }
    expect(flux(3, 270)).toBeGreaterThan(flux(3, 90));
    const three = row(3, 2);
    const near = neighboursOf(three);
    expect([...near.from.subarray(near.start[2]!, near.start[3]!)]).toEqual([1]);
  });

  it("goes from house to house, sooner downwind than upwind, and stops at a wide gap", () => {
    const town = district(Array.from({ length: 9 }, (_, k) => square(`h${k}`, k * 12, 0)));
    const runs = runDistrict(town, options({ ignited: [4], wind: { speed_m_s: 10, from_deg: 270 } }));
    const map = districtMap(town, options({ ignited: [4], wind: { speed_m_s: 10, from_deg: 270 } }), runs);
    const p50 = map.buildings.map(({ p50_min }) => p50_min ?? Infinity);
    expect(p50[4]).toBe(0);
    expect(p50[6]).toBeGreaterThan(p50[5]!);
    expect(p50[6]).toBeLessThan(p50[2]!);
    const apart = row(2, 50);
    expect(districtMap(apart, options(), runDistrict(apart, options())).buildings[1]).toMatchObject({
      probability: 0,
      p50_min: null,
    });
  });

  it("is later and less likely with walls that do not burn", () => {
    const outcome = (properties: object) => {
      const town = row(4, 3, properties);
      return districtMap(town, options(), runDistrict(town, options())).buildings[1]!;
    };
    const [wood, brick] = [outcome({}), outcome({ fire_resistant: true })];
    expect(wood.probability).toBeGreaterThan(0.9);
    expect(brick.probability).toBeLessThan(wood.probability);
  });

  it("jumps a wide gap by firebrands where they are asked for, with the wind and onto wood only", () => {
    const burns = (from_deg: number, brands: number, fire_resistant: boolean): number => {
      // Fire 80 m from a block of houses.
      const block = Array.from({ length: 25 }, (_, k) =>
        square(`b${k}`, 80 + (k % 5) * 12, Math.floor(k / 5) * 12 - 24, 10, { fire_resistant }),
      );
      const town = district([square("source", 0, 0), ...block]);
      const setting = options({ wind: { speed_m_s: 12, from_deg }, brands, seeds: [1, 2, 3, 4, 5] });
      return districtMap(town, setting, runDistrict(town, setting)).burnt.p50;
    };
    expect(burns(270, 0, false)).toBe(1);
    expect(burns(270, 20, false)).toBeGreaterThan(1);
    expect([burns(90, 20, false), burns(270, 20, true)]).toEqual([1, 1]);
  });

  it("shows its spread: quantiles in order, probabilities in hundredths of runs, the same bytes again, runs of their own by seed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 8 })), { minLength: 2, maxLength: 25 }),
        fc.integer({ min: 0, max: 359 }),
        (places, from_deg) => {
          const cells = [...new Map(places.map((p) => [`${p}`, p])).values()];
          const town = district(cells.map(([i, j]) => square(`${i}-${j}`, i * 13, j * 13)));
          const setting = options({ wind: { speed_m_s: 6, from_deg }, seeds: [1, 2, 3, 4, 5, 6, 7] });
          const runs = runDistrict(town, setting);
          const map = districtMap(town, setting, runs);
          for (const { p10_min, p50_min, p90_min, probability } of map.buildings) {
            expect(p10_min ?? Infinity).toBeLessThanOrEqual(p50_min ?? Infinity);
            expect(p50_min ?? Infinity).toBeLessThanOrEqual(p90_min ?? Infinity);
            expect(Math.round(probability * 7)).toBeCloseTo(probability * 7, 9);
            expect(probability >= 0.5).toBe(p50_min !== null);
          }
          expect(map.burnt.p10).toBeGreaterThanOrEqual(1);
          expect(map.burnt.p90).toBeLessThanOrEqual(cells.length);
          expect(JSON.stringify(districtMap(town, setting, runDistrict(town, setting)))).toBe(JSON.stringify(map));
          const [third] = runDistrict(town, { ...setting, seeds: [3] }).runs;
          expect([...third!.ignited_s]).toEqual([...runs.runs[2]!.ignited_s]);
        },
      ),
      { numRuns: 15 },
    );
  });
});
