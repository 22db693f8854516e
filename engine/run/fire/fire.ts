/**
 * Fire and crowd in one run. Every exchange (at most a second) the zone model gets the mean open share of each door since the last one and advances to
 * the crowd's time, fire spreads over the plan, and people breathe, see and feel the air at their heads. Nothing of it depends on threads: one run is
 * computed by one of them, in a fixed order, with the maths of engine/maths.ts.
 */
import type { Crowd } from "../../crowd/state.js";
import { MusterError } from "../../errors.js";
import { ambientAir, type SmokeField } from "../../fire/fields/field.js";
import { givenAirField } from "../../fire/fields/given-air.js";
import { KELVIN } from "../../fire/from-layout/fires.js";
import type { Layout } from "../../layout/layout.js";
import type { FireScenario } from "../../scenario/fire/fire.js";
import { placedItems } from "../../scenario/fire/items.js";
import type { Scenario } from "../../scenario/scenario.js";
import { createExposure, type Exposure } from "../exposure.js";
import type { FireInfo, FireNow } from "../fire-records.js";
import type { RunSink } from "../records.js";
import { type Alarm, createAlarm } from "./alarm.js";
import { type Burning, createBurning } from "./burning.js";

export interface FireRun {
  readonly info: FireInfo;
  readonly exposure: Exposure;
  /** Seconds between exchanges. */
  readonly exchange_s: number;
  /** After each step of the crowd. */
  step(dt: number): void;
  /** An event locks or opens a gate. */
  gateEvent(gate: number, open: boolean): void;
  /** Brings fire, air and people to the crowd's time. Throws RUN_FAILED where the zone model cannot go on. */
  exchange(sink: RunSink): void;
  /** Goes on to `until_s` when the crowd has come to its end. */
  goOn(sink: RunSink, until_s: number, stop?: () => boolean): void;
}

export interface FireRunOptions {
  readonly crowd: Crowd;
  readonly layout: Layout;
  readonly scenario: Scenario & { fire: FireScenario };
  /** The field of `smoke_from`; whoever starts the run has read its files. */
  readonly smoke: SmokeField | null;
}

/** To be made before anybody is placed: people who wait for an alarm are told so here. */
export function createFireRun({ crowd, layout, scenario, smoke }: FireRunOptions): FireRun {
  const { fire } = scenario;
  const ambient = ambientAir(fire.ambient.inside_C + KELVIN);
  const burning = fire.fires.length + fire.items.length > 0 ? createBurning(layout, scenario, crowd) : null;
  const told = smoke ?? (burning ? null : givenAirField(layout, scenario, fire.air));
  const field = told ?? burning!.field(ambient); // fire.fires, smoke_from or air: checked when the scenario was read
  const alarm = fire.alarm ? createAlarm(crowd, fire.alarm) : null;
  const exposure = createExposure(crowd, field, fire.people, layout);
  const names = [...fire.fires, ...placedItems(layout, fire.items)].map(({ name }) => name);
  const hrr_W = new Float64Array(names.length);
  let last = 0;
  return {
    info: infoOf({ layout, fire, burning, field, names }),
    exposure,
    exchange_s: fire.exchange_s,
    step: (dt) => burning?.doors.step(dt),
    gateEvent: (gate, open) => burning?.doors.event(gate, open),
    exchange(sink) {
      const { time } = crowd;
      if (burning) {
        const fault = burning.advance(time, sink);
        if (fault !== null) throw new MusterError("RUN_FAILED", [{ place: "fire", message: fault }]);
        burning.heatRelease(hrr_W);
        raiseAlarm(burning, fire, alarm, sink);
        exposure.flames = burning.flames(hrr_W);
      }
      exposure.tend(time - last);
      last = time;
      if (alarm?.tend()) sink.event({ time: alarm.signal_s, what: "the alarm sounds" });
      const model = burning?.model ?? null;
      const now: FireNow = { time, field, model, status: burning?.status() ?? null, hrr_W, alone: false };
      sink.fire?.(now);
    },
    goOn(sink, until_s, stop) {
      // On the same grid as before the crowd's end, which may lie between two exchanges.
      for (let k = Math.floor(crowd.time / fire.exchange_s + 1e-9) + 1; last < until_s; k++) {
        const time = Math.min(until_s, k * fire.exchange_s);
        if (stop?.()) throw new MusterError("CANCELLED", `cancelled at ${time.toFixed(1)} s of the fire`);
        burning?.doors.step(time - last);
        last = time;
        const fault = burning?.advance(time, sink) ?? null;
        burning?.heatRelease(hrr_W);
        sink.fire?.({ time, field, model: burning?.model ?? null, status: burning?.status() ?? null, hrr_W, alone: true });
        if (fault === null) continue;
        // Nobody is left to whom it could do anything: what is known until here stands.
        sink.event({ time, what: fault });
        return;
      }
    },
  };
}

/** Tells of detectors and sprinklers that have acted, each once and at its own moment; detectors that do so raise the alarm. */
function raiseAlarm({ devices, told }: Burning, fire: FireScenario, alarm: Alarm | null, sink: RunSink): void {
  // In the order of the building's detectors (from-layout/fires.ts).
  const acting = [
    ...fire.detectors.map(({ name, alarm: raises }) => ({ what: `detector ${name} acts`, raises })),
    ...fire.sprinklers.map(({ name }) => ({ what: `sprinkler ${name} opens`, raises: false })),
  ];
  acting.forEach(({ what, raises }, k) => {
    const at = devices.detectors[k]?.activated_s ?? null;
    if (at === null || told.has(k)) return;
    told.add(k);
    sink.event({ time: at, what });
    if (raises) alarm?.raise(at);
  });
}

function infoOf(of: {
  layout: Layout;
  fire: FireScenario;
  burning: Burning | null;
  field: SmokeField;
  names: readonly string[];
}): FireInfo {
  const { layout, fire, burning, field, names } = of;
  const starts = [...fire.fires.map(({ start_s }) => start_s), ...fire.items.flatMap(({ ignites_at_s }) => ignites_at_s ?? [])];
  const compartments = burning?.plan.building.compartments ?? [];
  return {
    source: burning ? (compartments.length > 0 ? "zone model" : "flames and plumes in the open") : field.name,
    knows: field.knows,
    ignition_s: starts.length > 0 ? Math.min(...starts) : 0,
    fires: names,
    compartments: compartments.map(({ id, height_m, width_m, depth_m }, k) => {
      const unit = burning!.plan.compartments.units[k]!;
      const level = layout.connections.find((flight) => flight.unit === id)?.lower.level ?? unit.level;
      return {
        id,
        name: unit.name || id,
        level,
        units: layout.units.flatMap((each) => (burning!.plan.compartments.of(each.id) === k ? [each.id] : [])),
        height_m,
        area_m2: width_m * depth_m,
      };
    }),
  };
}
