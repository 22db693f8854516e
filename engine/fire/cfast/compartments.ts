/** &MATL, &COMP and &CONN of a CFAST file. */
import type { Compartment, HeatPath, Material, Surface, SurfaceLayer } from "../zone/building.js";
import type { Fields } from "./fields.js";
import { COMP, CONN, MATL } from "./keys.js";
import { type CfastReading, indexById, lookUp, notice, triple } from "./reading.js";

export interface Materials {
  readonly list: readonly Material[];
  readonly index: ReadonlyMap<string, number>;
  /** Own thickness of each material, m; NaN where it has none. */
  readonly thickness_m: readonly number[];
}

export function readMaterials(reading: CfastReading): Materials {
  const groups = reading.all("MATL", MATL);
  const index = indexById(groups);
  const list = groups.map((fields) => ({
    id: fields.text("ID") ?? "",
    conductivity_W_mK: fields.needed("CONDUCTIVITY"),
    density_kg_m3: fields.needed("DENSITY"),
    specificHeat_J_kgK: fields.needed("SPECIFIC_HEAT") * 1000,
    emissivity: fields.number("EMISSIVITY") ?? 0.9,
  }));
  return { list, index, thickness_m: groups.map((fields) => fields.number("THICKNESS") ?? Number.NaN) };
}

export interface Compartments {
  readonly list: readonly Compartment[];
  readonly index: ReadonlyMap<string, number>;
  readonly origins: readonly (readonly [number, number, number])[];
}

export function readCompartments(reading: CfastReading, materials: Materials): Compartments {
  const groups = reading.all("COMP", COMP);
  if (groups.length === 0) reading.problems.push({ place: "", message: "has no &COMP: there is no compartment" });
  const index = indexById(groups);
  if (index.has("OUTSIDE")) groups[index.get("OUTSIDE")!]!.fault("is 'OUTSIDE', which names the open air", "ID");
  const origins = groups.map((fields) => triple(fields, "ORIGIN") ?? ([0, 0, 0] as const));
  const list = groups.map((fields, k) => readCompartment(reading, fields, materials, origins[k]![2]));
  return { list, index, origins };
}

function readCompartment(reading: CfastReading, fields: Fields, materials: Materials, floor_m: number): Compartment {
  const hall = fields.flag("HALL");
  const shaft = fields.flag("SHAFT");
  if (hall && shaft) fields.fault("is .TRUE. together with HALL; a compartment is one of them", "SHAFT");
  const size = { width_m: fields.needed("WIDTH"), depth_m: fields.needed("DEPTH"), height_m: fields.needed("HEIGHT") };
  const areaByHeight = readProfile(fields, size.height_m);
  const leakage = readLeakage(fields, size);
  return {
    id: fields.text("ID") ?? "",
    floor_m,
    ...size,
    ...(areaByHeight ? { areaByHeight } : {}),
    ceiling: readSurface(reading, fields, materials, "CEILING"),
    walls: readSurface(reading, fields, materials, "WALL"),
    floor: readSurface(reading, fields, materials, "FLOOR"),
    ...(leakage ? { leakage } : {}),
    kind: shaft ? "shaft" : hall ? "corridor" : "room",
  };
}

function readProfile(fields: Fields, height: number): [number, number][] | null {
  const areas = fields.numbers("CROSS_SECT_AREAS");
  const heights = fields.numbers("CROSS_SECT_HEIGHTS");
  if (areas.length === 0 && heights.length === 0) return null;
  if (areas.length !== heights.length) {
    fields.fault(`has ${areas.length} values for ${heights.length} of CROSS_SECT_HEIGHTS`, "CROSS_SECT_AREAS");
    return null;
  }
  const back = heights.findIndex((value, k) => k > 0 && value <= heights[k - 1]!);
  if (back > 0) fields.fault(`does not rise: ${heights[back - 1]} m, then ${heights[back]} m`, "CROSS_SECT_HEIGHTS");
  const top = heights.at(-1)!;
  if (top > height)
    fields.fault(`reaches ${top} m, above HEIGHT ${height} m`, "CROSS_SECT_HEIGHTS", { value: top, limit: height });
  return heights.map((value, k) => [value, areas[k]!]);
}

