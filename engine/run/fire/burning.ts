/** What burns in a run: the zone model of the building, the spread over the plan, and the doors between both and the people. */
import type { Crowd } from "../../crowd/state.js";
import { createDevices } from "../../fire/devices/devices.js";
import { addFields, layFields } from "../../fire/fields/combine.js";
import type { ambientAir, SmokeField } from "../../fire/fields/field.js";
import { layerField } from "../../fire/fields/layers.js";
import { floorHeights, unitAt } from "../../fire/fields/places.js";
import { floorFlux, zoneRooms } from "../../fire/fields/zone-rooms.js";
import { KELVIN } from "../../fire/from-layout/fires.js";
import { fireFromLayout, type LayoutFire } from "../../fire/from-layout/from-layout.js";
import { OPEN, spreadItems, windOf } from "../../fire/from-layout/spread-items.js";
import { createBarriers } from "../../fire/spread/barriers.js";
import { openAirField, radiationField } from "../../fire/spread/fields.js";
import { panelsOf } from "../../fire/spread/layout-barriers.js";
import { createFireSpread, type FireSpread, type SpreadEvent, type Surroundings } from "../../fire/spread/spread.js";
import { createZoneModel } from "../../fire/zone/create.js";
import type { ZoneModel, ZoneStatus } from "../../fire/zone/zone-model.js";
import type { Layout } from "../../layout/layout.js";
import type { FireScenario } from "../../scenario/fire/fire.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Exposure } from "../exposure.js";
import type { RunSink } from "../records.js";
import { createDoorWatch, type DoorWatch } from "./doors.js";

export interface Burning {
  /** null: the plan has no room, everything burns under the sky. */
  readonly model: ZoneModel | null;
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
  status(): ZoneStatus | null;
}

/** Least area of a burning item in the zone model, m2: a plume needs a foot. */
const LEAST_AREA = 0.01;

export function createBurning(layout: Layout, scenario: Scenario & { fire: FireScenario }, crowd: Crowd): Burning {
  const { fire } = scenario;
  const plan = fireFromLayout(layout, scenario);
  const devices = createDevices(plan.building);
  const model = plan.building.compartments.length > 0 ? createZoneModel(plan.building, devices) : null;
  const items = spreadItems(layout, scenario);
  const spread = createFireSpread({
    items,
    barriers: createBarriers(panelsOf(layout)),
    wind: windOf(fire),
    ambient_K: fire.ambient.outside_C + KELVIN,
    relativeHumidity: fire.ambient.relative_humidity,
  });
  const doors = createDoorWatch(crowd, plan.doors);
  /** Fire of the zone model by item of the spread, -1 under the sky. */
  const zoneFires = [...plan.fires, ...plan.items];
  const feed = model && createFeed(model, spread, zoneFires, fire.fires.length);
  let time_s = 0;
  let warned = 0;
  let began = false;
  let status = model?.advance(0) ?? null;
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
      if (!began) for (const notice of plan.notices) sink.event({ time, what: notice });
      began = true;
      const shares = doors.take();
      plan.doors.forEach(({ vent, opening }, d) => {
        model?.openness(vent, shares[d]!);
        spread.setOpening(opening, shares[d]!);
      });
      if (time > time_s) {
        const surroundings = model ? meet(model, spread, plan) : {};
        for (const event of spread.advance(time, surroundings)) {
          sink.event({ time: event.time_s, what: saidOf(items[event.item]!.name, event) });
          if (event.kind === "ignited") feed?.ignite(event.item);
        }
        feed?.burn(time - time_s);
        status = model?.advance(time) ?? null;
        if (model) shine(model, spread, plan, zoneFires);
        time_s = time;
      }
      for (; status !== null && warned < status.warnings.length; warned++) {
        const warning = status.warnings[warned]!;
        sink.event({ time: warning.time_s, what: `zone model: ${warning.message}` });
      }
      return status?.status === "failed" ? `the zone model stopped at ${status.time_s.toFixed(1)} s: ${status.reason}` : null;
    },
    heatRelease(into) {
      for (let k = 0; k < into.length; k++) {
        const z = zoneFires[k]!;
        into[k] = model && z >= 0 ? model.state.fires[z]!.hrr_W : spread.hrrOf_W(k);
      }
    },
    flames: (hrr_W) =>
      items.flatMap(({ sheet, footprint: { x, y } }, k) =>
        hrr_W[k]! > 0 ? [{ sheet, x, y, hrr_W: hrr_W[k]!, radius_m: spread.flames[k]!.diameter / 2 }] : [],
      ),
  };
}

