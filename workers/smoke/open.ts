/** Smoke of another program for a run (`fire.smoke_from`): opened by the thread that runs, read while it goes on. */
import { MusterError } from "../../engine/errors.js";
import { type CfastTable, cfastRooms } from "../../engine/fire/fields/cfast-table.js";
import { startField } from "../../engine/fire/fields/combine.js";
import { type Coverage, coverage } from "../../engine/fire/fields/coverage.js";
import { type FdsPlace, fdsField } from "../../engine/fire/fields/fds/field.js";
import type { FdsRun } from "../../engine/fire/fields/fds/run.js";
import { type Air, ambientAir, type SmokeField } from "../../engine/fire/fields/field.js";
import { layerField } from "../../engine/fire/fields/layers.js";
import { floorHeights, unitAt } from "../../engine/fire/fields/places.js";
import type { Layout } from "../../engine/layout/layout.js";
import { fromFile } from "../../engine/layout/project.js";
import { cosSin } from "../../engine/maths.js";
import type { FireScenario, SmokeFrom } from "../../engine/scenario/fire/fire.js";
import { openFdsFolder, readCfastFile } from "./files.js";

export interface OpenSmoke {
  readonly field: SmokeField;
  /** What is not used, assumed or not reached; told as events of the run. */
  readonly notices: readonly string[];
  close(): void;
}

/** 0 °C, K. */
const KELVIN = 273.15;

/**
 * @param path of the .smv file of FDS, or the _compartments.csv of CFAST
 * @throws MusterError with every fault of the files, or SCENARIO_INVALID where the smoke does not meet the floor of the layout anywhere
 */
export function openSmoke(path: string, layout: Layout, fire: FireScenario): OpenSmoke {
  const from = fire.smoke_from;
  if (!from) throw new MusterError("INTERNAL", "smoke is opened for a scenario that takes none");
  const ambient = ambientAir(fire.ambient.inside_C + KELVIN);
  const opened = from.format === "fds" ? openFds(path, layout, from, ambient) : openCfast(path, layout, from, ambient);
  try {
    const covered = coverage(opened.field, layout, fire.people.head_height_m);
    if (covered.every(({ share }) => share === 0)) throw noWhere(from, opened.extent, layout);
    const field = startField(opened.field, from.start_s);
    return { field, notices: [...opened.notices, ...partly(covered)], close: opened.close };
  } catch (error) {
    opened.close();
    throw error;
  }
}

interface Opened extends OpenSmoke {
  /** Where its data lie, in its own words. */
  readonly extent: string;
}

function openFds(path: string, layout: Layout, from: SmokeFrom, ambient: Air): Opened {
  const { run, close } = openFdsFolder(path);
  const field = fdsField(run, {
    floor: floorHeights(layout),
    place: placeOf(layout, from),
    reading: { visibilityFactor: from.visibility_factor, ambient_K: ambient.temperature_K },
    ambient,
  });
  return { field, notices: field.notices, close, extent: extentOf(run) };
}

function placeOf({ frame }: Layout, { at, height_m, turn_deg }: SmokeFrom): FdsPlace {
  const [x_m, y_m] = at ? fromFile(frame, at) : frame.kind === "metres" ? [-frame.x, -frame.y] : [0, 0];
  const [cos, sin] = cosSin((turn_deg / 180) * Math.PI);
  return { x_m, y_m, z_m: height_m, cos, sin };
}

function extentOf({ index }: FdsRun): string {
  const ends = (axis: "x" | "y" | "z"): string =>
    `${axis} ${Math.min(...index.meshes.map((mesh) => mesh[axis][0]!))} to ${Math.max(...index.meshes.map((mesh) => mesh[axis].at(-1)!))} m`;
  return `its meshes span ${ends("x")}, ${ends("y")}, ${ends("z")}`;
}

function openCfast(path: string, layout: Layout, from: SmokeFrom, ambient: Air): Opened {
  const table = readCfastFile(path);
  const units = unitsOf(table, layout, from);
  const elevation = (unit: number): number => layout.levels.find(({ id }) => id === layout.units[unit]?.level)?.elevation ?? 0;
  const roomOf = new Map(units.flatMap((unit, room) => (unit < 0 ? [] : [[unit, room] as const])));
  const unit = unitAt(layout);
  const field = layerField({
    name: `CFAST ${path.replace(/^.*[/\\]/, "")}`,
    rooms: cfastRooms(table, { floor_m: units.map(elevation), ambient_K: ambient.temperature_K }),
    roomAt: (sheet, x, y) => roomOf.get(unit(sheet, x, y)) ?? -1,
    floor: floorHeights(layout),
    ambient,
  });
  const without = table.compartments.filter((_, k) => units[k]! < 0);
  const notices = [
    "Radiation is that of a black upper layer that fills the view upwards; flames are not in it.",
    ...(without.length > 0 ? [`Compartments that are no unit of the layout and are not used: ${without.join(", ")}.`] : []),
  ];
  return { field, notices, close: () => undefined, extent: `its compartments are ${table.compartments.slice(0, 10).join(", ")}` };
}

/** Unit index of each compartment, -1 for none. @throws MusterError SCENARIO_INVALID with every name that is unknown or stands for several */
function unitsOf({ compartments }: CfastTable, layout: Layout, { rooms }: SmokeFrom): number[] {
  const problems: { place: string; message: string }[] = [];
  rooms.forEach(({ compartment, unit }, k) => {
    const place = `fire.smoke_from.rooms[${k}]`;
    if (!compartments.includes(compartment))
      problems.push({
        place,
        message: `there is no compartment "${compartment}"; known: ${compartments.slice(0, 20).join(", ")}`,
      });
    if (!layout.units.some(({ id, name }) => id === unit || name === unit))
      problems.push({ place, message: `there is no unit "${unit}" in the layout` });
  });
  const units = compartments.map((compartment) => {
    const wanted = rooms.find((room) => room.compartment === compartment)?.unit ?? compartment;
    const byId = layout.units.findIndex(({ id }) => id === wanted);
    return byId >= 0 ? byId : layout.units.findIndex(({ name }) => name === wanted);
  });
  units.forEach((unit, k) => {
    if (unit >= 0 && units.indexOf(unit) < k)
      problems.push({
        place: "fire.smoke_from.rooms",
        message: `the compartments "${compartments[units.indexOf(unit)]}" and "${compartments[k]}" are both the unit "${layout.units[unit]!.id}"`,
      });
  });
  if (problems.length > 0) throw new MusterError("SCENARIO_INVALID", problems);
  return units;
}

function noWhere({ format }: SmokeFrom, extent: string, layout: Layout): MusterError {
  const mend =
    format === "fds"
      ? "say where its origin lies by at, height_m and turn_deg; slices must lie within 0.5 m of head height or have depth"
      : "compartments are units of the same id or name, others by rooms";
  const [width, depth] = layout.report.extent;
  return new MusterError("SCENARIO_INVALID", [
    {
      place: "fire.smoke_from",
      message: `its smoke meets the floor of the layout nowhere at head height: ${extent}; the plan is ${width.toFixed(0)} m by ${depth.toFixed(0)} m; ${mend}`,
    },
  ]);
}

/** Said where people could stand in air that nobody calculated. */
function partly(covered: readonly Coverage[]): string[] {
  const parts = covered
    .filter(({ share, squares }) => squares > 0 && share < 0.995)
    .map(({ name, share }) => `${name}: ${Math.floor(100 * share)} %`);
  return parts.length === 0
    ? []
    : [`Smoke is known on part of the floor only, the rest has clean air. Known: ${parts.join(", ")}.`];
}
