/** Design fires and items of a scenario in the terms of the spread over the plan. */
import type { Layout } from "../../layout/layout.js";
import { pow } from "../../maths.js";
import type { Burning, DesignFire, FireItem, FireScenario } from "../../scenario/fire/fire.js";
import { placedItems } from "../../scenario/fire/items.js";
import { TALL } from "../../scenario/fire/limits.js";
import type { Located } from "../../scenario/fire/locate.js";
import type { Scenario } from "../../scenario/scenario.js";
import { unitAt } from "../fields/places.js";
import { growthFire, type HeatRelease, tableFire } from "../spread/heat-release.js";
import { IGNITION, type Ignition } from "../spread/ignition.js";
import { footprintOf, type SpreadItem } from "../spread/items.js";
import type { Yields } from "../spread/plume.js";
import type { Wind } from "../spread/wind.js";
import { found } from "./fires.js";

/** Place of items under the sky. */
export const OPEN = "open";

/** Design fires first, then items, in the order of the scenario. Places are unit ids, or OPEN. */
export function spreadItems(layout: Layout, scenario: Scenario & { fire: FireScenario }): SpreadItem[] {
  const sheetAt = sheetFinder(layout);
  const { fires, items } = scenario.fire;
  return [
    ...fires.map((fire): SpreadItem => {
      const at = found(scenario, layout, fire);
      const heat = heatOf(fire, 0, null);
      const side = Math.sqrt(peakOf(fire) / fire.hrr_per_area_kW_m2);
      return {
        ...itemBase(fire.name, fire, at, sheetAt(at)),
        footprint: { x: at.x, y: at.y, length_m: side, width_m: side, turn_rad: 0 },
        height_m: Math.max(fire.height_m, 0.5),
        burns: { by: "curve", heat, hrrPerArea_W_m2: fire.hrr_per_area_kW_m2 * 1000 },
        ignition: null,
        ignitesAt_s: fire.start_s,
      };
    }),
    ...placedItems(layout, items).map((item): SpreadItem => {
      const at = found(scenario, layout, item);
      const [length_m, width_m, height_m] = item.size_m ?? [0, 0, item.tall_m ?? TALL];
      const turn_rad = ((item.turn_deg ?? 0) * Math.PI) / 180;
      const { surface } = item;
      return {
        ...itemBase(item.name, item, at, sheetAt(at)),
        footprint: item.fixture ? footprintOf(item.fixture.polygon) : { x: at.x, y: at.y, length_m, width_m, turn_rad },
        height_m,
        burns: surface
          ? {
              by: "front",
              material: {
                flameSpeed_m_s: surface.flame_speed_mm_s / 1000,
                hrrPerArea_W_m2: surface.hrr_per_area_kW_m2 * 1000,
                energyPerArea_J_m2: surface.energy_MJ_m2 * 1e6,
                windGain_s_m: surface.wind_gain_s_m,
              },
            }
          : {
              by: "curve",
              heat: heatOf(item, item.incubation_s, item.fuel_mass_kg),
              hrrPerArea_W_m2: item.hrr_per_area_kW_m2 * 1000,
            },
        ignition: ignitionOf(item),
        ...(item.emissive_power_kW_m2 === null ? {} : { emissive: item.emissive_power_kW_m2 * 1000 }),
        ...(item.ignites_at_s === null ? {} : { ignitesAt_s: item.ignites_at_s }),
      };
    }),
  ];
}

export const windOf = ({ wind }: FireScenario): Wind =>
  wind
    ? {
        speed_m_s: wind.speed_m_s,
        from_deg: wind.from_deg,
        referenceHeight_m: wind.reference_height_m,
        terrain: wind.terrain,
        stability: wind.stability,
      }
    : { speed_m_s: 0, from_deg: 0 };

function itemBase(name: string, burning: Burning, at: Located, sheet: number) {
  return {
    name,
    place: at.unit.ceilingHeight === null ? OPEN : at.unit.id,
    sheet,
    base_m: burning.height_m,
    heatOfCombustion_J_kg: burning.heat_of_combustion_kJ_kg * 1000,
    yields: yieldsOf(burning),
    radiativeFraction: burning.radiative_fraction,
  };
}

const peakOf = (fire: DesignFire): number => fire.peak_kW ?? Math.max(1, ...(fire.curve ?? []).map(([, hrr]) => hrr));

function heatOf(burning: Burning, incubation_s: number, mass_kg: number | null): HeatRelease {
  const energy_J = mass_kg === null ? Infinity : mass_kg * burning.heat_of_combustion_kJ_kg * 1000;
  if (burning.curve)
    return tableFire(
      burning.curve.map(([time, hrr]) => [time, hrr * 1000] as const),
      energy_J,
    );
  return growthFire({
    growth: burning.growth!, // no curve, no surface: read.ts asks for one of them
    peak_W: burning.peak_kW! * 1000,
    incubation_s,
    energy_J,
    ...(burning.peak_for_s == null ? {} : { peakFor_s: burning.peak_for_s }),
    ...(burning.decay_s === undefined || (mass_kg !== null && burning.decay_s === 0) ? {} : { decay_s: burning.decay_s }),
  });
}

function ignitionOf({ ignition }: Pick<FireItem, "ignition">): Ignition {
  if (typeof ignition === "string") return IGNITION[ignition];
  const { critical_flux_kW_m2, flux_time_product, index } = ignition;
  // 1000^index, index from 1 to 2.
  const unit = index === 1 ? 1e3 : index === 2 ? 1e6 : 1e3 * pow(1e3, index - 1);
  return { criticalFlux_W_m2: critical_flux_kW_m2 * 1000, fluxTimeProduct: flux_time_product * unit, index };
}

/** g/mol of C, H, O, N, Cl: IUPAC 2021. */
const [C, H, O, N, CL] = [12.011, 1.008, 15.999, 14.007, 35.45] as const;

/** Carbon that is neither soot nor CO nor HCN leaves as CO2, all chlorine as HCl. */
function yieldsOf({ formula: [c, h, o, n, cl], soot_yield, co_yield, hcn_yield }: Burning): Yields {
  const mass = c * C + h * H + o * O + n * N + cl * CL;
  const carbon = (c * C) / mass - soot_yield - (co_yield * C) / (C + O) - (hcn_yield * C) / (C + H + N);
  return {
    soot: soot_yield,
    carbonDioxide: (Math.max(0, carbon) * (C + 2 * O)) / C,
    carbonMonoxide: co_yield,
    hydrogenCyanide: hcn_yield,
    hydrogenChloride: ((cl * CL) / mass) * ((H + CL) / CL),
  };
}

/** The sheet whose floor holds a point of a unit. */
function sheetFinder(layout: Layout): (at: Located) => number {
  const unit = unitAt(layout);
  return (at) => {
    const s = layout.sheets.findIndex(
      ({ level, regions }, k) => level === at.level && layout.units[unit(k, at.x, at.y)]?.id === at.unit.id && regions.length > 0,
    );
    return s < 0 ? layout.sheets.findIndex(({ level }) => level === at.level) : s;
  };
}
