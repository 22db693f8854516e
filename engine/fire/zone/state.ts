import { THINNEST } from "./air.js";
import type { Fires } from "./fires.js";
import type { HeatExchange } from "./heat-exchange.js";
import type { ZoneState } from "./zone-model.js";
import type { Zones } from "./zones.js";

/** The readable side of the solver's arrays; the few that differ from them are filled by `refresh` after each step. */
export function createState(z: Zones, fires: Fires, heat: HeatExchange): { state: ZoneState; refresh: (time: number) => void } {
  const { count, layers, rooms, vents } = z;
  const temperature = new Float64Array(2 * count);
  const surface = new Float64Array(4 * count);
  const wallFlow = new Float64Array(4 * z.building.wallVents.length);
  const horizontalFlow = new Float64Array(4 * z.building.horizontalVents.length);
  const fanFlow = new Float64Array(z.building.fans.length);
  const fanLayerFlow = new Float64Array(4 * fanFlow.length);
  const leakFlow = new Float64Array(count);
  const state = {
    time_s: 0,
    pressure_Pa: rooms.pressure.subarray(0, count),
    interface_m: rooms.interface.subarray(0, count),
    volume_m3: layers.volume.subarray(0, 2 * count),
    mass_kg: layers.mass.subarray(0, 2 * count),
    temperature_K: temperature,
    stride: z.stride,
    species_kg: layers.species.subarray(0, 2 * count * z.stride),
    surface_K: surface,
    fires: fires.list,
    hrr_W: rooms.hrr,
    doorJet_W: rooms.jets,
    wallOpen: vents.open.subarray(0, z.building.wallVents.length),
    horizontalOpen: vents.horizontalOpen,
    fanOpen: vents.fanOpen,
    wallFlow_kg_s: wallFlow,
    horizontalFlow_kg_s: horizontalFlow,
    fanFlow_kg_s: fanFlow,
    fanLayerFlow_kg_s: fanLayerFlow,
    leakFlow_kg_s: leakFlow,
    fanTrace_kg: vents.fanTrace,
    exitance_W_m2: heat.exitance,
    absorption_1_m: heat.absorption,
  };
  const refresh = (time: number): void => {
    state.time_s = time;
    readTemperatures(z, temperature, surface);
    readFans(z, fanFlow, fanLayerFlow);
    readLeaks(z, leakFlow);
    for (let k = 0; k < wallFlow.length; k++) wallFlow[k] = vents.byLayer[k]!;
    horizontalFlow.set(vents.horizontalByLayer);
  };
  return { state, refresh };
}

/** Layers that are not there read as the other one; adiabatic surfaces as their layer. */
function readTemperatures(z: Zones, temperature: Float64Array, surface: Float64Array): void {
  const { rooms, layers, surfaces } = z;
  for (let i = 0; i < z.count; i++) {
    const thinUpper = rooms.height[i]! - rooms.interface[i]! < THINNEST;
    const thinLower = rooms.interface[i]! < THINNEST;
    temperature[2 * i] = layers.temperature[thinUpper ? 2 * i + 1 : 2 * i]!;
    temperature[2 * i + 1] = layers.temperature[thinLower ? 2 * i : 2 * i + 1]!;
    for (let k = 4 * i; k < 4 * i + 4; k++) {
      const first = surfaces.start[k]!;
      const adiabatic = surfaces.start[k + 1] === first;
      surface[k] = adiabatic ? temperature[2 * i + (k - 4 * i < 2 ? 0 : 1)]! : surfaces.temperature[first]!;
    }
  }
}

function readFans(z: Zones, flow: Float64Array, byLayer: Float64Array): void {
  const { vents, layers } = z;
  for (let v = 0; v < flow.length; v++) {
    const { from } = z.building.fans[v]!;
    const upper = from < 0 ? z.outsideLayer : 2 * from;
    const lower = from < 0 ? z.outsideLayer : upper + 1;
    const share = vents.fanUpper[v]!;
    byLayer[4 * v + 2] = vents.fanVolume[v]! * share * layers.density[upper]!;
    byLayer[4 * v + 3] = vents.fanVolume[v]! * (1 - share) * layers.density[lower]!;
    flow[v] = byLayer[4 * v + 2]! + byLayer[4 * v + 3]!;
  }
}

function readLeaks(z: Zones, flow: Float64Array): void {
  const { byLayer, from, wallCount } = z.vents;
  flow.fill(0);
  for (let v = z.building.wallVents.length; v < wallCount; v++)
    flow[from[v]!]! += byLayer[4 * v + 2]! + byLayer[4 * v + 3]! - byLayer[4 * v]! - byLayer[4 * v + 1]!;
}
