import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ambientAir } from "../../engine/fire/fields/field.js";
import { run } from "../../engine/run/run.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { compileWorld } from "../../engine/world/compile.js";
import { type OpenSmoke, openSmoke } from "../../workers/smoke/open.js";
import { meshText, type SliceText, sliceBytes, sliceLine, smvText } from "../fire/fields/fds-bytes.js";
import { box, layoutOf, scenarioOf } from "../run/plan.js";

/** Two rooms side by side, 10 m by 4 m in all; out to the east. */
const plan = layoutOf({
  rooms: [
    { id: "west", ring: box(0, 0, 5, 4) },
    { id: "east", ring: box(5, 0, 10, 4) },
  ],
  doors: [
    { id: "door", line: [[5, 1.5], [5, 2.5]] },
    { id: "out", line: [[10, 1.5], [10, 2.5]] },
  ], // biome-ignore format: a plan
});
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-smoke-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Smoke of 6 1/m in the west of its own x = 5 m at 1.5 m height, none in the east; from 0 to 60 s. */
function fds(changes: Record<string, unknown> = {}): {
  path: string;
  scenario: Scenario & { fire: NonNullable<Scenario["fire"]> };
} {
  const mesh = { id: "m", x: [0, 4.9, 5.1, 10], y: [0, 4], z: [0, 1.5, 3] };
  const row = [6, 6, 0, 0];
  const slice: SliceText = {
    quantity: "SOOT EXTINCTION COEFFICIENT",
    unit: "1/m",
    bounds: [0, 3, 0, 1, 1, 1],
    frames: [0, 60].map((time) => ({ time, values: [...row, ...row] })),
  };
  writeFileSync(join(folder, "a.sf"), sliceBytes(slice));
  writeFileSync(join(folder, "a.smv"), smvText([meshText(mesh), sliceLine("SLCF", 1, "a.sf", slice)]));
  return { path: join(folder, "a.smv"), scenario: withSmoke({ format: "fds", file: "a.smv", ...changes }) };
}
const withSmoke = (smoke_from: Record<string, unknown>) =>
  scenarioOf(plan, {
    duration_s: 40,
    people: [{ name: "p", count: 4, start: { in: "west" }, journey: [{ leave: { by: ["out"] } }] }],
    fire: { smoke_from, people: { cue: false, avoid: false } },
  }) as Scenario & { fire: NonNullable<Scenario["fire"]> };
const at = ({ field }: OpenSmoke, time: number, x: number, y: number): number => {
  const into = ambientAir();
  field.sample(time, 0, x, y, 1.6, into);
  return into.extinction_1_m;
};

describe("smoke of FDS in a run", () => {
  it("lies in the coordinates of the layout, or moved, turned and later as the scenario says", () => {
    const plain = fds();
    const open = openSmoke(plain.path, plan, plain.scenario.fire);
    expect([at(open, 0, 1, 1), at(open, 0, 9, 1)]).toEqual([6, 0]);
    expect(open.notices.join()).not.toMatch(/part of the floor/);
    open.close();
    // Its x axis runs to the west from (10, 4): what was west is east now.
    const turned = fds({ at: [10, 4], turn_deg: 180, start_s: 20 });
    const other = openSmoke(turned.path, plan, turned.scenario.fire);
    expect([at(other, 19, 9, 1), at(other, 20, 9, 1), at(other, 20, 1, 1)]).toEqual([0, 6, 0]);
    expect([other.field.firstTime_s, other.field.lastTime_s]).toEqual([20, 80]);
    other.close();
  });

  it("is refused where it meets the floor nowhere, and says how much of the floor it knows", () => {
    for (const away of [{ at: [50, 50] }, { height_m: 6 }]) {
      const { path, scenario } = fds(away);
      expect(() => openSmoke(path, plan, scenario.fire)).toThrow(
        /fire.smoke_from: its smoke meets the floor of the layout nowhere at head height: its meshes span x 0 to 10 m, y 0 to 4 m, z 0 to 3 m; the plan is 10 m by 4 m/,
      );
    }
    const half = fds({ at: [5, 0] });
    const open = openSmoke(half.path, plan, half.scenario.fire);
    expect(open.notices).toContain("Smoke is known on part of the floor only, the rest has clean air. Known: 0: 50 %.");
    open.close();
  });

  it("slows people as its extinction says", () => {
    const time = (smoky: boolean): number => {
      const { path, scenario } = fds(smoky ? {} : { start_s: 10_000 });
      const open = openSmoke(path, plan, scenario.fire);
      const leaving: number[] = [];
      run({
        world: compileWorld(plan, scenario),
        layout: plan,
        scenario,
        seed: 3,
        smoke: open.field,
        sink: { start: () => {}, frame: ({ left, time: t }) => left === 4 && leaving.push(t), event: () => {} },
      });
      open.close();
      return leaving[0] ?? Infinity;
    };
    // Frantzich and Nilsson: a share of 1 - 0.057 / 0.706 * 6 = 0.52 of the free speed in the western half of the way.
    const [clear, smoky] = [time(false), time(true)];
    expect(clear).toBeLessThan(20);
    expect(smoky).toBeGreaterThan(clear + 1);
  });
});

