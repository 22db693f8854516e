/**
 * The frame around every chart: a Vega-Lite 6 specification is plain JSON with its data inside, so it can be drawn anywhere,
 * kept with the results and compared byte by byte. No temporal type is used: clock times are numbers with labels of our own,
 * so the picture does not depend on the time zone of the machine that draws it.
 */
import { textWidth } from "./letters.js";
import { CONFIG, INK, MUTED, WIDTH } from "./style.js";

export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [key: string]: Json };
/** A unit, layer or concatenation of Vega-Lite. */
export interface View {
  readonly [key: string]: Json;
}

export interface ChartSpec extends View {
  readonly $schema: string;
  /** Name of the chart; also makes ids inside its SVG unique. */
  readonly name: string;
  readonly description: string;
}

export interface Chart {
  /** File name without ending, e.g. "density-peak". */
  name: string;
  title: string;
  spec: ChartSpec;
}

export interface ChartParts {
  name: string;
  title: string;
  /** Said under the title: what is drawn, over how many runs. */
  subtitle: readonly string[];
  /** One sentence for people who cannot see the picture. */
  description: string;
  /** Views from top to bottom, or rows of views. */
  rows: readonly (View | readonly View[])[];
  /** Small print under the chart: attribution, what was left out. */
  notes?: readonly string[];
  /** Room that labels and title of the y axis take at the left, px: plots of a column stand below each other, the notes left of that. */
  axisWidth?: number;
  spacing?: number;
}

const row = (entry: View | readonly View[], spacing: number): View =>
  Array.isArray(entry)
    ? // Array.isArray does not narrow a readonly array.
      { hconcat: entry as readonly View[], spacing }
    : (entry as View);

/** Puts views under one title and over one set of notes. Empty notes are dropped. */
export function chart(parts: ChartParts): Chart {
  const spacing = parts.spacing ?? 18;
  const notes = (parts.notes ?? []).filter((note) => note !== "");
  const rows = parts.rows.map((entry) => row(entry, spacing));
  if (notes.length > 0) rows.push(textView(notes, parts.axisWidth ?? 0));
  return {
    name: parts.name,
    title: parts.title,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      name: parts.name,
      description: parts.description,
      title: {
        text: parts.title,
        subtitle: parts.subtitle.filter((line) => line !== "").flatMap((line) => wrap(line, 12)),
        anchor: "start",
        offset: 14,
      },
      background: "white",
      padding: 12,
      config: CONFIG,
      vconcat: rows,
      spacing,
    },
  };
}

/** Small print, one line each, wrapped at the width of the chart. */
function textView(lines: readonly string[], axisWidth: number): View {
  const wrapped = lines.flatMap((line) => wrap(line, 11));
  return {
    width: WIDTH - axisWidth,
    height: wrapped.length * 14,
    view: { stroke: null },
    data: { values: [{ text: wrapped }] },
    mark: { type: "text", align: "left", baseline: "top", fontSize: 11, lineHeight: 14, fill: MUTED },
    encoding: { x: { value: 0 - axisWidth }, y: { value: 0 }, text: { field: "text", type: "nominal" } },
  };
}

/** A chart that says in words why there is nothing to draw. */
export function messageChart(name: string, title: string, message: string, detail = ""): Chart {
  const text = (value: string, dy: number, size: number, fill: string): View => ({
    data: { values: [{ text: wrap(value, size, WIDTH - 60) }] },
    mark: {
      type: "text",
      align: "center",
      baseline: "middle",
      fontSize: size,
      fontWeight: size > 13 ? "bold" : "normal",
      lineHeight: size + 4,
      fill,
    },
    encoding: { x: { value: WIDTH / 2 }, y: { value: 50 + dy }, text: { field: "text", type: "nominal" } },
  });
  const rows: View[] = [
    {
      width: WIDTH,
      height: 110,
      view: { fill: "#f4f6f5", stroke: "#c9d1ce", cornerRadius: 6 },
      layer: detail === "" ? [text(message, 5, 15, INK)] : [text(message, -8, 15, INK), text(detail, 18, 12, MUTED)],
    },
  ];
  return chart({ name, title, subtitle: [], description: `${title}: ${message} ${detail}`.trim(), rows });
}

/** Breaks a text between words so that no line is wider than `width` px at the given size; longer words are kept whole. */
function wrap(text: string, size: number, width = WIDTH): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  return lines;
}
