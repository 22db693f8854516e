import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fdsField } from "../../engine/fire/fields/fds/field.js";
import { ambientAir } from "../../engine/fire/fields/field.js";
import { floorHeights } from "../../engine/fire/fields/places.js";
import { openFdsFolder } from "../../workers/smoke/files.js";
import { meshText, type SliceText, sliceBytes, sliceLine, smvText } from "../fire/fields/fds-bytes.js";
import { muster } from "./measure-muster.js";
import { writeRoom } from "./room.js";

const MESH = { id: "room", x: [0, 1, 2], y: [0, 1], z: [0, 1.5, 3] };
/** Values rise by 1 from frame to frame and by 10 from west to east. */
const slice = (quantity: string, unit: string, frames: number): SliceText => ({
  quantity,
  unit,
  bounds: [0, 2, 0, 1, 1, 1],
  frames: Array.from({ length: frames }, (_, time) => ({ time, values: [0, 10, 20, 0, 10, 20].map((v) => v + time) })),
});
let folder: string;
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-fields-"));
  writeFileSync(at("a_1.sf"), sliceBytes(slice("TEMPERATURE", "C", 3)));
  writeFileSync(at("a_2.sf"), sliceBytes(slice("PRESSURE", "Pa", 3)));
  const text = [
    meshText(MESH),
    sliceLine("SLCF", 1, "a_1.sf", slice("TEMPERATURE", "C", 3), 1),
    sliceLine("SLCF", 1, "a_2.sf", slice("PRESSURE", "Pa", 3), 2),
  ];
  writeFileSync(at("a.smv"), smvText(text));
  writeFileSync(at("a_hrr.csv"), "s,kW\nTime,HRR\n0,0\n1,50\n");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("muster fields", () => {
  it("lists quantities with their ranges, times and what they give", async () => {
    const { code, stdout } = await muster("fields", at("a.smv"));
    expect(code).toBe(0);
    expect(stdout).toMatch(/1 mesh, 4 cells, 0 obstructions; x 0 to 2, y 0 to 1, z 0 to 3 m/);
    expect(stdout).toMatch(/TEMPERATURE\s+C\s+on grid lines\s+z = 1.5 m\s+0 to 2 s, 3 times\s+0\s+22\s+1\s+0.00\s+temperature_K/);
    expect(stdout).toMatch(/People meet: temperature_K; 0 to 2 s/);
    expect(stdout).toMatch(/Not known, .*carbonMonoxide/);
    expect(stdout).toMatch(/Notice: Slice not used: PRESSURE/);
  });

  it("prints one JSON document", async () => {
    const { stdout } = await muster("fields", at("a.smv"), "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      format: "FDS",
      meshes: 1,
      slices: [
        { quantity: "TEMPERATURE", frames: 3, least: 0, greatest: 22 },
        { quantity: "PRESSURE", gives: null },
      ],
      field: { knows: ["temperature_K"], times_s: [0, 2] },
    });
    const table = JSON.parse((await muster("fields", at("a_hrr.csv"), "--json")).stdout);
    expect(table).toMatchObject({ format: "FDS table", columns: [{ name: "HRR", unit: "kW", greatest: 50 }] });
  });

  it("shows the smoke of a scenario over its plan: reached, visibility, from where an exit sign is seen", async () => {
    const room = { id: "m", x: [0, 12], y: [0, 8], z: [0, 1.5, 3] };
    const smoke: SliceText = {
      quantity: "SOOT EXTINCTION COEFFICIENT",
      unit: "1/m",
      bounds: [0, 1, 0, 1, 1, 1],
      frames: [0, 60].map((time) => ({ time, values: [time / 60, time / 60, time / 60, time / 60] })),
    };
    writeFileSync(at("r.sf"), sliceBytes(smoke));
    writeFileSync(at("r.smv"), smvText([meshText(room), sliceLine("SLCF", 1, "r.sf", smoke)]));
    const path = writeRoom(folder, { fire: { smoke_from: { format: "fds", file: "r.smv" } } });
    const { code, stdout } = await muster("fields", path, "--at", "0,60");
    expect(code).toBe(0);
    expect(stdout).toMatch(/FDS r.smv over the plan, 0 to 60 s of the run, heads at 1.6 m/);
    expect(stdout).toMatch(/ground\s+0\s+100 %\s+≥ 30\s+0 %\s+0 %\s+1\s+100 %/);
    expect(stdout).toMatch(/ground\s+60\s+100 %\s+3\.0\s+100 %\s+\d+ %\s+1\s+\d %/); // the circle of 3 m before the door
    const { floors } = JSON.parse((await muster("fields", path, "--at", "60", "--sign-factor", "8", "--json")).stdout);
    expect(floors[0]).toMatchObject({ time_s: 60, reached: 1, exit_signs: 1 });
    expect(floors[0].sees_exit_sign).toBeGreaterThan(0.3);
    expect((await muster("fields", writeRoom(folder, {}))).stderr).toMatch(/takes no smoke of another program/);
  });

  it("refuses what is cut, missing or no field: exit code 2 and the place", async () => {
    truncateSync(at("a_1.sf"), 200);
    rmSync(at("a_2.sf"));
    const cut = await muster("fields", at("a.smv"));
    expect(cut.code).toBe(2);
    expect(cut.stderr).toMatch(/The smoke field has faults: 2 problems \[FIELD_INVALID\]/);
    expect(cut.stderr).toMatch(/a_1.sf, byte 190: is cut off in frame 2: 10 of 44 bytes; 1 frames are whole/);
    expect(cut.stderr).toMatch(/a_2.sf: the file of the slice PRESSURE in mesh 1 is not there/);
    writeFileSync(at("b.smv"), smvText([meshText(MESH), sliceLine("SLCF", 1, "../a_1.sf", slice("TEMPERATURE", "C", 3))]));
    expect((await muster("fields", at("b.smv"))).stderr).toMatch(/names the file "..\/a_1.sf", which does not lie beside it/);
    expect((await muster("fields", at("none.smv"))).code).toBe(2);
    expect((await muster("fields", at("a_1.sf"))).stderr).toMatch(/is none of CHID.smv/);
  });
});

it("a run is sampled from disk while more files are in use than are held open", () => {
  const files = 80;
  const texts = [];
  for (let k = 0; k < files; k++) {
    writeFileSync(at(`m_${k}.sf`), sliceBytes(slice("TEMPERATURE", "C", 50)));
    const mesh = { ...MESH, id: `m${k}`, x: [2 * k, 2 * k + 1, 2 * k + 2] };
    texts.push(meshText(mesh), sliceLine("SLCF", k + 1, `m_${k}.sf`, slice("TEMPERATURE", "C", 50)));
  }
  writeFileSync(at("m.smv"), smvText(texts));
  const { run, close } = openFdsFolder(at("m.smv"));
  const field = fdsField(run, { floor: floorHeights({ sheets: [{ level: "0" }], levels: [], connections: [] } as never) });
  const into = ambientAir();
  for (const time of [0, 7.5, 49])
    for (let k = 0; k < files; k++) {
      field.sample(time, 0, 2 * k + 0.5, 0.5, 1.6, into);
      expect(into.temperature_K).toBeCloseTo(273.15 + 5 + time, 4);
    }
  close();
});
