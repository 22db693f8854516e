/** Fire over a district: when it comes to each building, in the fastest tenth of the runs, in the middle one and in the slowest tenth. */
import type { District } from "../../fire/spread/district/buildings.js";
import type { BuildingOutcome, DistrictMap } from "../../fire/spread/district/map.js";
import type { Point } from "../../layout/layout.js";
import { cosSin } from "../../maths.js";
import { barLength } from "../plan/furniture.js";
import { type Panel, STRIP } from "../plan/panel.js";
import { polygonFeature, shapeLayer, textLayers, xy } from "../plan/shapes.js";
import { type Chart, chart, type View } from "../spec.js";
import { INK, LINE, PAPER, WIDTH } from "../style.js";
import { fixed } from "../text.js";

/** Upper ends of the classes, min. Colours: ColorBrewer "YlOrRd" (Brewer and Harrower, Apache licence), the soonest the darkest. */
const CLASSES = [
  [15, "#800026"],
  [30, "#d7191c"],
  [60, "#f4622c"],
  [120, "#fca24a"],
  [240, "#fed976"],
  [Infinity, "#fff3b8"],
] as const;
const NOT = "#c3cbc8";
const START = "burns at the start";
const GAP = 18;
const MARGIN = 14;
/** Greatest height of a panel, px. */
const TALLEST = 560;

const labels = CLASSES.map(([to], k) => {
  const from = k === 0 ? 0 : CLASSES[k - 1]![0];
  return to === Infinity ? `later than ${from} min` : `${from} to ${to} min`;
});

/** Chart "fire-district". Three panels side by side, or below each other where the district is much wider than high. */
export function fireDistrictChart(district: District, map: DistrictMap): Chart {
  const panels = [
    ["Early: p10 of the runs", (b: BuildingOutcome) => b.p10_min],
    ["Middle: p50", (b: BuildingOutcome) => b.p50_min],
    ["Late: p90", (b: BuildingOutcome) => b.p90_min],
  ] as const;
  const [x0, y0, x1, y1] = district.box;
  const wide = (x1 - x0) / Math.max(1, y1 - y0) > 2.2;
  const panel = panelOf(district, wide ? WIDTH : (WIDTH - 2 * GAP) / 3);
  const views = panels.map(([title, time], k) => view(district, map, panel, title, time, k));
  const { burnt, wind } = map;
  return chart({
    name: "fire-district",
    title: "Fire over the district: order of magnitude",
    subtitle: [
      `When fire comes to each building in ${map.runs} runs over ${fixed(map.horizon_min / 60, 1)} h; wind ${fixed(wind.speed_m_s, 1)} m/s from ${fixed(wind.from_deg, 0)}°${map.brands > 0 ? `, ${map.brands} igniting firebrands per building` : ""}. ` +
        `Of ${burnt.of} buildings ${burnt.p10} / ${burnt.p50} / ${burnt.p90} burn (p10 / p50 / p90 of the runs).`,
    ],
    description: `Map of ${district.name} with the time at which fire reaches each building; ${burnt.p50} of ${burnt.of} buildings burn in half of the runs.`,
    rows: wide ? views : [views],
    notes: [map.caution, ...map.notices],
  });
}

function panelOf(district: District, width: number): Panel {
  const [x0, y0, x1, y1] = district.box;
  const scale = Number(
    Math.min((width - 2 * MARGIN) / Math.max(1, x1 - x0), (TALLEST - 2 * MARGIN - STRIP) / Math.max(1, y1 - y0)).toPrecision(4),
  );
  const high = (y1 - y0) * scale + 2 * MARGIN + STRIP;
  const middle = (x0 + x1) / 2;
  const low = y0 - (MARGIN + STRIP) / scale;
  const [w, h] = [Math.round(width), Math.round(high)];
  return {
    level: { id: "district", name: district.name, ordinal: 0, elevation: 0, outdoor: true },
    floors: [],
    flights: [],
    box: { x0: middle - w / 2 / scale, x1: middle + w / 2 / scale, y0: low, y1: low + h / scale },
    scale,
    width: w,
    height: h,
  };
}

function classOf(minutes: number | null, horizon_min: number): string {
  if (minutes === null || minutes > horizon_min) return NOT_REACHED;
  return labels[CLASSES.findIndex(([to]) => minutes <= to)]!;
}
const NOT_REACHED = "not within the time";

