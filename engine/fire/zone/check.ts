import type { Problem } from "../../errors.js";
import type { DeviceRef, FireBuilding, Opening, Surface, TimeTable } from "./building.js";
import { OUTSIDE } from "./building.js";

/** Ranges of what is usual with a wide margin; a value a thousand times off by its unit falls outside. [least, most, unit, what a wrong value often is]. */
const RANGE = {
  pressure_Pa: [20e3, 120e3, "Pa", ""],
  temperature_K: [200, 2000, "K", "°C?"],
  share: [0, 1, "", "per cent?"],
  conductivity_W_mK: [0.005, 500, "W/m/K", "kW/m/K?"],
  density_kg_m3: [1, 25e3, "kg/m3", ""],
  specificHeat_J_kgK: [50, 10e3, "J/kg/K", "kJ/kg/K?"],
  thickness_m: [1e-5, 3, "m", "mm?"],
  floor_m: [-1000, 1000, "m", ""],
  length_m: [0.05, 1000, "m", "mm?"],
  width_m: [1e-4, 1000, "m", "mm?"],
  area_m2: [1e-6, 1e5, "m2", ""],
  leak: [0, 0.1, "m2/m2", "cm2?"],
  flow_m3_s: [0, 1000, "m3/s", "m3/h?"],
  cutoff_Pa: [0, 1e9, "Pa", ""],
  heatOfCombustion_J_kg: [1e6, 150e6, "J/kg", "kJ/kg or kW?"],
  fireArea_m2: [0, 1e4, "m2", ""],
  yield: [0, 1, "kg/kg", ""],
  atoms: [0, 1000, "", ""],
  rti: [0.1, 1e4, "(m s)^0.5", ""],
  activation_K: [250, 1500, "K", "°C?"],
  spray_m_s: [0, 0.01, "m/s", "mm/s or mm/min?"],
  wind_Pa: [-5000, 5000, "Pa", ""],
  step_s: [1e-3, 10, "s", ""],
} as const satisfies Record<string, readonly [number, number, string, string]>;
/** Most heat per floor area of the compartment: ten times what a flashed-over room of furniture gives. W/m2. */
const MOST_HEAT = 10e6;

type Say = (place: string, message: string, value?: number, limit?: number) => void;

/** Every fault of a building, each with place, value and limit; none: the zone model takes it. References are by index, ranges are wide. */
export function checkBuilding(building: FireBuilding): Problem[] {
  const problems: Problem[] = [];
  const say: Say = (place, message, value, limit) => {
    problems.push({ place, message, ...(value === undefined ? {} : { value }), ...(limit === undefined ? {} : { limit }) });
  };
  checkAmbient(building, say);
  checkMaterials(building, say);
  checkCompartments(building, say);
  checkWallVents(building, say);
  checkHorizontalVents(building, say);
  checkFans(building, say);
  checkFires(building, say);
  checkDevices(building, say);
  checkHeatPaths(building, say);
  return problems;
}

function within(say: Say, place: string, name: string, value: number, kind: keyof typeof RANGE): void {
  const [least, most, unit, hint] = RANGE[kind];
  if (value >= least && value <= most) return;
  const limit = value < least ? least : most;
  const given = `${name} ${value}${unit ? ` ${unit}` : ""}`;
  say(place, `${given} is outside ${least} to ${most}${hint ? ` (${hint})` : ""}`, value, limit);
}

function table(say: Say, place: string, name: string, points: TimeTable, kind: keyof typeof RANGE): void {
  if (points.length === 0) say(place, `${name} has no points, needs at least one`, 0, 1);
  points.forEach(([time, value], k) => {
    if (!Number.isFinite(time)) say(place, `${name}[${k}] has the time ${time}`, time);
    if (k > 0 && time < points[k - 1]![0])
      say(place, `${name}[${k}] at ${time} s comes before ${points[k - 1]![0]} s`, time, points[k - 1]![0]);
    within(say, place, `${name}[${k}]`, value, kind);
  });
}

function index(say: Say, place: string, name: string, value: number, count: number, outside = false): boolean {
  if ((Number.isInteger(value) && value >= 0 && value < count) || (outside && value === OUTSIDE)) return true;
  say(place, `${name} ${value} is not one of the ${count} there are`, value, count - 1);
  return false;
}

