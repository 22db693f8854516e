/** The zone model as it stands now, as layers for people: valid for the time that the model has reached. */
import type { LayerAir, ZoneModel } from "../zone/zone-model.js";
import type { Air } from "./field.js";
import { type LayerRooms, layerFlux, type RoomAir } from "./layers.js";

export interface ZoneRoomsOptions {
  /** Emissivity of the upper layer of a compartment as seen from below, 0 to 1. Default 1: black, the most that it can send. */
  readonly emissivity?: (model: ZoneModel, compartment: number) => number;
}

/**
 * Rooms are the compartments in the order of the building. `read` gives the state at the model's own time, whatever time is asked for:
 * advance the model first, then sample.
 */
export function zoneRooms(model: ZoneModel, { emissivity = () => 1 }: ZoneRoomsOptions = {}): LayerRooms {
  const { compartments, ambient } = model.building;
  const layer: LayerAir = {
    temperature_K: 0,
    extinction_1_m: 0,
    oxygen: 0,
    carbonDioxide: 0,
    carbonMonoxide: 0,
    hydrogenCyanide: 0,
    hydrogenChloride: 0,
  };
  return {
    knows: [
      "temperature_K",
      "extinction_1_m",
      "oxygen",
      "carbonDioxide",
      "carbonMonoxide",
      "hydrogenCyanide",
      "hydrogenChloride",
      "radiantFlux_W_m2",
    ],
    firstTime_s: 0,
    get lastTime_s() {
      return model.state.time_s;
    },
    read: (_time, room, into: RoomAir) => {
      const { floor_m, height_m } = compartments[room]!;
      into.interface_m = floor_m + model.state.interface_m[room]!;
      model.air(room, 0, layer);
      takeLayer(into.lower, layer);
      model.air(room, height_m, layer);
      takeLayer(into.upper, layer);
      const flux = layerFlux({
        upper_K: into.upper.temperature_K,
        ceiling_K: model.state.surface_K[4 * room]!,
        ambient_K: ambient.interiorTemperature_K,
        emissivity: emissivity(model, room),
      });
      into.lower.radiantFlux_W_m2 = flux;
      into.upper.radiantFlux_W_m2 = flux;
    },
  };
}

function takeLayer(into: Air, from: LayerAir): void {
  into.temperature_K = from.temperature_K;
  into.extinction_1_m = from.extinction_1_m;
  into.oxygen = from.oxygen;
  into.carbonDioxide = from.carbonDioxide;
  into.carbonMonoxide = from.carbonMonoxide;
  into.hydrogenCyanide = from.hydrogenCyanide;
  into.hydrogenChloride = from.hydrogenChloride;
}
