import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MEASURES_SCHEMA } from "../../engine/measure/trajectory/document.js";
import { pedpyWriter } from "../../workers/output/pedpy.js";
import { trajectoryWriter } from "../../workers/output/trajectory.js";
import { frameOf, origin, runInfo } from "../workers/sample.js";
import { measure, muster } from "./measure-muster.js";

const folder = fileURLToPath(new URL("../reference/trajectories/", import.meta.url));
const known = JSON.parse(readFileSync(join(folder, "pedpy.json"), "utf8"))["uo-050-180-180"];
const args = [
  join(folder, "uo-050-180-180.txt.gz"),
  ...["--geometry", known.walkable_area, "--area", `room=${known.measurement_area}`, "--line", `door=${known.measurement_line}`],
  ...["--every", "4", "--cut-off", "0.8", "--window", "4"],
];
let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "muster-measure-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("muster measure", () => {
  it("publishes the schema of its document, and keeps to it", async () => {
    await expect(`${JSON.stringify(MEASURES_SCHEMA, null, 2)}\n`).toMatchFileSnapshot("../../docs/formats/measures.schema.json");
    const validate = new Ajv2020({ strict: true }).compile(MEASURES_SCHEMA);
    for (const more of [args, [args[0]!]]) expect(validate(await measure(...more))).toBe(true);
  });

  it("prints a table with every unit, the same each time", async () => {
    const { code, stdout, stderr } = await muster("measure", ...args);
    expect([code, stderr]).toEqual([0, ""]);
    for (const part of [
      /22 people, .* rows, frames 500–640 at 16 per second/,
      /density, classic +\d\.\d+ .* 1\/m²/,
      /speed, Voronoi, cut off at 0\.8 m .* m\/s/,
      /crowd pressure .* 1\/s²/,
      /level of service \(Fruin, walkway, voronoi density\): B of the mean/,
      /flow +\d\.\d+ persons\/s, specific \d\.\d+ persons\/\(m s\)/,
      /flow per width .* persons\/\(m s\)/,
    ])
      expect(stdout).toMatch(part);
    expect((await muster("measure", ...args)).stdout).toBe(stdout);
  });

  it("writes tables that other programs read, and charts; the folder appears whole", async () => {
    const out = join(root, "out");
    const { code, stderr } = await muster("measure", ...args, "--out", out, "--table", "parquet");
    expect([code, stderr]).toEqual([0, `written to ${out}\n`]);
    expect(readdirSync(out).sort()).toEqual(["charts", "series.parquet", "speeds.parquet", "summary.json"]);
    const charts = ["density", "fundamental-diagram", "n-t"].flatMap((name) => [`${name}.json`, `${name}.png`, `${name}.svg`]);
    expect(readdirSync(join(out, "charts")).sort()).toEqual(charts);
    const database = await (await DuckDBInstance.create()).connect();
    const query = `SELECT quantity, count(*)::INT, avg(value) FROM '${out}/series.parquet' WHERE place = 'room' GROUP BY 1 ORDER BY 1`;
    const rows = (await database.runAndReadAll(query)).getRows();
    const { areas, individual_speed } = JSON.parse(readFileSync(join(out, "summary.json"), "utf8"));
    const [{ voronoi, classic_density }] = areas;
    expect(rows).toContainEqual(["density", classic_density.count, expect.closeTo(classic_density.mean, 10)]);
    expect(rows).toContainEqual(["voronoi_speed", voronoi.speed.count, expect.closeTo(voronoi.speed.mean, 10)]);
    const speeds = (await database.runAndReadAll(`SELECT avg(speed), count(*)::INT FROM '${out}/speeds.parquet'`)).getRows();
    expect(speeds).toEqual([[expect.closeTo(individual_speed.mean, 10), individual_speed.count]]);
    database.closeSync();
    expect((await muster("measure", ...args, "--out", out)).code).toBe(0);
    // The tables of the other format are gone with the older result.
    expect(readdirSync(out).sort()).toEqual(["charts", "series.csv", "speeds.csv", "summary.json"]);
    const expected = Number(known.classic_density["560"].toPrecision(9));
    expect(readFileSync(join(out, "series.csv"), "utf8")).toContain(`\n560,35,room,density,${expected}\n`);
  });

  it("reads what muster run writes, one floor of it at a time", async () => {
    const [parquet, text] = [join(root, "trajectory.parquet"), join(root, "trajectory.txt")];
    const writers = [trajectoryWriter(parquet, origin, runInfo), pedpyWriter(text, origin, runInfo)];
    for (const writer of writers) {
      for (let k = 0; k < 20; k++) writer.write(frameOf(k, 30));
      writer.finish();
    }
    const { trajectory, individual_speed } = await measure(parquet, "--level", "level-1");
    expect(trajectory).toMatchObject({ format: "Muster Parquet", frame_rate: 2, first_frame: 0, last_frame: 19 });
    const upper = frameOf(0, 30).sheet.filter((sheet) => sheet === 2).length;
    expect([trajectory.persons, trajectory.rows]).toEqual([upper, 20 * upper]);
    expect(individual_speed.count).toBe(20 * upper);
    const { code, stderr } = await muster("measure", parquet);
    expect([code, stderr]).toEqual([2, expect.stringContaining("has 3 levels (level-0, stairs, level-1); choose one (--level)")]);
    expect((await measure(text)).trajectory).toMatchObject({ format: "text", frame_rate: 2, persons: 30, rows: 600 });
  });
});

