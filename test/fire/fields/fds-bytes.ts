/** Writes small FDS output byte by byte, as FDS does, for tests. */

export interface SliceText {
  quantity: string;
  label?: string;
  unit: string;
  bounds: readonly [number, number, number, number, number, number];
  frames: readonly { time: number; values: readonly number[] }[];
}

export function sliceBytes({ quantity, label = "q", unit, bounds, frames }: SliceText): Uint8Array {
  const parts: Uint8Array[] = [];
  const record = (bytes: Uint8Array): void => {
    const count = new Uint8Array(4);
    new DataView(count.buffer).setInt32(0, bytes.length, true);
    parts.push(count, bytes, count);
  };
  const floats = (values: readonly number[]): Uint8Array => {
    const view = new DataView(new ArrayBuffer(4 * values.length));
    values.forEach((value, k) => {
      view.setFloat32(4 * k, value, true);
    });
    return new Uint8Array(view.buffer);
  };
  for (const text of [quantity, label, unit]) record(new TextEncoder().encode(text.padEnd(30).slice(0, 30)));
  const head = new DataView(new ArrayBuffer(24));
  bounds.forEach((bound, k) => {
    head.setInt32(4 * k, bound, true);
  });
  record(new Uint8Array(head.buffer));
  for (const { time, values } of frames) {
    record(floats([time]));
    record(floats(values));
  }
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export interface MeshText {
  id: string;
  x: readonly number[];
  y: readonly number[];
  z: readonly number[];
  /** Index bounds of grid lines. */
  obstructions?: readonly (readonly number[])[];
}

const axis = (name: string, lines: readonly number[]): string =>
  `${name}\n    0\n${lines.map((at, k) => `  ${k}  ${at.toFixed(5)}`).join("\n")}\n`;

export function meshText({ id, x, y, z, obstructions = [] }: MeshText): string {
  const lines = [x, y, z] as const;
  const box = (o: readonly number[]): string => o.map((k, c) => lines[c >> 1]![k]!.toFixed(5)).join("  ");
  return [
    `GRID   ${id}\n   ${x.length - 1}   ${y.length - 1}   ${z.length - 1}    0\n`,
    axis("TRNX", x),
    axis("TRNY", y),
    axis("TRNZ", z),
    `OBST\n    ${obstructions.length}\n${obstructions.map((o) => `  ${box(o)}  1  0  0  0  0  0  0  ! wall\n`).join("")}${obstructions
      .map((o) => `  ${o.join("  ")}  -1  -1\n`)
      .join("")}`,
    "",
  ].join("\n");
}

export function sliceLine(
  keyword: string,
  mesh: number,
  file: string,
  { quantity, label = "q", unit, bounds }: SliceText,
  number = 1,
): string {
  return `${keyword}     ${mesh} # STRUCTURED %head height & ${bounds.join("  ")} !   ${number}   0\n ${file}\n ${quantity}\n ${label}\n ${unit}\n`;
}

export const smvText = (parts: readonly string[]): string =>
  ["TITLE\n two rooms\n", "FDSVERSION\nFDS-6.9.1-0-test\n", "CHID\n rooms\n", "CSVF\n hrr\n rooms_hrr.csv\n", ...parts].join(
    "\n",
  );
