/** What `muster check` tells of a layout, as plain data. */
import { polygonsArea } from "../geometry/polygon.js";
import { distance } from "../geometry/segment.js";
import type { FloorPart, Layout, Repair } from "./layout.js";
import { toFile } from "./project.js";

/** Persons/m² of people who stand outdoors: 0.5 m² each (HSG195 "The event safety guide", paragraph 87). */
export const HOLDING_DENSITY = 2;
export const HOLDING_GUIDE = "HSG195 (Event safety guide) 87: 0.5 m² per person standing";

interface LevelSummary {
  readonly id: string;
  readonly name: string;
  readonly ordinal: number;
  readonly elevation_m: number;
  /** Floor without obstacles and without flights, m². */
  readonly area_m2: number;
  /** area_m2 × capacity_density, rounded down: people who could stand on it, before entries, exits and escape say less. */
  readonly capacity: number;
}

interface OpeningSummary {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly width_m: number;
  readonly direction: string;
  readonly state: string;
  readonly exit: boolean;
  readonly joins: readonly string[];
}

export interface LayoutSummary {
  readonly name: string;
  readonly attribution: string;
  readonly format: string;
  /** Middle of the layout as its file says places: degrees [lon, lat] or metres. */
  readonly place: { readonly unit: "degrees" | "m"; readonly at: readonly [number, number] };
  readonly extent_m: readonly [number, number];
  readonly area_m2: number;
  readonly parts: readonly FloorPart[];
  readonly capacity_density: number;
  readonly capacity_guide: string;
  readonly levels: readonly LevelSummary[];
  readonly openings: readonly OpeningSummary[];
  readonly connections: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly levels: readonly string[];
    readonly width_m: number;
    readonly rise_m: number;
    readonly direction: string;
  }[];
  readonly repairs: readonly Repair[];
  readonly notices: readonly string[];
}

/** @param density persons/m² that hold on the floor; `guide` says who says so */
export function summarise(layout: Layout, density = HOLDING_DENSITY, guide = HOLDING_GUIDE): LayoutSummary {
  const { frame, report, name, attribution } = layout;
  const corners = layout.sheets.flatMap(({ regions }) => regions.flatMap(({ outer }) => outer));
  const middle = (axis: 0 | 1): number => {
    const [low, high] = corners.reduce(([a, b], p) => [Math.min(a, p[axis]), Math.max(b, p[axis])], [Infinity, -Infinity]);
    return (low + high) / 2;
  };
  return {
    name,
    attribution,
    format: report.format,
    place: { unit: frame.kind === "lonlat" ? "degrees" : "m", at: toFile(frame, [middle(0), middle(1)]) },
    extent_m: report.extent,
    area_m2: report.area,
    parts: report.parts,
    capacity_density: density,
    capacity_guide: guide,
    levels: layout.levels.map(({ id, name, ordinal, elevation }) => {
      const floors = layout.sheets.filter((sheet) => sheet.level === id && sheet.kind === "floor");
      const area_m2 = polygonsArea(floors.flatMap(({ regions }) => regions));
      return { id, name, ordinal, elevation_m: elevation, area_m2, capacity: Math.floor(area_m2 * density) };
    }),
    openings: layout.openings.map(({ id, name, level, width, direction, state, exit, units }) => ({
      ...{ id, name, level, direction, state, exit },
      width_m: width,
      joins: units,
    })),
    connections: [
      ...layout.connections.map(({ id, name, kind, lower, upper, rise, direction }) => {
        const widths = [lower, upper].map(({ line: [a, b] }) => distance(a, b));
        return { id, name, kind, levels: [lower.level, upper.level], width_m: Math.min(...widths), rise_m: rise, direction };
      }),
      ...layout.lifts.map(({ id, name, landings }) => {
        const heights = landings.map(({ level }) => layout.levels.find((l) => l.id === level)!.elevation);
        const width_m = Math.min(...landings.map(({ line: [a, b] }) => distance(a, b)));
        const rise_m = Math.max(...heights) - Math.min(...heights);
        return { id, name, kind: "lift", levels: landings.map(({ level }) => level), width_m, rise_m, direction: "both" };
      }),
    ],
    repairs: report.repairs,
    notices: report.notices,
  };
}
