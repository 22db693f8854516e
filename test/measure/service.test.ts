import { describe, expect, it } from "vitest";
import { FRUIN_SQUARE_FEET, SERVICE_LEVELS, serviceLevel, serviceLimits } from "../../engine/measure/service.js";

describe("Fruin's levels of service", () => {
  it("have the borders in persons/m2 that are quoted from the book", () => {
    const quoted = {
      walkway: [0.31, 0.43, 0.72, 1.08, 2.15],
      stairs: [0.54, 0.72, 1.08, 1.54, 2.69],
      queue: [0.83, 1.08, 1.54, 3.59, 5.38],
    } as const;
    for (const table of ["walkway", "stairs", "queue"] as const)
      serviceLimits(table).forEach((limit, k) => {
        expect(limit).toBeCloseTo(quoted[table][k]!, 2);
      });
  });

  it("begin at their border, get worse with density, and differ by table", () => {
    for (const table of ["walkway", "stairs", "queue"] as const) {
      expect(serviceLevel(table, 0)).toBe("A");
      serviceLimits(table).forEach((limit, k) => {
        expect(serviceLevel(table, limit)).toBe(SERVICE_LEVELS[k + 1]);
        expect(serviceLevel(table, limit * 0.999)).toBe(SERVICE_LEVELS[k]);
      });
      expect([...FRUIN_SQUARE_FEET[table]].sort((a, b) => b - a)).toEqual(FRUIN_SQUARE_FEET[table]);
    }
    expect([serviceLevel("walkway", 2), serviceLevel("stairs", 2), serviceLevel("queue", 2)]).toEqual(["E", "E", "D"]);
  });
});
