import { type Compartment, type FireBuilding, type Fuel, OUTSIDE, type WallVent } from "./building.js";
import { ambientAir, elementShares, fuelMolarMass } from "./chemistry.js";
import { GAS, LEAST_SHARE } from "./constants.js";
import { createProfile } from "./profile.js";
import { createSparseLdl, type SparseLdl } from "./sparse-ldl.js";
import { createSurfaces } from "./surfaces.js";
import { createViewTable, type ViewTable } from "./view-factors.js";
import { FUEL } from "./zone-model.js";
import { type Layers, outer, type Rooms, type Transfers, type Vents, type Zones } from "./zones.js";

/** All arrays of a building, filled with ambient air. */
export function createZones(building: FireBuilding): Zones {
  const count = building.compartments.length;
  const { fuels, fuelOfFire } = distinctFuels(building);
  const stride = FUEL + fuels.length;
  const { interiorTemperature_K, exteriorTemperature_K, pressure_Pa } = building.ambient;
  const vents = createVents(building);
  const pairs = [
    ...Array.from({ length: vents.wallCount }, (_, v) => [vents.from[v]!, vents.to[v]!] as const),
    ...building.horizontalVents.map((v) => [outer(v.above, count), outer(v.below, count)] as const),
    ...building.fans.map((f) => [outer(f.from, count), outer(f.to, count)] as const),
  ].filter(([a, b]) => a < count && b < count && a !== b);
  const ldl = createSparseLdl(count, pairs);
  findPairs(vents, building, ldl, count);
  const zones: Zones = {
    building,
    count,
    outsideLayer: 2 * count + 1,
    stride,
    fuels,
    fuelMolar: fuels.map(fuelMolarMass),
    fuelOfFire,
    firesOf: building.compartments.map((_, i) =>
      Int32Array.from(building.fires.flatMap((f, k) => (f.compartment === i ? [k] : []))),
    ),
    elements: elementShares(fuels),
    active: activeSpecies(building, fuels.length),
    interior_K: interiorTemperature_K,
    exterior_K: exteriorTemperature_K,
    exteriorDensity: pressure_Pa / (GAS * exteriorTemperature_K),
    rooms: createRooms(building),
    layers: createLayers(count, stride),
    vents,
    surfaces: createSurfaces(building),
    views: [],
    ldl,
    transfers: createTransfers(building, vents.wallCount, count),
    ledger: {
      startEnergy: 0,
      released: 0,
      energyIn: 0,
      outside: new Float64Array(stride),
      startSpecies: new Float64Array(stride),
      fuelSupplied: new Float64Array(stride),
    },
  };
  fillAir(zones);
  return { ...zones, views: viewTables(zones) };
}

function distinctFuels(building: FireBuilding): { fuels: Fuel[]; fuelOfFire: Int32Array } {
  const fuels: Fuel[] = [];
  const known = new Map<string, number>();
  const fuelOfFire = new Int32Array(building.fires.length);
  building.fires.forEach((fire, f) => {
    const { carbon, hydrogen, oxygen, nitrogen, chlorine, heatOfCombustion_J_kg } = fire.fuel;
    const key = [carbon, hydrogen, oxygen, nitrogen, chlorine, heatOfCombustion_J_kg].join(" ");
    if (!known.has(key)) {
      known.set(key, fuels.length);
      fuels.push(fire.fuel);
    }
    fuelOfFire[f] = known.get(key)!;
  });
  return { fuels, fuelOfFire };
}

/** Nitrogen, oxygen, carbon dioxide, monoxide, water and soot always; the rest where a fire can make it. */
function activeSpecies(building: FireBuilding, fuelCount: number): Int32Array {
  const some = (test: (fire: FireBuilding["fires"][number]) => boolean): boolean => building.fires.some(test);
  const use = [true, true, true, true];
  use.push(some((f) => f.fuel.nitrogen > 0 && f.yields.hcn.some(([, v]) => v > 0)));
  use.push(some((f) => f.fuel.chlorine > 0));
  use.push(
    true,
    some((f) => f.smouldering !== true),
  );
  use.push(some((f) => f.smouldering === true));
  use.push(some((f) => f.yields.trace.some(([, v]) => v > 0)));
  for (let k = 0; k < fuelCount; k++) use.push(true);
  return Int32Array.from(use.flatMap((on, s) => (on ? [s] : [])));
}

