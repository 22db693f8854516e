/** The `fire` key: checks that need no layout, and defaults written in. */

import { asList, fault, type Reading, refuseDoubles } from "../reading.js";
import type { FireFile } from "../schema/fire.js";
import { resolveDesignFire, resolveItem, spotOf } from "./burning.js";
import type { FireScenario, SmokeFrom, Trigger } from "./fire.js";
import { CLOSING, HEAD_HEIGHT, LEAKAGE } from "./limits.js";

type Entries<K extends keyof FireFile> = FireFile[K] extends readonly (infer E)[] | undefined ? E : never;

const SMOKE_FROM: Omit<SmokeFrom, "format" | "file"> = {
  start_s: 0,
  at: null,
  height_m: 0,
  turn_deg: 0,
  visibility_factor: 3,
  rooms: [],
};

/** null where a fault makes it meaningless to go on. */
export function resolveFire(reading: Reading, file: FireFile, timeStep_s: number): FireScenario | null {
  if (reading.broken("fire") && (typeof file !== "object" || file === null || Array.isArray(file))) return null;
  const faults = reading.problems.length;
  const each = <K extends keyof FireFile, T>(key: K, resolve: (entry: Entries<K>, place: string, k: number) => T): T[] => {
    const entries = file[key];
    if (!Array.isArray(entries)) return [];
    return (entries as Entries<K>[]).flatMap((entry, k) => {
      const place = `fire.${String(key)}[${k}]`;
      return reading.broken(place) ? [] : [resolve(entry, place, k)];
    });
  };
  const whole = <K extends keyof FireFile>(key: K): FireFile[K] | undefined =>
    reading.broken(`fire.${String(key)}`) ? undefined : file[key];
  const fire: FireScenario = {
    fires: each("fires", (entry, place, k) => resolveDesignFire(reading, place, entry, `fire ${k + 1}`)),
    items: each("items", (entry, place, k) => resolveItem(reading, place, entry, `item ${k + 1}`)),
    surfaces: each("surfaces", ({ of, ...rest }) => ({ of: of === undefined ? [] : asList(of), ...rest })),
    doors: each("doors", ({ at, state, leak_m2, closing_s }, place) => {
      const openings = asList(at);
      refuseDoubles(reading, `${place}.at`, openings);
      return { at: openings, state, ...(leak_m2 === undefined ? {} : { leak_m2 }), closing_s: closing_s ?? CLOSING };
    }),
    leakage: { walls_m2_per_m2: LEAKAGE.walls, floors_m2_per_m2: LEAKAGE.floors, ...whole("leakage") },
    vents: each("vents", ({ name, opens, sill_m, ...rest }, place, k) => ({
      name: name ?? `vent ${k + 1}`,
      ...rest,
      sill_m: sill_m ?? 0,
      opens: triggerOf(reading, `${place}.opens`, opens),
    })),
    fans: each("fans", ({ name, starts, area_m2, ...rest }, place, k) => ({
      name: name ?? `fan ${k + 1}`,
      ...rest,
      area_m2: area_m2 ?? 0.5,
      starts: triggerOf(reading, `${place}.starts`, starts),
    })),
    detectors: each("detectors", (entry, _place, k) => ({
      name: entry.name ?? `detector ${k + 1}`,
      ...spotOf(entry),
      kind: entry.kind,
      below_ceiling_m: entry.below_ceiling_m ?? 0.05,
      rti: entry.rti ?? 50,
      activates_at_C: entry.activates_at_C ?? 57.2,
      obscuration_percent_m: entry.obscuration_percent_m ?? 23.9,
      alarm: entry.alarm ?? true,
    })),
    sprinklers: each("sprinklers", (entry, _place, k) => ({
      name: entry.name ?? `sprinkler ${k + 1}`,
      ...spotOf(entry),
      below_ceiling_m: entry.below_ceiling_m ?? 0.05,
      rti: entry.rti ?? 100,
      activates_at_C: entry.activates_at_C ?? 68,
      spray_density_mm_s: entry.spray_density_mm_s ?? 0.07,
    })),
    alarm: alarmOf(reading, file),
    ambient: { inside_C: 20, outside_C: 20, pressure_Pa: 101_325, relative_humidity: 0.5, ...whole("ambient") },
    wind: whole("wind") ? { reference_height_m: 10, terrain: "urban", stability: "D", ...whole("wind")! } : null,
    smoke_from: whole("smoke_from") ? { ...SMOKE_FROM, ...whole("smoke_from")! } : null,
    air: each("air", (entry) => ({ ...CLEAN, ...entry })),
    people: { ...PEOPLE, ...whole("people"), familiar: [whole("people")?.familiar ?? []].flat() },
    tenability: { ...TENABILITY, ...whole("tenability") },
    warnings: {
      lead_s: whole("warnings")?.lead_s ?? 300,
      margin_s: { ...MARGINS, ...whole("warnings")?.margin_s },
    },
    exchange_s: file.exchange_s ?? 1,
  };
  checkWhole(reading, fire, file, timeStep_s);
  return reading.problems.length > faults ? null : fire;
}

/** A detector that raises the alarm is one, whether it is spoken of or not. */
function alarmOf(reading: Reading, file: FireFile): FireScenario["alarm"] {
  if (reading.broken("fire.alarm") || file.alarm === null) return null;
  const raised = Array.isArray(file.detectors) && file.detectors.some((entry) => entry !== null && entry.alarm !== false);
  if (file.alarm === undefined && !raised) return null;
  return { at_s: file.alarm?.at_s ?? null, delay_s: file.alarm?.delay_s ?? 0 };
}

