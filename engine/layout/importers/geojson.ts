/** GeoJSON with IMDF's vocabulary (docs/formats/layout.md), or plain GeoJSON whose polygons are floor. */
import { MusterError } from "../../errors.js";
import type { Faults } from "../faults.js";
import { LIMITS } from "../limits.js";
import { isRecord, nameFromFile, type RawFeature, type RawLayout } from "../raw.js";

const ROOT_KEYS = ["version", "coordinates", "name", "attribution"];

/** @param fileName names the layout where the file itself does not */
export function readGeoJson(fileName: string, root: unknown, faults: Faults): RawLayout {
  if (!isRecord(root) || root.type !== "FeatureCollection" || !Array.isArray(root.features)) {
    throw new MusterError("LAYOUT_INVALID", [
      { place: fileName, message: "must be a GeoJSON FeatureCollection with a list of features" },
    ]);
  }
  if (root.features.length > LIMITS.features) throw tooMany(fileName, root.features.length);
  const muster = readRoot(root.muster, faults);
  const plain = !root.features.some((feature) => isRecord(feature) && feature.feature_type !== undefined);
  const features = root.features.flatMap(
    (feature: unknown, k) => toFeature(feature, `features[${k}]`, plain ? "plain" : null, faults) ?? [],
  );
  const notices = plain
    ? [
        'No feature has a feature_type: polygons are taken as floor without inner walls on one level, those with role "obstacle" as obstacles.',
      ]
    : [];
  if (plain) features.unshift(groundLevel());
  const name = muster.name ?? (typeof root.name === "string" ? root.name : nameFromFile(fileName));
  return { format: "geojson", name, attribution: muster.attribution ?? "", coordinates: muster.coordinates, features, notices };
}

export function tooMany(place: string, count: number): MusterError {
  return new MusterError("INPUT_TOO_LARGE", [
    { place, message: `has ${count} features, limit ${LIMITS.features}`, value: count, limit: LIMITS.features },
  ]);
}

/** The one level of files that know no levels. */
export function groundLevel(): RawFeature {
  return { place: "level 0", id: "0", type: "level", properties: { name: "0", ordinal: 0, outdoor: true }, geometry: null };
}

function readRoot(muster: unknown, faults: Faults): { coordinates: "lonlat" | "metres"; name?: string; attribution?: string } {
  if (muster === undefined) return { coordinates: "lonlat" };
  if (!isRecord(muster)) {
    faults.add({ place: "muster", message: "must be an object" });
    return { coordinates: "lonlat" };
  }
  for (const key of Object.keys(muster))
    if (!ROOT_KEYS.includes(key))
      faults.add({ place: `muster.${key}`, message: `is unknown; known are ${ROOT_KEYS.join(", ")}` });
  if (muster.version !== undefined && muster.version !== 1)
    faults.add({ place: "muster.version", message: `is ${JSON.stringify(muster.version)}; this program reads version 1` });
  const { coordinates = "lonlat" } = muster;
  if (coordinates !== "lonlat" && coordinates !== "metres")
    faults.add({ place: "muster.coordinates", message: `is ${JSON.stringify(coordinates)}; must be "lonlat" or "metres"` });
  for (const key of ["name", "attribution"])
    if (muster[key] !== undefined && typeof muster[key] !== "string")
      faults.add({ place: `muster.${key}`, message: "must be a text" });
  return {
    coordinates: coordinates === "metres" ? "metres" : "lonlat",
    ...(typeof muster.name === "string" ? { name: muster.name } : {}),
    ...(typeof muster.attribution === "string" ? { attribution: muster.attribution } : {}),
  };
}

/** @param given type of features that name none: "plain" for plain GeoJSON, the file's name in an IMDF archive, else null */
export function toFeature(feature: unknown, place: string, given: string | null, faults: Faults): RawFeature | null {
  if (!isRecord(feature) || feature.type !== "Feature") {
    faults.add({ place, message: "must be an object of type Feature" });
    return null;
  }
  const properties = isRecord(feature.properties) ? feature.properties : {};
  const stated = feature.feature_type ?? given;
  if (typeof stated !== "string") {
    faults.add({ place, message: "has no feature_type" });
    return null;
  }
  const type = stated === "plain" ? (properties.role === "obstacle" ? "fixture" : "unit") : stated;
  const id = typeof feature.id === "string" || typeof feature.id === "number" ? String(feature.id) : null;
  return {
    place: id === null || id === "" ? place : `${type} ${id}`,
    id: id === null || id === "" ? place : id,
    type,
    properties: stated === "plain" ? { ...properties, level_id: "0", muster: { boundary: "open" } } : properties,
    geometry: feature.geometry ?? null,
  };
}
