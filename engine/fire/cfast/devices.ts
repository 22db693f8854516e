/** &DEVC of a CFAST file: targets and detectors. */
import type { Detector, Fire, Target } from "../zone/building.js";
import type { Compartments, Materials } from "./compartments.js";
import type { Fields } from "./fields.js";
import { DEVC } from "./keys.js";
import { CELSIUS, type CfastReading, checkInside, indexById, lookUp, notice, triple } from "./reading.js";

/** CFAST's defaults: 135 F, RTI 50 (m s)^1/2 and 23.93 %/m (User's Guide, NIST TN 1889v2). */
const ACTIVATION_C = 57.22;
const RTI = 50;
const OBSCURATION_PERCENT_M = 23.93;
/** Fastest speed of a sprinkler's water that is taken for m/s and not for mm/s, m/s. */
const MOST_SPRAY = 0.01;

export interface DeviceGroups {
  readonly targets: readonly Fields[];
  readonly detectors: readonly Fields[];
  /** Targets by id. */
  readonly index: ReadonlyMap<string, number>;
}

const isTarget = (type: string): boolean => type === "PLATE" || type === "CYLINDER";

/** The groups by kind; vents and fires name targets before fires, which targets name in turn, are read. */
export function readDeviceGroups(reading: CfastReading): DeviceGroups {
  const groups = reading.all("DEVC", DEVC);
  indexById(groups);
  const kind = (fields: Fields): string => fields.text("TYPE")?.toUpperCase() ?? "";
  for (const fields of groups) fields.neededText("TYPE");
  const targets = groups.filter((fields) => isTarget(kind(fields)));
  const index = new Map<string, number>();
  targets.forEach((fields, k) => {
    const id = fields.text("ID");
    if (id !== null && !index.has(id)) index.set(id, k);
  });
  return { targets, detectors: groups.filter((fields) => kind(fields) !== "" && !isTarget(kind(fields))), index };
}

interface Place {
  compartment: number;
  at: [number, number, number];
}

function readPlace(fields: Fields, { index, list }: Compartments): Place | null {
  const compartment = lookUp(fields, "COMP_ID", fields.neededText("COMP_ID"), index, "&COMP");
  const at = triple(fields, "LOCATION");
  if (!fields.has("LOCATION")) fields.fault("is missing", "LOCATION");
  if (compartment === null || at === null) return null;
  const room = list[compartment]!;
  checkInside(fields, "LOCATION", at, [room.width_m, room.depth_m, room.height_m]);
  return { compartment, at };
}

export function readTargets(
  groups: readonly Fields[],
  compartments: Compartments,
  materials: Materials,
  fires: readonly Fire[],
): Target[] {
  return groups.flatMap((fields): Target[] => {
    const place = readPlace(fields, compartments);
    const material = lookUp(fields, "MATL_ID", fields.neededText("MATL_ID"), materials.index, "&MATL");
    if (place === null || material === null) return [];
    const thickness_m = fields.number("THICKNESS") ?? materials.thickness_m[material]!;
    if (Number.isNaN(thickness_m)) fields.fault(`is missing, and material '${fields.text("MATL_ID")}' has none`, "THICKNESS");
    const depth = fields.number("TEMPERATURE_DEPTH") ?? 0.5;
    const inMetres = fields.text("DEPTH_UNITS")?.toUpperCase() === "M";
    const depth_m = inMetres ? depth : depth * thickness_m;
    if (depth_m > thickness_m)
      fields.fault(`is ${depth_m} m, deeper than the ${thickness_m} m of the target`, "TEMPERATURE_DEPTH", {
        value: depth_m,
        limit: thickness_m,
      });
    for (const key of ["SURFACE_TEMPERATURE", "FRONT_SURFACE_TEMPERATURE"])
      if (fields.has(key)) fields.fault("is given; Muster's targets begin at the temperature of the room", key);
    const convection = fields.numbers("CONVECTION_COEFFICIENTS");
    return [
      {
        id: fields.text("ID") ?? "",
        ...place,
        normal: readNormal(fields, place, fires),
        material,
        thickness_m,
        shape: fields.text("TYPE")!.toUpperCase() === "CYLINDER" ? "cylinder" : "plate",
        depth_m,
        ...(convection.length === 2 && convection.some((h) => h > 0)
          ? { convection_W_m2K: [convection[0]! * 1000, convection[1]! * 1000] as const }
          : {}),
        ...(fields.flag("ADIABATIC_TARGET") ? { adiabatic: true } : {}),
      },
    ];
  });
}

