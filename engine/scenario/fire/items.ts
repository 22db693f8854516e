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

/**
 * In the order of the scenario, then of the layout; named "stalls kiosk-7" where the entry stands for many. An entry that names a fixture by id or
 * name takes it from those that name its category.
 */
export function placedItems(layout: Pick<Layout, "fixtures">, items: readonly FireItem[]): PlacedItem[] {
  const claimed = new Set(
    items.flatMap(({ of = [] }) => layout.fixtures.filter((fixture) => isNamed(fixture, of)).map(({ id }) => id)),
  );
  return items.flatMap((item, entry): PlacedItem[] => {
    if (item.at !== undefined) return [{ ...item, at: item.at, fixture: null, entry }];
    const { of = [] } = item;
    const fixtures = layout.fixtures.filter(
      (fixture) => isNamed(fixture, of) || (of.includes(fixture.category) && !claimed.has(fixture.id)),
    );
    return fixtures.map((fixture) => ({ ...item, name: `${item.name} ${fixture.id}`, at: fixture.id, fixture, entry }));
  });
}

const isNamed = ({ id, name }: Fixture, of: readonly string[]): boolean => of.includes(id) || of.includes(name);

/** Fixtures that two entries claim, with the second entry. */
export function doubleItems(
  layout: Pick<Layout, "fixtures">,
  items: readonly FireItem[],
): { fixture: string; entry: number; other: number }[] {
  const first = new Map<string, number>();
  return placedItems(layout, items).flatMap(({ fixture, entry }) => {
    if (!fixture) return [];
    const other = first.get(fixture.id);
    first.set(fixture.id, other ?? entry);
    return other === undefined ? [] : [{ fixture: fixture.id, entry, other }];
  });
}
