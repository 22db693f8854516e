/** Names of places for people: a scenario may name a place by its id, a plan shows its name. */
import type { Layout } from "../layout/layout.js";

/**
 * The name of the feature that has this id or name. Where several features share a name, the id is added; a place that the layout
 * does not know (an inline place of the scenario, "site") keeps its own name.
 */
export function placeNames(layout: Layout): (place: string) => string {
  const features = [...layout.sections, ...layout.openings, ...layout.lines, ...layout.units];
  const names = new Map<string, number>();
  for (const { name } of features) names.set(name, (names.get(name) ?? 0) + 1);
  const byId = new Map<string, string>();
  // The first feature wins, as sections and openings come before units.
  for (const { id, name } of features)
    if (!byId.has(id)) byId.set(id, name === "" || name === id ? id : names.get(name) === 1 ? name : `${name} (${id})`);
  return (place) => byId.get(place) ?? place;
}