function view(
  district: District,
  map: DistrictMap,
  panel: Panel,
  title: string,
  time: (building: BuildingOutcome) => number | null,
  k: number,
): View {
  const ignited = new Set(map.ignited);
  const domain = [START, ...labels, NOT_REACHED];
  const features = domain.map((name) =>
    polygonFeature(
      panel,
      district.buildings.flatMap(({ id, outline }, i) => {
        const own = ignited.has(id) ? START : classOf(time(map.buildings[i]!), map.horizon_min);
        return own === name ? [{ outer: outline, holes: [] }] : [];
      }),
      { class: name },
    ),
  );
  return {
    title: { text: title, anchor: "start", fontSize: 13, offset: 4 },
    width: panel.width,
    height: panel.height,
    view: { fill: PAPER, stroke: null },
    layer: [
      shapeLayer(
        panel,
        features,
        { stroke: "#5d6865", strokeWidth: 0.6 },
        {
          fill: {
            field: "properties.class",
            type: "nominal",
            scale: { domain, range: ["#000000", ...CLASSES.map(([, color]) => color), NOT] },
            legend:
              k === 0
                ? {
                    title: "fire comes after",
                    orient: "top",
                    direction: "horizontal",
                    columns: 4,
                    symbolType: "square",
                    symbolSize: 200,
                    symbolStrokeColor: "#5d6865",
                    columnPadding: 14,
                    offset: 8,
                  }
                : null,
          },
        },
      ),
      ...strip(panel, map, district),
    ],
  };
}

/** Scale bar, wind arrow and north. */
function strip(panel: Panel, map: DistrictMap, district: District): View[] {
  const px = 1 / panel.scale;
  const y = panel.box.y0 + (STRIP / 2 + 2) * px;
  const x = panel.box.x0 + 12 * px;
  // At most 0.28 of the panel's width, so that the arrow has its place.
  const length = barLength((panel.scale * 110) / Math.min(110, 0.28 * panel.width));
  const rule = (rows: readonly (readonly [Point, Point])[], color: string, width: number): View => ({
    data: { values: rows.map(([a, b]) => ({ x: a[0], y: a[1], x2: b[0], y2: b[1] })) },
    mark: { type: "rule", aria: false, stroke: color, strokeWidth: width, strokeCap: "butt" },
    encoding: { ...xy(panel), x2: { field: "x2" }, y2: { field: "y2" } },
  });
  const middle = (panel.box.x0 + panel.box.x1) / 2 + 10 * px;
  const to = ((270 - map.wind.from_deg) * Math.PI) / 180;
  const [c, s] = cosSin(to);
  const tip: Point = [middle + 11 * c * px, y + 11 * s * px];
  const barb = (turn: number): Point => {
    const [bc, bs] = cosSin(to + turn);
    return [tip[0] + 7 * bc * px, tip[1] + 7 * bs * px];
  };
  const north = panel.box.x1 - 16 * px;
  return [
    rule(
      [
        [
          [x, y],
          [x + length, y],
        ],
        [
          [x, y - 4 * px],
          [x, y + 4 * px],
        ],
        [
          [x + length, y - 4 * px],
          [x + length, y + 4 * px],
        ],
      ],
      INK,
      1.5,
    ),
    ...textLayers(panel, [{ x: x + length / 2, y: y - 10 * px, text: `${length} m` }], { size: 11 }),
    rule(
      [
        [[middle - 11 * c * px, y - 11 * s * px], tip],
        [tip, barb(2.6)],
        [tip, barb(-2.6)],
      ],
      LINE,
      2,
    ),
    ...textLayers(panel, [{ x: middle - 18 * px, y, text: "wind" }], { size: 11, align: "right", fill: LINE }),
    rule(
      [
        [
          [north, y - 8 * px],
          [north, y + 8 * px],
        ],
        [
          [north, y + 8 * px],
          [north - 4 * px, y + 3 * px],
        ],
        [
          [north, y + 8 * px],
          [north + 4 * px, y + 3 * px],
        ],
      ],
      INK,
      1.6,
    ),
    ...textLayers(panel, [{ x: north - 13 * px, y, text: district.frame.kind === "lonlat" ? "N" : "y" }], {
      size: 12,
      bold: true,
    }),
  ];
}
