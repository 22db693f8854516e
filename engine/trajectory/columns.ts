/** Which column of a table is the person, the frame or time, and the place, by the names that programs in the field give them. */
import type { LengthUnit } from "./raw.js";

export type Role = "id" | "frame" | "time" | "x" | "y" | "z" | "level";

const NAMES: Readonly<Record<Role, readonly string[]>> = {
  id: ["id", "persid", "personid", "pedid", "pedestrianid", "agentid", "agent", "trackid", "person", "ped"],
  frame: ["frame", "framenumber", "frameid", "framenr", "fr"],
  time: ["time", "t", "times", "simtime", "seconds"],
  x: ["x", "xm", "xcm", "posx", "positionx", "xpos", "centerx"],
  y: ["y", "ym", "ycm", "posy", "positiony", "ypos", "centery"],
  z: ["z", "zm", "zcm", "posz", "positionz", "zpos"],
  level: ["level", "levelid", "floor"],
};

/** "PersID" → "persid", "x/m" → "xm", "pos_x [cm]" → "posxcm". */
const plain = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, "");

export function roleOf(name: string): Role | null {
  const word = plain(name).replace(/(?<=pos[xyz])(c?m)$/, "");
  for (const [role, names] of Object.entries(NAMES)) if (names.includes(word)) return role as Role;
  return null;
}

/** Index of the column of each role; where two columns have one role the first holds. */
export function findRoles(names: readonly string[]): Partial<Record<Role, number>> {
  const found: Partial<Record<Role, number>> = {};
  names.forEach((name, k) => {
    const role = roleOf(name);
    if (role !== null) found[role] ??= k;
  });
  return found;
}

/** Unit that the name of a column states: "x/cm", "x_m", "x [m]"; null where it states none. */
export function unitOfName(name: string): LengthUnit | null {
  const found = /[/_ ([]\s*(cm|m)\s*[\])]?$/i.exec(name.trim());
  return found ? (found[1]!.toLowerCase() as LengthUnit) : null;
}
