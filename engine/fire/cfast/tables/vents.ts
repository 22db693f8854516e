/** Columns of `_vents.csv`: flows of wall vents, ceiling and floor vents, fans and leaks. */
import { OUTSIDE } from "../../zone/building.js";
import { type CfastRun, type Column, timeColumn } from "./table.js";

/** Name of a side in column ids. */
const side = (compartment: number): string => (compartment === OUTSIDE ? "Outside" : String(compartment + 1));

/** Flow of layers of the first compartment as the state has it: into upper, into lower, out of upper, out of lower; CFAST's order. */
const FLOWS = [
  ["u_inflow", "Total Inflow Upper", 0],
  ["u_outflow", "Total Outflow Upper", 2],
  ["l_inflow", "Total Inflow Lower", 1],
  ["l_outflow", "Total Outflow Lower", 3],
] as const;

interface Opening {
  /** Beginning of the column ids: W, CF or M. */
  readonly kind: string;
  readonly object: string;
  /** Numbered from 1 within its kind. */
  readonly number: number;
  readonly first: number;
  readonly second: number;
  /** Flows of the first compartment, 4 from `at`. Where that is the outside of a wall vent they are those of the second, seen from the other side. */
  readonly flows: Float64Array;
  readonly at: number;
  readonly turned: boolean;
  readonly open: () => number;
}

export function ventColumns(run: CfastRun): Column[] {
  const { building, outsideFirst } = run.input;
  const { state } = run.zone;
  const walls = building.wallVents.map(({ id, from, to }, k): Opening => {
    const turned = outsideFirst[k]!;
    const [first, second] = turned ? [to, from] : [from, to];
    const open = (): number => state.wallOpen[k]!;
    return { kind: "W", object: id, number: k + 1, first, second, flows: state.wallFlow_kg_s, at: 4 * k, turned, open };
  });
  const horizontals = building.horizontalVents.map(({ id, above, below }, k): Opening => {
    const open = (): number => state.horizontalOpen[k]!;
    const flows = state.horizontalFlow_kg_s;
    return { kind: "CF", object: id, number: k + 1, first: below, second: above, flows, at: 4 * k, turned: false, open };
  });
  return [
    timeColumn(run),
    ...[...walls, ...horizontals].flatMap((opening) => [net(opening), share(opening), ...layerFlows(opening)]),
    ...fanColumns(run),
    ...leakColumns(run),
  ];
}

/** Into the second compartment, which is out of the first. */
function net({ kind, object, number, first, second, flows, at, turned }: Opening): Column {
  const value = (): number => (flows[at + 2]! + flows[at + 3]! - flows[at]! - flows[at + 1]!) * (turned ? -1 : 1);
  return { id: `${kind}_${side(first)}_${side(second)}_${number}`, quantity: "Net Inflow", object, unit: "kg/s", value };
}

const share = ({ kind, object, number, first, second, open }: Opening): Column => ({
  id: `${kind}F_${side(second)}_${side(first)}_${number}`,
  quantity: "Opening Fraction",
  object,
  unit: "",
  value: open,
});

/**
 * The outside is one lower layer: seen from there all flow is of that layer, and in and out change places. Ceiling and floor vents
 * exchange gas both ways at once; CFAST tabulates the net flow of each layer there.
 */
function layerFlows({ kind, object, number, first, flows, at, turned }: Opening): Column[] {
  const net = (index: number): number => Math.max(0, flows[at + index]! - flows[at + ((index + 2) & 3)]!);
  const ofOutside = (index: number): number => {
    if (index === 1) return flows[at + 2]! + flows[at + 3]!;
    return index === 3 ? flows[at]! + flows[at + 1]! : 0;
  };
  return FLOWS.map(([id, quantity, index]) => ({
    id: `${kind}T_${side(first)}_${id}_${number}`,
    quantity,
    object,
    unit: "kg/s",
    value: () => (kind === "CF" ? net(index) : turned ? ofOutside(index) : flows[at + index]!),
  }));
}

function fanColumns({ input, zone, totals }: CfastRun): Column[] {
  const { state } = zone;
  return input.building.fans.flatMap(({ id: object, from, to }, k): Column[] => {
    const pair = `${side(from)}_${side(to)}_${k + 1}`;
    const column = (id: string, quantity: string, unit: string, value: () => number): Column => ({
      id,
      quantity,
      object,
      unit,
      value,
    });
    return [
      column(`M_${pair}`, "Net Inflow", "kg/s", () => state.fanFlow_kg_s[k]!),
      column(`M_TRACE__${pair}`, "Trace Species Flow", "kg", () => totals.carried[k]!),
      column(`M_FILTERED_${pair}`, "Trace Species Filtered", "kg", () => totals.filtered[k]!),
      column(`MF_${side(to)}_${side(from)}_${k + 1}`, "Opening Fraction", "", () => state.fanOpen[k]!),
      ...FLOWS.map(([id, quantity, index]) =>
        column(`MT_${side(from)}_${id}_${k + 1}`, quantity, "kg/s", () => state.fanLayerFlow_kg_s[4 * k + index]!),
      ),
    ];
  });
}

/** One column per compartment that leaks: net flow to the outside through its walls and its floor. */
function leakColumns({ input, zone }: CfastRun): Column[] {
  return input.building.compartments
    .flatMap(({ leakage }, c) => (leakage && (leakage.walls > 0 || leakage.floor > 0) ? [c] : []))
    .map((c, k) => ({
      id: `L_Room_${c + 1}_Outside_${k + 1}`,
      quantity: "Net Inflow",
      object: `Leak_${k + 1}`,
      unit: "kg/s",
      value: () => zone.state.leakFlow_kg_s[c]!,
    }));
}
