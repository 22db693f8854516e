import type {
  Compartment,
  Fan,
  Fire,
  FireBuilding,
  HorizontalVent,
  Material,
  Opening,
  WallVent,
} from "../../../engine/fire/zone/building.js";
import { OUTSIDE } from "../../../engine/fire/zone/building.js";
import type { Random } from "../../../engine/random.js";

export const GYPSUM: Material = {
  id: "gypsum",
  conductivity_W_mK: 0.16,
  density_kg_m3: 790,
  specificHeat_J_kgK: 900,
  emissivity: 0.9,
};
export const CONCRETE: Material = {
  id: "concrete",
  conductivity_W_mK: 1.75,
  density_kg_m3: 2200,
  specificHeat_J_kgK: 1000,
  emissivity: 0.94,
};
export const OPEN: Opening = { by: "share", initial: 1 };

export function room(
  id: string,
  width_m: number,
  depth_m: number,
  height_m: number,
  other: Partial<Compartment> = {},
): Compartment {
  const board = [{ material: 0, thickness_m: 0.016 }];
  return {
    id,
    floor_m: 0,
    width_m,
    depth_m,
    height_m,
    ceiling: board,
    walls: board,
    floor: [{ material: 1, thickness_m: 0.15 }],
    ...other,
  };
}

export function door(from: number, to: number, other: Partial<WallVent> = {}): WallVent {
  return { id: `door ${from} ${to}`, from, to, sill_m: 0, soffit_m: 2, width_m: 0.9, opening: OPEN, ...other };
}

/** Propane by default; `hrr_W` over the time since ignition. */
export function fire(compartment: number, hrr_W: Fire["hrr_W"], other: Partial<Fire> = {}): Fire {
  const constant = (value: number): Fire["hrr_W"] => [[0, value]];
  return {
    id: `fire ${compartment}`,
    compartment,
    x_m: 2,
    y_m: 2,
    fuel: { carbon: 3, hydrogen: 8, oxygen: 0, nitrogen: 0, chlorine: 0, heatOfCombustion_J_kg: 46e6 },
    radiativeFraction: 0.35,
    hrr_W,
    height_m: constant(0),
    area_m2: constant(0.5),
    yields: { co: constant(0.01), soot: constant(0.05), hcn: constant(0), trace: constant(0) },
    ignition: { by: "time", time_s: 0 },
    ...other,
  };
}

export function building(compartments: readonly Compartment[], other: Partial<FireBuilding> = {}): FireBuilding {
  return {
    ambient: { pressure_Pa: 101325, interiorTemperature_K: 293.15, exteriorTemperature_K: 293.15, relativeHumidity: 0.5 },
    materials: [GYPSUM, CONCRETE],
    compartments,
    wallVents: [],
    horizontalVents: [],
    fans: [],
    fires: [],
    targets: [],
    detectors: [],
    heatPaths: [],
    ...other,
  };
}

const POLYURETHANE = { carbon: 1, hydrogen: 1.8, oxygen: 0.3, nitrogen: 0.05, chlorine: 0, heatOfCombustion_J_kg: 25e6 };
const PVC = { carbon: 2, hydrogen: 3, oxygen: 0, nitrogen: 0, chlorine: 1, heatOfCombustion_J_kg: 16.4e6 };

