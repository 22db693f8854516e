/** One line of the hand calculation, and what the simulation is asked for beside it. */
import type { Layout } from "../../layout/layout.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Band, EnsembleReport, HandRow } from "../report.js";

/** Hand and simulation differ notably beyond this share of the hand's value. */
const NOTABLE = 0.2;

export interface HandInput {
  layout: Layout;
  scenario: Scenario;
  simulated: Pick<EnsembleReport, "asked" | "sections" | "lines" | "queues" | "clearing" | "curve"> & {
    /** Most people inside at once. */
    inside: Band;
  };
}

/** @param why said when the two differ by more than NOTABLE; asked only then */
export function handRow(
  row: Pick<HandRow, "quantity" | "value" | "unit" | "guide" | "working" | "simulated">,
  why: (difference: number) => string,
): HandRow {
  const { value, simulated } = row;
  const difference = simulated === null || value === 0 ? null : (simulated - value) / value;
  const notable = difference !== null && Math.abs(difference) > NOTABLE;
  return { ...row, difference, why: notable ? why(difference) : null };
}