describe("bad input ends with 2, tells every problem and writes nothing", () => {
  it("faults of the file, with their lines", async () => {
    const path = join(root, "bad.txt");
    writeFileSync(path, "# framerate: 10\n# id frame x/m y/m\n1 0 0 0\n1 1 a 0\n1 2 0\n");
    const out = join(root, "none");
    const { code, stdout, stderr } = await muster("measure", path, "--out", out);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("The trajectory has faults: 2 problems [TRAJECTORY_INVALID]");
    expect(stderr).toContain('bad.txt, line 4: x is "a", no number');
    expect(stderr).toContain("bad.txt, line 5: has 3 columns, needs 4");
    expect(existsSync(out)).toBe(false);
  });

  it("all faults of areas and lines", async () => {
    const wrong = ["--area", "0,0 1,1", "--area", "x=0,0 2,2 2,0 0,2", "--line", "5,5 5,5", "--line", "1,2,3 4"];
    const { code, stderr } = await muster("measure", args[0]!, ...wrong);
    expect(code).toBe(2);
    expect(stderr).toContain("4 problems");
    for (const part of [
      "--area 1: has a ring with 2 corners",
      "--area x: crosses itself at (1.000, 1.000)",
      "--line 1: is 0.0000 m long",
      '"1,2,3" is no corner',
    ])
      expect(stderr).toContain(part);
    const twice = await muster("measure", args[0]!, "--area", "a=0,0 1,0 1,1", "--line", "a=0,0 1,0");
    expect(twice.stderr).toContain("a: is the name of two areas or lines");
  });

  it.each([
    [["--fps", "0"], "must be a number above 0"],
    [["--frames", "9:3"], "must be two frames"],
    [["--frames", "1:2"], "has no rows in it; the file has frames 500 to 640"],
    [["--border", "none"], "exclude, adaptive, single-sided"],
    [["--direction", "0,0"], "not both 0"],
    [["--geometry", "no-such-file.wkt"], "no-such-file.wkt"],
    [["--geometry", "POLYGON ((0 0, 1 1"], "is not valid WKT"],
    [["--geometry", "POLYGON ((900 900, 910 900, 910 910, 900 900))", "--outside", "exclude"], "all lie off the floor"],
  ])("%j", async (more, message) => {
    const { code, stderr } = await muster("measure", args[0]!, ...more);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it("a folder that holds something else is not replaced", async () => {
    writeFileSync(join(root, "precious.txt"), "x");
    const { code, stderr } = await muster("measure", ...args, "--out", root);
    expect(code).toBe(2);
    expect(stderr).toContain("not a result of Muster");
  });
});
