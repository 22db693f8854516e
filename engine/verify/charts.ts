/** Plots of a verification: diagrams of speed and flow with measured points beside simulated ones. */
import { type Chart, chart, type View } from "../chart/spec.js";
import { AXIS_WIDTH, BAND, INK, LINE, LINE_2, MUTED, WIDTH } from "../chart/style.js";
import type { TestResult, VerificationDocument } from "./document.js";

type CheckResult = TestResult["checks"][number];

interface Point {
  x: number;
  y: number;
  low?: number | null;
  high?: number | null;
}

interface Series {
  name: string;
  look: "simulated" | "measured" | "line" | "band";
  points: readonly Point[];
}

const COLOURS: Record<Series["look"], string> = { simulated: LINE, measured: LINE_2, line: MUTED, band: BAND };
const HEIGHT = 300;

/** All plots that the document has numbers for. */
export function verificationCharts({ tests }: VerificationDocument): Chart[] {
  const found = [fundamental(tests), singleFile(tests), bottleneck(tests), places(tests), validation(tests), counterflow(tests)];
  return found.filter((one): one is Chart => one !== null);
}

const checkOf = (tests: readonly TestResult[], id: string, measure: string): CheckResult | undefined =>
  tests.find((test) => test.id === id)?.checks.find((check) => check.measure === measure);

/** Points of two checks with the same cases: x from the first, y from the second. */
function across(x: CheckResult | undefined, y: CheckResult | undefined): Point[] {
  return (x?.rows ?? []).flatMap((row) => {
    const other = y?.rows.find((each) => each.case === row.case);
    return row.mean === null || other?.mean == null ? [] : [{ x: row.mean, y: other.mean, low: other.low, high: other.high }];
  });
}

const references = (x: CheckResult | undefined, y: CheckResult | undefined): Point[] =>
  (x?.rows ?? []).flatMap((row) => {
    const other = y?.rows.find((each) => each.case === row.case);
    return row.reference === null || other?.reference == null ? [] : [{ x: row.reference, y: other.reference }];
  });

/** Weidmann 1993 as in RiMEA test 4, m/s at a density in persons/m2. */
const weidmann = (density: number): number => 1.34 * (1 - Math.exp(-1.913 * (1 / density - 1 / 5.4)));

function fundamental(tests: readonly TestResult[]): Chart | null {
  const density = checkOf(tests, "VAL-UNI", "density");
  const speed = checkOf(tests, "VAL-UNI", "speed");
  if (!density || !speed) return null;
  const wide = across(checkOf(tests, "RIMEA-04", "density"), checkOf(tests, "RIMEA-04", "speed"));
  const curve = Array.from({ length: 53 }, (_, k) => 0.2 + 0.1 * k).map((x) => ({ x, y: weidmann(x) }));
  const flowOf = (points: readonly Point[]): Point[] =>
    points.map(({ x, y, low, high }) => ({
      x,
      y: x * y,
      low: low == null ? null : x * low,
      high: high == null ? null : x * high,
    }));
  const measured = references(density, speed);
  const narrow = across(density, speed);
  const series = (turn: (points: readonly Point[]) => readonly Point[]): Series[] => [
    { name: "Weidmann 1993", look: "line", points: turn(curve) },
    { name: "experiment, corridor 1.8 m", look: "measured", points: turn(measured) },
    { name: "Muster, corridor 1.8 m", look: "simulated", points: turn(narrow) },
    { name: "Muster, corridor 3 m", look: "simulated", points: turn(wide) },
  ];
  return chart({
    name: "verification-diagram",
    axisWidth: AXIS_WIDTH,
    title: "Speed and flow over density, one direction",
    subtitle: ["Measured: six runs of the Hermes experiments. Simulated: the same densities, mean and 95 % interval."],
    description: "Speed and specific flow over density, measured and simulated.",
    rows: [
      plot({ xTitle: "density, persons/m²", yTitle: "speed, m/s", series: series((points) => points) }),
      plot({ xTitle: "density, persons/m²", yTitle: "flow, persons/(m s)", series: series(flowOf) }),
    ],
    notes: ["Free speed of the simulated people: 1.38 ± 0.20 m/s in the corridor of 1.8 m, 1.34 ± 0.26 m/s in that of 3 m."],
  });
}

