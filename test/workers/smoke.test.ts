/** Smoke of other programs for a run: found on disk, laid over the plan, met by people. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ambientAir } from "../../engine/fire/fields/field.js";
import { run } from "../../engine/run/run.js";
import type { FireScenario } from "../../engine/scenario/fire/fire.js";
import { compileWorld } from "../../engine/world/compile.js";
import { openSmoke } from "../../workers/smoke/open.js";
import { meshText, sliceBytes, sliceLine, smvText } from "../fire/fields/fds-bytes.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";

/** Far from the origin of its file: local metres are not those of FDS. */
const layout = layoutOf({
  rooms: [{ id: "hall", ring: box(1000, 2000, 1020, 2004) }],
  doors: [{ id: "out", line: [[1020, 2001], [1020, 2003]] }], // biome-ignore format: a line
  sections: [{ id: "back", ring: box(1000, 2000, 1003, 2004) }],
});

const scenario = (smoke_from: Record<string, unknown>) =>
  scenarioOf(layout, {
    duration_s: 120,
    people: [
      {
        name: "p",
        count: 1,
        start: { in: "back" },
        population: { name: "own", speed_m_s: 1.2, radius_m: 0.2, source: "test" },
        journey: [{ leave: "out" }],
      },
    ],
    fire: { smoke_from, people: { cue: false, avoid: false } },
  });

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "muster-smoke-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Extinction of 5 1/m in the whole hall, from the first to the last frame. */
function writeFds(): string {
  const line = (from: number, to: number, cells: number): number[] =>
    Array.from({ length: cells + 1 }, (_, k) => from + ((to - from) * k) / cells);
  const mesh = { id: "hall", x: line(1000, 1020, 20), y: line(2000, 2004, 4), z: line(0, 3, 3) };
  const values = Array.from({ length: 21 * 5 * 4 }, () => 5);
  const slice = {
    quantity: "SOOT EXTINCTION COEFFICIENT",
    unit: "1/m",
    bounds: [0, 20, 0, 4, 0, 3] as const,
    frames: [0, 200].map((time) => ({ time, values })),
  };
  writeFileSync(join(root, "hall_1.sf"), sliceBytes(slice));
  writeFileSync(join(root, "hall.smv"), smvText([meshText(mesh), sliceLine("SLCF", 1, "hall_1.sf", slice)]));
  return join(root, "hall.smv");
}

/** A table with one compartment of this name: smoke of 0.5 g/m3 from 1 m up. */
function writeCfast(name: string): string {
  const columns: [string, string, number][] = [
    ["ULT", "C", 120],
    ["LLT", "C", 25],
    ["HGT", "m", 1],
    ...["ULO2", "ULCO2", "ULCO", "ULHCN", "ULHCL"].map((id): [string, string, number] => [
      id,
      "mol_frac",
      id === "ULO2" ? 0.2 : 0,
    ]),
    ["ULOD", "mg/m^3", 500],
    ...["LLO2", "LLCO2", "LLCO", "LLHCN", "LLHCL"].map((id): [string, string, number] => [
      id,
      "mol_frac",
      id === "LLO2" ? 0.207 : 0,
    ]),
    ["LLOD", "mg/m^3", 0],
  ];
  const row = (cells: string[]): string => cells.join(",");
  const text = [
    row(["Time", ...columns.map(([id]) => `${id}_1`)]),
    row(["Simulation Time", ...columns.map(([id]) => id)]),
    row(["Time", ...columns.map(() => name)]),
    row(["s", ...columns.map(([, unit]) => unit)]),
    ...[0, 60, 120].map((time) => row([`${time}`, ...columns.map(([, , value]) => `${value}`)])),
  ].join("\n");
  const path = join(root, `${name}_compartments.csv`);
  writeFileSync(path, `${text}\n`);
  return path;
}

const out = (path: string, format: string): number => {
  const given = scenario({ format, file: path });
  const { field, close } = openSmoke(path, layout, given.fire as FireScenario);
  const result = run({
    world: compileWorld(layout, given),
    layout,
    scenario: given,
    seed: 1,
    smoke: field,
    sink: { start: () => undefined, frame: () => undefined, event: () => undefined },
  });
  close();
  expect(result.status).toBe("finished");
  return result.simulated_s;
};

describe("smoke of another program", () => {
  it("of FDS lies where its coordinates say in the plan's file, and slows people", () => {
    const path = writeFds();
    const { field, close } = openSmoke(path, layout, scenario({ format: "fds", file: path }).fire!);
    const air = ambientAir();
    const [x, y] = [layout.units[0]!.polygons[0]!.outer[0]![0] + 10, layout.units[0]!.polygons[0]!.outer[0]![1] + 2];
    expect(field.sample(10, 0, x, y, 1.6, air)).toBe(true);
    expect(air.extinction_1_m).toBeCloseTo(5, 5);
    close();
    const clear = run({
      world: compileWorld(layout, scenario({ format: "fds", file: path })),
      scenario: { ...scenario({ format: "fds", file: path }), fire: undefined } as never, // without the key, as a scenario without fire
      seed: 1,
      sink: { start: () => undefined, frame: () => undefined, event: () => undefined },
    }).simulated_s;
    // 1 - 0.057 / 0.706 × 5 = 0.60 of the free speed.
    expect(out(path, "fds") / clear).toBeGreaterThan(1.5);
  });

  it("of CFAST fills the unit of the same name; one that fits no unit is an error", () => {
    const { field } = openSmoke(writeCfast("hall"), layout, scenario({ format: "cfast", file: "x" }).fire!);
    const air = ambientAir();
    const [x0, y0] = layout.units[0]!.polygons[0]!.outer[0]!;
    expect(field.sample(10, 0, x0 + 5, y0 + 2, 1.6, air)).toBe(true);
    expect(air.temperature_K).toBeCloseTo(393.15, 6);
    expect(air.extinction_1_m).toBeCloseTo(8.7 * 0.5, 6);
    field.sample(10, 0, x0 + 5, y0 + 2, 0.5, air);
    expect(air.temperature_K).toBeCloseTo(298.15, 6);
    expect(() => openSmoke(writeCfast("attic"), layout, scenario({ format: "cfast", file: "x" }).fire!)).toThrow(
      /its smoke meets the floor of the layout nowhere.*attic/,
    );
  });
});
