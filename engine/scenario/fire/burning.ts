/** Design fires and items: checks, defaults written in, and their heat release over time as a table. */
import { asList, fault, type Reading } from "../reading.js";
import type { FireFile } from "../schema/fire.js";
import type { Burning, DesignFire, FireItem, Spot } from "./fire.js";
import { FUELS, GROWTH } from "./fuels.js";
import { TALL } from "./limits.js";

type FireEntry = NonNullable<FireFile["fires"]>[number];
type ItemEntry = NonNullable<FireFile["items"]>[number];

export function resolveDesignFire(reading: Reading, place: string, file: FireEntry, name: string): DesignFire {
  const start_s = file.start_s ?? 0;
  if (reading.duration_s !== null && start_s > reading.duration_s)
    fault(reading, `${place}.start_s`, `is ${start_s} s, after the end of the run at ${reading.duration_s} s`, {
      value: start_s,
      limit: reading.duration_s,
    });
  return { name: file.name ?? name, ...spotOf(file), start_s, ...resolveBurning(reading, place, file, ["growth", "curve"]) };
}

export function resolveItem(reading: Reading, place: string, file: ItemEntry, name: string): FireItem {
  if ((file.at === undefined) === (file.of === undefined))
    fault(reading, place, file.at === undefined ? "one of at, of is missing" : "has at and of, needs one of them");
  else if (file.at !== undefined && file.size_m === undefined) fault(reading, place, '"size_m" is missing');
  if (file.of !== undefined && file.turn_deg !== undefined)
    fault(reading, `${place}.turn_deg`, "belongs to at: fixtures lie as they are drawn");
  if (file.at !== undefined && file.tall_m !== undefined)
    fault(reading, `${place}.tall_m`, "belongs to of: size_m has the height");
  else if (file.of !== undefined && file.size_m !== undefined)
    fault(reading, `${place}.size_m`, "belongs to at: fixtures are as large as they are drawn, and tall_m high");
  const tall_m = file.tall_m ?? TALL;
  const height = file.size_m?.[2] ?? tall_m;
  if (file.height_m !== undefined && file.height_m > height)
    fault(reading, `${place}.height_m`, `is ${file.height_m} m, above the top of the item at ${height} m`, {
      value: file.height_m,
      limit: height,
    });
  if (file.fuel_mass_kg != null && file.surface)
    fault(reading, `${place}.fuel_mass_kg`, "belongs to growth or curve: a surface has energy_MJ_m2");
  if (file.incubation_s && !file.growth) fault(reading, `${place}.incubation_s`, "belongs to growth");
  return {
    name: file.name ?? name,
    ...(file.at === undefined ? { of: asList(file.of ?? []), tall_m } : spotOf({ ...file, at: file.at })),
    ...(file.size_m === undefined ? {} : { size_m: [...file.size_m] as const, turn_deg: file.turn_deg ?? 0 }),
    incubation_s: file.incubation_s ?? 0,
    fuel_mass_kg: file.fuel_mass_kg ?? null,
    ...(file.surface ? { surface: { wind_gain_s_m: 1, ...file.surface } } : {}),
    ignites_at_s: file.ignites_at_s ?? null,
    ignition: typeof file.ignition === "object" ? { ...file.ignition } : (file.ignition ?? "normal"),
    emissive_power_kW_m2: file.emissive_power_kW_m2 ?? null,
    ...resolveBurning(reading, place, { ...file, height_m: file.height_m ?? height / 2 }, ["growth", "curve", "surface"]),
  };
}

export const spotOf = (file: { at: Spot["at"]; level?: string }): Spot => ({
  at: file.at,
  ...(file.level === undefined ? {} : { level: file.level }),
});

type Way = "growth" | "curve" | "surface";

function resolveBurning(reading: Reading, place: string, file: FireEntry | ItemEntry, ways: readonly Way[]): Burning {
  const fuel = FUELS[file.fuel ?? "mixed"];
  return {
    ...heatRelease(reading, place, file, ways),
    hrr_per_area_kW_m2: file.hrr_per_area_kW_m2 ?? 500,
    height_m: file.height_m ?? 0,
    fuel: file.fuel ?? "mixed",
    formula: formulaOf(reading, place, file, fuel),
    heat_of_combustion_kJ_kg: file.heat_of_combustion_kJ_kg ?? fuel.heatOfCombustion_kJ_kg,
    radiative_fraction: file.radiative_fraction ?? fuel.radiativeFraction,
    soot_yield: file.soot_yield ?? fuel.sootYield,
    co_yield: file.co_yield ?? fuel.carbonMonoxideYield,
    hcn_yield: file.hcn_yield ?? fuel.hydrogenCyanideYield,
  };
}

