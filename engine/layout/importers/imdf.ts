/** IMDF archive (OGC 20-094): one GeoJSON file for each feature type, in a folder or zip. */
import { MusterError } from "../../errors.js";
import type { Faults } from "../faults.js";
import { decodeText, parseJson } from "../json.js";
import { LIMITS } from "../limits.js";
import { nameOf } from "../properties.js";
import { isRecord, nameFromFile, type RawFeature, type RawLayout } from "../raw.js";
import { toFeature, tooMany } from "./geojson.js";

/** File names of the archive that carry features; manifest.json and files of other kinds are left alone. */
const FEATURE_FILE = /^([a-z]+)\.(?:geo)?json$/;

/** @param files by path; the archive may lie in one folder inside */
export function readImdf(fileName: string, files: ReadonlyMap<string, Uint8Array>, faults: Faults): RawLayout {
  const features: RawFeature[] = [];
  const paths = [...files.keys()].filter((path) => !path.startsWith("__MACOSX/")).sort();
  const levelFile = paths.find((path) => /(^|\/)level\.(?:geo)?json$/.test(path));
  if (levelFile === undefined) {
    throw new MusterError("LAYOUT_INVALID", [
      {
        place: fileName,
        message: `is no IMDF archive: there is no level.geojson among ${paths.slice(0, 12).join(", ") || "no files"}`,
      },
    ]);
  }
  const folder = levelFile.slice(0, levelFile.lastIndexOf("/") + 1);
  for (const path of paths) {
    const type = path.startsWith(folder) ? FEATURE_FILE.exec(path.slice(folder.length))?.[1] : undefined;
    if (type === undefined || type === "manifest") continue;
    const root = parseJson(path, decodeText(path, files.get(path)!));
    if (!isRecord(root) || !Array.isArray(root.features)) {
      faults.add({ place: path, message: "must be a GeoJSON FeatureCollection with a list of features" });
      continue;
    }
    if (features.length + root.features.length > LIMITS.features) throw tooMany(fileName, features.length + root.features.length);
    for (const [k, feature] of root.features.entries()) {
      const found = toFeature(feature, `${path} features[${k}]`, type, faults);
      if (found) features.push(found);
    }
  }
  const venue = features.find(({ type }) => type === "venue");
  return {
    format: "imdf",
    name: venue ? nameOf(venue) : nameFromFile(fileName),
    attribution: "",
    coordinates: "lonlat",
    features,
    notices: [],
  };
}
