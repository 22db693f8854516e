/** Items of a scenario one by one: an entry with `of` is one for each of its fixtures. */
import type { Fixture, Layout } from "../../layout/layout.js";
import type { FireItem, Spot } from "./fire.js";

export interface PlacedItem extends FireItem {
  readonly at: Spot["at"];
  /** The fixture that it is; null for one with a size of its own. */
  readonly fixture: Fixture | null;
  /** Index into `fire.items`. */
  readonly entry: number;
}

export const fixturesNamed = (layout: Pick<Layout, "fixtures">, name: string): Fixture[] =>
  layout.fixtures.filter((fixture) => [fixture.id, fixture.name, fixture.category].includes(name));

/** In the order of the scenario, then of the layout; named "stalls kiosk-7" where the entry stands for many. */
export function placedItems(layout: Pick<Layout, "fixtures">, items: readonly FireItem[]): PlacedItem[] {
  return items.flatMap((item, entry): PlacedItem[] => {
    if (item.at !== undefined) return [{ ...item, at: item.at, fixture: null, entry }];
    const fixtures = [...new Set((item.of ?? []).flatMap((name) => fixturesNamed(layout, name)))];
    return fixtures.map((fixture) => ({ ...item, name: `${item.name} ${fixture.id}`, at: fixture.id, fixture, entry }));
  });
}
