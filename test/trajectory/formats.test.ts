/** Files of other programs, made small here; the programs' own files are read where MUSTER_DATA has them. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parquetWriteBuffer } from "hyparquet-writer";
import initSqlJs from "sql.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carriedFloor, floorOf } from "../../cli/measure/geometry.js";
import { openTrajectory } from "../../cli/measure/open.js";
import { polygonArea, polygonsArea } from "../../engine/geometry/polygon.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "muster-formats-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe("Vadere", () => {
  const steps = [
    "pedestrianId simTime endTime-PID1 startX-PID1 startY-PID1 endX-PID1 endY-PID1 targetId-PID2",
    "1 0.4 0.9 0 0 0.5 0 8",
    "1 0.9 1.4 0.5 0 1.0 0 8",
    "2 0.45 0.65 0 3 0 2.8 8",
  ];
  const path = (): string => file("postvis.traj", `#IDXCOL=2,DATACOL=6,SEP=' '\n${steps.join("\n")}\n`);

  it("needs a frame rate, and walks straight from foot to foot to the end of the last step", async () => {
    await expect(openTrajectory(path(), {})).rejects.toThrow("--fps");
    const { trajectory, format } = await openTrajectory(path(), { frameRate: 10 });
    expect(format).toBe("Vadere footsteps");
    expect([...trajectory.persons]).toEqual([1, 2]);
    expect([...trajectory.frame]).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 5, 6]);
    const expected = Array.from({ length: 11 }, (_, k) => k / 10);
    expect([...trajectory.x.subarray(0, 11)]).toEqual(expected.map((x) => expect.closeTo(x, 12)));
    expect(trajectory.y[11]).toBeCloseTo(2.95, 12);
  });

  it("a scenario is a floor: bounds less the bounding wall and the obstacles", () => {
    const topography = {
      attributes: { bounds: { x: 0, y: 0, width: 10, height: 6 }, boundingBoxWidth: 0.5 },
      obstacles: [
        { id: 1, shape: { type: "RECTANGLE", x: 2, y: 2, width: 1, height: 1 } },
        {
          id: 2,
          shape: {
            type: "POLYGON",
            points: [
              { x: 5, y: 0 },
              { x: 6, y: 0 },
              { x: 6, y: 1.5 },
              { x: 5, y: 1.5 },
            ],
          },
        },
      ],
    };
    const { polygons } = floorOf(file("a.scenario", JSON.stringify({ scenario: { topography } })), {});
    // 9 × 5 m, less 1 m² inside and the part of the second obstacle above the wall.
    expect(polygonsArea(polygons)).toBeCloseTo(45 - 1 - 1, 9);
    const bad = JSON.stringify({
      scenario: { topography: { ...topography, obstacles: [{ id: 7, shape: { type: "CIRCLE" } }] } },
    });
    expect(() => floorOf(file("b.scenario", bad), {})).toThrow("obstacle 7: has the shape CIRCLE");
  });
});

describe("Pathfinder", () => {
  it("JSON of people by id and time", async () => {
    const track = (x: number) => ({ "0.0": { position: { x, y: 1, z: 0 } }, "0.5": { position: { x: x + 0.5, y: 1, z: 0 } } });
    const { trajectory } = await openTrajectory(file("a.json", JSON.stringify({ 0: track(3), 12: track(5) })), {});
    expect(trajectory).toMatchObject({ frameRate: 2, rows: 4 });
    expect([...trajectory.x]).toEqual([3, 3.5, 5, 5.5]);
    const bad = { a: {}, 1: { "0.0": { position: { x: 1 } } } };
    await expect(openTrajectory(file("b.json", JSON.stringify(bad)), {})).rejects.toThrow(
      /person 1 at 0\.0: has no position[\s\S]*"a": is no person/,
    );
    await expect(openTrajectory(file("c.json", "{"), {})).rejects.toThrow("is no JSON");
  });
});

describe("Parquet", () => {
  it("with frames, and with times, texts as levels", async () => {
    const columns = [
      { name: "PersID", data: Int32Array.of(1, 1, 2), type: "INT32" as const },
      { name: "frame", data: BigInt64Array.of(0n, 1n, 1n), type: "INT64" as const },
      { name: "x", data: Float64Array.of(0.25, 0.5, 3), type: "DOUBLE" as const },
      { name: "y", data: Float32Array.of(1, 1, 2), type: "FLOAT" as const },
      { name: "level", data: ["up", "up", "down"], type: "STRING" as const },
    ];
    const path = file("a.parquet", new Uint8Array(parquetWriteBuffer({ columnData: columns })));
    await expect(openTrajectory(path, { frameRate: 5 })).rejects.toThrow("choose one (--level)");
    const { trajectory } = await openTrajectory(path, { frameRate: 5, level: "up" });
    expect([...trajectory.id, ...trajectory.frame, ...trajectory.x]).toEqual([1, 1, 0, 1, 0.25, 0.5]);
    const two = columns.slice(0, 2);
    await expect(openTrajectory(file("b.parquet", new Uint8Array(parquetWriteBuffer({ columnData: two }))), {})).rejects.toThrow(
      "needed are id, frame or time, x and y",
    );
    await expect(openTrajectory(file("c.parquet", new Uint8Array(readFileSync(path)).subarray(0, 60)), {})).rejects.toThrow(
      "damaged Parquet",
    );
  });
});

describe("JuPedSim SQLite", () => {
  async function database(
    version: string,
    geometries: string[],
    rows = "(0,1,0.5,1), (1,1,0.6,1), (0,7,3,1)",
  ): Promise<Uint8Array> {
    const { Database } = await initSqlJs();
    const sql = new Database();
    sql.run("CREATE TABLE trajectory_data (frame INTEGER, id INTEGER, pos_x REAL, pos_y REAL, ori_x REAL, ori_y REAL)");
    sql.run(`INSERT INTO trajectory_data (frame, id, pos_x, pos_y) VALUES ${rows}`);
    sql.run("CREATE TABLE metadata(key TEXT, value TEXT)");
    sql.run(`INSERT INTO metadata VALUES ('version','${version}'), ('fps','12.5')`);
    sql.run("CREATE TABLE geometry(hash INTEGER, wkt TEXT)");
    for (const wkt of geometries) sql.run("INSERT INTO geometry VALUES (1, ?)", [wkt]);
    return sql.export();
  }
  const ROOM = "POLYGON ((0 0, 4 0, 4 2, 0 2, 0 0))";
  const MORE = "POLYGON ((3 0, 6 0, 6 2, 3 2, 3 0))";

  it.each(["1", "2"])("version %s, with the floor in it", async (version) => {
    const { trajectory, floors } = await openTrajectory(file(`v${version}.sqlite`, await database(version, [ROOM])), {});
    expect(trajectory.frameRate).toBe(12.5);
    expect([...trajectory.id, ...trajectory.frame]).toEqual([1, 1, 7, 0, 1, 0]);
    expect(polygonsArea(carriedFloor("a", floors).polygons)).toBeCloseTo(8, 9);
  });

  it("several geometries are one floor; what is no trajectory is said", async () => {
    const { floors, notices } = await openTrajectory(file("v2b.sqlite", await database("2", [ROOM, MORE])), {});
    expect(polygonsArea(carriedFloor("a", floors).polygons)).toBeCloseTo(12, 9);
    expect(notices.join()).toContain("2 geometries");
    await expect(openTrajectory(file("v3.sqlite", await database("3", [ROOM])), {})).rejects.toThrow("version 3");
    const { Database } = await initSqlJs();
    const other = new Database();
    other.run("CREATE TABLE x (y)");
    await expect(openTrajectory(file("x.sqlite", other.export()), {})).rejects.toThrow("is no JuPedSim trajectory");
  });
});

describe("Jülich HDF5", () => {
  it("says what is wrong with a file that is none", async () => {
    const none = new Uint8Array(600);
    none.set([0x89, 72, 68, 70, 13, 10, 26, 10]);
    await expect(openTrajectory(file("a.h5", none), {})).rejects.toThrow("cannot be read as HDF5");
  });
});

describe("floors", () => {
  it("crowd:it: the box around the walls less the walls", () => {
    const ring = (points: number[][]): string => points.map(([x, y]) => `<point x="${x}" y="${y}"/>`).join("");
    const wall = (id: string, points: number[][]): string => `<wall id="${id}" closed="true">${ring(points)}</wall>`;
    const outer = wall("w1", [
      [0, 0],
      [10, 0],
      [10, 1],
      [0, 1],
    ]);
    const inner = wall("w2", [
      [4, 4],
      [6, 4],
      [6, 6],
      [4, 6],
    ]);
    const path = file(
      "a.floor",
      `<?xml version="1.0"?><floor><layer id="1">${outer}</layer><layer id="2">${inner}</layer></floor>`,
    );
    expect(polygonsArea(floorOf(path, {}).polygons)).toBeCloseTo(60 - 10 - 4, 9);
    expect(() => floorOf(file("b.floor", "<floor></floor>"), {})).toThrow("it has no walls");
  });

  it("wall points: chained along the walls and closed where these end", () => {
    const line = (ax: number, ay: number, bx: number, by: number): string[] => {
      const count = Math.round(Math.max(Math.abs(bx - ax), Math.abs(by - ay)) / 50);
      return Array.from({ length: count + 1 }, (_, k) => `${ax + ((bx - ax) * k) / count},${ay + ((by - ay) * k) / count}`);
    };
    // A corner of 2.4 m: the outer wall from top to right, the inner one the same way.
    const outer = [...line(-240, 410, -240, -240), ...line(-190, -240, 410, -240)];
    const inner = [...line(0, 400, 0, 0), ...line(50, 0, 400, 0)];
    const shuffled = [...outer, ...inner].sort((a, b) => (a < b ? -1 : 1));
    const { polygons, notices } = floorOf(file("walls.csv", `${shuffled.join("\n")}\n`), { unit: "cm" });
    expect(polygons).toHaveLength(1);
    expect(polygonArea(polygons[0]!)).toBeCloseTo(2.4 * 6.45 + 2.4 * 4.05, 6);
    expect(notices[0]).toMatch(/closed where walls end: 2\.40, 2\.40 m/);
    expect(() => floorOf(file("few.csv", "0,0\n1,0\n"), {})).toThrow("enclose nothing");
  });

  it("a layout: one level, with its doors; far plans stay in their own metres", () => {
    const layout = fileURLToPath(new URL("../../scenarios/school-building/layout.geojson", import.meta.url));
    expect(() => floorOf(layout, {})).toThrow("choose one (--level)");
    const { polygons, passages } = floorOf(layout, { level: "ground-floor" });
    expect(polygonsArea(polygons)).toBeCloseTo(1117.1, 6);
    expect(passages.length).toBeGreaterThan(10);
    const far = "POLYGON ((500000 5000000, 500010 5000000, 500010 5000004, 500000 5000004, 500000 5000000))";
    expect(floorOf(far, {}).polygons[0]!.outer).toContainEqual([500010, 5000004]);
  });
});

const data = join(
  process.env.MUSTER_DATA ?? fileURLToPath(new URL("../../../shared", import.meta.url)),
  "reference/crowd/trajectories",
);
describe.runIf(existsSync(data))("files of the programs themselves", () => {
  it.each([
    ["single_file/00_01a.h5", {}, 30701, 46, 25],
    ["peers/jupedsim_trajectories.sqlite", {}, 8083, 30, 25],
    ["peers/vadere_postvis.traj", { frameRate: 10 }, 2781, 20, 10],
    ["peers/crowdit.csv.gz", {}, 791, 20, 2],
    ["peers/pathfinder.json", {}, 162, 11, 1],
    ["pathfinder/pathfinder.csv", {}, 12119, 150, 1],
    ["hermes/ug-180-015.txt.gz", { frameRate: 16, unit: "cm" as const }, 9158, 54, 16],
    ["junctions/ko-240-080-240_combined_MB.csv.gz", { frameRate: 16, unit: "cm" as const }, 30888, 228, 16],
  ])("%s", async (name, options, rows, persons, frameRate) => {
    const { trajectory } = await openTrajectory(join(data, name), options);
    expect([trajectory.rows, trajectory.persons.length, trajectory.frameRate]).toEqual([rows, persons, frameRate]);
  });
});
