/** Which floors hang together: parts of the layout that no opening and no flight joins. */
import { boxAround, indexBoxes } from "../geometry/box-index.js";
import { boxOf, inPolygon, type Point, polygonArea } from "../geometry/polygon.js";
import type { FloorPart, Sheet } from "./layout.js";

/** Places that an opening joins: floors beside it and the bridges between, each on a sheet. */
export interface Link {
  readonly opening: string;
  readonly exit: boolean;
  readonly places: readonly { readonly sheet: number; readonly at: Point }[];
}

/** Parts by falling area. Closed openings join too, since they may open. */
export function floorParts(sheets: readonly Sheet[], links: readonly Link[]): FloorPart[] {
  const nodes = sheets.flatMap((sheet, s) => sheet.regions.map((region) => ({ sheet, s, region, box: boxOf(region.outer) })));
  const root = nodes.map((_, k) => k);
  const find = (k: number): number => {
    while (root[k] !== k) {
      root[k] = root[root[k]!]!;
      k = root[k]!;
    }
    return k;
  };
  const boxes = indexBoxes(nodes.map(({ box }) => box));
  const nodeAt = (sheet: number, at: Point): number =>
    boxes.near(boxAround(at, 0)).find((k) => nodes[k]!.s === sheet && inPolygon(nodes[k]!.region, at[0], at[1])) ?? -1;
  const exits: { node: number; id: string }[] = [];
  for (const { opening, exit, places } of links) {
    const hits = places.map(({ sheet, at }) => nodeAt(sheet, at)).filter((k) => k >= 0);
    for (const k of hits) {
      const [a, b] = [find(k), find(hits[0]!)];
      root[Math.max(a, b)] = Math.min(a, b);
    }
    if (exit && hits.length > 0) exits.push({ node: hits[0]!, id: opening });
  }
  const parts = new Map<number, { area: number; levels: string[]; at: Point; exits: string[] }>();
  nodes.forEach(({ sheet, region }, k) => {
    const top = find(k);
    const part = parts.get(top) ?? { area: 0, levels: [], at: region.outer[0]!, exits: [] };
    part.area += polygonArea(region);
    if (!part.levels.includes(sheet.level)) part.levels.push(sheet.level);
    parts.set(top, part);
  });
  for (const { node, id } of exits) parts.get(find(node))!.exits.push(id);
  return [...parts.values()].sort((a, b) => b.area - a.area);
}
