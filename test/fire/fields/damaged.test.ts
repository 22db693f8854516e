/** Files cut and changed at random: each is read, or refused with a place and a message; never another error, never a number that is none. */
import { expect, test } from "vitest";
import { MusterError } from "../../../engine/errors.js";
import { readCfastTable } from "../../../engine/fire/fields/cfast-table.js";
import { sourceOf } from "../../../engine/fire/fields/fds/bytes.js";
import { fdsField } from "../../../engine/fire/fields/fds/field.js";
import { openFds } from "../../../engine/fire/fields/fds/run.js";
import { readSmv } from "../../../engine/fire/fields/fds/smv.js";
import { readFdsTable } from "../../../engine/fire/fields/fds/table.js";
import { ambientAir } from "../../../engine/fire/fields/field.js";
import { stream } from "../../../engine/random.js";
import { meshText, type SliceText, sliceBytes, sliceLine, smvText } from "./fds-bytes.js";

const SLICE: SliceText = {
  quantity: "TEMPERATURE",
  unit: "C",
  bounds: [0, 2, 0, 1, 0, 2],
  frames: [0, 1, 2].map((time) => ({ time, values: Array.from({ length: 18 }, (_, k) => 20 + k + time) })),
};
const TEXT = smvText([
  meshText({ id: "m", x: [0, 1, 2], y: [0, 1], z: [0, 1, 2], obstructions: [[0, 1, 0, 1, 0, 1]] }),
  sliceLine("SLCF", 1, "a.sf", SLICE),
]);
const BYTES = sliceBytes(SLICE);

/** Reads a run and samples it. */
function sample(text: string, bytes: Uint8Array): void {
  const index = readSmv("a.smv", text);
  const run = openFds({ name: "a.smv", index, open: (name) => (name === "a.sf" ? sourceOf(name, bytes) : null) });
  const field = fdsField(run, { floor: () => 0 });
  const into = ambientAir();
  for (const time of [0, 0.5, 2]) {
    field.sample(time, 0, 1.3, 0.4, 1.2, into);
    for (const value of Object.values(into)) expect(Number.isFinite(value)).toBe(true);
  }
}

/** true: read; false: refused with a place. */
function reads(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    expect(error.code).toBe("FIELD_INVALID");
    for (const { place, message } of error.problems)
      expect([place, message]).toEqual([expect.stringMatching(/./), expect.stringMatching(/./)]);
    return false;
  }
}

test("slice files cut anywhere are refused", () => {
  for (let length = 0; length < BYTES.length; length++)
    // Frames have 92 bytes after a head of 146: a cut between two of them leaves a shorter run.
    expect(
      reads(() => sample(TEXT, BYTES.slice(0, length))),
      `${length} bytes`,
    ).toBe(length > 146 && (length - 146) % 92 === 0);
});

test("indices, slice files and tables with random changes", () => {
  const random = stream(11, "damage", 0);
  const change = (text: string): string => {
    const at = random.int(text.length);
    const junk = ["", "\n", "-", "9", " ", "NaN", "1e9", "GRID ", "\u0000"][random.int(9)]!;
    return text.slice(0, at) + junk + text.slice(at + random.int(4));
  };
  const count = { index: 0, slice: 0, table: 0, cfast: 0 };
  const table = "s,C,m\nTime,T,z\n0,20,2.7\n1,30,2.6\n";
  const ids = ["ULT", "ULO2", "ULCO2", "ULCO", "ULHCN", "ULHCL", "ULOD"];
  const units = ["s", "C", "mol_frac", "mol_frac", "mol_frac", "mol_frac", "mol_frac", "mg/m^3"];
  const cfast = `Time,${ids.map((id) => `${id}_1`).join()}\nt,${ids.join()}\nTime,${ids.map(() => "Room").join()}\n${units.join()}\n0,20,0.2,0,0,0,0,0\n10,80,0.1,0,0,0,0,5\n`;
  for (let k = 0; k < 200; k++) {
    if (reads(() => sample(change(TEXT), BYTES))) count.index++;
    const bytes = BYTES.slice();
    bytes[random.int(bytes.length)] = random.int(256);
    if (reads(() => sample(TEXT, bytes))) count.slice++;
    if (reads(() => readFdsTable("a.csv", change(table)))) count.table++;
    if (reads(() => readCfastTable("c.csv", change(cfast)))) count.cfast++;
  }
  // Both happen: changes in a name or a value are read, others refused.
  for (const read of Object.values(count)) {
    expect(read).toBeGreaterThan(10);
    expect(read).toBeLessThan(199);
  }
});
