import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flame, flameLength, setFlame, tiltCosine } from "../../../engine/fire/spread/flame.js";
import { cylinderFactor, polygonFactor } from "../../../engine/fire/spread/form-factor.js";
import { criticalRadius, IGNITION, ignitionTime, thickSolid } from "../../../engine/fire/spread/ignition.js";
import {
  flameFlux,
  pointSourceFlux,
  solidFlameFlux,
  transmissivity,
  vapourPressure,
} from "../../../engine/fire/spread/radiation.js";

const out = new Float64Array(3);
const length = (): number => Math.hypot(out[0]!, out[1]!, out[2]!);

const noFlame = (): Flame => ({ x: 0, y: 0, base: 0, diameter: 0, tipX: 0, tipY: 0, tipZ: 0, radiated: 0, emissive: 0 });
const flameOf = (hrr_W: number, hrrPerArea_W_m2 = 500e3, wind_m_s = 0): Flame => {
  const flame = noFlame();
  setFlame(flame, {
    hrr_W,
    hrrPerArea_W_m2,
    radiativeFraction: 0.35,
    emissive: "balance",
    heatOfCombustion_J_kg: 20e6,
    wind_m_s,
    windTo_rad: 0,
    tilt: "thomas",
  });
  return flame;
};

/** Factors of a vertical cylinder for a target at the height of its base, vertical and level (Mudan 1984; SFPE Handbook), s = 2 R/D, h = 2 H/D. */
function published(s: number, h: number): { vertical: number; level: number } {
  const a = (h * h + s * s + 1) / (2 * s);
  const b = (1 + s * s) / (2 * s);
  const arc = (c: number): number => Math.atan(Math.sqrt(((c + 1) * (s - 1)) / ((c - 1) * (s + 1))));
  return {
    vertical:
      Math.atan(h / Math.sqrt(s * s - 1)) / (Math.PI * s) -
      (h * Math.atan(Math.sqrt((s - 1) / (s + 1)))) / (Math.PI * s) +
      (a * h * arc(a)) / (Math.PI * s * Math.sqrt(a * a - 1)),
    level: ((b - 1 / s) * arc(b)) / (Math.PI * Math.sqrt(b * b - 1)) - ((a - 1 / s) * arc(a)) / (Math.PI * Math.sqrt(a * a - 1)),
  };
}

