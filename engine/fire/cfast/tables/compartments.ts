/** Columns of `_compartments.csv`: layers, fires, door jets. */
import { fuelMolarMass, MOLAR_MASS } from "../../zone/chemistry.js";
import { FUEL, SPECIES, type Species } from "../../zone/zone-model.js";
import { CELSIUS, type CfastRun, type Column, isShaft, timeColumn } from "./table.js";

/** Species that have a mole fraction, by CFAST's names; "TUHC" is unburnt fuel. */
const FRACTIONS: readonly (readonly [Species | "fuel", string, string])[] = [
  ["nitrogen", "N2", "N2"],
  ["oxygen", "O2", "O2"],
  ["carbonDioxide", "CO2", "CO2"],
  ["carbonMonoxide", "CO", "CO"],
  ["hydrogenCyanide", "HCN", "HCN"],
  ["hydrogenChloride", "HCL", "HCl"],
  ["fuel", "TUHC", "Unburned Fuel"],
  ["water", "H2O", "H2O"],
];

/** Soot by kind. CFAST titles it optical density, and gives its density in mg/m3 where it tabulates mole fractions. */
const SMOKES = [
  ["OD", "Optical Density", ["soot", "smoulderingSoot"]],
  ["ODF", "OD from Flaming", ["soot"]],
  ["ODS", "OD from Smoldering", ["smoulderingSoot"]],
] as const;

const LAYERS = ["Upper", "Lower"] as const;

export function compartmentColumns(run: CfastRun): Column[] {
  const { compartments, fires } = run.input.building;
  return [
    timeColumn(run),
    ...compartments.flatMap((_, c) => roomColumns(run, c)),
    ...fires.flatMap((_, f) => fireColumns(run, f)),
    ...doorJetColumns(run),
  ];
}

function roomColumns(run: CfastRun, c: number): Column[] {
  const { zone, input } = run;
  const { state } = zone;
  const object = input.building.compartments[c]!.id;
  const shaft = isShaft(run, c);
  const column = (id: string, quantity: string, unit: string, value: () => number): Column => ({
    id: `${id}_${c + 1}`,
    quantity,
    object,
    unit,
    value,
  });
  const lower = (columns: Column[]): Column[] => (shaft ? [] : columns);
  return [
    column("ULT", "Upper Layer Temperature", "C", () => state.temperature_K[2 * c]! - CELSIUS),
    ...lower([
      column("LLT", "Lower Layer Temperature", "C", () => state.temperature_K[2 * c + 1]! - CELSIUS),
      column("HGT", "Layer Height", "m", () => state.interface_m[c]!),
    ]),
    column("VOL", "Upper Layer Volume", "m^3", () => state.volume_m3[2 * c]!),
    column("PRS", "Pressure", "Pa", () => state.pressure_Pa[c]!),
    column("APRS", "Absolute Pressure", "Pa", () => input.building.ambient.pressure_Pa + state.pressure_Pa[c]!),
    ...LAYERS.flatMap((name, layer) => (layer === 1 && shaft ? [] : layerColumns(run, c, layer, name, column))),
  ];
}

type Make = (id: string, quantity: string, unit: string, value: () => number) => Column;

function layerColumns(run: CfastRun, c: number, layer: number, name: string, column: Make): Column[] {
  const { state } = run.zone;
  const at = 2 * c + layer;
  const mass = (species: Species): number => state.species_kg[at * state.stride + SPECIES.indexOf(species)]!;
  const moles = molesOf(run, at);
  const short = name === "Upper" ? "UL" : "LL";
  return [
    ...FRACTIONS.map(([species, id, title]) =>
      column(`${short}${id}`, `${title} ${name} Layer`, "mol_frac", () => moles.of(species) / moles.all()),
    ),
    ...SMOKES.map(([id, title, kinds]) =>
      column(`${short}${id}`, `${title} ${name} Layer`, "mg/m^3", () => {
        const soot = kinds.reduce((sum, kind) => sum + mass(kind), 0);
        return (soot / state.volume_m3[at]!) * 1e6;
      }),
    ),
  ];
}

/** Moles of each gas of a layer and of all; soot and trace are no gas. */
function molesOf({ zone, input }: CfastRun, at: number): { of(species: Species | "fuel"): number; all(): number } {
  const { state } = zone;
  const fuels = uniqueFuels(input.building.fires.map(({ fuel }) => fuel)).map(fuelMolarMass);
  const fuel = (): number => {
    let sum = 0;
    for (let k = FUEL; k < state.stride; k++) sum += state.species_kg[at * state.stride + k]! / (fuels[k - FUEL] ?? 1);
    return sum;
  };
  const of = (species: Species | "fuel"): number => {
    if (species === "fuel") return fuel();
    const k = SPECIES.indexOf(species);
    return state.species_kg[at * state.stride + k]! / MOLAR_MASS[k]!;
  };
  return { of, all: () => FRACTIONS.reduce((sum, [species]) => sum + of(species), 0) };
}

/** Fuels in the order of the zone model: each different one once. */
export function uniqueFuels<T>(fuels: readonly T[]): T[] {
  const seen = new Map(fuels.map((fuel) => [JSON.stringify(fuel), fuel] as const).reverse());
  const order = [...new Set(fuels.map((fuel) => JSON.stringify(fuel)))];
  return order.map((key) => seen.get(key)!);
}

function fireColumns(run: CfastRun, f: number): Column[] {
  const fire = run.input.building.fires[f]!;
  const now = run.zone.state.fires[f]!;
  const all = (): number => now.hrr_W + now.upper_W;
  const column = (id: string, quantity: string, unit: string, value: () => number): Column => ({
    id: `${id}${f + 1}`,
    quantity,
    object: fire.id,
    unit,
    value,
  });
  return [
    column("IGN_", "Ignition", "", () => (now.ignited ? 1 : 0)),
    column("PLUM_", "Plume Entrainment Rate", "kg/s", () => now.plume_kg_s),
    column("PYROL_", "Pyrolysis Rate", "kg/s", () => now.pyrolysis_kg_s),
    column("HRR_E", "HRR Expected", "W", () => now.expected_W),
    column("HRR_", "HRR Actual", "W", all),
    column("HRRC_", "HRR Convective Actual", "W", () => all() * (1 - fire.radiativeFraction)),
    ...(isShaft(run, fire.compartment)
      ? []
      : [column("HRRL_", "HRR Lower Actual", "W", () => now.hrr_W), column("HRRU_", "HRR Upper Actual", "W", () => now.upper_W)]),
    column("FLHGT_", "Flame Height", "m", () => now.flame_m),
  ];
}

/** Heat released in a compartment beyond its fires; the outside comes last. */
function doorJetColumns({ zone, input }: CfastRun): Column[] {
  const { compartments, fires } = input.building;
  const own = compartments.map((_, c) => fires.flatMap(({ compartment }, f) => (compartment === c ? [f] : [])));
  const value = (c: number): number => {
    const burning = (own[c] ?? []).reduce((sum, f) => sum + zone.state.fires[f]!.hrr_W + zone.state.fires[f]!.upper_W, 0);
    const beyond = zone.state.hrr_W[c]! - burning;
    // Differences of rounding are no fire.
    return Math.abs(beyond) < 1e-9 * Math.max(burning, 1) ? 0 : beyond;
  };
  const column = (id: string, object: string, c: number): Column => ({
    id: `DJET_${id}`,
    quantity: "HRR vent jet Fires",
    object,
    unit: "W",
    value: () => value(c),
  });
  return [...compartments.map(({ id }, c) => column(String(c + 1), id, c)), column("Outside", "Outside", compartments.length)];
}
