import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { ChartSpec } from "../../../engine/chart/spec.js";
import { messageChart } from "../../../engine/chart/spec.js";
import { toPng, toSvg } from "../../../workers/output/render.js";

/** Width, height and number of dark pixels of a PNG (8 bit RGBA, as resvg writes it). */
function darkPixels(png: Uint8Array): { width: number; height: number; dark: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  const parts: Uint8Array[] = [];
  for (let at = 8; at < png.length; ) {
    const length = view.getUint32(at);
    if (String.fromCharCode(...png.subarray(at + 4, at + 8)) === "IDAT") parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const data = inflateSync(Buffer.concat(parts));
  const stride = width * 4;
  let before = new Uint8Array(stride);
  let dark = 0;
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]!;
    const row = Uint8Array.from(data.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let i = 0; i < stride; i++) {
      const [a, b, c] = [i >= 4 ? row[i - 4]! : 0, before[i]!, i >= 4 ? before[i - 4]! : 0];
      const p = a + b - c;
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
      row[i] = row[i]! + [0, a, b, (a + b) >> 1, pa <= pb && pa <= pc ? a : pb <= pc ? b : c][filter]!;
    }
    for (let i = 0; i < stride; i += 4) if (row[i]! < 128 && row[i + 3]! > 128) dark++;
    before = row;
  }
  return { width, height, dark };
}

describe("toPng", () => {
  it("finds the shipped font, plain and bold, without any of the system", () => {
    const page = (text: string, weight: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="5" y="28" font-family="DejaVu Sans, Verdana" font-size="20" font-weight="${weight}">${text}</text></svg>`;
    const plain = darkPixels(toPng(page("Gate ² ≥ m", "normal"), 1));
    const bold = darkPixels(toPng(page("Gate ² ≥ m", "bold"), 1));
    expect(plain).toMatchObject({ width: 200, height: 40 });
    expect(plain.dark).toBeGreaterThan(150);
    expect(bold.dark).toBeGreaterThan(plain.dark * 1.2);
    expect(darkPixels(toPng(page("", "normal"), 1)).dark).toBe(0);
  });

  it("draws a chart at twice its size with its text", async () => {
    const svg = await toSvg(messageChart("x", "Warnings", "No warnings in any run.").spec);
    const [, width] = /viewBox="0 0 (\d+)/.exec(svg)!;
    const png = darkPixels(toPng(svg));
    expect(png.width).toBe(Number(width) * 2);
    expect(png.dark).toBeGreaterThan(1000);
  });
});

describe("toSvg", () => {
  it("loads nothing from anywhere", async () => {
    const spec = {
      ...messageChart("x", "t", "m").spec,
      vconcat: [{ data: { url: "file:///etc/hostname" }, mark: "point" }],
    } as ChartSpec;
    await expect(toSvg(spec)).rejects.toThrow("may not load anything: file:///etc/hostname");
  });

  it("throws on a specification that is none", async () => {
    await expect(toSvg({ $schema: "", name: "x", description: "", mark: "no-such-mark" })).rejects.toThrow();
  });

  it("gives every chart ids of its own, so that many fit into one page", async () => {
    const spec = (name: string): ChartSpec => ({
      $schema: "",
      name,
      description: "d",
      data: {
        values: [
          { a: 1, b: 2 },
          { a: 5, b: 3 },
        ],
      },
      mark: { type: "line", clip: true },
      encoding: { x: { field: "a", type: "quantitative" }, y: { field: "b", type: "quantitative" } },
    });
    const ids = async (name: string): Promise<string[]> =>
      [...(await toSvg(spec(name))).matchAll(/ id="([^"]+)"/g)].map((m) => m[1]!);
    const [one, two] = [await ids("one"), await ids("two")];
    expect(one.length).toBeGreaterThan(0);
    expect(one.filter((id) => two.includes(id))).toEqual([]);
    expect(await ids("one")).toEqual(one);
  });
});