function createRooms(building: FireBuilding): Rooms {
  const count = building.compartments.length;
  const room = (): Float64Array => new Float64Array(count + 1);
  const rooms: Rooms = {
    floor: room(),
    height: room(),
    volume: room(),
    width: room(),
    depth: room(),
    leastVolume: room(),
    shaft: new Uint8Array(count + 1),
    profile: building.compartments.map((c) => (c.areaByHeight ? createProfile(c.areaByHeight, c.height_m) : null)),
    ambient: room(),
    pressure: room(),
    nextPressure: room(),
    owed: room(),
    nextOwed: room(),
    interface: room(),
    awake: new Uint8Array(count + 1),
    hrr: room(),
    convective: room(),
    jets: room(),
    heat: room(),
    backHeat: new Float64Array(2 * count + 2),
    toSurfaces: room(),
  };
  building.compartments.forEach((c, i) => {
    const profile = rooms.profile[i];
    rooms.floor[i] = c.floor_m;
    rooms.height[i] = c.height_m;
    rooms.volume[i] = profile ? profile.volume[profile.volume.length - 1]! : c.width_m * c.depth_m * c.height_m;
    const scale = Math.sqrt(rooms.volume[i]! / (c.width_m * c.depth_m * c.height_m));
    rooms.width[i] = c.width_m * scale;
    rooms.depth[i] = c.depth_m * scale;
    rooms.leastVolume[i] = Math.min(LEAST_SHARE * rooms.volume[i]!, 1);
    rooms.shaft[i] = c.kind === "shaft" ? 1 : 0;
    rooms.ambient[i] = building.ambient.pressure_Pa;
  });
  rooms.interface[count] = 1e9;
  rooms.ambient[count] = building.ambient.pressure_Pa;
  return rooms;
}

function createLayers(count: number, stride: number): Layers {
  const layer = (): Float64Array => new Float64Array(2 * count + 2);
  return {
    volume: layer(),
    mass: layer(),
    temperature: layer(),
    density: layer(),
    species: new Float64Array((2 * count + 2) * stride),
    nextVolume: layer(),
    nextTemperature: layer(),
    heat: layer(),
    flowHeat: layer(),
    flowMass: layer(),
    outflow: layer(),
    change: new Float64Array((2 * count + 2) * stride),
    volumeRate: layer(),
    temperatureRate: layer(),
  };
}

function createVents(building: FireBuilding): Vents {
  const count = building.compartments.length;
  const walls: WallVent[] = [...building.wallVents, ...building.compartments.flatMap(leaks)];
  const n = walls.length;
  const per = (size: number): Float64Array => new Float64Array(n * size);
  const floor = (i: number): number => building.compartments[i]!.floor_m;
  return {
    wallCount: n,
    from: Int32Array.from(walls, (v) => v.from),
    to: Int32Array.from(walls, (v) => outer(v.to, count)),
    sill: Float64Array.from(walls, (v) => floor(v.from) + v.sill_m),
    soffit: Float64Array.from(walls, (v) => floor(v.from) + v.soffit_m),
    width: Float64Array.from(walls, (v) => v.width_m),
    coefficient: Float64Array.from(walls, (v) => v.dischargeCoefficient ?? 0.7),
    wind: Float64Array.from(walls, (v) => v.windPressure_Pa ?? 0),
    open: per(1).fill(1),
    pair: new Int32Array(n).fill(-1),
    segments: new Int32Array(n),
    cut: per(4),
    offset: per(4),
    factorFrom: per(3),
    factorTo: per(3),
    layerFrom: new Int32Array(n * 3),
    layerTo: new Int32Array(n * 3),
    flow: per(4),
    crossing: per(4),
    lastFlow: per(4),
    byLayer: per(4),
    horizontalByLayer: new Float64Array(building.horizontalVents.length * 4),
    horizontalOpen: new Float64Array(building.horizontalVents.length),
    horizontalPair: new Int32Array(building.horizontalVents.length).fill(-1),
    horizontalFlow: new Float64Array(building.horizontalVents.length * 4),
    plug: new Float64Array(building.horizontalVents.length * 2),
    fanOpen: new Float64Array(building.fans.length),
    fanPair: new Int32Array(building.fans.length).fill(-1),
    fanVolume: new Float64Array(building.fans.length),
    fanUpper: new Float64Array(building.fans.length),
    fanTrace: new Float64Array(2 * building.fans.length),
  };
}