function checkAmbient({ ambient, options = {} }: FireBuilding, say: Say): void {
  within(say, "ambient", "pressure", ambient.pressure_Pa, "pressure_Pa");
  within(say, "ambient", "interior temperature", ambient.interiorTemperature_K, "temperature_K");
  within(say, "ambient", "exterior temperature", ambient.exteriorTemperature_K, "temperature_K");
  within(say, "ambient", "relative humidity", ambient.relativeHumidity, "share");
  if (options.lowerOxygenLimit !== undefined) within(say, "options", "lower oxygen limit", options.lowerOxygenLimit, "share");
  if (options.longestStep_s !== undefined) within(say, "options", "longest step", options.longestStep_s, "step_s");
}

function checkMaterials({ materials }: FireBuilding, say: Say): void {
  for (const m of materials) {
    const place = `material ${m.id}`;
    within(say, place, "conductivity", m.conductivity_W_mK, "conductivity_W_mK");
    within(say, place, "density", m.density_kg_m3, "density_kg_m3");
    within(say, place, "specific heat", m.specificHeat_J_kgK, "specificHeat_J_kgK");
    within(say, place, "emissivity", m.emissivity, "share");
  }
}

function checkCompartments(building: FireBuilding, say: Say): void {
  for (const c of building.compartments) {
    const place = `compartment ${c.id}`;
    within(say, place, "floor height", c.floor_m, "floor_m");
    within(say, place, "width", c.width_m, "length_m");
    within(say, place, "depth", c.depth_m, "length_m");
    within(say, place, "height", c.height_m, "length_m");
    if (c.areaByHeight) table(say, place, "area by height", c.areaByHeight, "area_m2");
    within(say, place, "leakage of walls", c.leakage?.walls ?? 0, "leak");
    within(say, place, "leakage of the floor", c.leakage?.floor ?? 0, "leak");
    for (const part of ["ceiling", "walls", "floor"] as const)
      checkSurface(say, `${place}, ${part}`, c[part], building.materials.length);
  }
}

function checkSurface(say: Say, place: string, surface: Surface, materials: number): void {
  if (surface === "adiabatic") return;
  if (surface.length < 1 || surface.length > 6) say(place, `${surface.length} layers, needs 1 to 6`, surface.length, 6);
  for (const layer of surface) {
    index(say, place, "material", layer.material, materials);
    within(say, place, "thickness", layer.thickness_m, "thickness_m");
  }
}

function checkOpening(say: Say, place: string, opening: Opening, building: FireBuilding): void {
  if (opening.by === "share") within(say, place, "open share", opening.initial, "share");
  if (opening.by === "time") table(say, place, "open share", opening.table, "share");
  if (opening.by !== "device") return;
  within(say, place, "open share before", opening.before, "share");
  within(say, place, "open share after", opening.after, "share");
  checkDevice(say, place, opening.device, building);
}

function checkDevice(say: Say, place: string, device: DeviceRef, building: FireBuilding): void {
  if (device.kind === "detector") index(say, place, "detector", device.detector, building.detectors.length);
  else index(say, place, "target", device.target, building.targets.length);
}

function checkWallVents(building: FireBuilding, say: Say): void {
  const count = building.compartments.length;
  for (const v of building.wallVents) {
    const place = `wall vent ${v.id}`;
    if (!index(say, place, "from", v.from, count) || !index(say, place, "to", v.to, count, true)) continue;
    if (v.from === v.to) say(place, "joins a compartment with itself", v.from);
    within(say, place, "width", v.width_m, "width_m");
    const height = building.compartments[v.from]!.height_m;
    if (!(v.sill_m >= -1e-9 && v.sill_m < v.soffit_m))
      say(place, `sill ${v.sill_m} m is not between 0 and the soffit`, v.sill_m, v.soffit_m);
    if (!(v.soffit_m <= height + 1e-6)) say(place, `soffit ${v.soffit_m} m is above the ceiling`, v.soffit_m, height);
    if (v.dischargeCoefficient !== undefined) within(say, place, "discharge coefficient", v.dischargeCoefficient, "share");
    if (v.windPressure_Pa !== undefined) within(say, place, "wind pressure", v.windPressure_Pa, "wind_Pa");
    checkOpening(say, place, v.opening, building);
  }
}

function checkHorizontalVents(building: FireBuilding, say: Say): void {
  const count = building.compartments.length;
  for (const v of building.horizontalVents) {
    const place = `ceiling or floor vent ${v.id}`;
    index(say, place, "above", v.above, count, true);
    index(say, place, "below", v.below, count, true);
    if (v.above === v.below) say(place, "joins a compartment with itself", v.above);
    within(say, place, "area", v.area_m2, "area_m2");
    checkOpening(say, place, v.opening, building);
  }
}

