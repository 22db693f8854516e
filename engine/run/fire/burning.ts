/** What burns in a run: the zone model of the building, the spread over the plan, and the doors between both and the people. */
import type { Crowd } from "../../crowd/state.js";
import { createDevices } from "../../fire/devices/devices.js";
import { addFields, layFields } from "../../fire/fields/combine.js";
import type { ambientAir, SmokeField } from "../../fire/fields/field.js";
import { layerField } from "../../fire/fields/layers.js";
import { floorHeights, unitAt } from "../../fire/fields/places.js";
import { fluxBelow, zoneRooms } from "../../fire/fields/zone-rooms.js";
import { KELVIN } from "../../fire/from-layout/fires.js";
import { fireFromLayout, type LayoutFire } from "../../fire/from-layout/from-layout.js";
import { OPEN, spreadItems, windOf } from "../../fire/from-layout/spread-items.js";
import { createBarriers } from "../../fire/spread/barriers.js";
import { openAirField, radiationField } from "../../fire/spread/fields.js";
import { panelsOf } from "../../fire/spread/layout-barriers.js";
import { createFireSpread, type FireSpread, type Surroundings } from "../../fire/spread/spread.js";
import { createZoneModel } from "../../fire/zone/create.js";
import type { ZoneModel } from "../../fire/zone/zone-model.js";
import type { Layout } from "../../layout/layout.js";
import type { FireScenario } from "../../scenario/fire/fire.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Exposure } from "../exposure.js";
import type { RunSink } from "../records.js";
import { createDoorWatch, type DoorWatch } from "./doors.js";

export interface Burning {
  readonly model: ZoneModel;
  readonly spread: FireSpread;
  readonly plan: LayoutFire;
  readonly doors: DoorWatch;
  readonly devices: ReturnType<typeof createDevices>;
  /** Detectors that have been told of. */
  readonly told: Set<number>;
  field(ambient: ReturnType<typeof ambientAir>): SmokeField;
  /** Fire and smoke at a time; why they could not get there, or null. */
  advance(time: number, sink: RunSink): string | null;
  heatRelease(into: Float64Array): void;
  /** What burns, as people may see it. */
  flames(hrr_W: ArrayLike<number>): Exposure["flames"];
  status(): ReturnType<ZoneModel["advance"]>;
}

export function createBurning(layout: Layout, scenario: Scenario & { fire: FireScenario }, crowd: Crowd): Burning {
  const { fire } = scenario;
  const plan = fireFromLayout(layout, scenario);
  const { building, compartments } = plan;
  const devices = createDevices(building);
  const model = createZoneModel(building, devices);
  const items = spreadItems(layout, scenario);
  const spread = createFireSpread({
    items,
    barriers: createBarriers(panelsOf(layout)),
    wind: windOf(fire),
    ambient_K: fire.ambient.outside_C + KELVIN,
    relativeHumidity: fire.ambient.relative_humidity,
  });
  const doors = createDoorWatch(crowd, plan.doors);
  const zoneFires = [...plan.fires, ...plan.items];
  const released = new Float64Array(items.length);
  const surroundings: Record<string, Surroundings> = {};
  let warned = 0;
  let status = model.advance(0);
  return {
    model,
    spread,
    plan,
    doors,
    devices,
    told: new Set(),
    status: () => status,
    field: (ambient) => airOf(layout, plan, model, spread, fire, ambient),
    advance(time, sink) {
      const before = model.state.time_s;
      const shares = doors.take();
      plan.doors.forEach(({ vent, opening }, d) => {
        model.openness(vent, shares[d]!);
        spread.setOpening(opening, shares[d]!);
      });
      if (time > before) {
        for (const place of spread.places) if (place !== OPEN) surroundings[place] = around(model, compartments.of(place));
        for (const event of spread.advance(time, surroundings)) {
          const { name } = items[event.item]!;
          const given = event.kind === "ignited" && event.cause === "given";
          sink.event({
            time: event.time_s,
            what:
              event.kind === "burnt-out" ? `${name} has burnt out` : `${name} catches fire${given ? "" : ` (${event.cause})`}`,
          });
          if (event.kind === "ignited" && event.item >= fire.fires.length && zoneFires[event.item]! >= 0)
            model.ignite(zoneFires[event.item]!);
        }
        // Items burn at their mean over the exchange, so that the energy that they release is exact.
        for (let k = fire.fires.length; k < items.length; k++) {
          const given = spread.releasedBy_J(k);
          if (zoneFires[k]! >= 0 && given > 0) {
            const mean = (given - released[k]!) / (time - before);
            const flame = spread.flames[k]!;
            model.burn(zoneFires[k]!, {
              hrr_W: mean,
              area_m2: (Math.PI / 4) * flame.diameter * flame.diameter,
              height_m: flame.base,
            });
          }
          released[k] = given;
        }
        status = model.advance(time);
      }
      for (; warned < status.warnings.length; warned++) {
        const { time_s, message } = status.warnings[warned]!;
        sink.event({ time: time_s, what: `zone model: ${message}` });
      }
      return status.status === "failed" ? `the zone model stopped at ${status.time_s.toFixed(1)} s: ${status.reason}` : null;
    },
    heatRelease(into) {
      for (let k = 0; k < into.length; k++) {
        const z = zoneFires[k]!;
        into[k] = z >= 0 ? model.state.fires[z]!.hrr_W : spread.hrrOf_W(k);
      }
    },
    flames: (hrr_W) =>
      items.flatMap(({ sheet, footprint: { x, y } }, k) => (hrr_W[k]! > 0 ? [{ sheet, x, y, hrr_W: hrr_W[k]! }] : [])),
  };
}

/** What an unburnt item in a compartment meets beside flames: the layer overhead. */
const around = (model: ZoneModel, compartment: number): Surroundings => ({
  upperTemperature_K: model.state.temperature_K[2 * compartment]!,
  floorFlux_W_m2: fluxBelow(model, compartment),
});

/** Rooms by the zone model, the open by plumes, flames by their radiation. */
function airOf(
  layout: Layout,
  { compartments }: LayoutFire,
  model: ZoneModel,
  spread: FireSpread,
  fire: FireScenario,
  ambient: ReturnType<typeof ambientAir>,
): SmokeField {
  const unit = unitAt(layout);
  const rooms = Int32Array.from(layout.units, ({ id }) => compartments.of(id));
  const roomAt = (sheet: number, x: number, y: number): number => {
    const u = unit(sheet, x, y);
    return u < 0 ? -1 : rooms[u]!;
  };
  const zones = layerField({ name: "zone model", rooms: zoneRooms(model), roomAt, floor: floorHeights(layout), ambient });
  const underSky = (sheet: number, x: number, y: number): boolean => roomAt(sheet, x, y) < 0;
  const fields: SmokeField[] = [zones];
  if (spread.places.includes(OPEN)) fields.push(openAirField(spread, { wind: windOf(fire), ambient, underSky }));
  return addFields([layFields(fields, ambient), radiationField(spread, ambient)], ambient);
}
