/** What `muster measure --json` prints: measures of a trajectory as plain data, every number with its unit in the schema. */
import { type Static, type TProperties, Type } from "typebox";
import type { Trajectory } from "../../trajectory/trajectory.js";
import { SERVICE_LEVELS, serviceIndex, serviceLevel, serviceLimits } from "../service.js";
import type { OutsideRow, SpeedDoubts } from "./checks.js";
import type { LineSeries } from "./line-cells.js";
import type { AreaMeasures, LineMeasures, MeasureOptions, TrajectoryMeasures } from "./measure.js";
import { type FrameSeries, meanWithZeros, statisticsOf } from "./series.js";
import type { VoronoiSeries } from "./voronoi.js";

const object = <P extends TProperties>(properties: P, description?: string) =>
  Type.Object(properties, { additionalProperties: false, ...(description ? { description } : {}) });
const orNull = <T extends Parameters<typeof Type.Array>[0]>(type: T) => Type.Union([type, Type.Null()]);
const count = (description: string) => Type.Integer({ minimum: 0, description });
const whole = (description: string) => Type.Integer({ description });
const number = (description: string) => Type.Number({ description });
const text = (description: string) => Type.String({ description });

const statistics = (description: string) =>
  object(
    {
      count: count("Values that there are"),
      mean: orNull(Type.Number()),
      standard_deviation: orNull(Type.Number({ description: "Of the sample, n - 1" })),
      least: orNull(Type.Number()),
      greatest: orNull(Type.Number()),
    },
    `${description}; null without values`,
  );
const cells = object({
  density: statistics("Voronoi density over frames, 1/m2"),
  speed: statistics("Voronoi speed over the frames that have one, weighted by the area that cells cover, m/s"),
  speed_over_area: statistics("The same over the whole area, as PedPy: low where cells leave a part of it empty, m/s"),
});
const lineCells = object({
  density: statistics("Density at the line over frames in which a cell meets it, 1/m2"),
  density_forward: statistics("Of people from the left of the line, 1/m2"),
  density_backward: statistics("Of people from its right, 1/m2"),
  speed: statistics("Speed across the line, m/s"),
  flow: statistics("Flow per width, persons/(m s)"),
});
const level = Type.Enum(["A", "B", "C", "D", "E", "F"]);

const area = object({
  place: text("Name of the area"),
  area_m2: number("m2"),
  persons: count("Persons who were inside at any time"),
  classic_density: statistics("Persons inside over the area, over all frames, 1/m2"),
  mean_speed: statistics("Mean speed of those inside, over the frames in which somebody has one, m/s"),
  mean_speed_with_empty_as_0: orNull(
    Type.Number({ description: "The same mean with frames without a value as 0, as PedPy's series, m/s" }),
  ),
  voronoi: orNull(cells),
  voronoi_cut_off: orNull(cells),
  pressure: orNull(statistics("Helbing's crowd pressure over the frames with people inside, 1/s2")),
  level_of_service: object({
    table: Type.Enum(["walkway", "stairs", "queue"], { description: "Fruin's table" }),
    of: Type.Enum(["voronoi", "classic"], { description: "Density that it is taken of" }),
    of_mean_density: level,
    share_of_time: object({
      A: number("0 to 1"),
      B: number("0 to 1"),
      C: number("0 to 1"),
      D: number("0 to 1"),
      E: number("0 to 1"),
      F: number("0 to 1"),
    }),
  }),
});

const flowWindow = object({
  from_frame: whole("Frame of the crossing that ended the window before"),
  to_frame: whole("Frame after the last crossing of this one"),
  persons: count("Crossings"),
  flow: number("persons/s"),
  speed: orNull(Type.Number({ description: "Mean speed at the crossings, m/s" })),
});
const line = object({
  place: text("Name of the line"),
  length_m: number("m"),
  crossings: count("Crossings that count by the policy"),
  forward: count("Of these from the left of the line to its right"),
  backward: count("Of these from right to left"),
  net: whole("Forward less backward of every crossing"),
  every_crossing: count("Crossings in all, each for itself"),
  first_s: orNull(Type.Number({ description: "Time of the first that counts, s" })),
  last_s: orNull(Type.Number({ description: "Time of the last that counts, s" })),
  flow: orNull(Type.Number({ description: "(N - 1) over the time from first to last, persons/s" })),
  specific_flow: orNull(Type.Number({ description: "The same over the length of the line, persons/(m s)" })),
  windows: Type.Array(flowWindow, { description: "Flow in windows from the first crossing on" }),
  crossing_frames: Type.Array(Type.Integer(), { description: "Frame of each crossing that counts: the N-t curve" }),
  crossing_persons: Type.Array(Type.Integer(), { description: "Person of each" }),
  cells: orNull(lineCells),
  cells_cut_off: orNull(lineCells),
});