/** Leak area of walls and floor, as a ratio or as areas; both add up. */
function readLeakage(
  fields: Fields,
  size: { width_m: number; depth_m: number; height_m: number },
): { walls: number; floor: number } | null {
  const ratio = fields.numbers("LEAK_AREA_RATIO");
  const area = fields.numbers("LEAK_AREA");
  const walls = (ratio[0] ?? 0) + (area[0] ?? 0) / (2 * (size.width_m + size.depth_m) * size.height_m);
  const floor = (ratio[1] ?? 0) + (area[1] ?? 0) / (size.width_m * size.depth_m);
  if (walls > 1 || floor > 1) fields.fault(`leaks over ${Math.max(walls, floor)} of a surface, at most 1`);
  return walls > 0 || floor > 0 ? { walls, floor } : null;
}

/** A surface without material, or of 'OFF', is adiabatic, as in CFAST. A thickness of 0 is the material's own. */
function readSurface(reading: CfastReading, fields: Fields, materials: Materials, part: "CEILING" | "WALL" | "FLOOR"): Surface {
  const key = `${part}_MATL_ID`;
  const names = fields.texts(key).filter((name) => name !== "OFF" && name !== "NULL");
  if (names.length === 0) {
    if (!fields.has(key)) notice(reading, fields, `${key} is not given: adiabatic, as in CFAST`);
    return "adiabatic";
  }
  const own = fields.numbers(`${part}_THICKNESS`);
  return names.flatMap((name, k): SurfaceLayer[] => {
    if (name === "") fields.fault("is empty, needs an ID of &MATL or 'OFF'", key);
    const material = lookUp(fields, key, name, materials.index, "&MATL");
    if (material === null) return [];
    const given = own[k] ?? 0;
    const thickness_m = given > 0 ? given : materials.thickness_m[material]!;
    if (Number.isNaN(thickness_m)) fields.fault(`is missing, and material '${name}' has no THICKNESS`, `${part}_THICKNESS`);
    return [{ material, thickness_m }];
  });
}

/** Backs of surfaces that face another compartment. */
export function readHeatPaths(reading: CfastReading, compartments: Compartments): HeatPath[] {
  return reading.all("CONN", CONN).flatMap((fields) => {
    const from = lookUp(fields, "COMP_ID", fields.neededText("COMP_ID"), compartments.index, "&COMP");
    const names = fields.texts("COMP_IDS");
    if (names.length === 0) fields.fault("is missing", "COMP_IDS");
    const type = fields.neededText("TYPE").toUpperCase();
    if (from === null) return [];
    return type === "WALL" ? wallPaths(fields, from, names, compartments) : slabPath(fields, from, names, compartments);
  });
}

function wallPaths(fields: Fields, compartment: number, names: readonly string[], { index }: Compartments): HeatPath[] {
  const shares = fields.numbers("F");
  if (shares.length !== names.length)
    fields.fault(`has ${shares.length} shares for ${names.length} compartments`, "F", {
      value: shares.length,
      limit: names.length,
    });
  const sum = shares.reduce((a, b) => a + b, 0);
  if (sum > 1 + 1e-9) fields.fault(`adds up to ${sum}, at most 1`, "F", { value: sum, limit: 1 });
  return names.flatMap((name, k): HeatPath[] => {
    if (name === "OUTSIDE") return [];
    const to = lookUp(fields, "COMP_IDS", name, index, "&COMP");
    if (to === compartment) fields.fault(`names the compartment itself`, "COMP_IDS");
    const share = shares[k] ?? 0;
    return to === null || share === 0 ? [] : [{ compartment, surface: "walls", to, share }];
  });
}

/** A floor of one compartment that is the ceiling of another: heat goes both ways through it. */
function slabPath(fields: Fields, from: number, names: readonly string[], { index, list }: Compartments): HeatPath[] {
  const to = lookUp(fields, "COMP_IDS", names[0] ?? "", index, "&COMP");
  if (to === null) return [];
  if (to === from) fields.fault(`names the compartment itself`, "COMP_IDS");
  const [upper, lower] = list[from]!.floor_m >= list[to]!.floor_m ? [from, to] : [to, from];
  return [
    { compartment: upper, surface: "floor", to: lower, share: 1 },
    { compartment: lower, surface: "ceiling", to: upper, share: 1 },
  ];
}
