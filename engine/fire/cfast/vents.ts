/** &VENT of a CFAST file: wall vents, ceiling and floor vents, fans. */
import { type DeviceRef, type Fan, type HorizontalVent, type Opening, OUTSIDE, type WallVent } from "../zone/building.js";
import type { Compartments } from "./compartments.js";
import type { Fields } from "./fields.js";
import { VENT } from "./keys.js";
import { CELSIUS, type CfastReading, indexById, lookUp, notice, timeTable } from "./reading.js";

export interface Vents {
  readonly wallVents: readonly WallVent[];
  readonly outsideFirst: readonly boolean[];
  readonly horizontalVents: readonly HorizontalVent[];
  readonly fans: readonly Fan[];
}

/** Floors and ceilings that meet may differ by this much, m (CFAST: 0.01 m). */
const MEETING = 0.01;

export function readVents(reading: CfastReading, compartments: Compartments, targets: ReadonlyMap<string, number>): Vents {
  const groups = reading.all("VENT", VENT);
  indexById(groups);
  const wallVents: WallVent[] = [];
  const outsideFirst: boolean[] = [];
  const horizontalVents: HorizontalVent[] = [];
  const fans: Fan[] = [];
  for (const fields of groups) {
    const type = fields.neededText("TYPE").toUpperCase();
    const joined = readJoined(fields, compartments);
    if (joined === null || type === "") continue;
    const common = { id: fields.text("ID") ?? "", opening: readOpening(reading, fields, targets) };
    if (type === "WALL") {
      wallVents.push({ ...common, ...wallVent(fields, joined, compartments) });
      outsideFirst.push(joined[0] === OUTSIDE);
    } else if (type === "MECHANICAL") fans.push({ ...common, ...fan(fields, joined) });
    else horizontalVents.push({ ...common, ...horizontalVent(reading, fields, joined, compartments) });
  }
  return { wallVents, outsideFirst, horizontalVents, fans };
}

function readJoined(fields: Fields, { index }: Compartments): [number, number] | null {
  const names = fields.texts("COMP_IDS");
  if (names.length !== 2) {
    fields.fault(names.length === 0 ? "is missing" : "has one compartment, needs two ('OUTSIDE' is the open air)", "COMP_IDS");
    return null;
  }
  const [from, to] = names.map((name) => (name === "OUTSIDE" ? OUTSIDE : lookUp(fields, "COMP_IDS", name, index, "&COMP")));
  if (from === null || to === null || from === undefined || to === undefined) return null;
  if (from === to) {
    fields.fault(`joins '${names[0]}' with itself`, "COMP_IDS");
    return null;
  }
  return [from, to];
}

function wallVent(fields: Fields, [first, second]: [number, number], { list }: Compartments): Omit<WallVent, "id" | "opening"> {
  const [from, to] = first === OUTSIDE ? [second, first] : [first, second];
  const sill_m = fields.number("BOTTOM") ?? 0;
  const soffit_m = fields.has("TOP") ? fields.needed("TOP") : sill_m + fields.needed("HEIGHT");
  if (fields.has("TOP") && fields.has("HEIGHT"))
    fields.fault("is given together with TOP; one of them says where the vent ends", "HEIGHT");
  if (soffit_m <= sill_m)
    fields.fault(`is ${soffit_m} m, not above BOTTOM ${sill_m} m`, "TOP", { value: soffit_m, limit: sill_m });
  for (const side of [from, to]) {
    const room = list[side];
    if (!room) continue;
    const shift = list[from]!.floor_m - room.floor_m;
    const top = soffit_m + shift;
    if (top > room.height_m + MEETING)
      fields.fault(
        `ends ${top} m above the floor of '${room.id}', which is ${room.height_m} m high`,
        fields.has("TOP") ? "TOP" : "HEIGHT",
        {
          value: top,
          limit: room.height_m,
        },
      );
    if (sill_m + shift < -MEETING)
      fields.fault(`lies ${-(sill_m + shift)} m below the floor of '${room.id}'`, "BOTTOM", { value: sill_m + shift, limit: 0 });
  }
  return { from, to, sill_m, soffit_m, width_m: fields.needed("WIDTH") };
}

