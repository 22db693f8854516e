import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromFile, fromLonLat, textOf, toFile, toLonLat } from "../../engine/layout/project.js";

const frame = (lon: number, lat: number) => ({ kind: "lonlat", lon, lat }) as const;

/** Length of a degree of latitude and longitude on WGS84 (M and N cos φ of H. Moritz 2000, "Geodetic Reference System 1980", J. Geodesy 74:128). */
function radii(lat: number): { m: number; n: number } {
  const e2 = 0.00669437999014;
  const sin = Math.sin((lat * Math.PI) / 180);
  const w = Math.sqrt(1 - e2 * sin * sin);
  return { m: (6378137 * (1 - e2)) / w ** 3, n: 6378137 / w };
}

describe("projection", () => {
  it("is the arc of the ellipsoid near its origin: 1e-6 over 100 m, 1e-7 of the length", () => {
    for (const lat of [-60, -33.9, 0, 48.16, 60, 80]) {
      const { m, n } = radii(lat);
      const f = frame(11.5, lat);
      const step = 0.001;
      const [, north] = fromLonLat(f, 11.5, lat + step);
      expect(north / ((step * Math.PI * m) / 180)).toBeCloseTo(1, 4);
      const [east] = fromLonLat(f, 11.5 + step, lat);
      expect(east / ((step * Math.PI * n * Math.cos((lat * Math.PI) / 180)) / 180)).toBeCloseTo(1, 7);
      expect(fromLonLat(f, 11.5, lat)).toEqual([0, 0]);
    }
  });

  it("keeps distances to 1e-6 over 1 km in every direction", () => {
    // Chords through the ellipsoid are true distances; the plane may only lose their curvature, d²/(24 R²) and the tilt of the plane.
    const xyz = (lon: number, lat: number): number[] => {
      const [l, p] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180];
      const { n } = radii(lat);
      return [n * Math.cos(p) * Math.cos(l), n * Math.cos(p) * Math.sin(l), n * (1 - 0.00669437999014) * Math.sin(p)];
    };
    fc.assert(
      fc.property(
        fc.double({ min: -0.008, max: 0.008, noNaN: true }),
        fc.double({ min: -0.008, max: 0.008, noNaN: true }),
        (dlon, dlat) => {
          fc.pre(Math.abs(dlon) + Math.abs(dlat) > 1e-4);
          const [x, y] = fromLonLat(frame(11.5, 48.16), 11.5 + dlon, 48.16 + dlat);
          const [a, b] = [xyz(11.5, 48.16), xyz(11.5 + dlon, 48.16 + dlat)];
          const chord = Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!, a[2]! - b[2]!);
          expect(Math.abs(Math.hypot(x, y) / chord - 1)).toBeLessThan(1e-6);
        },
      ),
      { seed: 4 },
    );
  });

  it("goes back to degrees within a nanometre at 20 km", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -20_000, max: 20_000, noNaN: true }),
        fc.double({ min: -20_000, max: 20_000, noNaN: true }),
        fc.double({ min: -75, max: 75, noNaN: true }),
        (x, y, lat) => {
          const f = frame(-170, lat);
          const [lon, back] = toLonLat(f, x, y);
          const [px, py] = fromLonLat(f, lon, back);
          expect(Math.hypot(px - x, py - y)).toBeLessThan(1e-7);
        },
      ),
      { seed: 6 },
    );
  });

  it("metres keep their offset", () => {
    const f = { kind: "metres", x: 691500, y: 5336800 } as const;
    expect(fromFile(f, [691501.5, 5336801.5])).toEqual([1.5, 1.5]);
    expect(toFile(f, [1.5, 1.5])).toEqual([691501.5, 5336801.5]);
    expect(textOf(f, [1.5, 1.5])).toBe("(691501.50, 5336801.50)");
    expect(textOf(frame(11.5, 48.16), [0, 0])).toBe("(11.5000000, 48.1600000)");
  });
});
