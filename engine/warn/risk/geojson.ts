/** The risk map as GeoJSON (RFC 7946), in lon/lat; for layouts without a place on Earth in local metres, said in so many words. */
import type { Layout } from "../../layout/layout.js";
import { toFile } from "../../layout/project.js";
import { LEVELS, type WarningLevel } from "../../scenario/scenario.js";
import type { RiskArea } from "../warnings.js";

/** Common colours of the four classes (red, orange, yellow, blue); unverified, to be set by the authority. */
const HEX: Readonly<Record<WarningLevel, string>> = { blue: "#0000FF", yellow: "#FFFF00", orange: "#FF7F00", red: "#FF0000" };

const METRES =
  "Coordinates are metres of the plan, x east and y north, not degrees: the layout has no place on Earth. This departs from RFC 7946.";

/**
 * One feature per area with colour, likelihood, consequence, figures and cause. Degrees have 7 decimals (1 cm), metres 2.
 * Rings run counterclockwise and are closed.
 */
export function riskGeoJson(layout: Layout, areas: readonly RiskArea[]): object {
  const degrees = layout.frame.kind === "lonlat";
  const digits = degrees ? 7 : 2;
  const names = new Map(layout.levels.map(({ id, name }) => [id, name]));
  const point = (x: number, y: number): number[] => toFile(layout.frame, [x, y]).map((value) => Number(value.toFixed(digits)));
  const features = areas.map((area) => {
    const ring = area.ring.map(([x, y]) => point(x, y));
    return {
      type: "Feature",
      id: `${area.kind}:${area.level}:${area.id}`,
      geometry: { type: "Polygon", coordinates: [[...ring, ring[0]!]] },
      properties: {
        kind: area.kind,
        name: area.id,
        level: area.level,
        level_name: names.get(area.level) ?? area.level,
        color: area.color,
        // 1 = blue … 4 = red, so that maps can be styled by number.
        color_rank: LEVELS.indexOf(area.color) + 1,
        likelihood: area.likelihood,
        consequence: area.consequence,
        share_of_runs: round(area.share_of_runs, 4),
        people_exposed: round(area.people_exposed, 1),
        peak_density_per_m2: round(area.peak_density, 2),
        cause: area.cause,
        fill: HEX[area.color],
        "fill-opacity": 0.5,
      },
    };
  });
  return {
    type: "FeatureCollection",
    ...(degrees ? {} : { crs: null, "muster.note": METRES }),
    "muster.coordinates": degrees ? "lonlat" : "metres",
    ...(layout.attribution === "" ? {} : { attribution: layout.attribution }),
    features,
  };
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));
