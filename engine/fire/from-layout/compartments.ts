/** Units of a layout → compartments: one each, with the floor's area and the walls' length; flights and lifts reach over their levels. */
import { boxOf, inPolygons, type Point, polygonsArea } from "../../geometry/polygon.js";
import type { Layout, Unit } from "../../layout/layout.js";
import type { FireScenario, SurfaceRule } from "../../scenario/fire/fire.js";
import { middleOf } from "../../scenario/fire/locate.js";
import { type Lining, liningsOf, MATERIALS, type MaterialName } from "../../scenario/fire/materials.js";
import type { Compartment, Material, Surface } from "../zone/building.js";
import { OUTSIDE } from "../zone/building.js";

export interface Compartments {
  readonly list: readonly Compartment[];
  /** Beside `list`. */
  readonly units: readonly Unit[];
  /** Compartment of a unit; OUTSIDE for units under the open sky and ids that are none. */
  readonly of: (unit: string | undefined) => number;
}

const NAMES = Object.keys(MATERIALS) as MaterialName[]; // its own keys

/** In the order of NAMES, to which surfaces refer. */
export const materialList = (): Material[] =>
  NAMES.map((id) => {
    const { conductivity_W_mK, density_kg_m3, specificHeat_J_kgK, emissivity } = MATERIALS[id];
    return { id, conductivity_W_mK, density_kg_m3, specificHeat_J_kgK, emissivity };
  });

/** Units that people or openings reach; a void without either has no smoke of its own. The cars of one lift on all levels are one shaft. */
export function compartmentsOf(layout: Layout, fire: FireScenario): Compartments {
  const opened = new Set(layout.openings.flatMap(({ units }) => units));
  const shafts = shaftOf(layout);
  const units = layout.units.filter(
    (unit) => unit.ceilingHeight !== null && (unit.walkable || opened.has(unit.id)) && !shafts.has(unit.id),
  );
  const index = new Map(units.map(({ id }, k) => [id, k]));
  for (const [car, shaft] of shafts) if (index.has(shaft)) index.set(car, index.get(shaft)!);
  return {
    list: units.map((unit) => compartmentOf(layout, fire, unit)),
    units,
    of: (unit) => (unit === undefined ? OUTSIDE : (index.get(unit) ?? OUTSIDE)),
  };
}

/** By unit that stands for a lift's car on another level: the unit of the lift. */
function shaftOf(layout: Layout): Map<string, string> {
  const shafts = new Map<string, string>();
  for (const lift of layout.lifts) {
    const car = layout.units.find(({ id }) => id === lift.unit);
    if (!car) continue;
    for (const unit of layout.units) {
      if (unit.id === car.id || unit.polygons.length === 0 || polygonsArea(unit.polygons) > SAME_CAR * polygonsArea(car.polygons))
        continue;
      const [x, y] = middleOf(unit.polygons);
      if (inPolygons(car.polygons, x, y) && lift.landings.some(({ level }) => level === unit.level)) shafts.set(unit.id, car.id);
    }
  }
  return shafts;
}

/** A unit in the outline of a car, up to this many times as large, is the same car drawn on another level. */
const SAME_CAR = 1.5;

function compartmentOf(layout: Layout, fire: FireScenario, unit: Unit): Compartment {
  const [width_m, depth_m] = rectangleLike(unit);
  const { floor_m, rise } = standing(layout, unit);
  const { walls_m2_per_m2: walls, floors_m2_per_m2: floor } = fire.leakage;
  return {
    id: unit.id,
    floor_m,
    width_m,
    depth_m,
    height_m: rise + unit.ceilingHeight!, // units under the open sky are none: see compartmentsOf
    ...surfacesOf(fire.surfaces, unit),
    ...(walls + floor > 0 ? { leakage: { walls, floor } } : {}),
    ...(layout.lifts.some((lift) => lift.unit === unit.id) ? { kind: "shaft" as const } : {}),
  };
}

/** Where its floor is, and how far it rises above the ceiling height of one storey: flights and lifts. */
function standing(layout: Layout, unit: Unit): { floor_m: number; rise: number } {
  const elevation = (level: string): number => layout.levels.find(({ id }) => id === level)?.elevation ?? 0;
  const flight = layout.connections.find((connection) => connection.unit === unit.id);
  // Heights of smoke are those of the levels; a rise that a plan states for walkers may be another.
  if (flight) {
    const floor_m = Math.min(elevation(flight.lower.level), elevation(flight.upper.level));
    return { floor_m, rise: Math.max(elevation(flight.lower.level), elevation(flight.upper.level)) - floor_m };
  }
  const lift = layout.lifts.find((each) => each.unit === unit.id);
  if (!lift) return { floor_m: elevation(unit.level), rise: 0 };
  const stops = lift.landings.map(({ level }) => elevation(level));
  return { floor_m: Math.min(...stops), rise: Math.max(...stops) - Math.min(...stops) };
}

/**
 * Sides of the rectangle with the unit's area and the length of its outline, so that floor and walls keep their size; a square where the
 * outline is too short for one (round rooms). The longer side lies along the longer side of the unit's box. CFAST users do the same by hand.
 */
function rectangleLike(unit: Unit): [number, number] {
  const area = polygonsArea(unit.polygons);
  const half =
    unit.polygons.reduce((sum, { outer, holes }) => sum + [outer, ...holes].reduce((s, ring) => s + lengthOf(ring), 0), 0) / 2;
  const root = half * half - 4 * area;
  const long = root > 0 ? (half + Math.sqrt(root)) / 2 : Math.sqrt(area);
  const [x0, y0, x1, y1] = boxOf(unit.polygons.flatMap(({ outer }) => outer));
  return x1 - x0 >= y1 - y0 ? [long, area / long] : [area / long, long];
}

const lengthOf = (ring: readonly Point[]): number =>
  ring.reduce((sum, [ax, ay], k) => {
    const [bx, by] = ring[(k + 1) % ring.length]!;
    return sum + Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);
  }, 0);

function surfacesOf(rules: readonly SurfaceRule[], unit: Unit): Pick<Compartment, "walls" | "ceiling" | "floor"> {
  const usual = liningsOf(unit.category);
  const surface = (which: "walls" | "ceiling" | "floor"): Surface => {
    let lining: Lining = usual[which];
    let thickness: number | undefined;
    for (const rule of rules) {
      if (rule.of.length > 0 && ![unit.id, unit.name, unit.category].some((name) => rule.of.includes(name))) continue;
      const named = rule[which];
      if (named !== undefined) {
        lining = named;
        thickness = undefined;
      }
      thickness = rule[`${which}_thickness_m`] ?? thickness;
    }
    if (lining === "adiabatic") return "adiabatic";
    return [{ material: NAMES.indexOf(lining), thickness_m: thickness ?? MATERIALS[lining].thickness_m }];
  };
  return { walls: surface("walls"), ceiling: surface("ceiling"), floor: surface("floor") };
}
