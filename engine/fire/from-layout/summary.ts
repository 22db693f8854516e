/** What `muster check` tells of a fire: what burns where, and what the plan becomes for smoke. */
import type { Layout } from "../../layout/layout.js";
import { heatReleaseTable } from "../../scenario/fire/burning.js";
import type { FireScenario } from "../../scenario/fire/fire.js";
import { FUELS } from "../../scenario/fire/fuels.js";
import { placedItems } from "../../scenario/fire/items.js";
import type { Scenario } from "../../scenario/scenario.js";
import { found } from "./fires.js";
import { fireFromLayout } from "./from-layout.js";

export interface FireSummary {
  readonly fires: readonly {
    readonly name: string;
    readonly unit: string;
    /** null: by others. */
    readonly ignites_s: number | null;
    /** null: a front that runs over it. */
    readonly peak_kW: number | null;
    readonly fuel: string;
  }[];
  readonly fuels: readonly { readonly name: string; readonly source: string }[];
  readonly compartments: number;
  readonly vents: number;
  /** Openings by what they are to smoke. */
  readonly doors: Readonly<Record<string, number>>;
  readonly notices: readonly string[];
}

export function summariseFire(layout: Layout, scenario: Scenario & { fire: FireScenario }): FireSummary {
  const { fire } = scenario;
  const plan = fireFromLayout(layout, scenario);
  const doors: Record<string, number> = {};
  for (const { state } of plan.doors) doors[state] = (doors[state] ?? 0) + 1;
  const items = placedItems(layout, fire.items);
  const all = [...fire.fires, ...items];
  return {
    fires: [
      ...fire.fires.map((each) => ({ ...each, ignites: each.start_s as number | null, front: false })),
      ...items.map((each) => ({ ...each, ignites: each.ignites_at_s, front: each.surface !== undefined })),
    ].map((each) => ({
      name: each.name,
      unit: found(scenario, layout, each).unit.id,
      ignites_s: each.ignites,
      peak_kW: each.front ? null : Math.max(...heatReleaseTable(each).map(([, hrr]) => hrr)) / 1000,
      fuel: each.fuel,
    })),
    fuels: [...new Set(all.map(({ fuel }) => fuel))].map((name) => ({ name, source: FUELS[name].source })),
    compartments: plan.building.compartments.length,
    vents: plan.building.wallVents.length + plan.building.horizontalVents.length,
    doors,
    notices: plan.notices,
  };
}
