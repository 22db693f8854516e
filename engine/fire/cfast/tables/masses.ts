/** Columns of `_masses.csv`: masses of species in each layer, what the unburnt fuel would give, totals released. */
import { burnt, fuelMolarMass } from "../../zone/chemistry.js";
import { FUEL, SPECIES, type Species } from "../../zone/zone-model.js";
import { uniqueFuels } from "./compartments.js";
import { type CfastRun, type Column, isShaft, timeColumn } from "./table.js";

const MASSES: readonly (readonly [readonly (Species | "fuel")[], string, string])[] = [
  [["nitrogen"], "N2", "N2"],
  [["oxygen"], "O2", "O2"],
  [["carbonDioxide"], "CO2", "CO2"],
  [["carbonMonoxide"], "CO", "CO"],
  [["hydrogenCyanide"], "HCN", "HCN"],
  [["hydrogenChloride"], "HCL", "HCl"],
  [["fuel"], "TUHC", "Unburned Fuel"],
  [["water"], "H2O", "H2O"],
  [["soot", "smoulderingSoot"], "OD", "Soot"],
  [["soot"], "ODF", "Soot from Flaming"],
  [["smoulderingSoot"], "ODS", "Soot from Smoldering"],
  [["trace"], "TS", "Trace Species"],
];

/** Products of the unburnt fuel, by CFAST's ids, which are not quite regular ("ULPMN2", but "ULMPH2O" and "ULMSoot"). */
const POTENTIAL: readonly (readonly [Species, string, string])[] = [
  ["nitrogen", "PMN2", "N2"],
  ["oxygen", "PMO2", "O2"],
  ["carbonDioxide", "PMCO2", "CO2"],
  ["carbonMonoxide", "PMCO", "CO"],
  ["hydrogenCyanide", "PMHCN", "HCN"],
  ["hydrogenChloride", "PMHCL", "HCl"],
  ["water", "MPH2O", "H2O"],
  ["soot", "MSoot", "Soot"],
];

export function massColumns(run: CfastRun): Column[] {
  const { compartments, fires } = run.input.building;
  const layers = compartments.flatMap(({ id }, c) =>
    ["Upper", "Lower"].flatMap((name, layer) => (layer === 1 && isShaft(run, c) ? [] : layerColumns(run, c, layer, name, id))),
  );
  const totals = fires.flatMap(({ id: object }, f): Column[] => [
    {
      id: `PYTOL_T_${f + 1}`,
      quantity: "Total Pyrolysate Released",
      object,
      unit: "kg",
      value: () => run.totals.pyrolysed[f]!,
    },
    {
      id: `TRACE_T_${f + 1}`,
      quantity: "Total Trace Species Released",
      object,
      unit: "kg",
      value: () => run.totals.trace[f]!,
    },
  ]);
  return [timeColumn(run), ...layers, ...totals];
}

function layerColumns(run: CfastRun, c: number, layer: number, name: string, object: string): Column[] {
  const { state } = run.zone;
  const at = (2 * c + layer) * state.stride;
  const short = name === "Upper" ? "UL" : "LL";
  const fuels = uniqueFuels(run.input.building.fires.map(({ fuel }) => fuel));
  const molar = fuels.map(fuelMolarMass);
  const fuelMass = (k: number): number => state.species_kg[at + FUEL + k] ?? 0;
  const overFuels = (perKg: (k: number) => number): number => fuels.reduce((sum, _, k) => sum + fuelMass(k) * perKg(k), 0);
  // Complete combustion: what the yields would take cannot be known before it burns.
  const changes = fuels.map((fuel, k) => {
    const change = new Float64Array(FUEL + fuels.length);
    burnt(fuel, k, molar[k]!, { co: 0, soot: 0, hcn: 0, trace: 0 }, false, change);
    return change;
  });
  const mass = (kinds: readonly (Species | "fuel")[]): number =>
    kinds.reduce((sum, kind) => sum + (kind === "fuel" ? overFuels(() => 1) : state.species_kg[at + SPECIES.indexOf(kind)]!), 0);
  const column = (id: string, quantity: string, unit: string, value: () => number): Column => ({
    id: `${short}${id}_${c + 1}`,
    quantity,
    object,
    unit,
    value,
  });
  return [
    ...MASSES.map(([kinds, id, title]) => column(`M${id}`, `${title} ${name} Layer Mass`, "kg", () => mass(kinds))),
    column("MF", `Fuel ${name} Layer Mass`, "mole", () => overFuels((k) => 1 / molar[k]!)),
    column("PQ", `Potential Total Heat ${name} Layer`, "J", () => overFuels((k) => fuels[k]!.heatOfCombustion_J_kg)),
    ...POTENTIAL.map(([kind, id, title]) =>
      column(id, `Potential ${title} ${name} Layer Mass`, "kg", () => overFuels((k) => changes[k]![SPECIES.indexOf(kind)]!)),
    ),
  ];
}
