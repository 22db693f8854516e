/** Levels of a layout: their order and their height. */
import type { Faults } from "./faults.js";
import type { Level } from "./layout.js";
import { nameOf, readMuster } from "./properties.js";
import type { RawFeature, RawLayout } from "./raw.js";

/** Height of a storey where a level states no elevation, m: an assumption, noted in the report. */
const STOREY = 3.5;

/** Levels by ordinal, then in the order of the file. */
export function readLevels(raw: RawLayout, faults: Faults, notices: string[]): Level[] {
  const levels = raw.features.filter(({ type }) => type === "level").map((feature) => readLevel(feature, faults, notices));
  if (levels.length === 0) faults.add({ place: "features", message: "the layout has no level" });
  return levels.sort((a, b) => a.ordinal - b.ordinal);
}

function readLevel(feature: RawFeature, faults: Faults, notices: string[]): Level {
  const { id, properties } = feature;
  const muster = readMuster(feature, faults);
  const ordinal = properties.ordinal ?? 0;
  const good = typeof ordinal === "number" && Number.isFinite(ordinal) && Math.abs(ordinal) <= 500;
  if (!good)
    faults.add({
      place: feature.place,
      message: `ordinal is ${JSON.stringify(ordinal)}; must be a number, 0 on the ground`,
      level: id,
    });
  const stated = muster.number("elevation_m");
  const storey = good ? ordinal : 0;
  if (typeof stated !== "number" && storey !== 0)
    notices.push(
      `Level ${nameOf(feature)} states no elevation_m: ${STOREY} m for each storey assumed, ${(STOREY * storey).toFixed(1)} m.`,
    );
  return {
    id,
    name: nameOf(feature),
    ordinal: storey,
    elevation: stated ?? STOREY * storey,
    outdoor: properties.outdoor === true,
  };
}