describe("view factors", () => {
  it("of a cylinder agree with the published closed forms for vertical and level targets", () => {
    fc.assert(
      fc.property(fc.double({ min: 1.2, max: 12, noNaN: true }), fc.double({ min: 0.3, max: 12, noNaN: true }), (s, h) => {
        cylinderFactor({ x: s, y: 0, z: 0, radius: 1, dx: 0, dy: 0, dz: h }, 0, 0, 0, out);
        const { vertical, level } = published(s, h);
        expect(Math.abs(out[0]! / vertical - 1)).toBeLessThan(0.012);
        expect(Math.abs(out[2]! - level)).toBeLessThan(0.006);
      }),
    );
  });

  it("of a tall cylinder tend to 1/(2 s) from its foot and 1/s from its middle", () => {
    cylinderFactor({ x: 3, y: 0, z: 0, radius: 1, dx: 0, dy: 0, dz: 1e6 }, 0, 0, 0, out);
    expect(out[0]).toBeCloseTo(1 / 6, 3);
    cylinderFactor({ x: 3, y: 0, z: -1e6, radius: 1, dx: 0, dy: 0, dz: 2e6 }, 0, 0, 0, out);
    expect(out[0]).toBeCloseTo(1 / 3, 3);
  });

  it("are those of the projected area far away, 1 inside, and turn with the body", () => {
    cylinderFactor({ x: 300, y: 400, z: -1, radius: 1, dx: 0, dy: 0, dz: 2 }, 0, 0, 0, out);
    expect(Math.abs((length() * Math.PI * 500 * 500) / (2 * 2) - 1)).toBeLessThan(0.005);
    expect(out[0]! / out[1]!).toBeCloseTo(0.75, 4);
    cylinderFactor({ x: 0.2, y: 0, z: -1, radius: 1, dx: 0.5, dy: 0, dz: 2 }, 0, 0, 0, out);
    expect(length()).toBe(1);
    cylinderFactor({ x: 2, y: 0, z: 0, radius: 1, dx: 0, dy: 0, dz: 0 }, 0, 0, 0, out);
    expect(length()).toBe(0);
  });

  it("of leaning cylinders are the share of cosine-weighted rays that hit them", () => {
    let seed = 1;
    const random = (): number => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    };
    for (const [x, dx, dy, dz, pz] of [
      [3, -2, 0.5, 3, 0.5],
      [3, 2, 1, 2, 1],
      [2, 0.5, -1.5, 4, 5],
    ] as const) {
      const body = { x, y: 0, z: 0, radius: 1, dx, dy, dz };
      cylinderFactor(body, 0, 0, pz, out);
      const f = length();
      const n = [out[0]! / f, out[1]! / f, out[2]! / f] as const;
      const t = Math.hypot(n[0], n[1]) > 0.1 ? [-n[1] / Math.hypot(n[0], n[1]), n[0] / Math.hypot(n[0], n[1]), 0] : [1, 0, 0];
      const b = [n[1] * t[2]! - n[2] * t[1]!, n[2] * t[0]! - n[0] * t[2]!, n[0] * t[1]! - n[1] * t[0]!];
      let hits = 0;
      const rays = 15_000;
      for (let k = 0; k < rays; k++) {
        const [s, angle] = [Math.sqrt(random()), 2 * Math.PI * random()];
        const [u, v, w] = [s * Math.cos(angle), s * Math.sin(angle), Math.sqrt(1 - s * s)];
        const d = [0, 1, 2].map((i) => u * t[i]! + v * b[i]! + w * n[i]!);
        // In coordinates that stand the cylinder upright the ray stays straight.
        const [ox, oy] = [-body.x - (dx / dz) * pz, -(dy / dz) * pz];
        const [qx, qy] = [d[0]! - (dx / dz) * d[2]!, d[1]! - (dy / dz) * d[2]!];
        const [a2, ab, bb] = [qx * qx + qy * qy, ox * qx + oy * qy, ox * ox + oy * oy - 1];
        const root = ab * ab - a2 * bb;
        const inDisc = (z: number): boolean => {
          const far = (z - pz) / d[2]!;
          return far > 0 && (ox + far * qx) ** 2 + (oy + far * qy) ** 2 <= 1;
        };
        const side = root > 0 ? (-ab - Math.sqrt(root)) / a2 : -1;
        const z = pz + side * d[2]!;
        if ((side > 0 && z >= 0 && z <= dz) || inDisc(0) || inDisc(dz)) hits++;
      }
      // Three standard errors of the rays, and half a per cent of the prism.
      expect(Math.abs(hits / rays - f)).toBeLessThan(3 * Math.sqrt(f / rays) + 0.005 * f);
    }
  });

  it("of a rectangle: 0.1385 for a square opposite its corner at its own size away (Howell C-11), and a disc from its axis", () => {
    polygonFactor([0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 0, 1], 0, 0, 0, out);
    expect(Math.abs(out[2]!)).toBeCloseTo(0.1385, 4);
    cylinderFactor({ x: 0, y: 0, z: 2, radius: 1, dx: 0, dy: 0, dz: 3 }, 0, 0, 0, out);
    expect(out[2]).toBeCloseTo(1 / (1 + 4), 2);
  });

  it("of a flame that leans towards a target are larger than of one that leans away", () => {
    const seen = (dx: number): number => {
      cylinderFactor({ x: 4, y: 0, z: 0, radius: 1, dx, dy: 0, dz: 3 }, 0, 0, 1, out);
      return length();
    };
    expect(seen(-2)).toBeGreaterThan(seen(0));
    expect(seen(0)).toBeGreaterThan(seen(2));
  });
});

describe("flames", () => {
  it("are 2.70 m long at 1 MW and 1 m (tenability.md), and vanish over wide weak fires", () => {
    expect(flameLength(1e6, 1)).toBeCloseTo(2.7, 2);
    expect(flameLength(1e3, 5)).toBe(0);
  });

  it("stand upright in calm air and lie down further the more wind", () => {
    expect(tiltCosine(0, 0.02, 1, "thomas")).toBe(1);
    expect(tiltCosine(0.1, 0.02, 1, "aga")).toBe(1);
    for (const law of ["thomas", "aga"] as const) expect(tiltCosine(10, 0.02, 1, law)).toBeLessThan(tiltCosine(3, 0.02, 1, law));
  });

  it("radiate from their surface what the fire gives", () => {
    const flame = flameOf(2e6);
    const area = Math.PI * flame.diameter * flame.tipZ + (Math.PI / 4) * flame.diameter ** 2;
    expect(flame.emissive * area).toBeCloseTo(0.35 * 2e6, 3);
  });
});