function singleFile(tests: readonly TestResult[]): Chart | null {
  const check = checkOf(tests, "RIMEA-16", "speed");
  if (!check) return null;
  const rows = check.rows.filter((row) => row.at !== null && row.mean !== null);
  const simulated = rows.map((row) => ({ x: row.at ?? 0, y: row.mean ?? 0, low: row.low, high: row.high }));
  const band = rows.map((row) => ({ x: row.at ?? 0, y: 0, low: row.least, high: row.most }));
  return chart({
    name: "verification-single-file",
    axisWidth: AXIS_WIDTH,
    title: "Speed in single file (RiMEA test 16)",
    subtitle: ["Band: 10 to 90 % of the measured speeds. Points: simulated mean and 95 % interval."],
    description: "Speed over line density with the band of the guideline.",
    rows: [
      plot({
        xTitle: "line density, persons/m",
        yTitle: "speed, m/s",
        series: [
          { name: "10 to 90 % of measured", look: "band", points: band },
          { name: "Muster", look: "simulated", points: simulated },
        ],
      }),
    ],
  });
}

function bottleneck(tests: readonly TestResult[]): Chart | null {
  const check = checkOf(tests, "VAL-NECK", "flow");
  if (!check) return null;
  const rows = check.rows.filter((row) => row.at !== null && row.mean !== null);
  const widths = [...new Set(rows.map((row) => row.at ?? 0))].sort((a, b) => a - b);
  const reference = widths.map((x) => ({ x, y: 1.9 * x }));
  const band = widths.map((x) => ({ x, y: 0, low: 0.85 * 1.9 * x, high: 1.15 * 1.9 * x }));
  return chart({
    name: "verification-bottleneck",
    axisWidth: AXIS_WIDTH,
    title: "Flow through a bottleneck 1 m long",
    subtitle: ["100, 200 and 400 people. Line: 1.9 persons/(m s) × width (Seyfried et al. 2009), band ± 15 %."],
    description: "Flow over width, simulated and measured.",
    rows: [
      plot({
        xTitle: "width, m",
        yTitle: "flow, persons/s",
        series: [
          { name: "± 15 %", look: "band", points: band },
          { name: "1.9 persons/(m s)", look: "line", points: reference },
          {
            name: "Muster",
            look: "simulated",
            points: rows.map((row) => ({ x: row.at ?? 0, y: row.mean ?? 0, low: row.low, high: row.high })),
          },
        ],
      }),
    ],
  });
}

/** Speed over density at each place of the experiments that no parameter was fitted to. */
function places(tests: readonly TestResult[]): Chart | null {
  const views = ["VAL-BI", "VAL-TJ", "VAL-CORNER", "VAL-RING"].flatMap((id): View[] => {
    const rows = tests
      .filter((test) => test.id === id)
      .flatMap(({ checks }) => checks.filter(isAtDensity).flatMap((check) => check.rows));
    const known = rows.filter((row) => row.at !== null && row.reference !== null);
    if (known.length === 0) return [];
    const measured = known.map((row) => ({ x: row.at ?? 0, y: row.reference ?? 0 }));
    const simulated = known
      .filter((row) => row.mean !== null)
      .map((row) => ({ x: row.at ?? 0, y: row.mean ?? 0, low: row.low, high: row.high }));
    const series: Series[] = [
      { name: "experiment", look: "measured", points: measured },
      { name: "Muster", look: "simulated", points: simulated },
    ];
    const view = plot({
      xTitle: "density, persons/m²",
      yTitle: "speed, m/s",
      series,
      width: (WIDTH - 2 * AXIS_WIDTH - 60) / 2,
      height: 220,
    });
    return [{ ...view, title: { text: NAMES[id] ?? id, fontSize: 13, anchor: "start" } }];
  });
  if (views.length === 0) return null;
  const rows = views.flatMap((_, k) => (k % 2 === 0 ? [views.slice(k, k + 2)] : []));
  return chart({
    name: "verification-places",
    axisWidth: AXIS_WIDTH,
    title: "Speed at the measured density, no parameter fitted to them",
    subtitle: ["Hermes experiments and Muster with the same inflow (ring: the same number of people); mean and 95 % interval."],
    description: "Speed over density in bidirectional corridors, a T-junction, a corner and a ring, measured and simulated.",
    rows,
    notes: ["A measured point without a simulated one: the simulation never had this density there."],
  });
}

const isAtDensity = (check: CheckResult): boolean => check.quantity.includes("at the measured density");