const CLEAN = {
  extinction_1_m: 0,
  temperature_C: 20,
  co_ppm: 0,
  co2_pct: 0.04,
  o2_pct: 20.95,
  hcn_ppm: 0,
  hcl_ppm: 0,
  radiant_kW_m2: 0,
  from_s: 0,
  to_s: null,
};

const PEOPLE: FireScenario["people"] = {
  speed_law: "frantzich-nilsson",
  dose: "iso-13571",
  radiant: "pain",
  clothed: true,
  susceptibility: "individual",
  incapacitate: true,
  cue: true,
  cue_extinction_1_m: 0.1,
  see_fire_kW: 50,
  reaction_s: 0,
  avoid: true,
  turn_back_visibility_m: 3,
  familiar: [],
  head_height_m: HEAD_HEIGHT,
};

/** Sources: see schema/fire.ts. */
export const TENABILITY: FireScenario["tenability"] = {
  height_m: 2,
  visibility_m: 10,
  small_room_visibility_m: 5,
  small_room_m2: 100,
  temperature_C: 60,
  layer_temperature_C: 200,
  heat_flux_kW_m2: 2.5,
  fed: 0.3,
  share_of_floor: 0.1,
};

const MARGINS: FireScenario["warnings"]["margin_s"] = { blue: 120, yellow: 60, orange: 30, red: 0 };

/** Without words it is there from the start. */
function triggerOf(
  reading: Reading,
  place: string,
  given: { at_s?: number; detector?: string; temperature_C?: number } | undefined,
): Trigger {
  if (given === undefined) return { at_s: 0 };
  if (given.detector !== undefined) return { detector: given.detector };
  if (given.temperature_C !== undefined) return { temperature_C: given.temperature_C };
  if (given.at_s === undefined) fault(reading, place, "one of at_s, detector, temperature_C is missing");
  return { at_s: given.at_s ?? 0 };
}

function checkWhole(reading: Reading, fire: FireScenario, file: FireFile, timeStep_s: number): void {
  const { fires, smoke_from, air, items } = fire;
  const lit = file.fires?.length || (Array.isArray(file.items) && file.items.some((entry) => entry?.ignites_at_s != null));
  if (!lit && !file.smoke_from && !file.air?.length)
    fault(reading, "fire", 'has nothing that burns: "fires", an item with "ignites_at_s", "smoke_from" or "air" must be there');
  if (smoke_from && (fires.length > 0 || items.length > 0))
    fault(reading, "fire.smoke_from", "stands beside fires or items: smoke of another program replaces the zone model");
  refuseForeignKeys(reading, file.smoke_from);
  for (const key of ["fires", "items", "vents", "fans", "detectors", "sprinklers"] as const) {
    const names = fire[key].map(({ name }) => name);
    names.forEach((name, k) => {
      if (names.indexOf(name) < k) fault(reading, `fire.${key}[${k}]`, `the name "${name}" stands twice`);
    });
  }
  const detectors = fire.detectors.map(({ name }) => name);
  const known = detectors.length > 0 ? `; known: ${detectors.join(", ")}` : "; there are no detectors";
  fire.vents.forEach(({ opens }, k) => {
    if ("detector" in opens && !detectors.includes(opens.detector))
      fault(reading, `fire.vents[${k}].opens`, `there is no detector "${opens.detector}"${known}`);
  });
  fire.fans.forEach(({ starts }, k) => {
    if ("detector" in starts && !detectors.includes(starts.detector))
      fault(reading, `fire.fans[${k}].starts`, `there is no detector "${starts.detector}"${known}`);
  });
  if (air.length > 0 && fires.length + items.length > 0)
    fault(reading, "fire.air", "stands beside fires or items: air is told or calculated, not both");
  air.forEach(({ from_s, to_s }, k) => {
    if (to_s !== null && to_s <= from_s)
      fault(reading, `fire.air[${k}].to_s`, `is ${to_s}, must be after from_s ${from_s}`, { value: to_s, limit: from_s });
  });
  const { blue, yellow, orange, red } = fire.warnings.margin_s;
  if (!(blue > yellow && yellow > orange && orange > red) && !reading.broken("fire.warnings"))
    fault(reading, "fire.warnings.margin_s", `is ${blue}, ${yellow}, ${orange}, ${red} s, must fall from blue to red`);
  if (reading.broken("fire.exchange_s")) return;
  const ratio = fire.exchange_s / timeStep_s;
  if (ratio < 0.999 || Math.abs(ratio - Math.round(ratio)) > 1e-6)
    fault(reading, "fire.exchange_s", `is ${fire.exchange_s} s, must be a multiple of the time step ${timeStep_s} s`, {
      value: fire.exchange_s,
      limit: timeStep_s,
    });
}

/** Keys that belong to the other program would do nothing. */
function refuseForeignKeys(reading: Reading, file: FireFile["smoke_from"]): void {
  if (!file) return;
  const foreign = file.format === "fds" ? (["rooms"] as const) : (["at", "height_m", "turn_deg", "visibility_factor"] as const);
  for (const key of foreign) {
    const given = file[key];
    const resting =
      given === undefined || given === null || (Array.isArray(given) ? given.length === 0 : given === SMOKE_FROM[key]);
    if (!resting)
      fault(
        reading,
        `fire.smoke_from.${key}`,
        `has no meaning with format ${file.format}: it belongs to ${file.format === "fds" ? "cfast" : "fds"}`,
      );
  }
  const names = (file.rooms ?? []).map(({ compartment }) => compartment);
  names.forEach((name, k) => {
    if (names.indexOf(name) < k) fault(reading, `fire.smoke_from.rooms[${k}]`, `the compartment "${name}" stands twice`);
  });
}