describe("radiant flux", () => {
  it("falls with the square of the distance from a point source and with the cosine of the target", () => {
    const flame = { ...noFlame(), radiated: 350e3 };
    expect(pointSourceFlux(flame, 3, 4, 0, null)).toBeCloseTo(350e3 / (4 * Math.PI * 25), 6);
    expect(pointSourceFlux(flame, 6, 8, 0, null)).toBeCloseTo(350e3 / (4 * Math.PI * 100), 6);
    expect(pointSourceFlux(flame, 5, 0, 0, [-Math.SQRT1_2, Math.SQRT1_2, 0])).toBeCloseTo(
      (350e3 / (100 * Math.PI)) * Math.SQRT1_2,
      6,
    );
    expect(pointSourceFlux(flame, 5, 0, 0, [1, 0, 0])).toBe(0);
  });

  it("reaches the critical flux at the radii of the reference: 1.67, 1.49, 1.18 m at 1 MW; 3.73, 3.34, 2.64 m at 5 MW", () => {
    const radii = [1e6, 5e6].flatMap((q) =>
      [10e3, 12.5e3, 20e3].map((flux) => Number(criticalRadius(0.35 * q, flux).toFixed(2))),
    );
    expect(radii).toEqual([1.67, 1.49, 1.18, 3.73, 3.34, 2.64]);
  });

  it("never rises on the way out from a fire in still air", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 2e4, max: 2e7, noNaN: true }),
        fc.double({ min: 1e5, max: 1.2e6, noNaN: true }),
        fc.double({ min: 0, max: 8, noNaN: true }),
        (q, area, z) => {
          const flame = flameOf(q, area);
          // The flame's own height may hide below a target that looks down on it; at its foot and level with its source it does not.
          const height = Math.min(z, flame.tipZ / 3);
          let before = Infinity;
          for (let r = 0.55 * flame.diameter; r < 60; r *= 1.1) {
            const flux = flameFlux(flame, r * 0.8, r * 0.6, height, null);
            expect(flux).toBeLessThanOrEqual(before * (1 + 0.01));
            before = flux;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("near by is the larger of both models, at most the emissive power; at 2.5 D they differ by less than half", () => {
    const flame = flameOf(3e6);
    const edge = 2.5 * flame.diameter;
    for (const share of [0.6, 0.7, 1, 2]) {
      const at = [share * flame.diameter, 0, 0.5, null] as const;
      const flux = flameFlux(flame, ...at);
      expect(flux).toBe(Math.max(solidFlameFlux(flame, ...at), Math.min(flame.emissive, pointSourceFlux(flame, ...at))));
      expect(flux).toBeLessThanOrEqual(flame.emissive);
    }
    // Touched by the flame: convection too.
    expect(flame.emissive).toBeLessThan(60e3);
    expect([flameFlux(flame, 0.3, 0, 0.5, null), flameFlux(flame, 0, 0, flame.tipZ + 0.1, null) < 60e3]).toEqual([60e3, true]);
    expect(flameFlux(flame, edge, 0, 0.5, null)).toBe(pointSourceFlux(flame, edge, 0, 0.5, null));
    const ratio = solidFlameFlux(flame, edge, 0, 0.5, null) / pointSourceFlux(flame, edge, 0, 0.5, null);
    expect(ratio).toBeGreaterThan(1 / 1.5);
    expect(ratio).toBeLessThan(1.5);
  });

  it("is taken up by moist air only beyond some metres", () => {
    // 2339 Pa at 20 °C (steam tables).
    const half = vapourPressure(293.15, 0.5);
    expect(half / 1169.5).toBeCloseTo(1, 2);
    expect(transmissivity(2, half)).toBe(1);
    expect(transmissivity(10, half)).toBeCloseTo(0.87, 2);
    expect(transmissivity(50, half)).toBeLessThan(transmissivity(20, half));
    expect(transmissivity(1000, 0)).toBe(1);
  });
});

describe("ignition", () => {
  it("of thick solids takes (π/4) kρc ((Tig - T0)/q)² net of the critical flux; below that flux it never comes", () => {
    const wood = thickSolid(10e3, 0.5e6, 623.15, 293.15);
    expect(ignitionTime(wood, 30e3)).toBeCloseTo((Math.PI / 4) * 0.5e6 * (330 / 20e3) ** 2, 9);
    expect(ignitionTime(wood, 10e3)).toBe(Infinity);
  });

  it("comes sooner for easier classes at every flux", () => {
    for (const flux of [41e3, 60e3, 100e3]) {
      expect(ignitionTime(IGNITION.easy, flux)).toBeLessThan(ignitionTime(IGNITION.normal, flux));
      expect(ignitionTime(IGNITION.normal, flux)).toBeLessThan(ignitionTime(IGNITION.hard, flux));
    }
  });
});
