/** What a layout holds, for the answer of a check. */
import { polygonArea } from "../../engine/geometry/polygon.js";
import type { Layout } from "../../engine/layout/layout.js";
import type { LayoutCheck } from "../runs/records.js";

/**
 * Persons/m2 behind `capacity`: 0.5 m2 per person for people who stand, as British guidance for outdoor events counts (Event Safety
 * Guide, HSG195, and councils after it). A first look at the order of size; a permitted number comes from the hand calculation.
 */
const HOLDING_DENSITY = 2;

/** Areas are walkable floor with fixtures taken out, m2; flights between levels are left out of the levels' areas. */
export function describeLayout(layout: Layout): LayoutCheck {
  const floorOf = (level: string): number =>
    layout.sheets
      .filter((sheet) => sheet.level === level && sheet.kind === "floor")
      .flatMap((sheet) => sheet.regions)
      .reduce((sum, region) => sum + polygonArea(region), 0);
  return {
    valid: true,
    name: layout.name,
    attribution: layout.attribution,
    format: layout.report.format,
    extent_m: [...layout.report.extent],
    area_m2: layout.report.area,
    levels: layout.levels.map((level) => {
      const area_m2 = floorOf(level.id);
      const { id, name, ordinal, elevation } = level;
      return { id, name, ordinal, elevation_m: elevation, area_m2, capacity: Math.floor(area_m2 * HOLDING_DENSITY) };
    }),
    capacity_density: HOLDING_DENSITY,
    counts: {
      levels: layout.levels.length,
      units: layout.units.length,
      openings: layout.openings.length,
      fixtures: layout.fixtures.length,
      sections: layout.sections.length,
      lines: layout.lines.length,
      connections: layout.connections.length,
    },
    exits: layout.openings
      .filter((opening) => opening.exit)
      .map(({ id, name, level, width }) => ({ id, name, level, width_m: width })),
    repairs: layout.report.repairs.map((repair) => ({ ...repair })),
    notices: [...layout.report.notices],
  };
}
