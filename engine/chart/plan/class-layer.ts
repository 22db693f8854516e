/** Maps of classes over a plan: density, visibility, dose, time. */
import type { View } from "../spec.js";
import { type Grid, rectanglesFrom } from "./cells.js";
import type { Panel } from "./panel.js";
import { polygonFeature, shapeLayer } from "./shapes.js";

export interface MapClass {
  /** Least value of the class. */
  readonly from: number;
  readonly label: string;
  readonly color: string;
}

/** Smallest edge of a drawn cell, px: smaller ones are specks, and pictures of 40,000 m² must stay small. */
export const SMALLEST = 2.5;

/**
 * Each class paints all cells at or above its lower edge, so no seam shows between classes.
 * @param classes from the least to the greatest, which is painted last
 * @param title of the legend
 */
export function classLayer(
  panel: Panel,
  drawn: readonly { readonly grid: Grid; readonly values: ArrayLike<number> }[],
  classes: readonly MapClass[],
  title: string,
): View {
  const features = classes.map((c) =>
    polygonFeature(
      panel,
      drawn.flatMap(({ grid, values }) => rectanglesFrom(grid, values, c.from)),
      { class: c.label },
    ),
  );
  return shapeLayer(
    panel,
    features,
    { strokeWidth: 0, clip: true },
    {
      fill: {
        field: "properties.class",
        type: "nominal",
        scale: { domain: classes.map((c) => c.label), range: classes.map((c) => c.color) },
        legend: {
          title,
          orient: "top",
          direction: "horizontal",
          symbolType: "square",
          symbolSize: 240,
          symbolStrokeColor: "#6b7673",
          columnPadding: 14,
          titleOrient: "left",
          offset: 8,
        },
      },
    },
  );
}