/** Directions of CFAST's words. "Front" and "back" lie along x here, unlike the faces of vents. */
const ORIENTATIONS: Readonly<Record<string, readonly [number, number, number]>> = {
  CEILING: [0, 0, 1],
  FLOOR: [0, 0, -1],
  "FRONT WALL": [1, 0, 0],
  "BACK WALL": [-1, 0, 0],
  "RIGHT WALL": [0, 1, 0],
  "LEFT WALL": [0, -1, 0],
};

function readNormal(fields: Fields, { compartment, at }: Place, fires: readonly Fire[]): readonly [number, number, number] {
  const key = fields.has("SURFACE_ORIENTATION") ? "SURFACE_ORIENTATION" : "FRONT_SURFACE_ORIENTATION";
  const word = fields.text(key);
  if (word !== null && word !== "NULL") {
    const known = ORIENTATIONS[word.toUpperCase()];
    if (known) return known;
    const fire = fires.find(({ id }) => id === word);
    if (!fire || fire.compartment !== compartment) {
      fields.fault(
        `is '${word}', which is neither ${Object.keys(ORIENTATIONS).join(", ")} nor a fire of the same compartment`,
        key,
        { value: word },
      );
      return [0, 0, 1];
    }
    return unit(fields, key, [fire.x_m - at[0], fire.y_m - at[1], fire.height_m[0]![1] - at[2]]);
  }
  const normal = fields.has("NORMAL") ? triple(fields, "NORMAL") : null;
  return normal ? unit(fields, "NORMAL", normal) : [0, 0, 1];
}

function unit(fields: Fields, key: string, [x, y, z]: readonly [number, number, number]): readonly [number, number, number] {
  const length = Math.sqrt(x * x + y * y + z * z);
  if (length === 0) {
    fields.fault("has no direction: its length is 0", key);
    return [0, 0, 1];
  }
  return [x / length, y / length, z / length];
}

export function readDetectors(reading: CfastReading, groups: readonly Fields[], compartments: Compartments): Detector[] {
  return groups.flatMap((fields): Detector[] => {
    const place = readPlace(fields, compartments);
    if (place === null) return [];
    const common = { id: fields.text("ID") ?? "", ...place };
    const type = fields.text("TYPE")!.toUpperCase();
    if (type === "SMOKE_DETECTOR") return [{ ...common, kind: "smoke", ...obscurations(fields) }];
    const thermal = { rti: fields.number("RTI") ?? RTI, activation_K: (fields.number("SETPOINT") ?? ACTIVATION_C) + CELSIUS };
    if (type === "HEAT_DETECTOR") return [{ ...common, kind: "heat", ...thermal }];
    const spray = fields.number("SPRAY_DENSITY") ?? 0;
    if (spray > MOST_SPRAY)
      fields.fault(`is ${spray} m/s, at most ${MOST_SPRAY}: is it in mm/s?`, "SPRAY_DENSITY", {
        value: spray,
        limit: MOST_SPRAY,
      });
    if (spray > 0) return [{ ...common, kind: "sprinkler", ...thermal, sprayDensity_m_s: spray }];
    notice(reading, fields, "SPRAY_DENSITY is not above 0: it reports and does not cut the fire, as in CFAST");
    return [{ ...common, kind: "heat", ...thermal }];
  });
}

function obscurations(fields: Fields): { obscuration_1_m: number; smoulderingObscuration_1_m?: number } {
  const both = fields.numbers("SETPOINTS");
  const single = fields.number("SETPOINT");
  const percent = single ?? (both.length === 2 ? both[1]! : OBSCURATION_PERCENT_M);
  if (percent <= 0 || percent >= 100)
    fields.fault(`is ${percent} %/m, must lie between 0 and 100`, "SETPOINT", { value: percent });
  return {
    obscuration_1_m: percent / 100,
    ...(single === null && both.length === 2 ? { smoulderingObscuration_1_m: both[0]! / 100 } : {}),
  };
}
