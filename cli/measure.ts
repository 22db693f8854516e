/** `muster measure TRAJECTORY`: measures of a measured or simulated trajectory in areas and at lines. */
import { Command, InvalidArgumentError, Option } from "commander";
import { MusterError, type Problem } from "../engine/errors.js";
import { polygonsArea } from "../engine/geometry/polygon.js";
import type { ServiceTable } from "../engine/measure/measures.js";
import type { MeasurementArea } from "../engine/measure/trajectory/area.js";
import {
  OUTSIDE_POLICIES,
  type OutsidePolicy,
  rowsOutside,
  speedDoubts,
  treatOutside,
} from "../engine/measure/trajectory/checks.js";
import { measuresDocument } from "../engine/measure/trajectory/document.js";
import { measuredFloor } from "../engine/measure/trajectory/floor.js";
import { CROSSING_POLICIES, type CrossingPolicy, type MeasurementLine } from "../engine/measure/trajectory/line-crossings.js";
import { measureTrajectory } from "../engine/measure/trajectory/measure.js";
import { readArea, readLine } from "../engine/measure/trajectory/shapes.js";
import { BORDER_POLICIES, type BorderPolicy } from "../engine/measure/trajectory/speed.js";
import { MUSTER_PARQUET } from "../engine/trajectory/parquet.js";
import type { LengthUnit } from "../engine/trajectory/raw.js";
import { framesBetween } from "../engine/trajectory/trajectory.js";
import { jsonText } from "../workers/output/json.js";
import { version } from "../workers/version.js";
import { carriedFloor, type FloorFile, floorOf } from "./measure/geometry.js";
import { type Opened, openTrajectory } from "./measure/open.js";
import { measuresText } from "./measure/print.js";
import type { TableFormat } from "./measure/write.js";

export interface MeasureFlags {
  geometry?: string;
  area: string[];
  line: string[];
  fps?: number;
  unit?: LengthUnit;
  level?: string;
  heights?: [number, number];
  frames?: [number, number];
  frameStep?: number;
  border: BorderPolicy;
  direction?: [number, number];
  cutOff?: number;
  quadSegments: number;
  every: number;
  crossings: CrossingPolicy;
  window: number;
  outside: OutsidePolicy;
  service: ServiceTable;
  json?: boolean;
  out?: string;
  table: TableFormat;
}

export function measureCommand(): Command {
  return new Command("measure")
    .description("Measure a trajectory: speed, density, Voronoi cells, crossings, flow, pressure, level of service")
    .argument(
      "<trajectory>",
      "PedPy or Jülich text, CSV, Parquet, JuPedSim SQLite, Vadere, Pathfinder, crowd:it or Jülich HDF5; .gz of each",
    )
    .option(
      "--geometry <floor>",
      "walkable area: WKT, or a file (WKT, Muster layout, IMDF, Vadere scenario, crowd:it floor, wall points)",
    )
    .option("--area <[name=]polygon>", 'measurement area, WKT or "x,y x,y x,y"; several allowed', collect, [])
    .option("--line <[name=]line>", 'measurement line, WKT or "x,y x,y"; several allowed', collect, [])
    .option("--fps <n>", "frames per second, where the file does not state them", positive)
    .addOption(new Option("--unit <unit>", "unit of lengths, where the file does not state it").choices(["m", "cm"]))
    .option("--level <id>", "level to measure, where file or plan has several")
    .option("--heights <a:b>", "rows with a height z in this range only, m: one floor of several", toHeights)
    .option("--frames <a:b>", "first and last frame, such as those of a steady state", toFrames)
    .option("--frame-step <n>", "rows before and after for a speed (default: 5, at most half a second)", wholeNumber)
    .addOption(new Option("--border <policy>", "speeds at the ends of a track").choices(BORDER_POLICIES).default("single-sided"))
    .option("--direction <x,y>", "speeds along this direction only, negative against it", toDirection)
    .option("--cut-off <m>", "also measure with Voronoi cells cut off at this radius", positive)
    .option("--quad-segments <n>", "corners of the cut-off in a quarter of the circle", wholeNumber, 3)
    .option("--every <n>", "Voronoi cells in frames that are multiples of n", wholeNumber, 1)
    .addOption(
      new Option("--crossings <policy>", "how people who cross several times count").choices(CROSSING_POLICIES).default("first"),
    )
    .option("--window <s>", "length of the windows of flow", positive, 10)
    .addOption(new Option("--outside <policy>", "positions off the floor").choices(OUTSIDE_POLICIES).default("keep"))
    .addOption(new Option("--service <table>", "Fruin's table").choices(["walkway", "stairs", "queue"]).default("walkway"))
    .option("--out <folder>", "write summary.json, series and speeds as tables, and charts; replaced when complete")
    .addOption(new Option("--table <format>", "format of the tables").choices(["csv", "parquet"]).default("csv"))
    .option("--json", "print one JSON document (docs/formats/trajectories.md)")
    .action(async (path: string, flags: MeasureFlags) => {
      await measureFile(path, flags);
    });
}