export const MEASURES_SCHEMA = Type.Object(
  {
    muster: text("Version of Muster that computed it"),
    format: Type.Literal(1, { description: "Version of this format" }),
    trajectory: object({
      file: text("Name of the file"),
      format: text("What it was read as"),
      frame_rate: number("Frames per second, 1/s"),
      rows: count("Rows"),
      persons: count("Persons"),
      first_frame: whole("First frame with a row"),
      last_frame: whole("Last frame with a row"),
    }),
    floor: orNull(object({ source: text("Where it comes from"), area_m2: number("m2") })),
    options: object({
      frame_step: count("Rows before and after for a speed"),
      border: Type.Enum(["exclude", "adaptive", "single-sided"], { description: "Speeds at the ends of a track" }),
      direction: orNull(Type.Array(Type.Number(), { description: "Speeds are components along it" })),
      every: count("Voronoi cells in frames that are multiples of it"),
      cut_off: orNull(object({ radius_m: number("m"), quad_segments: count("Corners in a quarter of the circle") })),
      crossings: Type.Enum(["first", "net", "every"], { description: "How people who cross several times count" }),
      window_s: number("Length of flow windows, s"),
      outside: Type.Enum(["keep", "exclude", "move"], { description: "What became of rows off the floor" }),
    }),
    individual_speed: statistics("Speeds of all persons in all frames that have one, m/s"),
    areas: Type.Array(area),
    lines: Type.Array(line),
    outside: Type.Array(object({ id: whole("Person"), frame: whole("Frame"), distance_m: number("From the floor, m") }), {
      description: "Rows off the floor, the first 100",
    }),
    rows_outside: count("Rows off the floor in all"),
    rows_without_cell: count("Rows too far off the floor for a Voronoi cell"),
    warnings: Type.Array(Type.String(), { description: "What makes the values doubtful" }),
    notices: Type.Array(Type.String(), { description: "What was assumed or left out" }),
  },
  { additionalProperties: false, title: "Measures of a trajectory" },
);
export type MeasuresDocument = Static<typeof MEASURES_SCHEMA>;
type AreaDocument = MeasuresDocument["areas"][number];
type LineDocument = MeasuresDocument["lines"][number];

export interface DocumentParts {
  version: string;
  file: { name: string; format: string };
  trajectory: Trajectory;
  floor: { source: string; area_m2: number } | null;
  options: MeasureOptions & { outside: "keep" | "exclude" | "move" };
  measures: TrajectoryMeasures;
  outside: readonly OutsideRow[];
  doubts: SpeedDoubts;
  notices: readonly string[];
}

const MOST_OUTSIDE_TOLD = 100;

export function measuresDocument(parts: DocumentParts): MeasuresDocument {
  const { trajectory, options, measures, outside } = parts;
  const { speed, cutOff, every, crossings, window_s } = options;
  return {
    muster: parts.version,
    format: 1,
    trajectory: {
      file: parts.file.name,
      format: parts.file.format,
      frame_rate: trajectory.frameRate,
      rows: trajectory.rows,
      persons: trajectory.persons.length,
      first_frame: trajectory.firstFrame,
      last_frame: trajectory.lastFrame,
    },
    floor: parts.floor,
    options: {
      frame_step: speed.frameStep,
      border: speed.border,
      direction: speed.direction ? [...speed.direction] : null,
      every,
      cut_off: cutOff ? { radius_m: cutOff.radius, quad_segments: cutOff.quadSegments } : null,
      crossings,
      window_s,
      outside: options.outside,
    },
    individual_speed: statisticsOf(measures.speeds.speed),
    areas: measures.areas.map((each) => areaDocument(each, options)),
    lines: measures.lines.map((each) => lineDocument(each, trajectory)),
    outside: outside.slice(0, MOST_OUTSIDE_TOLD).map(({ id, frame, distance }) => ({ id, frame, distance_m: distance })),
    rows_outside: outside.length,
    rows_without_cell: measures.rowsWithoutCell,
    warnings: warningsOf(parts),
    notices: [...parts.notices],
  };
}

const valuesOf = ({ values }: FrameSeries) => statisticsOf(values);

function areaDocument(measures: AreaMeasures, { service }: MeasureOptions): AreaDocument {
  const { place, area_m2, persons, density, speed, voronoi, cutOff, pressure } = measures;
  return {
    place,
    area_m2,
    persons,
    classic_density: valuesOf(density),
    mean_speed: valuesOf(speed),
    mean_speed_with_empty_as_0: meanWithZeros(speed.values),
    voronoi: voronoi && cellsDocument(voronoi),
    voronoi_cut_off: cutOff && cellsDocument(cutOff),
    pressure: pressure && valuesOf(pressure),
    level_of_service: serviceOf((voronoi?.density ?? density).values, voronoi ? "voronoi" : "classic", service),
  };
}

