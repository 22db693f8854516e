/** What a run with fire hands out beside its frames. Live objects of the run: read them during the call, copy what must stay. */
import type { AirQuantity, SmokeField } from "../fire/fields/field.js";
import type { ZoneModel, ZoneStatus } from "../fire/zone/zone-model.js";

/** One compartment of the zone model; it holds the air of one or more units of the layout. */
export interface FireCompartment {
  id: string;
  /** As printed. */
  name: string;
  /** Id of the level on which its floor lies. */
  level: string;
  /** Ids of layout units, flights of stairs among them. */
  units: readonly string[];
  /** Floor to ceiling, m. */
  height_m: number;
  area_m2: number;
}

export interface FireInfo {
  /** Where the smoke comes from: "zone model", "FDS nightclub.smv", "given air". */
  source: string;
  /** What is known of the air; doses of what is missing here are unknown, not zero. */
  knows: readonly AirQuantity[];
  /** First ignition, s from the start of the run; 0 where smoke comes from elsewhere. */
  ignition_s: number;
  /** Names of the fires and burning items, in the order of `FireNow.hrr_W`. */
  fires: readonly string[];
  /** In the order of the zone model's state; empty where there is no zone model. */
  compartments: readonly FireCompartment[];
}

/** State of fire and smoke at one exchange between fire and crowd. */
export interface FireNow {
  /** s from the start of the run */
  time: number;
  /** The air of everywhere; to be sampled at `time`. */
  field: SmokeField;
  /** null where smoke comes from elsewhere. */
  model: ZoneModel | null;
  status: ZoneStatus | null;
  /** Heat released by each fire, those under the open sky too, W. */
  hrr_W: ArrayLike<number>;
  /** true: everybody has left and the crowd's frames have ended; the fire goes on to the end of the scenario, so that it is known until when places stay tenable. */
  alone: boolean;
}

/** Doses of each person, by id, over the whole run; 0 for who never met smoke. */
export interface PeopleExposure {
  /** Fractional effective dose of asphyxiants and of heat; greatest fractional effective concentration of irritants. */
  fedAsphyxiant: ArrayLike<number>;
  fedHeat: ArrayLike<number>;
  fec: ArrayLike<number>;
}
