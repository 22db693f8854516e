/** Design fires, items, vents, fans, detectors and sprinklers of a scenario in the terms of the zone model. */

import { MusterError } from "../../errors.js";
import { boxOf } from "../../geometry/polygon.js";
import type { Layout, Unit } from "../../layout/layout.js";
import { heatReleaseTable } from "../../scenario/fire/burning.js";
import { unitNamed } from "../../scenario/fire/check.js";
import type { Burning, FireScenario, Spot, Trigger } from "../../scenario/fire/fire.js";
import { type Located, locate } from "../../scenario/fire/locate.js";
import type { Scenario } from "../../scenario/scenario.js";
import {
  type Detector,
  type Fan,
  type Fire,
  type HorizontalVent,
  type Opening,
  OUTSIDE,
  type TimeTable,
  type WallVent,
} from "../zone/building.js";
import type { Compartments } from "./compartments.js";

export const KELVIN = 273.15;
/** Least area of a burning surface, m2: a plume needs a foot. */
const LEAST_AREA = 0.01;
/** Heat detector that stands for a pane or a fusible link: follows the gas within seconds, (m s)^1/2; chosen. */
const LINK_RTI = 5;
/** Grilles without a height: this far from the ceiling, of a supply from the floor, m. */
const GRILLE = 0.3;

/** `checkScenario` has looked at every spot. */
export function found(scenario: Scenario, layout: Layout, spot: Spot): Located {
  const at = locate(scenario, layout, spot);
  if ("problem" in at) throw new MusterError("SCENARIO_INVALID", [{ place: "fire", message: at.problem }]);
  return at;
}

/** A plan point in the compartment's rectangle, at the same share of its sides. */
export function placeIn(unit: Unit, compartments: Compartments, x: number, y: number): [number, number] {
  const [x0, y0, x1, y1] = boxOf(unit.polygons.flatMap(({ outer }) => outer));
  const { width_m, depth_m } = compartments.list[compartments.of(unit.id)]!;
  return [((x - x0) / (x1 - x0)) * width_m, ((y - y0) / (y1 - y0)) * depth_m];
}

export function fireOf(
  name: string,
  burning: Burning,
  at: Located,
  compartments: Compartments,
  ignition: Fire["ignition"],
): Fire {
  const hrr_W = heatReleaseTable(burning);
  const [x_m, y_m] = placeIn(at.unit, compartments, at.x, at.y);
  const [carbon, hydrogen, oxygen, nitrogen, chlorine] = burning.formula;
  const always = (value: number): TimeTable => [[0, value]];
  return {
    id: name,
    compartment: compartments.of(at.unit.id),
    x_m,
    y_m,
    fuel: { carbon, hydrogen, oxygen, nitrogen, chlorine, heatOfCombustion_J_kg: burning.heat_of_combustion_kJ_kg * 1000 },
    radiativeFraction: burning.radiative_fraction,
    hrr_W,
    height_m: always(burning.height_m),
    area_m2: hrr_W.map(([time, hrr]) => [time, Math.max(LEAST_AREA, hrr / (burning.hrr_per_area_kW_m2 * 1000))]),
    yields: { co: always(burning.co_yield), soot: always(burning.soot_yield), hcn: always(burning.hcn_yield), trace: always(0) },
    ignition,
  };
}

export interface Devices {
  readonly detectors: readonly Detector[];
  readonly vents: readonly WallVent[];
  readonly roofs: readonly HorizontalVent[];
  readonly fans: readonly Fan[];
}

/** Detectors of the scenario come first and in its order, then sprinklers, then the links of vents and fans. */
export function devicesOf(scenario: Scenario, layout: Layout, fire: FireScenario, compartments: Compartments): Devices {
  const detectors: Detector[] = [];
  const hang = (spot: Spot & { name: string; below_ceiling_m: number }) => {
    const at = found(scenario, layout, spot);
    const compartment = compartments.of(at.unit.id);
    const [x, y] = placeIn(at.unit, compartments, at.x, at.y);
    return { id: spot.name, compartment, at: [x, y, compartments.list[compartment]!.height_m - spot.below_ceiling_m] as const };
  };
  for (const entry of fire.detectors) {
    const base = hang(entry);
    detectors.push(
      entry.kind === "heat"
        ? { ...base, kind: "heat", rti: entry.rti, activation_K: entry.activates_at_C + KELVIN }
        : { ...base, kind: "smoke", obscuration_1_m: entry.obscuration_percent_m / 100 },
    );
  }
  for (const entry of fire.sprinklers) {
    const { rti, activates_at_C, spray_density_mm_s } = entry;
    const water = spray_density_mm_s / 1000;
    detectors.push({ ...hang(entry), kind: "sprinkler", rti, activation_K: activates_at_C + KELVIN, sprayDensity_m_s: water });
  }
  const vents: WallVent[] = [];
  const roofs: HorizontalVent[] = [];
  const opened = (name: string, compartment: number, trigger: Trigger): Opening => {
    if ("at_s" in trigger)
      return trigger.at_s === 0 ? { by: "time", table: [[0, 1]] } : { by: "time", table: stepAt(trigger.at_s) };
    const detector =
      "detector" in trigger
        ? fire.detectors.findIndex((each) => each.name === trigger.detector)
        : detectors.push(linkOf(name, compartment, trigger.temperature_C)) - 1;
    return { by: "device", device: { kind: "detector", detector }, before: 0, after: 1 };
  };
  const linkOf = (name: string, compartment: number, temperature_C: number): Detector => {
    const { width_m, depth_m, height_m } = compartments.list[compartment]!;
    return {
      id: `${name} link`,
      kind: "heat",
      compartment,
      at: [width_m / 2, depth_m / 2, height_m],
      rti: LINK_RTI,
      activation_K: temperature_C + KELVIN,
    };
  };
  for (const vent of fire.vents) {
    const from = compartments.of(unitNamed(layout, vent.in)?.id);
    const opening = opened(vent.name, from, vent.opens);
    if (vent.kind === "window")
      vents.push({
        id: vent.name,
        from,
        to: OUTSIDE,
        sill_m: vent.sill_m,
        soffit_m: vent.sill_m + vent.height_m,
        width_m: vent.width_m,
        opening,
      });
    else
      roofs.push({ id: vent.name, above: OUTSIDE, below: from, area_m2: vent.width_m * vent.height_m, shape: "square", opening });
  }
  return { detectors, vents, roofs, fans: fansOf(layout, fire, compartments, opened) };
}

function fansOf(
  layout: Layout,
  fire: FireScenario,
  compartments: Compartments,
  opened: (name: string, compartment: number, trigger: Trigger) => Opening,
): Fan[] {
  return fire.fans.map((fan) => {
    const room = compartments.of(unitNamed(layout, fan.in)?.id);
    const exhaust = fan.direction === "exhaust";
    const height = fan.height_m ?? (exhaust ? Math.max(0, compartments.list[room]!.height_m - GRILLE) : GRILLE);
    return {
      id: fan.name,
      from: exhaust ? room : OUTSIDE,
      to: exhaust ? OUTSIDE : room,
      flow_m3_s: fan.flow_m3_s,
      fromHeight_m: height,
      toHeight_m: height,
      fromArea_m2: fan.area_m2,
      toArea_m2: fan.area_m2,
      opening: opened(fan.name, room, fan.starts),
    };
  });
}

/** Shut until then, open a second later. */
const stepAt = (time: number): [number, number][] => [[0, 0], [time, 0], [time + 1, 1]]; // biome-ignore format: a table