/** The first compartment is the upper one; where only the reverse fits, CFAST and Muster turn it round. */
function horizontalVent(
  reading: CfastReading,
  fields: Fields,
  [first, second]: [number, number],
  { list }: Compartments,
): Omit<HorizontalVent, "id" | "opening"> {
  const meets = (above: number, below: number): boolean =>
    above === OUTSIDE ||
    below === OUTSIDE ||
    Math.abs(list[above]!.floor_m - list[below]!.floor_m - list[below]!.height_m) <= MEETING;
  const shape = fields.neededText("SHAPE").toUpperCase() === "ROUND" ? "round" : "square";
  const rest = { area_m2: fields.needed("AREA"), shape } as const;
  if (meets(first, second)) return { above: first, below: second, ...rest };
  if (meets(second, first)) {
    notice(reading, fields, "COMP_IDS name the lower compartment first; turned round, as CFAST does");
    return { above: second, below: first, ...rest };
  }
  const [upper, lower] = [list[first]!, list[second]!];
  fields.fault(
    `joins '${upper.id}', whose floor is at ${upper.floor_m} m, with '${lower.id}', whose ceiling is at ${lower.floor_m + lower.height_m} m`,
    "COMP_IDS",
    { value: upper.floor_m, limit: lower.floor_m + lower.height_m },
  );
  return { above: first, below: second, ...rest };
}

function pair(fields: Fields, key: string, fallback?: readonly [number, number]): readonly [number, number] {
  const values = fields.numbers(key);
  if (values.length === 2) return [values[0]!, values[1]!];
  if (values.length === 0 && fallback) return fallback;
  fields.fault(values.length === 0 ? "is missing" : "has one value, needs two", key);
  return [Number.NaN, Number.NaN];
}

function fan(fields: Fields, [from, to]: [number, number]): Omit<Fan, "id" | "opening"> {
  const [fromArea_m2, toArea_m2] = pair(fields, "AREAS");
  const [fromHeight_m, toHeight_m] = pair(fields, "HEIGHTS");
  const [cutoffBegin_Pa, cutoffEnd_Pa] = pair(fields, "CUTOFFS", [200, 300]);
  if (cutoffEnd_Pa < cutoffBegin_Pa)
    fields.fault(`ends at ${cutoffEnd_Pa} Pa, before it begins at ${cutoffBegin_Pa} Pa`, "CUTOFFS", {
      value: cutoffEnd_Pa,
      limit: cutoffBegin_Pa,
    });
  const [fromOrientation, toOrientation] = [0, 1].map((k) =>
    (fields.texts("ORIENTATIONS")[k] ?? "VERTICAL").toUpperCase() === "HORIZONTAL"
      ? ("horizontal" as const)
      : ("vertical" as const),
  );
  const efficiency = (fields.number("FILTER_EFFICIENCY") ?? 0) / 100;
  const start = fields.number("FILTER_TIME") ?? 0;
  return {
    from,
    to,
    flow_m3_s: fields.needed("FLOW"),
    fromHeight_m,
    toHeight_m,
    fromArea_m2,
    toArea_m2,
    fromOrientation: fromOrientation!,
    toOrientation: toOrientation!,
    cutoffBegin_Pa,
    cutoffEnd_Pa,
    // CFAST brings the filter in over one second.
    ...(efficiency > 0 ? { filter: [[start, 0] as const, [start + 1, efficiency] as const] } : {}),
  };
}

function readOpening(reading: CfastReading, fields: Fields, targets: ReadonlyMap<string, number>): Opening {
  const criterion = (fields.text("CRITERION") ?? "TIME").toUpperCase();
  const before = fields.number("PRE_FRACTION") ?? 1;
  const after = fields.number("POST_FRACTION") ?? 1;
  const open: Opening = { by: "time", table: [[0, after]] };
  if (criterion === "TIME") {
    if (!fields.has("T") && !fields.has("F")) {
      if (fields.has("PRE_FRACTION") && before !== after)
        notice(
          reading,
          fields,
          `PRE_FRACTION has no effect without T and F: open by POST_FRACTION ${after} from the start, as in CFAST`,
        );
      return open;
    }
    const table = timeTable(fields, fields.numbers("T"), fields.numbers("F"), ["T", "F"]);
    return table && table.length > 0 ? { by: "time", table } : open;
  }
  if (fields.has("T") || fields.has("F")) fields.fault(`is given, but CRITERION is '${criterion}'`, fields.has("T") ? "T" : "F");
  const device = readTrigger(fields, criterion, targets);
  return device ? { by: "device", device, before, after } : open;
}

/** The target whose temperature (C) or incident flux (kW/m2) reaches SETPOINT. */
export function readTrigger(fields: Fields, criterion: string, targets: ReadonlyMap<string, number>): DeviceRef | null {
  const setpoint = fields.needed("SETPOINT");
  const target = lookUp(fields, "DEVC_ID", fields.neededText("DEVC_ID"), targets, "target (&DEVC of TYPE 'PLATE' or 'CYLINDER')");
  if (target === null) return null;
  return criterion === "TEMPERATURE"
    ? { kind: "target-temperature", target, temperature_K: setpoint + CELSIUS }
    : { kind: "target-flux", target, flux_W_m2: setpoint * 1000 };
}
