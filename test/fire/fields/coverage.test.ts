import { expect, test } from "vitest";
import { coverage } from "../../../engine/fire/fields/coverage.js";
import { ambientAir, type SmokeField, setAir } from "../../../engine/fire/fields/field.js";
import { houseLayout } from "../../chart/sample-layout.js";

test("share of the floor of each sheet that a field reaches at head height", () => {
  const west: SmokeField = {
    name: "west half of the ground floor",
    knows: ["temperature_K"],
    firstTime_s: 0,
    lastTime_s: 10,
    sample: (_t, sheet, x, _y, height, into) => {
      setAir(into, ambientAir());
      return sheet === 0 && x < 20 && height < 2;
    },
  };
  const [ground, ...rest] = coverage(west, houseLayout(), 1.7);
  // 20 m of 40 m by 18 m; the flight's 4 m by 7 m in the eastern half are no floor.
  expect(ground).toMatchObject({ sheet: "0", squares: 40 * 18 - 28 });
  expect(ground!.share).toBeCloseTo((20 * 18) / (40 * 18 - 28), 12);
  for (const sheet of rest) expect(sheet.share).toBe(0);
  expect(coverage(west, houseLayout(), 2.5)[0]!.share).toBe(0);
});
