/**
 * Every set of `pedpy_reference.json`, whole files: what `muster measure` says against what PedPy says. The files are too large for
 * this project; they are read from the folder named by MUSTER_DATA (default: `shared` beside the checkout).
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { measure } from "../../cli/measure-muster.js";

const data = process.env.MUSTER_DATA ?? fileURLToPath(new URL("../../../../shared", import.meta.url));
const folder = join(data, "reference/crowd/trajectories");
const present = existsSync(join(folder, "pedpy_reference.json"));
if (!present)
  process.stderr.write(`test/measure/trajectory/archive.test.ts: skipped, ${folder} is not there (set MUSTER_DATA)\n`);

interface Statistics {
  n: number;
  mean: number;
  std: number;
  min: number;
  max: number;
}
interface Reference {
  walkable_area: string;
  measurement_area: string;
  measurement_line: string;
  frame_step: number;
  steady_state_frames?: [number, number];
  rows: number;
  agents: number;
  individual_speed: Statistics;
  classic_density: Statistics;
  mean_speed_in_area: Statistics;
  crossings: number;
  crossing_frames: number[];
  flow_first_to_last_per_s: number;
  specific_flow_per_m_s: number;
  compute_flow: { flow: number[]; mean_speed: number[] };
  voronoi: { only_frames: string; density: Statistics; speed: Statistics };
  voronoi_cutoff: { density: Statistics; speed: Statistics };
}
const references: Record<string, Reference> = present
  ? JSON.parse(readFileSync(join(folder, "pedpy_reference.json"), "utf8"))
  : {};
const sets = Object.keys(references).filter((name) => name !== "_meta");

/** The reference is rounded to six decimals, so half of the last one is added to a relative tolerance. */
const within = (expected: number, relative: number) => {
  const slack = relative * Math.abs(expected) + 0.5000001e-6;
  return { min: expected - slack, max: expected + slack };
};
function near(value: number | null, expected: number, relative: number): void {
  const { min, max } = within(expected, relative);
  expect(value).toBeGreaterThanOrEqual(min);
  expect(value).toBeLessThanOrEqual(max);
}

const argsOf = (name: string, r: Reference): string[] => [
  join(folder, name === "bottleneck_h5/00_01a" ? "single_file/00_01a.h5" : `${name}.txt`),
  ...["--geometry", r.walkable_area, "--area", `a=${r.measurement_area}`, "--line", `l=${r.measurement_line}`],
  ...["--frame-step", String(r.frame_step), "--every", /% (\d+)/.exec(r.voronoi.only_frames)![1]!],
  ...["--cut-off", "0.8", "--quad-segments", "3", "--window", "10"],
  ...(r.steady_state_frames ? ["--frames", r.steady_state_frames.join(":")] : []),
  ...(name.includes("/uo-") ? ["--fps", "16", "--unit", "cm"] : name.includes("traj_UNI") ? ["--unit", "m"] : []),
];

describe.runIf(present)("whole sets of the Jülich archive", () => {
  it("all nine sets are there", () => expect(sets.length).toBe(9));

  it.each(sets)("%s", async (name) => {
    const r = references[name]!;
    const { trajectory, individual_speed, areas, lines } = await measure(...argsOf(name, r));
    expect([trajectory.rows, trajectory.persons]).toEqual([r.rows, r.agents]);
    const [area, line] = [areas[0]!, lines[0]!];
    const same = (ours: typeof individual_speed, theirs: Statistics, relative: number): void => {
      near(ours.mean, theirs.mean, relative);
      near(ours.standard_deviation, theirs.std, relative);
      near(ours.least, theirs.min, relative);
      near(ours.greatest, theirs.max, relative);
    };
    expect(individual_speed.count).toBe(r.individual_speed.n);
    same(individual_speed, r.individual_speed, 1e-6);
    expect(area.classic_density.count).toBe(r.classic_density.n);
    same(area.classic_density, r.classic_density, 1e-6);
    near(area.mean_speed_with_empty_as_0, r.mean_speed_in_area.mean, 1e-6);
    near(area.mean_speed.greatest, r.mean_speed_in_area.max, 1e-6);
    expect(line.crossings).toBe(r.crossings);
    expect(line.crossing_frames).toEqual(r.crossing_frames);
    near(line.flow, r.flow_first_to_last_per_s, 1e-6);
    near(line.specific_flow, r.specific_flow_per_m_s, 2e-6);
    expect(line.windows.length).toBe(r.compute_flow.flow.length);
    line.windows.forEach((window, k) => {
      near(window.flow, r.compute_flow.flow[k]!, 1e-6);
      near(window.speed, r.compute_flow.mean_speed[k]!, 1e-6);
    });
    for (const [ours, theirs] of [
      [area.voronoi!, r.voronoi],
      [area.voronoi_cut_off!, r.voronoi_cutoff],
    ] as const) {
      expect(ours.density.count).toBe(theirs.density.n);
      near(ours.density.mean, theirs.density.mean, 1e-5);
      expect(ours.speed_over_area.count).toBe(theirs.speed.n);
      near(ours.speed_over_area.mean, theirs.speed.mean, 1e-5);
    }
  });
});
