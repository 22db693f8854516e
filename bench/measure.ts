/**
 * Time of all measures on measured trajectories, PedPy's time for the same work beside it: speed, classic density, mean speed,
 * crossings, flow, Voronoi density and speed with and without cut-off. The sets are those of the folder named by MUSTER_DATA, or the
 * excerpts of test/reference/trajectories.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { floorOf } from "../cli/measure/geometry.js";
import { openTrajectory } from "../cli/measure/open.js";
import { measuredFloor } from "../engine/measure/trajectory/floor.js";
import { measureTrajectory, type TrajectoryMeasures } from "../engine/measure/trajectory/measure.js";
import { statisticsOf } from "../engine/measure/trajectory/series.js";
import { readArea, readLine } from "../engine/measure/trajectory/shapes.js";
import { framesBetween } from "../engine/trajectory/trajectory.js";

const REPEATS = 5;

/** One set and what is asked of it; the peer's script takes the same list. */
interface Work {
  name: string;
  file: string;
  frame_rate: number;
  unit: "m" | "cm";
  frames: [number, number] | null;
  walkable_area: string;
  measurement_area: string;
  measurement_line: string;
  frame_step: number;
  every: number;
}

export async function benchMeasure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "muster-bench-"));
  try {
    const list = works(folder);
    const times: number[] = [];
    const densities: number[] = [];
    for (let repeat = 0; repeat <= REPEATS; repeat++) {
      const before = process.cpuUsage();
      for (const [k, work] of list.entries())
        densities[k] = statisticsOf((await one(work)).areas[0]!.voronoi!.density.values).mean ?? 0;
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1e6);
    }
    const muster = { first: times[0]!, median: medianOf(times.slice(1)) };
    console.log(`measures on ${list.length} sets of measured trajectories, reading included, seconds of processor time`);
    console.log(`  Muster: first pass ${muster.first.toFixed(2)}, median of ${REPEATS} more ${muster.median.toFixed(2)}`);
    peer(folder, list, densities, muster);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const medianOf = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function one(work: Work): Promise<TrajectoryMeasures> {
  const stated =
    /\.csv$/.test(work.file) || work.frames !== null ? { frameRate: work.frame_rate, unit: work.unit } : { unit: work.unit };
  const { trajectory } = await openTrajectory(work.file, stated);
  return measureTrajectory(work.frames ? framesBetween(trajectory, ...work.frames) : trajectory, {
    floor: measuredFloor(floorOf(work.walkable_area, {}).polygons),
    areas: [readArea("area", work.measurement_area, "area")],
    lines: [readLine("line", work.measurement_line, "line")],
    speed: { frameStep: work.frame_step, border: "single-sided" },
    cutOff: { radius: 0.8, quadSegments: 3 },
    every: work.every,
    crossings: "first",
    window_s: 10,
    service: "walkway",
  });
}

function works(temporary: string): Work[] {
  const data = join(process.env.MUSTER_DATA ?? "", "reference/crowd/trajectories");
  if (process.env.MUSTER_DATA && existsSync(join(data, "pedpy_reference.json"))) return ofArchive(data);
  const folder = fileURLToPath(new URL("../../test/reference/trajectories/", import.meta.url));
  const known = JSON.parse(readFileSync(join(folder, "pedpy.json"), "utf8")) as Record<
    string,
    Omit<Work, "name"> & { voronoi_every: number }
  >;
  return Object.entries(known).flatMap(([name, each]) => {
    if (name === "_meta") return [];
    const file = join(temporary, `${name}.txt`);
    writeFileSync(file, gunzipSync(readFileSync(join(folder, `${name}.txt.gz`))));
    const unit = name.startsWith("uo") ? "cm" : "m";
    return [{ ...each, name, file, frame_rate: unit === "cm" ? 16 : 25, unit, frames: null, every: each.voronoi_every }];
  });
}

interface ArchiveEntry {
  frame_rate: number;
  walkable_area: string;
  measurement_area: string;
  measurement_line: string;
  frame_step: number;
  steady_state_frames?: [number, number];
  voronoi: { only_frames: string };
}

function ofArchive(folder: string): Work[] {
  const known = JSON.parse(readFileSync(join(folder, "pedpy_reference.json"), "utf8")) as Record<string, ArchiveEntry>;
  return Object.entries(known).flatMap(([name, each]): Work[] => {
    if (name === "_meta") return [];
    return [
      {
        ...each,
        name,
        file: join(folder, name.startsWith("bottleneck_h5") ? "single_file/00_01a.h5" : `${name}.txt`),
        unit: name.includes("/uo-") ? "cm" : "m",
        frames: each.steady_state_frames ?? null,
        every: Number(/% (\d+)/.exec(each.voronoi.only_frames)![1]),
      },
    ];
  });
}

/** PedPy in its own process, imports not counted; says so where it is missing. */
function peer(
  folder: string,
  list: readonly Work[],
  densities: readonly number[],
  muster: { first: number; median: number },
): void {
  const script = fileURLToPath(new URL("../../bench/peers/pedpy_measure.py", import.meta.url));
  const input = join(folder, "work.json");
  writeFileSync(input, JSON.stringify(list));
  const python = process.env.PEDPY_PYTHON ?? "python3";
  const { status, stdout, stderr } = spawnSync(python, [script, input], { encoding: "utf8", cwd: folder, maxBuffer: 1 << 26 });
  if (status !== 0) {
    console.log(`  PedPy is not installed for ${python} (pip install pedpy; PEDPY_PYTHON names another): no figure of the peer`);
    if (process.env.PEDPY_PYTHON) console.error(stderr);
    return;
  }
  const told = JSON.parse(stdout) as { version: string; passes: number[]; densities: number[] };
  const median = medianOf(told.passes.slice(1));
  const off = Math.max(...told.densities.map((density, k) => Math.abs(densities[k]! / density - 1)));
  console.log(
    `  PedPy ${told.version}: first pass ${told.passes[0]!.toFixed(2)}, median of ${told.passes.length - 1} more ${median.toFixed(2)}`,
  );
  console.log(
    `  PedPy takes ${(told.passes[0]! / muster.first).toFixed(1)} times as long in the first pass, ${(median / muster.median).toFixed(1)} times after it`,
  );
  console.log(`  mean Voronoi densities differ by at most ${off.toExponential(1)} of themselves`);
}
