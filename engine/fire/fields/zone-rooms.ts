/** The zone model as it stands now, as layers for people: valid for the time that the model has reached. */
import { exp } from "../../maths.js";
import type { ZoneModel } from "../zone/zone-model.js";
import { AIR_QUANTITIES } from "./field.js";
import { blackBody, type LayerRooms, layerFlux, type RoomAir, viewOf } from "./layers.js";

/**
 * Rooms are the compartments in the order of the building. `read` gives the state at the model's own time, whatever time is asked for:
 * advance the model first, then sample. Radiation is that of the layer overhead and of the ceiling through it; flames come beside it.
 */
export function zoneRooms(model: ZoneModel): LayerRooms {
  const { compartments } = model.building;
  return {
    knows: AIR_QUANTITIES,
    firstTime_s: 0,
    get lastTime_s() {
      return model.state.time_s;
    },
    read: (_time, room, into: RoomAir) => {
      const { floor_m, height_m, width_m, depth_m } = compartments[room]!;
      into.width_m = width_m;
      into.depth_m = depth_m;
      into.interface_m = floor_m + model.state.interface_m[room]!;
      model.air(room, 0, into.lower);
      model.air(room, height_m, into.upper);
      const flux = fluxBelow(model, room);
      into.lower.radiantFlux_W_m2 = flux;
      into.upper.radiantFlux_W_m2 = flux;
    },
  };
}

/** Of the upper layer over its mean beam length 1.8 V / (A + d (W + D)), the one that its absorption coefficient is made with. */
function emissivityOf({ building, state }: ZoneModel, room: number): number {
  const { width_m, depth_m, height_m } = building.compartments[room]!;
  const volume = state.volume_m3[2 * room]!;
  const layer = height_m - state.interface_m[room]!;
  if (!(volume > 0 && layer > 0)) return 0;
  const beam = (1.8 * volume) / (volume / layer + layer * (width_m + depth_m));
  return 1 - exp(-state.absorption_1_m[2 * room]! * beam);
}

/** Radiant flux from the layer and the ceiling on the middle of the floor, W/m2: what sets everything in a room on fire at 20 kW/m2. */
export function floorFlux(model: ZoneModel, room: number): number {
  const { width_m, depth_m } = model.building.compartments[room]!;
  return fluxBelow(model, room) * viewOf(width_m, depth_m, model.state.interface_m[room]!);
}

/**
 * Where the layer fills the view upwards. The zone model heats the whole ceiling by the flux that the ceiling jet has near the plume (as CFAST does), so that
 * its ceiling becomes far hotter than the gas below it: 345 C over a layer of 96 C in a club of 154 m2 after a minute. Away from the plume a ceiling
 * cannot be hotter than the gas that heats it, so it counts with the temperature of the layer at most; flames and their plume come beside it.
 */
function fluxBelow(model: ZoneModel, room: number): number {
  const upper_K = model.state.temperature_K[2 * room]!;
  return layerFlux({
    upper_K,
    ceiling_W_m2: Math.min(model.state.exitance_W_m2[4 * room]!, blackBody(upper_K)),
    ambient_K: model.building.ambient.interiorTemperature_K,
    emissivity: emissivityOf(model, room),
  });
}
