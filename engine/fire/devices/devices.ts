/** All targets and detectors of a building, stepped after each step of the zone model. */
import { ambientAir } from "../fields/field.js";
import type { DeviceRef, FireBuilding } from "../zone/building.js";
import { type LayerAir, SPECIES, type ZoneState } from "../zone/zone-model.js";
import { createDetector, type DetectorState, stepLink, stepSmoke } from "./detector.js";
import { gasDose, heatDose, opticalDensity } from "./dose.js";
import { createRoom, type Room } from "./room.js";
import { createTarget, frontTemperature, incidentOf, stepTarget, type TargetState } from "./target.js";

/** What devices read of the zone model. */
export interface DeviceModel {
  readonly state: Pick<ZoneState, "interface_m" | "temperature_K" | "volume_m3" | "species_kg" | "fires"> & {
    /** Species per layer in `species_kg`. */
    readonly stride: number;
    /** What ceiling, upper wall, lower wall and floor of each compartment send out, W/m2; 4 per compartment. */
    readonly exitance_W_m2: Float64Array;
    /** Absorption coefficient of upper and lower layer, 1/m; 2 per compartment. */
    readonly absorption_1_m: Float64Array;
  };
  air(compartment: number, height_m: number, into: LayerAir): LayerAir;
  /** Told what targets read (K, W/m2) and, once, that a detector has acted. */
  activate(kind: DeviceRef["kind"], index: number, value?: number): void;
}

export interface FireDevices {
  readonly targets: readonly TargetState[];
  readonly detectors: readonly DetectorState[];
  /** From the state at the end of a step of the model to the devices at `to_s`; vents, fans and fires that wait for them start then. */
  step(model: DeviceModel, from_s: number, to_s: number): void;
}

const SOOT = SPECIES.indexOf("soot");
const SMOULDERING = SPECIES.indexOf("smoulderingSoot");
/** Specific extinction of flaming and smouldering smoke, m2/kg (Mulholland & Croarkin 2000; Seader & Einhorn 1977). */
const EXTINCTION = { flaming: 8700, smouldering: 4400 };

export function createDevices(building: FireBuilding): FireDevices {
  const start_K = building.ambient.interiorTemperature_K;
  const targets = building.targets.map((target) => createTarget(target, building.materials[target.material]!, start_K));
  const detectors = building.detectors.map((detector) => createDetector(detector, start_K));
  const firesOf = building.compartments.map((_, c) =>
    building.fires.flatMap(({ compartment }, f) => (compartment === c ? [f] : [])),
  );
  const watched = building.compartments.map(
    (_, c) =>
      building.targets.some((each) => each.compartment === c) || building.detectors.some((each) => each.compartment === c),
  );
  const rooms = building.compartments.map((compartment, c) =>
    createRoom({ ...compartment, corridor: compartment.kind === "corridor" }, firesOf[c]!.length),
  );
  const air: LayerAir = ambientAir();

  const step = (model: DeviceModel, from_s: number, to_s: number): void => {
    const step_s = to_s - from_s;
    if (!(step_s > 0)) return;
    rooms.forEach((room, c) => {
      if (watched[c]) look(room, model, building, c, firesOf[c]!);
    });
    targets.forEach((state, k) => {
      const { target } = state;
      stepTarget(state, rooms[target.compartment]!, building.materials[target.material]!.emissivity, step_s, start_K);
      model.air(target.compartment, target.at[2], air);
      state.fedGas += gasDose(air.carbonMonoxide, air.hydrogenCyanide, air.carbonDioxide, step_s);
      state.fedHeat += heatDose(state.gas_K, incidentOf(state), step_s);
      state.opticalDensity_1_m = opticalDensity(air.extinction_1_m);
      model.activate("target-temperature", k, frontTemperature(state));
      model.activate("target-flux", k, incidentOf(state));
    });
    detectors.forEach((state, k) => {
      const before = state.activated_s;
      const room = rooms[state.detector.compartment]!;
      if (state.detector.kind === "smoke") {
        const layer = 2 * state.detector.compartment + (state.detector.at[2] >= room.interface_m ? 0 : 1);
        const volume = model.state.volume_m3[layer]!;
        const soot = (species: number): number => model.state.species_kg[layer * model.state.stride + species]! / volume;
        stepSmoke(state, room, EXTINCTION.flaming * soot(SOOT), EXTINCTION.smouldering * soot(SMOULDERING), from_s, step_s);
      } else stepLink(state, room, from_s, step_s);
      if (before === null && state.activated_s !== null) model.activate("detector", k);
    });
  };
  return { targets, detectors, step };
}

/** Copies the state of one compartment into what its devices see. */
function look(room: Room, { state }: DeviceModel, { fires }: FireBuilding, c: number, burning: readonly number[]): void {
  room.interface_m = state.interface_m[c]!;
  for (let layer = 0; layer < 2; layer++) {
    room.gas_K[layer] = state.temperature_K[2 * c + layer]!;
    room.absorption_1_m[layer] = state.absorption_1_m[2 * c + layer]!;
  }
  for (let surface = 0; surface < 4; surface++) room.exitance_W_m2[surface] = state.exitance_W_m2[4 * c + surface]!;
  burning.forEach((f, k) => {
    const seen = room.fires[k]!;
    const fire = state.fires[f]!;
    seen.x_m = fires[f]!.x_m;
    seen.y_m = fires[f]!.y_m;
    seen.base_m = fire.base_m;
    seen.area_m2 = fire.area_m2;
    seen.hrr_W = fire.hrr_W;
    seen.radiative_W = fire.hrr_W * fires[f]!.radiativeFraction;
  });
}
