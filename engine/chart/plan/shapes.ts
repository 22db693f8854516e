/** Shapes of a plan as layers of Vega-Lite: polygons and lines in metres through an identity projection, north up. */
import type { Point, Polygon, Segment } from "../../layout/layout.js";
import type { Json, View } from "../spec.js";
import type { Panel } from "./panel.js";

/**
 * Metres → px, y up. Shapes are given in metres from the upper left corner of their panel, so that all panels have the same
 * projection: Vega-Lite 6 joins projections of a concatenation that differ in `translate` alone, and draws all but one askew.
 */
const projection = (panel: Panel): View => ({ type: "identity", reflectY: true, scale: panel.scale, translate: [0, 0] });

/** To the millimetre: smaller files, no difference to the eye. */
const mm = (value: number): number => Math.round(value * 1000) / 1000;
const toPanel =
  ({ box }: Panel) =>
  ([x, y]: Point): number[] => [mm(x - box.x0), mm(y - box.y1)];
const closed = (panel: Panel, ring: readonly Point[]): number[][] => [...ring, ring[0]!].map(toPanel(panel));

const feature = (geometry: View, properties: View = {}): View => ({ type: "Feature", properties, geometry });

/** Holes are cut out: rings keep their direction and the fill rule is nonzero. */
export const polygonFeature = (panel: Panel, polygons: readonly Polygon[], properties: View = {}): View =>
  feature(
    { type: "MultiPolygon", coordinates: polygons.map((p) => [p.outer, ...p.holes].map((ring) => closed(panel, ring))) },
    properties,
  );

/** Everything of the panel's box that is not inside the polygons: painted over cells that reach beyond the floor. */
export function outsideFeature(panel: Panel, polygons: readonly Polygon[]): View {
  const { x0, y0, x1, y1 } = panel.box;
  const m = 4 / panel.scale;
  const box: Point[] = [
    [x0 - m, y0 - m],
    [x1 + m, y0 - m],
    [x1 + m, y1 + m],
    [x0 - m, y1 + m],
  ];
  // The fill rule is nonzero: rings against the direction of the box take away, holes of a floor give back.
  const rings = polygons.flatMap((p) => [p.outer, ...p.holes]).map((ring) => closed(panel, [...ring].reverse()));
  return feature({ type: "Polygon", coordinates: [closed(panel, box), ...rings] });
}

export const lineFeature = (panel: Panel, lines: readonly Segment[], properties: View = {}): View =>
  feature({ type: "MultiLineString", coordinates: lines.map((line) => line.map(toPanel(panel))) }, properties);

/** A layer that draws features with one look, e.g. `{ fill: "white" }`. */
export const shapeLayer = (panel: Panel, features: readonly View[], mark: View, encoding: View = {}): View => ({
  data: { values: features },
  projection: projection(panel),
  mark: { type: "geoshape", aria: false, ...mark },
  encoding,
});

/** Encodings of a place in metres, for marks that are not shapes. */
export const xy = (panel: Panel): View => ({
  x: {
    field: "x",
    type: "quantitative",
    axis: null,
    scale: { domain: [panel.box.x0, panel.box.x1], nice: false, zero: false },
  },
  y: {
    field: "y",
    type: "quantitative",
    axis: null,
    scale: { domain: [panel.box.y0, panel.box.y1], nice: false, zero: false },
  },
});

export interface TextLook {
  size?: number;
  bold?: boolean;
  fill?: string;
  align?: "left" | "center" | "right";
  /** White rim, so that text reads on dark cells. */
  halo?: boolean;
}

/** Text at places; each row has x, y (m) and text. */
export function textLayers(
  panel: Panel,
  rows: readonly { x: number; y: number; text: string | string[] }[],
  look: TextLook = {},
): View[] {
  if (rows.length === 0) return [];
  const values: Json = rows.map((r) => ({ x: mm(r.x), y: mm(r.y), text: r.text }));
  const size = look.size ?? 11;
  const mark = {
    type: "text",
    fontSize: size,
    lineHeight: size + 2,
    fontWeight: look.bold ? "bold" : "normal",
    align: look.align ?? "center",
    baseline: "middle",
    lineBreak: "\n",
  };
  const layer = (more: View): View => ({
    data: { values },
    mark: { ...mark, ...more },
    encoding: { ...xy(panel), text: { field: "text", type: "nominal" } },
  });
  const text = layer({ fill: look.fill ?? "#1c2624" });
  return look.halo
    ? [layer({ aria: false, fill: "white", stroke: "white", strokeWidth: 3.4, strokeJoin: "round", opacity: 0.88 }), text]
    : [text];
}
