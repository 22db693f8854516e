/**
 * Colours, fonts and sizes of all charts. Every level is said by colour AND by word or letter; the four colours have rising
 * darkness of their text partner, so that they stay apart in grey print and for colour-blind readers.
 */
import type { WarningLevel } from "../scenario/scenario.js";

/** Width of the drawing area, px: fits 900 px with labels. */
export const WIDTH = 860;
/** Labels and title of a y axis, px. */
export const AXIS_WIDTH = 66;
export const INK = "#1c2624";
export const MUTED = "#55615e";
const GRID = "#e3e8e6";
export const LINE = "#1f5f8b";
export const LINE_2 = "#9a4d00";
export const BAND = "#a9c9de";
export const PAPER = "#e9ecea";
export const WALL = "#2b3331";

export interface LevelStyle {
  /** Letter drawn on maps and badges. */
  letter: "B" | "Y" | "O" | "R";
  word: "BLUE" | "YELLOW" | "ORANGE" | "RED";
  /** Strong fill. */
  fill: string;
  /** Text on `fill`, contrast at least 4.5. */
  text: string;
  /** Quieter fill for large areas of a map. */
  map: string;
  /** Pale fill behind lines. */
  pale: string;
}

export const LEVEL_STYLE: Record<WarningLevel, LevelStyle> = {
  blue: { letter: "B", word: "BLUE", fill: "#2f6fb5", text: "#ffffff", map: "#a9c8ea", pale: "#d9e7f6" },
  yellow: { letter: "Y", word: "YELLOW", fill: "#f7d038", text: "#1c2624", map: "#f9da5c", pale: "#fdf3c4" },
  orange: { letter: "O", word: "ORANGE", fill: "#ee8420", text: "#1c1400", map: "#f0913a", pale: "#fbdcb9" },
  red: { letter: "R", word: "RED", fill: "#b3161b", text: "#ffffff", map: "#c0343a", pale: "#f3bfbd" },
};

/**
 * Colours of density classes, from nobody to the most: viridis (van der Walt and Smith, matplotlib, CC0) turned round, with its
 * light end lifted to stay quiet on a white plan. The lightness falls from class to class, so it also reads in grey.
 */
export const DENSITY_COLORS = ["#f3f8d2", "#d3eb9a", "#8ed17a", "#35b07b", "#26808e", "#3d4a89", "#2e0443"] as const;

const FONT = "DejaVu Sans, Verdana, Geneva, sans-serif";

/** Vega-Lite `config` shared by all charts. */
export const CONFIG = {
  font: FONT,
  view: { stroke: "#c9d1ce" },
  title: {
    fontSize: 16,
    subtitleFontSize: 12,
    subtitleColor: MUTED,
    color: INK,
    subtitlePadding: 5,
    subtitleLineHeight: 16,
    font: FONT,
    subtitleFont: FONT,
  },
  axis: {
    labelFontSize: 11,
    titleFontSize: 12,
    titleFontWeight: "normal",
    labelColor: INK,
    titleColor: INK,
    gridColor: GRID,
    domainColor: "#8a9693",
    tickColor: "#8a9693",
    titlePadding: 8,
  },
  legend: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "bold",
    labelColor: INK,
    titleColor: INK,
    labelLimit: 260,
    titleLimit: 600,
    symbolStrokeWidth: 1,
  },
  text: { font: FONT, fontSize: 11, fill: INK },
} as const;

export const EXIT_LINE = "#00796b";
export const OPENING_LINE = "#b3589a";
/** Openings that are closed at the start of the run. */
export const SHUT_LINE = "#7a4a00";
