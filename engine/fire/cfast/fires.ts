/** &FIRE, &CHEM and &TABL of a CFAST file. */
import type { Fire, Fuel, TimeTable } from "../zone/building.js";
import type { Compartments } from "./compartments.js";
import type { Fields } from "./fields.js";
import { CHEM, FIRE, TABL } from "./keys.js";
import { type CfastReading, checkInside, indexById, lookUp, notice, timeTable } from "./reading.js";
import { readTrigger } from "./vents.js";

/** CFAST's least burning area: a circle of 0.2 m, m2. */
const LEAST_AREA = (Math.PI / 4) * 0.2 ** 2;
/** Heat release over flame volume that CFAST refuses and that it warns of, W/m3. */
const FLAME_DENSITY = { refused: 4e6, told: 2e6 };

interface Table {
  readonly fields: Fields;
  readonly labels: readonly string[];
  readonly rows: { fields: Fields; data: readonly number[] }[];
}

const LABELS = ["TIME", "HRR", "HEIGHT", "AREA", "CO_YIELD", "SOOT_YIELD", "HCN_YIELD", "HCL_YIELD", "TRACE_YIELD"];

export function readFires(reading: CfastReading, compartments: Compartments, targets: ReadonlyMap<string, number>): Fire[] {
  const groups = reading.all("FIRE", FIRE);
  indexById(groups);
  const chemistries = reading.all("CHEM", CHEM);
  const chemistry = indexById(chemistries);
  const tables = readTables(reading);
  const used = new Set(groups.map((fields) => fields.text("FIRE_ID")));
  for (const fields of chemistries)
    if (!used.has(fields.text("ID"))) fields.fault(`is '${fields.text("ID")}', which no FIRE_ID of a &FIRE names`, "ID");
  return groups.flatMap((fields): Fire[] => {
    const compartment = lookUp(fields, "COMP_ID", fields.neededText("COMP_ID"), compartments.index, "&COMP");
    const of = lookUp(fields, "FIRE_ID", fields.neededText("FIRE_ID"), chemistry, "&CHEM");
    if (compartment === null || of === null) return [];
    const chem = chemistries[of]!;
    const at = fields.numbers("LOCATION");
    if (at.length !== 2) fields.fault(at.length === 0 ? "is missing" : "has one number, needs x and y", "LOCATION");
    const room = compartments.list[compartment]!;
    checkInside(fields, "LOCATION", at, [room.width_m, room.depth_m]);
    const curves = readCurves(reading, chem, tables.get(chem.text("ID") ?? "") ?? null);
    checkFlame(reading, chem, curves);
    return [
      {
        id: fields.text("ID") ?? "",
        compartment,
        x_m: at[0] ?? 0,
        y_m: at[1] ?? 0,
        fuel: readFuel(chem),
        radiativeFraction: chem.number("RADIATIVE_FRACTION") ?? 0,
        ...curves,
        ignition: readIgnition(reading, fields, targets),
      },
    ];
  });
}

function readIgnition(reading: CfastReading, fields: Fields, targets: ReadonlyMap<string, number>): Fire["ignition"] {
  const criterion = (fields.text("IGNITION_CRITERION") ?? "TIME").toUpperCase();
  const setpoint = fields.number("SETPOINT") ?? 0;
  if (criterion === "TIME") return { by: "time", time_s: setpoint };
  if (setpoint <= 0) {
    notice(reading, fields, `SETPOINT is ${setpoint}: burns from the start, as in CFAST`);
    return { by: "time", time_s: 0 };
  }
  const device = readTrigger(fields, criterion, targets);
  return device ? { by: "device", device } : { by: "time", time_s: 0 };
}

function readFuel(chem: Fields): Fuel {
  const fuel = {
    carbon: chem.number("CARBON") ?? 0,
    hydrogen: chem.number("HYDROGEN") ?? 0,
    oxygen: chem.number("OXYGEN") ?? 0,
    nitrogen: chem.number("NITROGEN") ?? 0,
    chlorine: chem.number("CHLORINE") ?? 0,
    heatOfCombustion_J_kg: (chem.number("HEAT_OF_COMBUSTION") ?? 50_000) * 1000,
  };
  if (fuel.carbon + fuel.hydrogen === 0) chem.fault("is 0, as is HYDROGEN: there is nothing to burn", "CARBON");
  if ((chem.number("FLAMING_TRANSITION_TIME") ?? 0) > 0)
    chem.fault("is above 0: Muster does not change a fire from smouldering to flaming", "FLAMING_TRANSITION_TIME");
  return fuel;
}