/** g/mol of C, H, O, N, Cl: IUPAC 2021. */
const ATOMS = [12.011, 1.008, 15.999, 14.007, 35.45] as const;

/** A formula must hold the carbon of its soot, CO and HCN and the nitrogen of its HCN. */
function formulaOf(
  reading: Reading,
  place: string,
  file: FireEntry | ItemEntry,
  fuel: (typeof FUELS)[keyof typeof FUELS],
): Burning["formula"] {
  const formula: Burning["formula"] = file.formula
    ? [...file.formula]
    : [fuel.carbon, fuel.hydrogen, fuel.oxygen, fuel.nitrogen, fuel.chlorine];
  const mass = formula.reduce((sum, count, k) => sum + count * ATOMS[k]!, 0);
  const soot = file.soot_yield ?? fuel.sootYield;
  const co = file.co_yield ?? fuel.carbonMonoxideYield;
  const hcn = file.hcn_yield ?? fuel.hydrogenCyanideYield;
  const needed = soot + (co * ATOMS[0]) / (ATOMS[0] + ATOMS[2]) + (hcn * ATOMS[0]) / (ATOMS[0] + ATOMS[1] + ATOMS[3]);
  const carbon = (formula[0] * ATOMS[0]) / mass;
  if (!(mass > 0) || formula[0] === 0) fault(reading, place, "has a fuel without carbon: its formula needs C");
  else if (needed > carbon)
    fault(reading, place, `yields ${round(needed)} kg of carbon per kg of fuel, which holds ${round(carbon)} kg`, {
      value: needed,
      limit: carbon,
    });
  const nitrogen = mass > 0 ? (formula[3] * ATOMS[3]) / mass : 0;
  const bound = (hcn * ATOMS[3]) / (ATOMS[0] + ATOMS[1] + ATOMS[3]);
  if (bound > nitrogen * (1 + 1e-9))
    fault(
      reading,
      `${place}.hcn_yield`,
      `needs ${round(bound)} kg of nitrogen per kg of fuel, which holds ${round(nitrogen)} kg`,
      { value: hcn },
    );
  return formula;
}

const round = (x: number): number => Number(x.toPrecision(3));

function heatRelease(reading: Reading, place: string, file: FireEntry | ItemEntry, ways: readonly Way[]): Partial<Burning> {
  const given = ways.filter((way) => (file as ItemEntry)[way] !== undefined); // "surface" is asked of items only
  if (given.length !== 1) {
    fault(
      reading,
      place,
      given.length === 0 ? `one of ${ways.join(", ")} is missing` : `has ${given.join(" and ")}, needs one of them`,
    );
    return {};
  }
  if (file.growth === undefined)
    for (const key of ["peak_kW", "peak_for_s", "decay_s"] as const)
      if (file[key] !== undefined) fault(reading, `${place}.${key}`, `belongs to growth, not to ${given[0]}`);
  if (given[0] === "surface") return {};
  if (file.curve) {
    file.curve.forEach(([time], k) => {
      const before = file.curve![k - 1]?.[0];
      if (before !== undefined && time <= before)
        fault(reading, `${place}.curve[${k}]`, `is at ${time} s, must be after ${before} s`, { value: time, limit: before });
    });
    return { curve: file.curve.map(([time, hrr]): [number, number] => [time, hrr]) };
  }
  if (file.peak_kW === undefined) fault(reading, place, '"peak_kW" is missing: growth needs the greatest heat release');
  return { growth: file.growth!, peak_kW: file.peak_kW ?? 0, peak_for_s: file.peak_for_s ?? null, decay_s: file.decay_s ?? 0 }; // growth is there: see above
}

/** Points of a t² curve up to its peak: straight lines between them miss it by at most peak / (4 POINTS²), 0.007 %. */
const POINTS = 60;

/** Heat release over the time since ignition as [s, W], straight between the points; the last value is held. */
export function heatReleaseTable(burning: Burning): [number, number][] {
  if (burning.curve) {
    const points = burning.curve.map(([time, hrr]): [number, number] => [time, hrr * 1000]);
    return points[0]![0] > 0 ? [[0, 0], ...points] : points;
  }
  const peak = burning.peak_kW! * 1000; // growth has its peak: see heatRelease
  const full = Math.sqrt(burning.peak_kW! / GROWTH[burning.growth!]);
  const table = Array.from({ length: POINTS + 1 }, (_, k): [number, number] => [(full * k) / POINTS, peak * (k / POINTS) ** 2]);
  const held = burning.peak_for_s;
  if (held === null || held === undefined) return table;
  if (held > 0) table.push([full + held, peak]);
  table.push([full + held + Math.max(burning.decay_s ?? 0, 0.1), 0]);
  return table;
}
