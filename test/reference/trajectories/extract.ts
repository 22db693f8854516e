/**
 * Measures density, speed and inflow in the recorded experiments once, so that `muster verify` needs no outside data:
 *   MUSTER_DATA=<folder with reference/crowd/trajectories> npx tsx test/reference/trajectories/extract.ts
 * Density: people in the area over its size, mean over frames. Speed: displacement over ±5 frames (0.625 s), mean over people and
 * frames. Inflow: persons by 5 s of their first frame, by where they first are. Areas and frames are stated here and in the files.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rowsInside } from "../../../engine/measure/trajectory/area.js";
import { individualSpeed } from "../../../engine/measure/trajectory/speed.js";
import { readTrajectoryText } from "../../../engine/trajectory/read.js";
import type { Trajectory } from "../../../engine/trajectory/trajectory.js";

type Box = [x0: number, y0: number, x1: number, y1: number];
type Frames = [first: number, last: number];

const root = join(process.env.MUSTER_DATA ?? "", "reference", "crowd", "trajectories");
const RATE = 16;
const BIN_S = 5;

const read = (file: string): Trajectory =>
  readTrajectoryText(readFileSync(join(root, file)), { name: file, frameRate: RATE, unit: "cm" }).trajectory;

const ring = ([x0, y0, x1, y1]: Box): [number, number][] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];

/** 1/m2 and m/s in a box between two frames. */
function point(trajectory: Trajectory, box: Box, [first, last]: Frames): { density: number; speed: number } {
  const inside = rowsInside(trajectory, { outer: ring(box), holes: [] });
  const { speed } = individualSpeed(trajectory, { frameStep: 5, border: "single-sided" });
  let people = 0;
  let moving = 0;
  let sum = 0;
  for (let row = 0; row < trajectory.rows; row++) {
    const frame = trajectory.frame[row]!;
    if (inside[row] === 0 || frame < first || frame > last) continue;
    people++;
    if (Number.isNaN(speed[row]!)) continue;
    moving++;
    sum += speed[row]!;
  }
  const area = (box[2] - box[0]) * (box[3] - box[1]);
  return { density: round(people / (last - first + 1) / area), speed: round(sum / moving) };
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

/** Arrivals of the people whose first place passes `from`, as a scenario takes them; time counts from `first`. */
function inflow(trajectory: Trajectory, from: (x: number, y: number) => boolean, first: number) {
  const bins: number[] = [];
  trajectory.persons.forEach((_, p) => {
    const row = trajectory.personStart[p]!;
    if (!from(trajectory.x[row]!, trajectory.y[row]!)) return;
    const bin = Math.floor(Math.max(0, trajectory.frame[row]! - first) / RATE / BIN_S);
    while (bins.length <= bin) bins.push(0);
    bins[bin]!++;
  });
  return bins.flatMap((count, k) => (count > 0 ? [{ from_s: k * BIN_S, to_s: (k + 1) * BIN_S, count }] : []));
}

function write(name: string, about: Record<string, unknown>, values: Record<string, unknown>): void {
  const file = join(dirname(fileURLToPath(import.meta.url)), name);
  writeFileSync(file, `${JSON.stringify({ ...about, made_by: "test/reference/trajectories/extract.ts", values }, null, 1)}\n`);
}

const HERMES =
  "Hermes experiments, Düsseldorf 2009, Forschungszentrum Jülich, Pedestrian Dynamics Data Archive (ped.fz-juelich.de; DOI family 10.34735/ped.2009, from memory, unverified; raw data there usually CC BY 4.0); 16 frames/s; only means are kept here";

function unidirectional(): void {
  const frames: Record<string, Frames> = {
    "uo-050-180-180": [211, 800],
    "uo-060-180-180": [243, 771],
    "uo-100-180-180": [200, 790],
    "uo-180-180-070": [500, 1399],
    "uo-180-180-095": [400, 1350],
    "uo-180-180-180": [400, 1284],
  };
  // PedPy 1.5.1, Voronoi cells without cut-off, every 16th frame.
  const pedpy = JSON.parse(readFileSync(join(root, "pedpy_reference.json"), "utf8")) as Record<
    string,
    { voronoi: { density: { mean: number }; speed: { mean: number } }; specific_flow_per_m_s: number }
  >;
  const values = Object.fromEntries(
    Object.entries(frames).map(([name, window]) => {
      const { voronoi, specific_flow_per_m_s } = pedpy[`uni-directional/${name}`]!;
      const { density, speed } = point(read(`uni-directional/${name}.txt`), [0, -2, 1.8, 0], window);
      return [
        name,
        {
          density: voronoi.density.mean,
          speed: voronoi.speed.mean,
          flow: specific_flow_per_m_s,
          classic_density: density,
          mean_speed: speed,
          people: Math.round(voronoi.density.mean * 150 * 1.8),
        },
      ];
    }),
  );
  write(
    "unidirectional.json",
    {
      source: `${HERMES}; analysed in Zhang, Klingsch, Schadschneider, Seyfried 2011`,
      geometry: "corridor 1.8 m wide; area x 0 to 1.8, y -2 to 0 m",
      keys: "density, speed: Voronoi cells by PedPy 1.5.1 (1/m2, m/s); flow: 1/(m s) over y = 0; classic_density, mean_speed: people in the area; people: for a block of 150 m at that density",
      frames,
    },
    values,
  );
}

function bidirectional(): void {
  const runs: Record<string, { file: string; width: number; frames: Frames }> = {
    "bo-360-050-050": { file: "bo-360-050-050", width: 3.6, frames: [220, 900] },
    "bo-360-090-090": { file: "bo-360-090-090", width: 3.6, frames: [280, 1000] },
    "boa-300-050-070": { file: "boa-300-050-070", width: 3, frames: [200, 820] },
    "boa-300-080-120 early": { file: "boa-300-080-120", width: 3, frames: [200, 520] },
    "boa-300-080-120 late": { file: "boa-300-080-120", width: 3, frames: [600, 800] },
    "bot-300-085-085": { file: "bot-300-085-085", width: 3, frames: [360, 1000] },
  };
  const values = Object.fromEntries(
    Object.entries(runs).map(([name, { file, width, frames }]) => {
      const trajectory = read(`hermes/${file}.txt.gz`);
      const { firstFrame } = trajectory;
      return [
        name,
        {
          ...point(trajectory, [0, -2, width, 2], frames),
          up: inflow(trajectory, (_, y) => y < 0, firstFrame),
          down: inflow(trajectory, (_, y) => y > 0, firstFrame),
          from_s: round((frames[0] - firstFrame) / RATE),
          to_s: round((frames[1] - firstFrame) / RATE),
        },
      ];
    }),
  );
  write(
    "bidirectional.json",
    {
      source: HERMES,
      geometry: "corridor 3.6 or 3.0 m wide, y -4 to 4 m; area: whole width, y -2 to 2 m; up: people who come in at y < 0",
      runs,
    },
    values,
  );
}

function junctions(): void {
  const areas: Record<string, Box> = {
    left: [-4.4, -2.4, -2.4, 0],
    right: [0, -2.4, 2, 0],
    main: [-2.4, 1, 0, 3],
  };
  const runs: Record<string, Frames> = { "ko-240-080-240": [400, 1050], "ko-240-120-240": [500, 1100] };
  const values: Record<string, unknown> = {};
  for (const [name, frames] of Object.entries(runs)) {
    const trajectory = read(`junctions/${name}_combined_MB.csv.gz`);
    const { firstFrame } = trajectory;
    const points = Object.entries(areas).map(([area, box]) => {
      const { density, speed } = point(trajectory, box, frames);
      return { [`density_${area}`]: density, [`speed_${area}`]: speed };
    });
    values[name] = Object.assign(
      {
        left: inflow(trajectory, (x) => x < -2.4, firstFrame),
        right: inflow(trajectory, (x) => x > 0, firstFrame),
        from_s: round((frames[0] - firstFrame) / RATE),
        to_s: round((frames[1] - firstFrame) / RATE),
      },
      ...points,
    );
  }
  write(
    "junctions.json",
    {
      source: `${HERMES}; copies without people who are seen only briefly`,
      geometry: "T-junction 2.4 m wide; branches along x meet at x -2.4 to 0 m, y -2.4 to 0 m and leave along y",
      areas,
      runs,
    },
    values,
  );
  const corner: Record<string, Box> = { before: [1, -2.4, 3, 0], corner: [-2.4, -2.4, 0, 0], after: [-2.4, 1, 0, 3] };
  const frames: Frames = [260, 820];
  const trajectory = read("junctions/eo-240-100-240_combined_MB.csv.gz");
  const { firstFrame } = trajectory;
  const points = Object.entries(corner).map(([area, box]) => {
    const { density, speed } = point(trajectory, box, frames);
    return { [`density_${area}`]: density, [`speed_${area}`]: speed };
  });
  write(
    "corner.json",
    {
      source: `${HERMES}; copies without people who are seen only briefly`,
      geometry: "corner 2.4 m wide; people come along x and leave along y",
      areas: corner,
      frames,
    },
    {
      "eo-240-100-240": Object.assign(
        {
          inflow: inflow(trajectory, () => true, firstFrame),
          from_s: round((frames[0] - firstFrame) / RATE),
          to_s: round((frames[1] - firstFrame) / RATE),
        },
        ...points,
      ),
    },
  );
}

function closedRing(): void {
  const runs: Record<string, { people: number; frames: Frames }> = {
    "ug-180-015": { people: 15, frames: [160, 1500] },
    "ug-180-030": { people: 30, frames: [160, 1400] },
    "ug-180-060": { people: 60, frames: [320, 1500] },
  };
  const values = Object.fromEntries(
    Object.entries(runs).map(([name, { people, frames }]) => {
      const { density, speed } = point(read(`hermes/${name}.txt.gz`), [0, -2, 1.8, 2], frames);
      return [name, { density, speed, people, nominal_density: round(people / 30 / 1.8) }];
    }),
  );
  write(
    "ring.json",
    { source: HERMES, geometry: "closed ring of 30 m, 1.8 m wide; area on a straight part: x 0 to 1.8, y -2 to 2 m", runs },
    values,
  );
}

unidirectional();
bidirectional();
junctions();
closedRing();