/** Leaks of walls as a slit from 5 to 95 % of the height, of the floor as one along the floor (NIST TN 1889v1, leakage). */
function leaks(room: Compartment, index: number): WallVent[] {
  const { walls = 0, floor = 0 } = room.leakage ?? {};
  const slit = (id: string, area: number, sill_m: number, soffit_m: number): WallVent[] =>
    area > 0
      ? [
          {
            id: `${room.id} ${id} leak`,
            from: index,
            to: OUTSIDE,
            sill_m,
            soffit_m,
            width_m: area / (soffit_m - sill_m),
            opening: { by: "share", initial: 1 },
          },
        ]
      : [];
  const wallArea = 2 * (room.width_m + room.depth_m) * room.height_m;
  return [
    ...slit("wall", walls * wallArea, 0.05 * room.height_m, 0.95 * room.height_m),
    ...slit("floor", floor * room.width_m * room.depth_m, 0, 0.01 * room.height_m),
  ];
}

function findPairs(vents: Vents, building: FireBuilding, ldl: SparseLdl, count: number): void {
  const place = (a: number, b: number): number => (a < count && b < count && a !== b ? ldl.entry(a, b) : -1);
  for (let v = 0; v < vents.wallCount; v++) vents.pair[v] = place(vents.from[v]!, vents.to[v]!);
  building.horizontalVents.forEach((h, v) => {
    vents.horizontalPair[v] = place(outer(h.above, count), outer(h.below, count));
  });
  building.fans.forEach((f, v) => {
    vents.fanPair[v] = place(outer(f.from, count), outer(f.to, count));
  });
}

function createTransfers(building: FireBuilding, wallCount: number, count: number): Transfers {
  // each flow may be listed a second time, from the other layer
  const most =
    2 * (wallCount * 12 + building.horizontalVents.length * 12 + building.fans.length * 4 + building.fires.length + count * 2);
  return {
    count: 0,
    source: new Int32Array(most),
    target: new Int32Array(most),
    rate: new Float64Array(most),
    pass: new Float64Array(most),
    fan: new Int32Array(most),
  };
}

/** Ambient air in all layers; the upper layer begins at its least volume, in a shaft the lower one. */
function fillAir(z: Zones): void {
  const { rooms, layers, stride, count } = z;
  const air = new Float64Array(stride);
  const { pressure_Pa, relativeHumidity } = z.building.ambient;
  ambientAir(z.interior_K, pressure_Pa, relativeHumidity, air);
  for (let i = 0; i < count; i++) {
    const upper = rooms.shaft[i] ? rooms.volume[i]! - rooms.leastVolume[i]! : rooms.leastVolume[i]!;
    layers.volume[2 * i] = upper;
    layers.volume[2 * i + 1] = rooms.volume[i]! - upper;
    for (let l = 2 * i; l < 2 * i + 2; l++) {
      layers.temperature[l] = z.interior_K;
      const mass = (rooms.ambient[i]! * layers.volume[l]!) / (GAS * z.interior_K);
      let sum = 0;
      for (let s = 0; s < stride; s++) sum += layers.species[l * stride + s] = mass * air[s]!;
      layers.mass[l] = sum;
    }
  }
  ambientAir(z.exterior_K, pressure_Pa, relativeHumidity, air);
  for (let l = 2 * count; l < 2 * count + 2; l++) {
    layers.temperature[l] = z.exterior_K;
    layers.density[l] = z.exteriorDensity;
    layers.mass[l] = 1;
    layers.volume[l] = 1e9;
    layers.species.set(air, l * stride);
  }
}

function viewTables(z: Zones): ViewTable[] {
  const known = new Map<string, ViewTable>();
  return z.building.compartments.map((_, i) => {
    const size = [z.rooms.width[i]!, z.rooms.depth[i]!, z.rooms.height[i]!] as const;
    const key = size.join(" ");
    if (!known.has(key)) known.set(key, createViewTable(...size));
    return known.get(key)!;
  });
}