const saidOf = (name: string, event: SpreadEvent): string =>
  event.kind === "burnt-out"
    ? `${name} has burnt out`
    : `${name} catches fire${event.cause === "given" ? "" : ` (${event.cause})`}`;

/** Hands the heat release of items in rooms to the zone model; design fires, the first `given`, have their curves there. */
function createFeed(model: ZoneModel, spread: FireSpread, zoneFires: readonly number[], given: number) {
  const released = new Float64Array(zoneFires.length);
  return {
    ignite(item: number): void {
      if (item >= given && zoneFires[item]! >= 0) model.ignite(zoneFires[item]!);
    },
    /** Items burn at their mean over the exchange, so that the energy that they release is exact. */
    burn(seconds: number): void {
      for (let k = given; k < zoneFires.length; k++) {
        const now = spread.releasedBy_J(k);
        if (zoneFires[k]! >= 0 && now > 0) {
          const { diameter, base } = spread.flames[k]!;
          const area_m2 = Math.max(LEAST_AREA, (Math.PI / 4) * diameter * diameter);
          model.burn(zoneFires[k]!, { hrr_W: (now - released[k]!) / seconds, area_m2, height_m: base });
        }
        released[k] = now;
      }
    },
  };
}

/** What the rooms do to flames: lack of air and sprinklers weaken them, and they shine through the smoke of their room. */
function shine(model: ZoneModel, spread: FireSpread, { compartments }: LayoutFire, zoneFires: readonly number[]): void {
  const { interface_m, absorption_1_m, fires } = model.state;
  zoneFires.forEach((z, item) => {
    const wanted = spread.hrrOf_W(item);
    if (z >= 0) spread.setShare(item, wanted > 0 ? Math.min(1, fires[z]!.hrr_W / wanted) : 1);
  });
  for (const place of spread.places) {
    if (place === OPEN) continue;
    const c = compartments.of(place);
    spread.setSmoke(place, {
      interface_m: interface_m[c]!,
      upper_1_m: absorption_1_m[2 * c]!,
      lower_1_m: absorption_1_m[2 * c + 1]!,
    });
  }
}

/** What each room does to the items in it. */
function meet(model: ZoneModel, spread: FireSpread, { compartments }: LayoutFire): Record<string, Surroundings> {
  const surroundings: Record<string, Surroundings> = {};
  for (const place of spread.places) if (place !== OPEN) surroundings[place] = around(model, compartments.of(place));
  return surroundings;
}

/** What an unburnt item in a compartment meets beside flames: the layer overhead. */
const around = (model: ZoneModel, compartment: number): Surroundings => ({
  upperTemperature_K: model.state.temperature_K[2 * compartment]!,
  floorFlux_W_m2: floorFlux(model, compartment),
});

/** Rooms by the zone model, the open by plumes, flames by their radiation. */
function airOf(
  layout: Layout,
  { compartments }: LayoutFire,
  model: ZoneModel | null,
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
  const floor = floorHeights(layout);
  const underSky = (sheet: number, x: number, y: number): boolean => roomAt(sheet, x, y) < 0;
  const fields: SmokeField[] = model ? [layerField({ name: "zone model", rooms: zoneRooms(model), roomAt, floor, ambient })] : [];
  if (spread.places.includes(OPEN)) fields.push(openAirField(spread, { wind: windOf(fire), ambient, underSky }));
  return addFields([layFields(fields, ambient), radiationField(spread, ambient)], ambient);
}