function readTables(reading: CfastReading): Map<string, Table> {
  const tables = new Map<string, Table>();
  for (const fields of reading.all("TABL", TABL)) {
    const id = fields.neededText("ID");
    const data = fields.numbers("DATA");
    const labels = fields.texts("LABELS").map((label) => label.toUpperCase());
    if (id === "") continue;
    if (labels.length > 0) {
      if (tables.has(id)) fields.fault("is a second list of columns of this table", "LABELS");
      for (const label of labels)
        if (!LABELS.includes(label)) fields.fault(`names the column '${label}', which is none of ${LABELS.join(", ")}`, "LABELS");
      if (!labels.includes("TIME")) fields.fault("has no column 'TIME'", "LABELS");
      tables.set(id, { fields, labels, rows: [] });
    } else if (data.length > 0) {
      const table = tables.get(id);
      if (!table) fields.fault("stands before the LABELS of its table", "DATA");
      else if (data.length !== table.labels.length)
        fields.fault(`has ${data.length} values for ${table.labels.length} columns`, "DATA", {
          value: data.length,
          limit: table.labels.length,
        });
      else table.rows.push({ fields, data });
    } else if (!fields.has("DATA") && !fields.has("LABELS")) fields.fault("has neither LABELS nor DATA");
  }
  for (const { fields, rows } of tables.values()) if (rows.length === 0) fields.fault("has no DATA: its table is empty");
  return tables;
}

type Curves = Pick<Fire, "hrr_W" | "height_m" | "area_m2" | "yields">;

/** Columns of the table; what it lacks is the constant of &CHEM. */
function readCurves(reading: CfastReading, chem: Fields, table: Table | null): Curves {
  if (!table && !chem.has("HRR")) chem.fault("has neither a &TABL of its ID nor HRR");
  const times = table?.rows.map(({ data }) => data[table.labels.indexOf("TIME")] ?? 0) ?? [];
  const column = (label: string, constant: number, from: number, factor = 1): TimeTable => {
    const k = table?.labels.indexOf(label) ?? -1;
    if (!table || k < 0 || table.rows.length === 0) return [[0, constant * factor]];
    for (const { fields, data } of table.rows)
      if (data[k]! < from) fields.fault(`has ${label} ${data[k]}, at least ${from}`, "DATA", { value: data[k]!, limit: from });
    return (
      timeTable(
        table.fields,
        times,
        table.rows.map(({ data }) => data[k]! * factor),
        ["TIME", label],
      ) ?? [[0, constant * factor]]
    );
  };
  const chlorine = column("HCL_YIELD", chem.number("HCL_YIELD") ?? 0, 0);
  if (chlorine.some(([, value]) => value > 0))
    notice(reading, chem, "HCL_YIELD is not read: all chlorine of the fuel becomes HCl, as in CFAST");
  const area = column("AREA", chem.number("AREA") ?? 0, 0);
  if (area.some(([, value]) => value < LEAST_AREA))
    notice(reading, chem, `AREA is below ${LEAST_AREA.toFixed(4)} m2 and taken as that, as in CFAST`);
  return {
    hrr_W: column("HRR", chem.number("HRR") ?? 0, 0, 1000),
    height_m: column("HEIGHT", 0, 0),
    area_m2: area.map(([time, value]) => [time, Math.max(value, LEAST_AREA)] as const),
    yields: {
      co: column("CO_YIELD", chem.number("CO_YIELD") ?? 0, 0),
      soot: column("SOOT_YIELD", chem.number("SOOT_YIELD") ?? 0, 0),
      hcn: column("HCN_YIELD", chem.number("HCN_YIELD") ?? 0, 0),
      trace: column("TRACE_YIELD", chem.number("TRACE_YIELD") ?? 0, 0),
    },
  };
}

/** Heat release over the volume of the flame, a cylinder as high as diameter and Heskestad's flame together. */
function checkFlame(reading: CfastReading, chem: Fields, { hrr_W, area_m2 }: Curves): void {
  const most = Math.max(...hrr_W.map(([, value]) => value));
  const area = Math.max(...area_m2.map(([, value]) => value));
  const diameter = Math.sqrt((4 * area) / Math.PI);
  const flame = Math.max(0, 0.235 * (most / 1000) ** 0.4 - 1.02 * diameter);
  const density = most / (area * (diameter + flame));
  const said = `${(density / 1e6).toFixed(2)} MW/m3 at ${most / 1000} kW on ${area.toPrecision(3)} m2`;
  if (density > FLAME_DENSITY.refused)
    chem.fault(`burns with ${said}; real fires stay below 4 MW/m3: is AREA too small?`, undefined, {
      value: density,
      limit: FLAME_DENSITY.refused,
    });
  else if (density > FLAME_DENSITY.told)
    notice(reading, chem, `burns with ${said}, above the 2 MW/m3 of most fires: is AREA too small?`);
}