function checkFans(building: FireBuilding, say: Say): void {
  const count = building.compartments.length;
  for (const f of building.fans) {
    const place = `fan ${f.id}`;
    index(say, place, "from", f.from, count, true);
    index(say, place, "to", f.to, count, true);
    within(say, place, "flow", f.flow_m3_s, "flow_m3_s");
    within(say, place, "begin of the cut-off", f.cutoffBegin_Pa ?? 200, "cutoff_Pa");
    if ((f.cutoffEnd_Pa ?? 300) <= (f.cutoffBegin_Pa ?? 200))
      say(place, `cut-off ends at ${f.cutoffEnd_Pa} Pa, must be above its begin`, f.cutoffEnd_Pa, f.cutoffBegin_Pa);
    if (f.filter) table(say, place, "filter", f.filter, "share");
    checkOpening(say, place, f.opening, building);
  }
}

function checkFires(building: FireBuilding, say: Say): void {
  for (const f of building.fires) {
    const place = `fire ${f.id}`;
    if (!index(say, place, "compartment", f.compartment, building.compartments.length)) continue;
    const room = building.compartments[f.compartment]!;
    const floor = room.width_m * room.depth_m;
    for (const [k, [, hrr]] of f.hrr_W.entries())
      if (!(hrr >= 0 && hrr <= MOST_HEAT * floor))
        say(
          place,
          `hrr_W[${k}] ${hrr} W in ${room.id} of ${floor} m2 is outside 0 to ${MOST_HEAT * floor} (W given as kW?)`,
          hrr,
          MOST_HEAT * floor,
        );
    if (f.hrr_W.length === 0) say(place, "hrr has no points, needs at least one", 0, 1);
    table(say, place, "area", f.area_m2, "fireArea_m2");
    table(say, place, "height", f.height_m, "floor_m");
    for (const [name, points] of Object.entries(f.yields)) table(say, place, `${name} yield`, points, "yield");
    within(say, place, "radiative fraction", f.radiativeFraction, "share");
    within(say, place, "heat of combustion", f.fuel.heatOfCombustion_J_kg, "heatOfCombustion_J_kg");
    for (const atom of ["carbon", "hydrogen", "oxygen", "nitrogen", "chlorine"] as const)
      within(say, place, atom, f.fuel[atom], "atoms");
    if (!(f.fuel.carbon + f.fuel.hydrogen > 0)) say(place, "the fuel has neither carbon nor hydrogen", 0);
    if (f.fuel.chlorine > f.fuel.hydrogen)
      say(place, `${f.fuel.chlorine} chlorine atoms need as much hydrogen for HCl`, f.fuel.chlorine, f.fuel.hydrogen);
    if (f.ignition.by === "device") checkDevice(say, place, f.ignition.device, building);
  }
}

function checkDevices(building: FireBuilding, say: Say): void {
  const { targets, detectors, materials, compartments } = building;
  for (const t of targets) {
    index(say, `target ${t.id}`, "compartment", t.compartment, compartments.length);
    index(say, `target ${t.id}`, "material", t.material, materials.length);
  }
  for (const d of detectors) {
    const place = `detector ${d.id}`;
    index(say, place, "compartment", d.compartment, compartments.length);
    if (d.kind === "smoke") continue;
    within(say, place, "rti", d.rti, "rti");
    within(say, place, "activation", d.activation_K, "activation_K");
    if (d.kind === "sprinkler") within(say, place, "spray density", d.sprayDensity_m_s, "spray_m_s");
  }
}

function checkHeatPaths(building: FireBuilding, say: Say): void {
  const sums = new Map<string, number>();
  building.heatPaths.forEach((p, k) => {
    const place = `heat path ${k}`;
    index(say, place, "compartment", p.compartment, building.compartments.length);
    index(say, place, "to", p.to, building.compartments.length, true);
    within(say, place, "share", p.share, "share");
    const key = `${p.compartment} ${p.surface}`;
    sums.set(key, (sums.get(key) ?? 0) + p.share);
    if (sums.get(key)! > 1 + 1e-9) say(place, `shares of this surface add up to ${sums.get(key)}`, sums.get(key)!, 1);
  });
}
