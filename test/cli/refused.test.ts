import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { muster } from "./measure-muster.js";
import { writeRoom } from "./room.js";

let root = "";
let home = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "muster-refused-"));
  home = process.cwd();
  process.chdir(root);
  writeRoom("room");
});
afterAll(() => {
  process.chdir(home);
  rmSync(root, { recursive: true, force: true });
});

describe("bad input ends with 2, tells every problem and writes nothing", () => {
  const refused = async (args: string[]): Promise<string> => {
    const before = readdirSync(root);
    const { code, stdout, stderr } = await muster(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).not.toContain("    at ");
    expect(readdirSync(root)).toEqual(before);
    return stderr;
  };

  test("a scenario with faults", async () => {
    writeRoom(join(root, "faulty"), { duration_s: -1, seed: "x", colour: "blue" });
    const text = await refused(["run", "faulty", "--out", "never"]);
    expect(text).toContain("SCENARIO_INVALID");
    for (const key of ["duration_s", "seed", "colour"]) expect(text).toContain(key);
  });

  test("names that the layout does not have", async () => {
    writeRoom(join(root, "nameless"), { measure: { sections: ["nowhere"], lines: ["no-line"] } });
    const text = await refused(["run", "nameless", "--out", "never"]);
    for (const name of ["nowhere", "no-line"]) expect(text).toContain(name);
  });

  test("a file that is not there, a folder without scenario, a layout that is no layout", async () => {
    expect(await refused(["run", "absent.yaml"])).toContain("INPUT_UNREADABLE");
    mkdirSync(join(root, "empty"));
    expect(await refused(["run", "empty"])).toContain("scenario.yaml");
    writeRoom(join(root, "cut"));
    writeFileSync(join(root, "cut", "layout.geojson"), '{"type": "Feature');
    expect(await refused(["run", "cut", "--out", "never"])).toContain("INPUT_UNREADABLE");
  });

  test.each([
    [["run"]],
    [["run", "room", "--seeds", "5..1"]],
    [["run", "room", "--workers", "0"]],
    [["run", "room", "--bogus"]],
    [["dance"]],
  ])("%j", async (args) => {
    expect(await refused(args)).not.toBe("");
  });

  test("an --out folder that holds other things", async () => {
    mkdirSync(join(root, "photos"));
    writeFileSync(join(root, "photos", "a.jpg"), "");
    expect(await refused(["run", "room", "--out", "photos"])).toContain("CONFLICT");
  });
});

test("--version and --help end with 0", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(await muster("--version")).toMatchObject({ code: 0, stdout: `${version}\n` });
  const help = await muster("--help");
  expect(help.code).toBe(0);
  for (const verb of ["run", "check", "schema", "serve"]) expect(help.stdout).toContain(verb);
});
