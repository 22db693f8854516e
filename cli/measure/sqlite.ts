/** JuPedSim's SQLite trajectories, versions 1 and 2. */
import initSqlJs, { type Database } from "sql.js";
import { MusterError } from "../../engine/errors.js";
import { MOST_ROWS, NOT_SAID, type RawTrajectory } from "../../engine/trajectory/raw.js";

/** Tables trajectory_data (frame, id, pos_x, pos_y), metadata (key, value: version, fps) and geometry (wkt), m. */
export async function readSqlite(name: string, bytes: Uint8Array): Promise<RawTrajectory> {
  const { Database: Sql } = await initSqlJs();
  let database: Database | null = null;
  try {
    database = new Sql(bytes);
    return read(name, database);
  } catch (error) {
    if (error instanceof MusterError) throw error;
    throw unreadable(name, `is no JuPedSim trajectory: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    database?.close();
  }
}

const unreadable = (place: string, message: string): MusterError => new MusterError("INPUT_UNREADABLE", [{ place, message }]);

function read(name: string, database: Database): RawTrajectory {
  const metadata = new Map(database.exec("SELECT key, value FROM metadata")[0]?.values.map(([k, v]) => [String(k), String(v)]));
  const version = Number(metadata.get("version") ?? 1);
  if (version !== 1 && version !== 2)
    throw unreadable(name, `has version ${version} of JuPedSim's format; versions 1 and 2 are read`);
  const rows = Number(database.exec("SELECT count(*) FROM trajectory_data")[0]?.values[0]?.[0] ?? 0);
  if (rows > MOST_ROWS)
    throw new MusterError("INPUT_TOO_LARGE", [
      { place: name, message: `has ${rows} rows, limit ${MOST_ROWS}`, limit: MOST_ROWS },
    ]);
  const [id, frame, x, y] = [new Float64Array(rows), new Float64Array(rows), new Float64Array(rows), new Float64Array(rows)];
  const statement = database.prepare("SELECT id, frame, pos_x, pos_y FROM trajectory_data ORDER BY id, frame");
  for (let row = 0; row < rows && statement.step(); row++) {
    const values = statement.get();
    id[row] = Number(values[0]);
    frame[row] = Number(values[1]);
    x[row] = Number(values[2]);
    y[row] = Number(values[3]);
  }
  statement.free();
  const floors = database.exec("SELECT wkt FROM geometry")[0]?.values.map(([wkt]) => String(wkt)) ?? [];
  const fps = Number(metadata.get("fps"));
  return {
    ...NOT_SAID,
    format: "JuPedSim SQLite",
    rows,
    id,
    frame,
    x,
    y,
    frameRate: fps > 0 ? fps : null,
    unit: "m",
    floors,
    place: (row) => `${name}, person ${id[row]} in frame ${frame[row]}`,
    notices: floors.length > 1 ? [`${floors.length} geometries in the file: their union is the floor`] : [],
  };
}