/** A building nobody would design: rooms joined at random by doors, slits, holes in floors, fans; fires of all sizes; openings that move. */
export function randomBuilding(random: Random, rooms: number): FireBuilding {
  const between = (low: number, high: number): number => low + (high - low) * random.next();
  const chance = (p: number): boolean => random.next() < p;
  const any = (count: number): number => random.int(count);
  const opening = (): Opening =>
    chance(0.6)
      ? OPEN
      : chance(0.5)
        ? {
            by: "time",
            table: [
              [0, any(2)],
              [between(10, 100), any(2)],
              [between(100, 130), between(0, 1)],
            ],
          }
        : {
            by: "time",
            table: [
              [0, 1],
              [60, 1],
              [60, 0],
            ],
          };
  const compartments = Array.from({ length: rooms }, (_, i) =>
    room(`room ${i}`, between(1.5, 15), between(1.5, 12), between(2.2, 8), {
      floor_m: chance(0.3) ? 3 * any(4) : 0,
      ...(chance(0.1) ? { ceiling: "adiabatic", walls: "adiabatic", floor: "adiabatic" } : {}),
      ...(chance(0.7) ? { leakage: { walls: 1.7e-4, floor: 5.2e-5 } } : {}),
      ...(chance(0.1) ? { kind: "shaft" } : {}),
      ...(chance(0.05)
        ? {
            walls: [
              { material: 0, thickness_m: 0.016 },
              { material: 1, thickness_m: 0.1 },
            ],
          }
        : {}),
      ...(chance(0.05)
        ? {
            areaByHeight: [
              [0, 20],
              [2, 20],
              [4, 8],
            ],
          }
        : {}),
    }),
  );
  const wallVents: WallVent[] = [];
  const wall = (from: number, to: number): void => {
    const height = compartments[from]!.height_m;
    const sill_m = chance(0.6) ? 0 : between(0, height * 0.6);
    const soffit_m = Math.min(height, sill_m + (chance(0.2) ? between(0.01, 0.1) : between(0.5, 2.2)));
    wallVents.push(door(from, to, { sill_m, soffit_m, width_m: chance(0.2) ? 0.01 : between(0.3, 3), opening: opening() }));
  };
  const horizontalVents: HorizontalVent[] = [];
  const fans: Fan[] = [];
  for (let i = 0; i < rooms; i++) {
    const other = i > 0 && chance(0.9) ? Math.max(0, i - 1 - any(3)) : OUTSIDE;
    if (i > 0 && chance(0.15))
      horizontalVents.push({
        id: `hole ${i}`,
        above: i,
        below: other,
        area_m2: between(0.05, 6),
        shape: chance(0.5) ? "round" : "square",
        opening: opening(),
      });
    else wall(i, other);
    if (chance(0.25)) wall(i, OUTSIDE);
    if (chance(0.05))
      horizontalVents.push({
        id: `roof ${i}`,
        above: OUTSIDE,
        below: i,
        area_m2: between(0.1, 4),
        shape: "square",
        opening: opening(),
      });
    if (chance(0.1))
      fans.push({
        id: `fan ${i}`,
        from: chance(0.5) ? i : OUTSIDE,
        to: chance(0.5) ? OUTSIDE : i,
        flow_m3_s: between(0.05, 3),
        fromHeight_m: 2,
        toHeight_m: 1,
        fromArea_m2: 0.5,
        toArea_m2: 0.5,
        opening: opening(),
        ...(chance(0.5) ? { filter: [[0, 0.9]] } : {}),
      });
  }
  const fuels = [undefined, POLYURETHANE, PVC];
  const fires = Array.from({ length: 1 + any(3) }, () => {
    const peak = 10 ** between(4.3, 6.7);
    const fuel = fuels[any(3)];
    return fire(
      any(rooms),
      [
        [0, 0],
        [between(1, 100), peak],
        [between(100, 110), peak],
        [between(111, 400), chance(0.3) ? 0 : peak],
      ],
      {
        ...(fuel ? { fuel } : {}),
        yields: { co: [[0, 0.04]], soot: [[0, 0.1]], hcn: [[0, 0.005]], trace: [[0, chance(0.5) ? 0.01 : 0]] },
        x_m: chance(0.2) ? 0.1 : 1,
        y_m: chance(0.2) ? 0.1 : 1,
        height_m: [[0, between(0, 1)]],
        ignition: { by: "time", time_s: between(0, 30) },
        smouldering: chance(0.2),
      },
    );
  });
  return building(compartments, { wallVents, horizontalVents, fans, fires });
}
