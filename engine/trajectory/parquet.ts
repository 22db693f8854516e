/** Trajectories in Parquet: what Muster writes (time, id, x, y, level, sheet) and any file with id, frame or time, x and y. */
import { type AsyncBuffer, parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { MusterError } from "../errors.js";
import { findRoles, type Role, unitOfName } from "./columns.js";
import { gatherProblems, MOST_ROWS, type RawTrajectory } from "./raw.js";

export const isParquet = (bytes: Uint8Array): boolean =>
  bytes.length > 12 && String.fromCharCode(...bytes.subarray(0, 4)) === "PAR1";

/** Format of what Muster writes: positions are in its local metres. */
export const MUSTER_PARQUET = "Muster Parquet";

/** Rows read at once: bounds the memory of the objects that a row becomes on its way. */
const STEP = 100_000;

/** @throws MusterError INPUT_UNREADABLE where the file is damaged or lacks a column, TRAJECTORY_INVALID with every bad row */
export async function readParquet(name: string, bytes: Uint8Array): Promise<RawTrajectory> {
  try {
    return await read(name, bytes);
  } catch (error) {
    if (error instanceof MusterError) throw error;
    throw unreadable(name, `is a damaged Parquet file: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const unreadable = (place: string, message: string): MusterError => new MusterError("INPUT_UNREADABLE", [{ place, message }]);

async function read(name: string, bytes: Uint8Array): Promise<RawTrajectory> {
  const file: AsyncBuffer = {
    byteLength: bytes.byteLength,
    slice: (start, end) => Uint8Array.from(bytes.subarray(start, end)).buffer,
  };
  const metadata = await parquetMetadataAsync(file);
  const rows = Number(metadata.num_rows);
  if (rows > MOST_ROWS)
    throw new MusterError("INPUT_TOO_LARGE", [
      { place: name, message: `has ${rows} rows, limit ${MOST_ROWS}`, limit: MOST_ROWS },
    ]);
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  const roles = rolesOf(name, names);
  const columns = Object.entries(roles).map(([role, at]) => ({ role: role as Role, name: names[at]! }));
  const table = createColumns(rows);
  const problems = gatherProblems();
  for (let start = 0; start < rows; start += STEP) {
    const wanted = { file, metadata, compressors, columns: columns.map((column) => column.name), rowStart: start };
    const part = await parquetReadObjects({ ...wanted, rowEnd: Math.min(rows, start + STEP) });
    part.forEach((row, k) => {
      for (const { role, name: column } of columns)
        if (!table.set(role, start + k, row[column]))
          problems.add(`${name}, row ${start + k + 1}`, `${column} is ${String(row[column])}, no number`);
    });
  }
  if (problems.list.length > 0) throw new MusterError("TRAJECTORY_INVALID", problems.told());
  const values = new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value]) ?? []);
  return {
    format: values.get("muster.content") === "trajectory" ? MUSTER_PARQUET : "Parquet",
    rows,
    id: table.id,
    frame: roles.frame === undefined ? null : table.when,
    time: roles.frame === undefined ? table.when : null,
    x: table.x,
    y: table.y,
    z: roles.z === undefined ? null : table.z,
    level: roles.level === undefined ? null : table.level,
    levels: table.levels(),
    frameRate: rateOf(values.get("frame_rate") ?? values.get("fps")),
    unit: unitOfName(names[roles.x!]!) ?? (values.has("muster.content") ? "m" : null),
    floors: [],
    place: (row) => `${name}, row ${row + 1}`,
    notices: [],
  };
}

const rateOf = (text: string | undefined): number | null => {
  const rate = Number(text);
  return text !== undefined && rate > 0 ? rate : null;
};

/** Frames go before times; of what Muster writes the sheet is the level, since people on a flight are not on the floor. */
function rolesOf(name: string, names: readonly string[]): Partial<Record<Role, number>> {
  const roles = findRoles(names);
  const sheet = names.indexOf("sheet");
  if (sheet >= 0) roles.level = sheet;
  if (roles.frame !== undefined) delete roles.time;
  if (roles.id === undefined || roles.x === undefined || roles.y === undefined || (roles.frame ?? roles.time) === undefined)
    throw unreadable(name, `has the columns ${names.slice(0, 20).join(", ")}; needed are id, frame or time, x and y`);
  return roles;
}

function createColumns(rows: number) {
  const [id, when, x, y] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  const z = new Float64Array(rows);
  const level = new Uint16Array(rows);
  const names = new Map<string, number>();
  const numbers = { id, frame: when, time: when, x, y, z } as const;
  return {
    id,
    when,
    x,
    y,
    z,
    level,
    levels: () => [...names.keys()],
    /** False where the value is no number. */
    set(role: Role, row: number, value: unknown): boolean {
      if (role === "level") {
        const text = String(value);
        if (!names.has(text)) names.set(text, names.size);
        level[row] = names.get(text)!;
        return true;
      }
      const number = typeof value === "bigint" ? Number(value) : value;
      if (typeof number !== "number" || Number.isNaN(number)) return false;
      numbers[role][row] = number;
      return true;
    },
  };
}
