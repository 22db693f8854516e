/** PedPy's text format, that of the Jülich Pedestrian Dynamics Data Archive, and CSV (docs/formats/trajectories.md). */
import { MusterError } from "../errors.js";
import { findRoles, type Role, unitOfName } from "./columns.js";
import type { LengthUnit, RawTrajectory } from "./raw.js";
import { readHead, readRows, type Table, type TableColumn } from "./table.js";

/** Order of the columns where nothing names them. */
const USUAL = { id: 0, frame: 1, x: 2, y: 3, z: 4 } as const;

/**
 * Rows of a table in text. Columns come from the header row, else from the last comment that names them ("# id frame x/m y/m z/m"),
 * else they are id, frame, x, y. Frame rate, unit and walkable area are read from comments.
 * @throws MusterError INPUT_UNREADABLE where columns are missing, TRAJECTORY_INVALID with the line of every bad row
 */
export function readTable(name: string, bytes: Uint8Array): RawTrajectory {
  const head = readHead(bytes);
  const { roles, names } = rolesOf(name, head);
  // Old files leave the height out.
  const high = roles.z !== undefined && roles.z < head.fields;
  const order: Role[] = ["id", roles.frame === undefined ? "time" : "frame", "x", "y"];
  if (high) order.push("z");
  if (roles.level !== undefined) order.push("level");
  const columns = order.map((role): TableColumn => ({ at: roles[role]!, kind: role === "level" ? "text" : "number" }));
  const table = readRows(bytes, head, columns, order);
  if (table.problems.list.length > 0) {
    const told = table.problems.told().map(({ place, message }) => ({ place: place ? `${name}, ${place}` : name, message }));
    throw new MusterError("TRAJECTORY_INVALID", told);
  }
  const [id, when, x, y] = table.values;
  const of = (role: Role): Float64Array | undefined => table.values[order.indexOf(role)];
  const level = of("level");
  const { rows, lines } = table;
  return {
    format: head.separator === "blank" ? "text" : "CSV",
    rows,
    id: id!,
    frame: roles.frame === undefined ? null : when!,
    time: roles.frame === undefined ? when! : null,
    x: x!,
    y: y!,
    z: of("z") ?? null,
    level: level ? Uint16Array.from(level.subarray(0, rows)) : null,
    levels: level ? table.texts[order.indexOf("level")]! : [],
    ...stated(head, names, roles),
    place: (row) => `${name}, line ${lines[row]}`,
    notices: [],
  };
}

function rolesOf(name: string, head: Table): { roles: Partial<Record<Role, number>>; names: readonly string[] } {
  const named = [head.header, ...head.comments.toReversed().map((comment) => comment.split(/[\s,;]+/))];
  for (const names of named) {
    if (!names) continue;
    const roles = findRoles(names);
    if (roles.id !== undefined && roles.x !== undefined && roles.y !== undefined && (roles.frame ?? roles.time) !== undefined)
      return { roles, names };
  }
  if (head.header) {
    const message = `has the columns ${head.header.slice(0, 20).join(", ")}; needed are id, frame or time, x and y`;
    throw new MusterError("INPUT_UNREADABLE", [{ place: `${name}, line ${head.line - 1}`, message }]);
  }
  return { roles: USUAL, names: [] };
}

/** What comments and column names say about frame rate, unit and floor. */
function stated(
  { comments, units }: Table,
  names: readonly string[],
  roles: Partial<Record<Role, number>>,
): Pick<RawTrajectory, "frameRate" | "unit" | "floors"> {
  let frameRate: number | null = null;
  let unit: LengthUnit | null = null;
  const floors: string[] = [];
  for (const comment of comments) {
    const rate = /(?:frame[ _-]?rate|fps)[\s:=]*(\d+(?:\.\d+)?)/i.exec(comment);
    if (rate) frameRate ??= Number(rate[1]);
    const length = /\bin (cm|m)\b|\bunits?\b\W*(cm|m)\b/i.exec(comment);
    if (length) unit ??= (length[1] ?? length[2])!.toLowerCase() as LengthUnit;
    const area = /^(?:walkable(?:[ _]area)?|geometry|floor)\W*?((?:MULTI)?POLYGON.*)$/i.exec(comment);
    if (area) floors.push(area[1]!);
  }
  const column = roles.x!;
  unit ??= unitOfName(names[column] ?? "") ?? unitOfName(`x/${units?.[column] ?? ""}`);
  return { frameRate, unit, floors };
}
