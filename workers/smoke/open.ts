/** Smoke of another program for a run (`fire.smoke_from`): opened by the thread that runs, read while it goes on. */
import { MusterError } from "../../engine/errors.js";
import { cfastRooms } from "../../engine/fire/fields/cfast-table.js";
import { fdsField } from "../../engine/fire/fields/fds/field.js";
import { ambientAir, type SmokeField } from "../../engine/fire/fields/field.js";
import { layerField } from "../../engine/fire/fields/layers.js";
import { floorHeights, unitAt } from "../../engine/fire/fields/places.js";
import type { Layout } from "../../engine/layout/layout.js";
import type { FireScenario } from "../../engine/scenario/fire/fire.js";
import { openFdsFolder, readCfastFile } from "./files.js";

export interface OpenSmoke {
  readonly field: SmokeField;
  close(): void;
}

/** 0 °C, K. */
const KELVIN = 273.15;

/**
 * @param path of the .smv file of FDS, or the _compartments.csv of CFAST
 * FDS coordinates are those of the layout file in metres, of a plan in degrees those of its local zero. Compartments of CFAST are the units of the
 * same id or name; units without one have clean air.
 */
export function openSmoke(path: string, layout: Layout, fire: FireScenario): OpenSmoke {
  const ambient = ambientAir(fire.ambient.inside_C + KELVIN);
  if (fire.smoke_from?.format === "fds") {
    const { run, close } = openFdsFolder(path);
    const { frame } = layout;
    const place = frame.kind === "metres" ? { x_m: -frame.x, y_m: -frame.y, z_m: 0, cos: 1, sin: 0 } : undefined;
    return { field: fdsField(run, { floor: floorHeights(layout), ambient, ...(place ? { place } : {}) }), close };
  }
  const table = readCfastFile(path);
  const units = table.compartments.map((name) => layout.units.findIndex((unit) => unit.id === name || unit.name === name));
  if (units.every((unit) => unit < 0))
    throw new MusterError("SCENARIO_INVALID", [
      {
        place: "fire.smoke_from.file",
        message: `none of its compartments (${table.compartments.slice(0, 5).join(", ")}) is the id or name of a unit of the layout`,
      },
    ]);
  const elevation = (unit: number): number => layout.levels.find(({ id }) => id === layout.units[unit]?.level)?.elevation ?? 0;
  const unit = unitAt(layout);
  const field = layerField({
    name: `CFAST ${path.replace(/^.*[/\\]/, "")}`,
    rooms: cfastRooms(table, { floor_m: units.map(elevation), ambient_K: ambient.temperature_K }),
    roomAt: (sheet, x, y) => {
      const at = unit(sheet, x, y);
      return at < 0 ? -1 : units.indexOf(at);
    },
    floor: floorHeights(layout),
    ambient,
  });
  return { field, close: () => undefined };
}
