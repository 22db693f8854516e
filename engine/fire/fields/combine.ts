/** Several fields as one: laid over each other (rooms, slices) or added up (plumes, radiation). */
import { AIR_QUANTITIES, type Air, ambientAir, type SmokeField, setAir } from "./field.js";

/** Knows what any of the fields knows, from the first to the earliest last time; Infinity for an empty list: nothing is known, ever. */
function joined(fields: readonly SmokeField[], word: string, sample: SmokeField["sample"]): SmokeField {
  return {
    name: fields.map(({ name }) => name).join(word),
    knows: AIR_QUANTITIES.filter((quantity) => fields.some(({ knows }) => knows.includes(quantity))),
    // Live fields go on while they are in use.
    get firstTime_s() {
      return Math.min(...fields.map(({ firstTime_s }) => firstTime_s));
    },
    get lastTime_s() {
      return Math.min(...fields.map(({ lastTime_s }) => lastTime_s));
    },
    sample,
  };
}

/**
 * Fields laid over each other: each quantity comes from the first field of the list that knows it and reaches the place, so that slices
 * of a CFD run stand before zones and zones before the open air. `lastTime_s` is the earliest end: beyond it some field is held.
 */
export function layFields(fields: readonly SmokeField[], ambient: Readonly<Air> = ambientAir()): SmokeField {
  const own = ambientAir();
  // Last first, so that what stands earlier in the list writes over it.
  const order = [...fields].reverse();
  return joined(fields, " over ", (time, sheet, x, y, height, into) => {
    setAir(into, ambient);
    let reached = false;
    for (const field of order) {
      if (!field.sample(time, sheet, x, y, height, own)) continue;
      reached = true;
      for (const quantity of field.knows) into[quantity] = own[quantity];
    }
    return reached;
  });
}

/**
 * Fields added up: every field's difference from `ambient` is added, which is exact for smoke, gases in little amounts and radiation of
 * several sources (all linear in their sources) and holds for temperature where the rises are small beside the absolute temperature.
 * Fractions stay within 0 and 1. The fields must use the same ambient air.
 */
export function addFields(fields: readonly SmokeField[], ambient: Readonly<Air> = ambientAir()): SmokeField {
  const own = ambientAir();
  return joined(fields, " and ", (time, sheet, x, y, height, into) => {
    setAir(into, ambient);
    let reached = false;
    for (const field of fields) {
      if (!field.sample(time, sheet, x, y, height, own)) continue;
      reached = true;
      for (const quantity of field.knows) into[quantity] += own[quantity] - ambient[quantity];
    }
    if (!reached) return false;
    into.oxygen = share(into.oxygen);
    into.carbonDioxide = share(into.carbonDioxide);
    into.carbonMonoxide = share(into.carbonMonoxide);
    into.hydrogenCyanide = share(into.hydrogenCyanide);
    into.hydrogenChloride = share(into.hydrogenChloride);
    return true;
  });
}

const share = (value: number): number => (value < 0 ? 0 : value > 1 ? 1 : value);

/**
 * Like `field`, with its clock moved: its time 0 is `start_s` of the run. Before `start_s` plus the field's first time the air is ambient.
 */
export function startField(field: SmokeField, start_s: number): SmokeField {
  return {
    name: field.name,
    knows: field.knows,
    get firstTime_s() {
      return field.firstTime_s + start_s;
    },
    get lastTime_s() {
      return field.lastTime_s + start_s;
    },
    sample: (time, sheet, x, y, height, into) => field.sample(time - start_s, sheet, x, y, height, into),
  };
}
