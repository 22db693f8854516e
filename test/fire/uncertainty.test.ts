import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, test } from "vitest";
import {
  expected,
  type FireModel,
  UNCERTAINTY_SOURCE,
  type UncertainQuantity,
  uncertainty,
} from "../../engine/fire/uncertainty.js";

test("a measurement is expected at value / bias, within 1.645 standard deviations in 90 of 100 cases, never below 0", () => {
  expect(expected(100, { bias: 1, sigma: 0.1, points: 0, sets: 0 })).toEqual({
    best: 100,
    low: 100 - 16.448536269514722,
    high: 116.44853626951472,
  });
  const smoke = expected(2.92, uncertainty("zone", "smoke"));
  expect(smoke.best).toBeCloseTo(1, 12);
  expect(smoke.low).toBe(0);
  expect(smoke.high).toBeCloseTo(1 + 1.6448536 * 0.65, 6);
});

const NAMES: Readonly<Record<UncertainQuantity, [zone: string, fds: string]>> = {
  "temperature rise, natural ventilation": ["HGL Temperature: Natural Ventilation", "HGL Temperature, Natural Ventilation"],
  "temperature rise, forced ventilation": ["HGL Temperature: Forced Ventilation", "HGL Temperature, Forced Ventilation"],
  "temperature rise, no ventilation": ["HGL Temperature: No Ventilation", "HGL Temperature, No Ventilation"],
  "layer depth, open": ["HGL Depth: Open Compartments", "HGL Depth"],
  "layer depth, closed": ["HGL Depth: Closed Compartments", "HGL Depth"],
  "ceiling jet temperature rise": ["Ceiling Jet Temperature", "Ceiling Jet Temperature"],
  "plume temperature rise": ["Plume Temperature", "Plume Temperature"],
  oxygen: ["Oxygen Concentration", "Oxygen Concentration"],
  "carbon dioxide": ["Carbon Dioxide Concentration", "Carbon Dioxide Concentration"],
  "carbon monoxide": ["Carbon Monoxide Concentration", "Carbon Monoxide Concentration"],
  smoke: ["Smoke Concentration", "Smoke Concentration"],
  pressure: ["Compartment Over-Pressure", "Compartment Over-Pressure"],
  "surface temperature rise": ["Surface Temperature", "Surface Temperature"],
  "heat flux on targets": ["Target Heat Flux", "Target Heat Flux"],
  "heat flux on surfaces": ["Surface Heat Flux", "Surface Heat Flux"],
  "sprinkler activation time": ["Sprinkler Activation Time", "Sprinkler Activation Time"],
};

const data = process.env.MUSTER_DATA ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const folder = join(data, "reference/fire/cfast");
if (!existsSync(folder))
  process.stderr.write(`test/fire/uncertainty.test.ts: tables skipped, ${folder} is not there (set MUSTER_DATA)\n`);
it.runIf(existsSync(folder)).each([
  ["zone", "cfast_validation_statistics.csv", 0],
  ["FDS", "fds_validation_statistics_6.7.4.csv", 1],
] as const)("every value of %s as published", (model: FireModel, file, column) => {
  const rows = new Map(
    readFileSync(join(folder, file), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => {
        const [, quoted, plain, rest] = /^(?:"([^"]*)"|([^,]*)),(.*)$/.exec(line.trim())!;
        const [sets, points, , sigma, bias] = rest!.split(",").map(Number);
        return [quoted ?? plain!, { bias, sigma, points, sets }];
      }),
  );
  expect(UNCERTAINTY_SOURCE[model]).toMatch(/NIST/);
  for (const [quantity, names] of Object.entries(NAMES))
    expect(uncertainty(model, quantity as UncertainQuantity), quantity).toEqual(rows.get(names[column]));
});
