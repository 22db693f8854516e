import { MusterError } from "../../errors.js";
import { layerAir, layerAt } from "./air.js";
import { balance, openAccount } from "./balance.js";
import type { FireBuilding } from "./building.js";
import { checkBuilding } from "./check.js";
import { createZones } from "./create-zones.js";
import { createDoorJets } from "./door-jets.js";
import { createFires } from "./fires.js";
import { createHeatExchange } from "./heat-exchange.js";
import { createOpenings } from "./openings.js";
import { createPressureSolver } from "./pressure.js";
import { createState } from "./state.js";
import { createStepper, interfaceOf, LEAST_STEP, type Refusal } from "./step.js";
import { createWatch } from "./watch.js";
import type { ZoneDevices, ZoneModel, ZoneStatus } from "./zone-model.js";
import type { Zones } from "./zones.js";

const FIRST_STEP = 0.1;
const LONGEST_STEP = 1;
const SHORTEST_STEP = 1e-5;
/** So many refused and shortened steps in a row end a run: it would not come to its end. */
const MOST_TINY = 2000;
/** A step whose local error is greater than this many times what is accepted is tried again. */
const WORST_ERROR = 4;
const WHY: Record<Exclude<Refusal, "">, string> = {
  pressure: "the pressures did not converge",
  outflow: "a layer would lose more gas than it holds",
  change: "a layer would change too fast",
  state: "a layer would have no temperature",
};

/**
 * The two-zone fire model of a building: one hot and one cold layer per compartment.
 * `advance` goes on in steps of its own; between calls doors may be set, fires lit and read. The cost is in the steps: a call more costs nothing.
 * @throws MusterError FIRE_MODEL_INVALID with every fault of the building; never for physics
 */
export function createZoneModel(building: FireBuilding, devices?: ZoneDevices): ZoneModel {
  const problems = checkBuilding(building);
  if (problems.length > 0) throw new MusterError("FIRE_MODEL_INVALID", problems);
  const z = createZones(building);
  settleStart(z);
  const fires = createFires(z);
  const openings = createOpenings(z, fires);
  const heat = createHeatExchange(z);
  const stepper = createStepper(z, fires, createDoorJets(z, fires), heat, createPressureSolver(z));
  openAccount(z);
  const watch = createWatch(z);
  const { state, refresh } = createState(z, fires, heat);
  const longest = building.options?.longestStep_s ?? LONGEST_STEP;
  let time = 0;
  let wished = Math.min(FIRST_STEP, longest);
  let tiny = 0;
  let failed = "";

  /** One accepted step towards `end`, or the reason why none is possible. */
  const stepOnce = (end: number): string => {
    let step = Math.min(wished, longest);
    let cut = false;
    const rest = Math.min(end, openings.next(time)) - time;
    const stop = step >= rest * (1 - 1e-9);
    if (stop) step = rest;
    else if (step > rest / 2) step = rest / 2;
    for (;;) {
      openings.set(time + step / 2);
      const refused = stepper.attempt(time, step);
      const wild = refused === "" && stepper.error() > WORST_ERROR && step > LEAST_STEP;
      if (refused === "" && !wild) break;
      if (step <= SHORTEST_STEP) return `${WHY[refused || "change"]} even within ${step} s`;
      step *= 0.4;
      wished = step;
      cut = true;
    }
    tiny = cut && step < LEAST_STEP / 2 ? tiny + 1 : 0;
    if (tiny > MOST_TINY) return `${MOST_TINY} steps one after another were shorter than ${LEAST_STEP / 2} s`;
    stepper.commit(step);
    const from = time;
    const arrived = Math.abs(time + step - Math.min(end, openings.next(time))) < 1e-9 * Math.max(1, time);
    time = arrived ? Math.min(end, openings.next(time)) : time + step;
    if (!stop || step < wished) wished = step * Math.min(2, Math.max(0.5, 0.8 / Math.sqrt(Math.max(stepper.error(), 1e-3))));
    refresh(time);
    watch.look(time);
    if (devices) {
      devices.step(model, from, time);
      openings.poll(devices, time);
    }
    return "";
  };

  const advance = (end: number): ZoneStatus => {
    while (failed === "" && time < end) failed = stepOnce(end);
    return {
      status: failed === "" ? "running" : "failed",
      time_s: time,
      reason: failed === "" ? "" : `at ${time.toFixed(2)} s: ${failed}`,
      warnings: watch.warnings,
    };
  };
  const model: ZoneModel = {
    building,
    state,
    advance,
    openness: (vent, share) => {
      openings.wall[vent] = clamped(share);
    },
    horizontalOpenness: (vent, share) => {
      openings.horizontal[vent] = clamped(share);
    },
    fanOpenness: (fan, share) => {
      openings.fan[fan] = clamped(share);
    },
    activate: (kind, index, value = 0) => openings.activate(kind, index, value, time),
    ignite: (fire) => openings.ignite(fire, time),
    burn: (fire, given) => {
      fires.list[fire]!.given = given;
      fires.list[fire]!.began = Math.min(fires.list[fire]!.began, time);
    },
    air: (room, height_m, into) => layerAir(z, layerAt(z, room, height_m), into),
    balance: () => balance(z),
  };
  openings.set(0);
  refresh(0);
  return model;
}

const clamped = (share: number): number => Math.min(1, Math.max(0, share));

/** Densities and interfaces of the start. */
function settleStart(z: Zones): void {
  const { layers, rooms } = z;
  for (let i = 0; i < z.count; i++) {
    rooms.interface[i] = interfaceOf(z, i, layers.volume[2 * i + 1]!);
    for (let l = 2 * i; l < 2 * i + 2; l++) layers.density[l] = layers.mass[l]! / layers.volume[l]!;
  }
}
