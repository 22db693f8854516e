/** Small layouts of our own and the invariant that walls and gates enclose the floor. */

import { MusterError } from "../../engine/errors.js";
import { indexBoxes } from "../../engine/geometry/box-index.js";
import { crosses } from "../../engine/geometry/plane.js";
import { boxOf, inPolygons, type Point } from "../../engine/geometry/polygon.js";
import { distance } from "../../engine/geometry/segment.js";
import type { Layout } from "../../engine/layout/layout.js";
import { readLayout } from "../../engine/layout/read.js";
import { stream } from "../../engine/random.js";

export type Feature = {
  type: "Feature";
  id: string;
  feature_type: string;
  geometry: unknown;
  properties: Record<string, unknown>;
};

export const rectangle = (ax: number, ay: number, bx: number, by: number): [number, number][] => [
  [ax, ay],
  [bx, ay],
  [bx, by],
  [ax, by],
  [ax, ay],
];

export const level = (id = "0", ordinal = 0, muster: object = {}): Feature => ({
  type: "Feature",
  id,
  feature_type: "level",
  geometry: null,
  properties: { ordinal, name: id, muster },
});

export const area = (type: string, id: string, rings: number[][][], properties: object = {}): Feature => ({
  type: "Feature",
  id,
  feature_type: type,
  geometry: { type: "Polygon", coordinates: rings },
  properties: { level_id: "0", ...properties },
});

export const unit = (id: string, ring: number[][], properties: object = {}): Feature =>
  area("unit", id, [ring], { category: "room", ...properties });

export const line = (type: string, id: string, points: number[][], properties: object = {}): Feature => ({
  type: "Feature",
  id,
  feature_type: type,
  geometry: { type: "LineString", coordinates: points },
  properties: { level_id: "0", ...properties },
});

export const opening = (id: string, points: number[][], muster: object = {}, properties: object = {}): Feature =>
  line("opening", id, points, { category: "pedestrian", muster, ...properties });

export const collection = (features: unknown[], coordinates = "metres"): Record<string, unknown> => ({
  type: "FeatureCollection",
  muster: { version: 1, coordinates, name: "test" },
  features,
});

export const bytesOf = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** Layout of features in metres. */
export const layoutOf = (features: unknown[]): Layout =>
  readLayout({ name: "test.geojson", bytes: bytesOf(collection(features)) });

/** The error that reading ends in. */
export function refusal(read: () => unknown): MusterError {
  try {
    read();
  } catch (error) {
    if (error instanceof MusterError) return error;
    throw error;
  }
  throw new Error("was accepted");
}

export const refusalOf = (features: unknown[]): MusterError => refusal(() => layoutOf(features));

/** Steps from floor to where the same sheet has none, or to another room's floor, that no wall and no gate stops. */
export function leaks(layout: Layout, tries = 4000): string[] {
  const random = stream(1, "leaks");
  const found: string[] = [];
  layout.sheets.forEach((sheet, s) => {
    const gates = layout.gates.filter((gate) => gate.sheetA === s || gate.sheetB === s);
    const corners = sheet.regions.flatMap(({ outer, holes }) => [outer, ...holes].flat());
    const lines = gates.map(({ line: [a, b] }) => [a[0], a[1], b[0], b[1]]);
    const barriers = [...lines];
    for (let w = 0; w < sheet.walls.length; w += 4) barriers.push([...sheet.walls.slice(w, w + 4)]);
    const index = indexBoxes(
      barriers.map((b) => [Math.min(b[0]!, b[2]!), Math.min(b[1]!, b[3]!), Math.max(b[0]!, b[2]!), Math.max(b[1]!, b[3]!)]),
    );
    const regions = indexBoxes(sheet.regions.map(({ outer }) => boxOf(outer)));
    const regionAt = ([x, y]: Point): number =>
      regions.near([x, y, x, y]).find((r) => inPolygons([sheet.regions[r]!], x, y)) ?? -1;
    for (let k = 0; k < tries / layout.sheets.length; k++) {
      // Near a corner or a gate, where gaps would be.
      const near: Point =
        k % 2 && gates.length ? gates[random.int(gates.length)]!.line[random.int(2)]! : corners[random.int(corners.length)]!;
      const p: Point = [near[0] + random.next() - 0.5, near[1] + random.next() - 0.5];
      const q: Point = [near[0] + random.next() - 0.5, near[1] + random.next() - 0.5];
      const from = regionAt(p);
      const to = regionAt(q);
      if (from < 0 || from === to || distance(p, q) < 0.01) continue;
      const open = sheet.regions.length > 1 && to >= 0 && bridges(sheet, from, to);
      const stopped = index
        .near([Math.min(p[0], q[0]), Math.min(p[1], q[1]), Math.max(p[0], q[0]), Math.max(p[1], q[1])])
        .some((i) => crosses(p[0], p[1], q[0], q[1], barriers[i]![0]!, barriers[i]![1]!, barriers[i]![2]!, barriers[i]![3]!));
      if (!stopped && !open) found.push(`${sheet.id}: ${p} → ${q}`);
    }
  });
  return found;
}

/** A bridge is open to the floor it touches; only the gate on it stands between two rooms. */
function bridges(sheet: Layout["sheets"][number], from: number, to: number): boolean {
  const thin = (k: number): boolean => sheet.regions[k]!.outer.length === 4 && sheet.regions[k]!.holes.length === 0;
  return thin(from) || thin(to);
}
