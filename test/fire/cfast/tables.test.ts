/** `muster fire`: CFAST's tables with its head rows, whole or not at all; summary, exit codes. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { fortran } from "../../../engine/fire/cfast/tables/table.js";
import { muster } from "../../cli/measure-muster.js";

const reference = fileURLToPath(new URL("../../reference/fire/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "muster-fire-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Columns of a table by id. */
function table(path: string): { heads: string[][]; column(id: string): number[] } {
  const rows = readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((row) => row.split(","));
  return { heads: rows.slice(0, 4), column: (id) => rows.slice(4).map((row) => Number(row[rows[0]!.indexOf(id)])) };
}

test("numbers as Fortran writes them", () => {
  expect([0, 293.15, -0.069437, 1, 0.99999999, 1e-7, 123456, Number.NaN].map(fortran)).toEqual([
    " 0.00000E+00",
    " 0.29315E+03",
    "-0.69437E-01",
    " 0.10000E+01",
    " 0.10000E+01",
    " 0.10000E-06",
    " 0.12346E+06",
    "         NaN",
  ]);
});

test("five tables with CFAST's columns for a room with fire, fan and targets", async () => {
  const { code, stdout, stderr } = await muster("fire", join(reference, "cfast/c08_pu_tenability.in"), "--out", folder);
  expect(code, stderr).toBe(0);
  expect(stdout).toContain("Ended at 600 s");
  expect(stderr).toContain("100 %: 600 of 600 s");
  expect(readdirSync(folder).sort()).toEqual(
    ["compartments", "devices", "masses", "vents", "walls"].map((name) => `c08_pu_tenability_${name}.csv`),
  );
  const rooms = table(join(folder, "c08_pu_tenability_compartments.csv"));
  expect(rooms.heads.map((row) => row.length)).toEqual([69, 69, 69, 69]);
  expect(rooms.heads.map((row) => row.slice(0, 4))).toEqual([
    ["Time", "ULT_1", "LLT_1", "HGT_1"],
    ["Simulation Time", "Upper Layer Temperature", "Lower Layer Temperature", "Layer Height"],
    ["Time", "Room", "Room", "Room"],
    ["s", "C", "C", "m"],
  ]);
  const time = rooms.column("Time");
  expect([time.length, time[0], time.at(-1)]).toEqual([121, 0, 600]);
  // CFAST 8.0.0.dev354 on the same file.
  const at = (id: string, t: number): number => rooms.column(id)[t / 5]!;
  for (const [id, t, value, within] of [
    ["ULT_1", 300, 269.91, 4],
    ["HGT_1", 300, 0.855, 0.03],
    ["LLT_1", 300, 69.9, 2],
    ["ULOD_1", 300, 1662, 60],
    ["ULT_2", 595, 180.4, 4],
  ] as const)
    expect(Math.abs(at(id, t) - value), `${id} at ${t} s is ${at(id, t)}`).toBeLessThan(within);
  const fractions = ["N2", "O2", "CO2", "CO", "HCN", "HCL", "TUHC", "H2O"].map((name) => at(`UL${name}_1`, 300));
  expect(fractions.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 3);

  const masses = table(join(folder, "c08_pu_tenability_masses.csv"));
  expect(masses.column("ULMOD_1")[60]! / rooms.column("VOL_1")[60]!).toBeCloseTo(at("ULOD_1", 300) * 1e-6, 6);
  // 25 MJ/kg: what has burnt by the end of the table of heat release.
  expect(masses.column("PYTOL_T_1").at(-1)! * 25).toBeCloseTo(17.2 + 0.5 * 496.75, 0);

  const devices = table(join(folder, "c08_pu_tenability_devices.csv"));
  expect(devices.heads[0]).toHaveLength(73);
  const steps = devices.column("TRGDFEDG_1").reduce((sum, value) => sum + value, 0);
  expect(steps / devices.column("TRGFEDG_1").at(-1)!).toBeCloseTo(1, 3);
  // CFAST's own heat dose is 2036 here, 64 times too much where radiation leads.
  expect(devices.column("TRGFEDH_1").at(-1)).toBeLessThan(60);

  const vents = table(join(folder, "c08_pu_tenability_vents.csv"));
  const net = ["WT_1_u_outflow_1", "WT_1_l_outflow_1"].map((id) => vents.column(id)[60]!).reduce((a, b) => a + b);
  const back = ["WT_1_u_inflow_1", "WT_1_l_inflow_1"].map((id) => vents.column(id)[60]!).reduce((a, b) => a + b);
  expect(net - back).toBeCloseTo(vents.column("W_1_2_1")[60]!, 3);
});

test("one JSON document; without --out nothing is written", async () => {
  const before = readdirSync(folder);
  const { code, stdout } = await muster("fire", join(reference, "cfast/c04_mech_exhaust.in"), "--json", "--quiet");
  const document = JSON.parse(stdout);
  expect(code).toBe(0);
  expect(document).toMatchObject({ status: "ended", simulated_s: 600, asked_s: 600, tables: null, reason: "" });
  expect(document.balance.mass).toBeLessThan(1e-10);
  expect(document.balance.energy).toBeLessThan(1e-4);
  expect(readdirSync(folder)).toEqual(before);
});

test("bad input ends with 2 and every fault; verification files of targets are named", async () => {
  const path = join(folder, "bad.in");
  writeFileSync(
    path,
    "&HEAD VERSION=7700 /\n&TIME SIMULATION=10 SPREADSHEET=1 /\n&COMP ID='A' DEPTH=0 HEIGHT=3 WIDTH=4 /\n&XYZ /\n",
  );
  const bad = await muster("fire", path, "--out", join(folder, "none"));
  expect([bad.code, bad.stdout]).toEqual([2, ""]);
  expect(bad.stderr).toContain("2 problems [FIRE_MODEL_INVALID]");
  expect(bad.stderr).toContain("line 3, &COMP 'A': DEPTH is 0 m, must be above 0");
  expect(existsSync(join(folder, "none"))).toBe(false);
  const fixed = await muster("fire", join(reference, "nist/verification/Radiation/radiation_2.in"));
  expect([fixed.code, fixed.stderr]).toEqual([2, expect.stringContaining("&DIAG")]);
  expect((await muster("fire", join(folder, "absent.in"))).code).toBe(2);
});