describe("smoke of CFAST in a run", () => {
  const table = (name: string): string => {
    const ids = [
      "ULT",
      "LLT",
      "HGT",
      "ULO2",
      "ULCO2",
      "ULCO",
      "ULHCN",
      "ULHCL",
      "ULOD",
      "LLO2",
      "LLCO2",
      "LLCO",
      "LLHCN",
      "LLHCL",
      "LLOD",
    ];
    const unit = (id: string): string =>
      id.endsWith("LT") ? "C" : id === "HGT" ? "m" : id.endsWith("OD") ? "mg/m^3" : "mol_frac";
    const head = [ids.map((id) => `${id}_1`), ids.map((id) => id), ids.map(() => name), ids.map(unit)];
    const row = [80, 20, 1, 0.2, 0, 0, 0, 0, 100, 0.205, 0, 0, 0, 0, 0];
    const text = ["Time", "Simulation Time", "Time", "s"].map((first, k) => [first, ...head[k]!].join(","));
    return [...text, [0, ...row].join(","), [60, ...row].join(","), ""].join("\n");
  };
  const opened = (name: string, smoke_from: Record<string, unknown> = {}): OpenSmoke => {
    const path = join(folder, "a_compartments.csv");
    writeFileSync(path, table(name));
    return openSmoke(path, plan, withSmoke({ format: "cfast", file: "a_compartments.csv", ...smoke_from }).fire);
  };

  it("fills the unit of the same id, or the one that the scenario names", () => {
    const same = opened("east");
    expect([at(same, 0, 1, 1), at(same, 0, 9, 1)]).toEqual([0, expect.closeTo(0.87, 12)]);
    expect(same.notices.join()).toMatch(/clean air. Known: 0: 50 %/);
    const named = opened("Room 7", { rooms: [{ compartment: "Room 7", unit: "west" }] });
    expect(at(named, 0, 1, 1)).toBeCloseTo(0.87, 12);
  });

  it("is refused without a unit, and with every name that is unknown", () => {
    expect(() => opened("Room 7")).toThrow(/meets the floor of the layout nowhere at head height: its compartments are Room 7/);
    expect(() => opened("east", { rooms: [{ compartment: "x", unit: "north" }] })).toThrow(
      /rooms\[0\]: there is no compartment "x"; known: east\n.*there is no unit "north" in the layout/,
    );
    expect(() =>
      withSmoke({
        format: "cfast",
        file: "a",
        at: [1, 1],
        rooms: [
          { compartment: "x", unit: "a" },
          { compartment: "x", unit: "b" },
        ],
      }),
    ).toThrow(
      /smoke_from.at \(line 1\): has no meaning with format cfast: it belongs to fds\n.*the compartment "x" stands twice/,
    );
  });
});
