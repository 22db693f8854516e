/** Columns of `_walls.csv`: surface temperatures. */
import { CELSIUS, type CfastRun, type Column, timeColumn } from "./table.js";

const SURFACES = [
  ["CEILT", "Ceiling"],
  ["UWALLT", "Upper Wall"],
  ["LWALLT", "Lower Wall"],
  ["FLOORT", "Floor"],
] as const;

export function wallColumns(run: CfastRun): Column[] {
  const { surface_K } = run.zone.state;
  return [
    timeColumn(run),
    ...run.input.building.compartments.flatMap(({ id: object }, c) =>
      SURFACES.map(
        ([id, title], k): Column => ({
          id: `${id}_${c + 1}`,
          quantity: `${title} Temperature`,
          object,
          unit: "C",
          value: () => surface_K[4 * c + k]! - CELSIUS,
        }),
      ),
    ),
  ];
}
