/** What an importer hands on: features as the file has them, not yet checked or projected. */
import type { ImportReport } from "./layout.js";

export interface RawFeature {
  /** How problems name it: its id, or "features[3]" of the file. */
  readonly place: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** GeoJSON geometry of whatever shape, or null. */
  readonly geometry: unknown;
}

export interface RawLayout {
  readonly format: ImportReport["format"];
  readonly name: string;
  readonly attribution: string;
  readonly coordinates: "lonlat" | "metres";
  readonly features: readonly RawFeature[];
  readonly notices: readonly string[];
}

/** Whether a value is a plain object (no array, not null). */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Name of a layout whose file states none: the file's own, without folders and ending. */
export function nameFromFile(fileName: string): string {
  return fileName.replace(/^.*[\\/](?=.)/, "").replace(/\.[^.]*$/, "");
}