/** Every comparison "speed at the measured density" in one diagram of measured against simulated speed. */
function validation(tests: readonly TestResult[]): Chart | null {
  const points = tests
    .filter(({ kind, id }) => kind === "validation" && id !== "VAL-NECK")
    .flatMap(({ id, checks }) =>
      checks
        .filter((check) => isAtDensity(check) || (id === "VAL-UNI" && check.measure === "speed"))
        .flatMap((check) =>
          check.rows
            .filter((row) => row.reference !== null && row.mean !== null)
            .map((row) => ({ x: row.reference ?? 0, y: row.mean ?? 0, low: row.low, high: row.high, set: NAMES[id] ?? id })),
        ),
    );
  if (points.length === 0) return null;
  const line = (off: number): Point[] => [
    { x: 0.2, y: 0.2 + off },
    { x: 1.6, y: 1.6 + off },
  ];
  const base = plot({
    xTitle: "measured speed, m/s",
    yTitle: "simulated speed, m/s",
    series: [
      { name: "equal", look: "line", points: line(0) },
      { name: "+0.15", look: "line", points: line(0.15) },
      { name: "−0.15", look: "line", points: line(-0.15) },
    ],
    legend: false,
    height: 420,
    domain: [0.2, 1.6],
  });
  const layer = Array.isArray(base.layer) ? base.layer : [];
  const colour = {
    field: "set",
    type: "nominal",
    title: null,
    scale: { range: [LINE, LINE_2, "#2b7a3f", "#8a2f8a", "#b3161b", INK] },
  };
  return chart({
    name: "verification-validation",
    axisWidth: AXIS_WIDTH,
    title: "Simulated against measured speed at the measured density",
    subtitle: [
      "Hermes experiments. Grey lines: equal, and 0.15 m/s above and below. The corridor is what the model is calibrated on, all else is not.",
    ],
    description: "Simulated over measured speed of every place and run.",
    rows: [
      {
        ...base,
        layer: [
          ...layer,
          {
            data: { values: points },
            mark: { type: "point", filled: true, size: 60 },
            encoding: {
              x: { field: "x", type: "quantitative" },
              y: { field: "y", type: "quantitative" },
              color: colour,
              shape: { field: "set", type: "nominal", title: null },
            },
          },
        ],
      },
    ],
  });
}

const NAMES: Readonly<Record<string, string>> = {
  "VAL-UNI": "corridor, one direction",
  "VAL-BI": "corridor, two directions",
  "VAL-TJ": "T-junction",
  "VAL-CORNER": "corner",
  "VAL-RING": "ring",
};

function counterflow(tests: readonly TestResult[]): Chart | null {
  const check = checkOf(tests, "NIST-2.8", "time");
  if (!check) return null;
  const points = check.rows.flatMap((row) =>
    row.at === null || row.mean === null ? [] : [{ x: row.at, y: row.mean, low: row.low, high: row.high }],
  );
  return chart({
    name: "verification-counterflow",
    axisWidth: AXIS_WIDTH,
    title: "Counterflow (NIST 2.8)",
    subtitle: ["Time until the last of 100 people has crossed, by the number of people the other way; mean and 95 % interval."],
    description: "Crossing time over the number of people the other way.",
    rows: [plot({ xTitle: "people the other way", yTitle: "time, s", series: [{ name: "Muster", look: "simulated", points }] })],
  });
}

function plot(options: {
  xTitle: string;
  yTitle: string;
  series: readonly Series[];
  legend?: boolean;
  width?: number;
  height?: number;
  domain?: readonly [number, number];
}): View {
  const { xTitle, yTitle, series, legend = true, width = WIDTH - AXIS_WIDTH, height = HEIGHT, domain } = options;
  const used = series.filter(({ points }) => points.length > 0);
  const scale = domain ? { domain, zero: false } : {};
  const x = { field: "x", type: "quantitative", title: xTitle, scale, axis: { tickCount: width > 500 ? 10 : 5 } };
  const y = { field: "y", type: "quantitative", title: yTitle, scale };
  const range = used.map(({ look, name }) => (look === "simulated" && name.includes("3 m") ? INK : COLOURS[look]));
  const color = {
    field: "name",
    type: "nominal",
    title: null,
    scale: { domain: used.map(({ name }) => name), range },
  };
  const layer = used.flatMap(({ name, look, points }): View[] => {
    const values = points.map((point) => ({ ...point, name }));
    const data = { values };
    if (look === "band")
      return [
        {
          data,
          mark: { type: "area", opacity: 0.5 },
          encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
        },
      ];
    if (look === "line")
      return [
        legend
          ? { data, mark: { type: "line", strokeDash: [5, 4], strokeWidth: 1.5 }, encoding: { x, y, color } }
          : { data, mark: { type: "line", strokeDash: [5, 4], strokeWidth: 1.5, stroke: MUTED, clip: true }, encoding: { x, y } },
      ];
    const bars: View[] = values.some(({ low }) => low != null)
      ? [
          {
            data,
            mark: { type: "rule", strokeWidth: 1.5 },
            encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, color },
          },
        ]
      : [];
    return [
      ...bars,
      { data, mark: { type: "point", filled: look === "simulated", size: 55, strokeWidth: 2 }, encoding: { x, y, color } },
    ];
  });
  return { width, height, layer };
}