export async function measureFile(path: string, flags: MeasureFlags): Promise<void> {
  const { areas, lines } = shapes(flags);
  const { fps: frameRate, unit, level, heights } = flags;
  const opened = await openTrajectory(path, { frameRate, unit, level, heights });
  const file = floorFile(flags, opened);
  const floor = file ? measuredFloor(file.polygons, file.passages) : null;
  const whole = flags.frames ? framesBetween(opened.trajectory, ...flags.frames) : opened.trajectory;
  if (whole.rows === 0) {
    const { firstFrame, lastFrame } = opened.trajectory;
    throw refused([{ place: "--frames", message: `has no rows in it; the file has frames ${firstFrame} to ${lastFrame}` }]);
  }
  const outside = floor ? rowsOutside(whole, floor) : [];
  const trajectory = floor ? treatOutside(whole, floor, outside, flags.outside) : whole;
  if (trajectory.rows === 0) throw refused([{ place: "--outside exclude", message: "leaves no rows: all lie off the floor" }]);
  const step = flags.frameStep ?? Math.max(1, Math.min(5, Math.floor(trajectory.frameRate / trajectory.stride / 2)));
  const options = {
    floor,
    areas,
    lines,
    speed: { frameStep: step, border: flags.border, direction: flags.direction },
    cutOff: flags.cutOff === undefined ? null : { radius: flags.cutOff, quadSegments: flags.quadSegments },
    every: flags.every,
    crossings: flags.crossings,
    window_s: flags.window,
    service: flags.service,
    outside: flags.outside,
  };
  const measures = measureTrajectory(trajectory, options);
  const document = measuresDocument({
    version,
    file: { name: opened.file, format: opened.format },
    trajectory,
    floor: file && { source: file.source, area_m2: polygonsArea(file.polygons) },
    options,
    measures,
    outside,
    doubts: speedDoubts(trajectory, measures.speeds),
    notices: [...opened.notices, ...(file?.notices ?? [])],
  });
  if (flags.out !== undefined) {
    // The chart library is loaded only where charts are asked for.
    const { writeMeasures } = await import("./measure/write.js");
    const folder = await writeMeasures(flags.out, flags.table, { trajectory, measures, document });
    process.stderr.write(`written to ${folder}\n`);
  }
  process.stdout.write(flags.json ? jsonText(document, true) : measuresText(document));
}

const refused = (problems: readonly Problem[]): MusterError => new MusterError("REQUEST_INVALID", problems);

function floorFile({ geometry, level, unit }: MeasureFlags, { file, format, floors }: Opened): FloorFile | null {
  if (geometry !== undefined) return floorOf(geometry, { level, unit, local: format === MUSTER_PARQUET });
  return floors.length > 0 ? carriedFloor(file, floors) : null;
}

/** All areas and lines, or every fault of them at once. */
function shapes(flags: MeasureFlags): { areas: MeasurementArea[]; lines: MeasurementLine[] } {
  const problems: Problem[] = [];
  const read = <T>(option: string, texts: readonly string[], one: (name: string, text: string, at: string) => T): T[] =>
    texts.flatMap((text, k) => {
      const [, name, shape] = /^(?:([^=()]+)=)?(.*)$/s.exec(text)!;
      try {
        return [one(name?.trim() ?? `${option}-${k + 1}`, shape!, `--${option} ${name ?? k + 1}`)];
      } catch (error) {
        if (!(error instanceof MusterError)) throw error;
        problems.push(...error.problems);
        return [];
      }
    });
  const areas = read("area", flags.area, readArea);
  const lines = read("line", flags.line, readLine);
  const names = [...areas, ...lines].map(({ name }) => name);
  for (const name of new Set(names.filter((each, k) => names.indexOf(each) !== k)))
    problems.push({ place: name, message: "is the name of two areas or lines" });
  if (problems.length > 0) throw refused(problems);
  return { areas, lines };
}

const collect = (text: string, before: string[]): string[] => [...before, text];

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1e6)) throw new InvalidArgumentError("must be a number above 0.");
  return value;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1 && value <= 1e6))
    throw new InvalidArgumentError("must be a whole number from 1 on.");
  return value;
}

function toFrames(text: string): [number, number] {
  const found = /^(-?\d+):(-?\d+)$/.exec(text.trim());
  const [from, to] = [Number(found?.[1]), Number(found?.[2])];
  if (!(from <= to)) throw new InvalidArgumentError("must be two frames, the first not above the last, as 211:800.");
  return [from, to];
}

function toHeights(text: string): [number, number] {
  const [from, to, more] = text.split(":").map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  if (more !== undefined || !(from! <= to!))
    throw new InvalidArgumentError("must be two heights in metres, the lower first, as 3.5:4.5.");
  return [from!, to!];
}

function toDirection(text: string): [number, number] {
  const [x, y, more] = text.split(",").map(Number);
  if (more !== undefined || !Number.isFinite(x) || !Number.isFinite(y) || (x === 0 && y === 0))
    throw new InvalidArgumentError('must be two numbers x,y that are not both 0, as "0,-1".');
  return [x!, y!];
}
