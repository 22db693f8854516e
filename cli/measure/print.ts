/** Measures as a table for people. */
import { fixed, whole } from "../../engine/chart/text.js";
import type { MeasuresDocument } from "../../engine/measure/trajectory/document.js";

type Area = MeasuresDocument["areas"][number];
type Line = MeasuresDocument["lines"][number];
type Statistics = MeasuresDocument["individual_speed"];

const HEAD = ["", "mean", "sd", "least", "greatest", "values", ""];

/** Every number with its unit; what is missing is a dash. */
export function measuresText(document: MeasuresDocument): string {
  const { trajectory, floor, options, individual_speed, areas, lines, warnings, notices } = document;
  const seconds = (trajectory.last_frame - trajectory.first_frame) / trajectory.frame_rate;
  const border = options.direction ? `${options.border}, along (${options.direction.join(", ")})` : options.border;
  const blocks = [
    [
      `${trajectory.file} (${trajectory.format}) · ${whole(trajectory.persons)} people, ${whole(trajectory.rows)} rows, frames ${trajectory.first_frame}–${trajectory.last_frame} at ${trajectory.frame_rate} per second (${fixed(seconds, 1)} s)`,
      floor
        ? `Floor ${fixed(floor.area_m2, 2)} m² from ${floor.source}`
        : "No floor given: no Voronoi cells, no pressure (--geometry)",
    ],
    table([HEAD, row("speed", individual_speed, "m/s", 3)]),
    [
      `Speeds over ${options.frame_step} rows before and after (${fixed(options.frame_step / trajectory.frame_rate, 2)} s each), at the ends of a track: ${border}`,
    ],
    ...areas.flatMap(areaBlocks(document)),
    ...lines.flatMap(lineBlocks(document)),
    warnings.length > 0 ? warnings.map((warning) => `WARNING  ${warning}`) : [],
    notices.map((notice) => `note     ${notice}`),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

const areaBlocks =
  ({ options: { cut_off } }: MeasuresDocument) =>
  (area: Area): string[][] => {
    const { voronoi, voronoi_cut_off: cut, pressure, level_of_service: service } = area;
    const cutName = cut_off ? `, cut off at ${cut_off.radius_m} m` : "";
    const shares = Object.entries(service.share_of_time)
      .filter(([, share]) => share > 0)
      .map(([level, share]) => `${level} ${fixed(100 * share, 1)} %`);
    return [
      [`Area ${area.place}  ${fixed(area.area_m2, 2)} m², ${whole(area.persons)} people`],
      [
        ...table([
          HEAD,
          row("density, classic", area.classic_density, "1/m²", 3),
          row("speed, mean of people inside", area.mean_speed, "m/s", 3),
          ...(voronoi
            ? [row("density, Voronoi", voronoi.density, "1/m²", 3), row("speed, Voronoi", voronoi.speed, "m/s", 3)]
            : []),
          ...(cut
            ? [row(`density, Voronoi${cutName}`, cut.density, "1/m²", 3), row(`speed, Voronoi${cutName}`, cut.speed, "m/s", 3)]
            : []),
          ...(pressure ? [row("crowd pressure", pressure, "1/s²", 4)] : []),
        ]),
        `  level of service (Fruin, ${service.table}, ${service.of} density): ${service.of_mean_density} of the mean; of the time ${shares.join(", ")}`,
      ],
    ];
  };

const lineBlocks =
  ({ options }: MeasuresDocument) =>
  (line: Line): string[][] => {
    const { cells, cells_cut_off: cut } = line;
    const cutName = options.cut_off ? `, cut off at ${options.cut_off.radius_m} m` : "";
    const flow =
      line.flow === null
        ? "  flow       – (needs two crossings at different times)"
        : `  flow       ${fixed(line.flow, 3)} persons/s, specific ${fixed(line.specific_flow!, 3)} persons/(m s), first to last crossing (${fixed(line.first_s!, 2)}–${fixed(line.last_s!, 2)} s)`;
    const windows = line.windows.map(
      ({ persons, flow, speed }) => `${fixed(flow, 3)} (${persons}${speed === null ? "" : ` at ${fixed(speed, 2)} m/s`})`,
    );
    const cellRows = [...(cells ? lineRows("", cells) : []), ...(cut ? lineRows(cutName, cut) : [])];
    return [
      [`Line ${line.place}  ${fixed(line.length_m, 2)} m`],
      [
        `  crossings  ${whole(line.crossings)} (${whole(line.forward)} forward, ${whole(line.backward)} backward; ${POLICY[options.crossings]}); net ${whole(line.net)}; every single one ${whole(line.every_crossing)}`,
        flow,
        ...(windows.length > 0 ? [`  in windows of ${options.window_s} s, persons/s: ${windows.join(" · ")}`] : []),
        ...(cellRows.length > 0 ? table([HEAD, ...cellRows]) : []),
      ],
    ];
  };

const POLICY = {
  first: "each person once, at the first",
  net: "each person once, if on the other side in the end",
  every: "each crossing",
} as const;

const lineRows = (name: string, { density, speed, flow }: NonNullable<Line["cells"]>): string[][] => [
  row(`density at the line${name}`, density, "1/m²", 3),
  row(`speed across it${name}`, speed, "m/s", 3),
  row(`flow per width${name}`, flow, "persons/(m s)", 3),
];

function row(
  name: string,
  { count, mean, standard_deviation, least, greatest }: Statistics,
  unit: string,
  decimals: number,
): string[] {
  const say = (value: number | null): string => (value === null ? "–" : fixed(value, decimals));
  return [name, say(mean), say(standard_deviation), say(least), say(greatest), whole(count), unit];
}

/** Columns as wide as their longest text, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows.map((cells) =>
    `  ${cells.map((text, c) => (c === 0 || c === cells.length - 1 ? text.padEnd(widths[c]!) : text.padStart(widths[c]!))).join("  ")}`.trimEnd(),
  );
}
