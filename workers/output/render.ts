/**
 * Charts into pictures: Vega-Lite specification → SVG text → PNG bytes. Same specification, same bytes, on every machine and in
 * every time zone: no system font, no clock, no locale takes part; the font is shipped (DejaVu Sans, Bitstream Vera licence).
 */
import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";
import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "../../engine/chart/letters.js";
import type { ChartSpec } from "../../engine/chart/spec.js";

const require = createRequire(import.meta.url);
const FONT_FILES = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) => require.resolve(`dejavu-fonts-ttf/ttf/${name}`));

// Vega would guess widths, or ask a canvas where one is installed; the shipped font's own widths give the same layout everywhere.
// `textMetrics` is exported for this purpose but missing from vega's types.
const { textMetrics } = vega as unknown as {
  textMetrics: { width: (item: { fontSize?: number; fontWeight?: unknown }, text: unknown) => number };
};
textMetrics.width = (item, text) =>
  textWidth(String(text ?? ""), item.fontSize ?? 11, item.fontWeight === "bold" || Number(item.fontWeight) >= 600);

/**
 * Draws a specification as one SVG document with a title and a description for screen readers.
 * Data must be inside the specification: nothing is loaded, a `url` is refused.
 */
export async function toSvg(spec: ChartSpec): Promise<string> {
  // Our specifications are plain JSON; vega-lite's own type names every key of its grammar and is checked by compile().
  const compiled = compile(spec as unknown as TopLevelSpec, { logger: silent() });
  const refused: string[] = [];
  const view = new vega.View(vega.parse(compiled.spec), { renderer: "none", loader: refusing(refused), logLevel: vega.None });
  try {
    const svg = await view.toSVG();
    // Vega goes on without data that it could not load; half a chart is worse than none.
    if (refused.length > 0) throw new Error(`a chart may not load anything: ${refused.join(", ")}`);
    return tidy(svg, spec);
  } finally {
    view.finalize();
  }
}

/** Picture of an SVG made by `toSvg`, `scale` pixels per unit (2: sharp on paper and dense screens). */
export function toPng(svg: string, scale = 2): Uint8Array {
  const drawn = new Resvg(svg, {
    background: "white",
    fitTo: { mode: "zoom", value: scale },
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans", sansSerifFamily: "DejaVu Sans" },
  });
  return drawn.render().asPng();
}

/** A loader that loads nothing and keeps the addresses it was asked for. */
const refusing = (refused: string[]): vega.Loader => {
  const loader = vega.loader();
  const refuse = (url: string): Promise<never> => {
    refused.push(url);
    return Promise.reject(new Error("refused"));
  };
  return { ...loader, load: refuse, http: refuse, file: refuse, sanitize: refuse };
};

/** Hints of vega-lite about scales that are never drawn would only alarm the user; faults throw anyway. */
const silent = () => {
  const logger = { level: () => logger, error: () => logger, warn: () => logger, info: () => logger, debug: () => logger };
  // vega's logger types `level` as getter and setter in one.
  return logger as unknown as ReturnType<typeof vega.logger>;
};

/** Escapes for text nodes; control characters go, since XML 1.0 has none. */
const escapeXml = (text: string): string =>
  [...text]
    .filter((letter) => letter >= " ")
    .join("")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");

/**
 * Rounds path numbers to 0.01 px (half the bytes, no difference to the eye), puts title and description in, and renames the
 * clip paths: vega numbers them by a counter of the process, so a second picture would differ, and two pictures in one page clash.
 */
function tidy(svg: string, spec: ChartSpec): string {
  const rounded = svg.replace(
    / (d|transform)="([^"]*)"/g,
    (_, name: string, value: string) =>
      ` ${name}="${value.replace(/-?\d+\.\d{3,}(e-?\d+)?/g, (n) => String(Math.round(Number(n) * 100) / 100))}"`,
  );
  const heading =
    typeof spec.title === "object" && spec.title !== null && "text" in spec.title ? String(spec.title.text) : "chart";
  const about = `<title>${escapeXml(heading)}</title><desc>${escapeXml(spec.description)}</desc>`;
  const ids = new Map<string, string>();
  for (const match of rounded.matchAll(/ id="([^"]+)"/g)) ids.set(match[1]!, `${spec.name}-${ids.size}`);
  const renamed = rounded
    .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${ids.get(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (_, id: string) => `url(#${ids.get(id) ?? id})`);
  return renamed.replace(/^<svg ([^>]*)>/, (_, attributes: string) => `<svg role="img" ${attributes}>${about}`);
}