const cellsDocument = ({ density, speed, speedOverArea }: VoronoiSeries) => ({
  density: valuesOf(density),
  speed: valuesOf(speed),
  speed_over_area: valuesOf(speedOverArea),
});

function serviceOf(
  densities: Float64Array,
  of: "voronoi" | "classic",
  table: MeasureOptions["service"],
): AreaDocument["level_of_service"] {
  const limits = serviceLimits(table);
  const frames = [0, 0, 0, 0, 0, 0];
  for (const density of densities) frames[serviceIndex(limits, density)]!++;
  const shares = SERVICE_LEVELS.map((name, k) => [name, densities.length === 0 ? 0 : frames[k]! / densities.length]);
  return {
    table,
    of,
    of_mean_density: serviceLevel(table, statisticsOf(densities).mean ?? 0),
    // One entry per level of service, in their order.
    share_of_time: Object.fromEntries(shares) as AreaDocument["level_of_service"]["share_of_time"],
  };
}

function lineDocument(
  { place, length_m, all, counted, flow, windows, cells, cutOff }: LineMeasures,
  trajectory: Trajectory,
): LineDocument {
  const { frameRate } = trajectory;
  const forward = counted.direction.filter((direction) => direction > 0).length;
  const last = counted.frame.length - 1;
  return {
    place,
    length_m,
    crossings: counted.frame.length,
    forward,
    backward: counted.frame.length - forward,
    net: all.direction.reduce((sum, direction) => sum + direction, 0),
    every_crossing: all.frame.length,
    first_s: last < 0 ? null : counted.frame[0]! / frameRate,
    last_s: last < 0 ? null : counted.frame[last]! / frameRate,
    flow,
    specific_flow: flow === null ? null : flow / length_m,
    windows: windows.map((window) => ({
      from_frame: window.from,
      to_frame: window.to,
      persons: window.persons,
      flow: window.flow,
      speed: window.speed,
    })),
    crossing_frames: [...counted.frame],
    crossing_persons: [...counted.id],
    cells: cells && lineCellsDocument(cells),
    cells_cut_off: cutOff && lineCellsDocument(cutOff),
  };
}

const lineCellsDocument = ({ density, densityForward, densityBackward, speed, flow }: LineSeries) => ({
  density: valuesOf(density),
  density_forward: valuesOf(densityForward),
  density_backward: valuesOf(densityBackward),
  speed: valuesOf(speed),
  flow: valuesOf(flow),
});

function warningsOf({ trajectory, outside, doubts, measures, options }: DocumentParts): string[] {
  const warnings: string[] = [];
  if (doubts.fastMedian !== null)
    warnings.push(
      `implausible walking speeds: half of all are above ${doubts.fastMedian.toFixed(2)} m/s; the frame rate (${trajectory.frameRate} per second) or the unit of lengths may be wrong`,
    );
  const [jump] = doubts.jumps;
  if (jump)
    warnings.push(
      `${doubts.jumps.length} steps are faster than any runner, first that of person ${jump.id} to frame ${jump.frame} at ${jump.speed.toFixed(1)} m/s`,
    );
  const still = peopleWithoutSpeed(trajectory, measures.speeds.speed);
  if (still > 0)
    warnings.push(
      `${still} people have no speed at all: their track is shorter than ${options.speed.frameStep} rows before or after (--frame-step)`,
    );
  if (outside.length > 0) {
    const done = { keep: "kept as measured", exclude: "left out", move: "moved to the nearest place on the floor" }[
      options.outside
    ];
    const far = outside.reduce((a, b) => (b.distance > a.distance ? b : a));
    const told = outside.slice(0, 5).map((row) => `person ${row.id} in frame ${row.frame} by ${row.distance.toFixed(3)} m`);
    const more =
      outside.length > told.length ? `, …; farthest person ${far.id} in frame ${far.frame} by ${far.distance.toFixed(3)} m` : "";
    warnings.push(`${outside.length} positions lie off the floor (${done}): ${told.join(", ")}${more}`);
  }
  if (measures.rowsWithoutCell > 0)
    warnings.push(`${measures.rowsWithoutCell} positions have no Voronoi cell, since they lie more than 0.5 m off the floor`);
  for (const { place, all, counted } of measures.lines) {
    if (options.crossings !== "first") continue;
    const people = new Set(all.id).size;
    const missed = people - counted.id.length;
    if (missed > 0)
      warnings.push(
        `${place}: ${missed} people cross in their very last row, which the policy "first" does not count; "net" and "every" do`,
      );
  }
  return warnings;
}

function peopleWithoutSpeed({ persons, personStart }: Trajectory, speed: Float64Array): number {
  return persons.reduce(
    (count, _, p) => count + (speed.subarray(personStart[p]!, personStart[p + 1]!).every(Number.isNaN) ? 1 : 0),
    0,
  );
}
