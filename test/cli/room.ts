/** A room with one door and a scenario of people who leave it, written into a folder; and the built command run on it. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const MUSTER = fileURLToPath(new URL("../../dist/cli/muster.js", import.meta.url));
if (!existsSync(MUSTER)) throw new Error(`these tests run the built command: "npm run build" makes ${MUSTER}`);

const feature = (id: string, feature_type: string, type: string, coordinates: unknown, properties: object) => ({
  type: "Feature",
  id,
  feature_type,
  geometry: { type, coordinates },
  properties: { level_id: "ground", name: id, ...properties },
});
const box = (x0: number, y0: number, x1: number, y1: number) => [
  [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
    [x0, y0],
  ],
];

const LAYOUT = {
  type: "FeatureCollection",
  muster: { version: 1, coordinates: "metres", name: "room", attribution: "drawn for this test" },
  features: [
    { type: "Feature", id: "ground", feature_type: "level", geometry: null, properties: { ordinal: 0, name: "ground" } },
    feature("room", "unit", "Polygon", box(0, 0, 12, 8), { category: "room" }),
    feature(
      "door",
      "opening",
      "LineString",
      [
        [12, 3.4],
        [12, 4.6],
      ],
      { category: "pedestrian" },
    ),
    feature("west", "section", "Polygon", box(1, 1, 5, 7), { category: "zone" }),
    feature("before-door", "section", "Polygon", box(9, 2, 12, 6), { category: "zone" }),
  ],
};

const SCENARIO = {
  muster: 1,
  name: "room",
  layout: "layout.geojson",
  duration_s: 60,
  output_every_s: 0.5,
  people: [{ name: "guests", count: 30, start: { in: "west" }, journey: [{ leave: { by: ["door"] } }] }],
  measure: { sections: ["west", "before-door"], lines: ["door"] },
  warnings: { "before-door": { scheme: "density", blue: 0.5, yellow: 1, orange: 2, red: 4, unit: "persons/m2", hold_s: 1 } },
};

/** Writes layout and scenario (changed by `changes`) into `folder`; returns the scenario's path. */
export function writeRoom(folder: string, changes: object = {}): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "layout.geojson"), JSON.stringify(LAYOUT));
  const path = join(folder, "scenario.json");
  writeFileSync(path, JSON.stringify({ ...SCENARIO, ...changes }));
  return path;
}

/** People who stay for an hour: a run that lasts until it is stopped. */
export const LASTING = {
  duration_s: 36_000,
  people: [
    {
      name: "guests",
      count: 60,
      start: { in: "west" },
      journey: [{ stay: { in: "west", for_s: { constant: 35_000 } } }, { leave: { by: ["door"] } }],
    },
  ],
};

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  process: ChildProcessWithoutNullStreams;
  ended: Promise<Ended>;
  /** Resolves when stderr holds this text; rejected when the process ends before. */
  says(text: string): Promise<void>;
}

export function start(args: readonly string[], cwd: string): Running {
  const child = spawn(process.execPath, [MUSTER, ...args], { cwd, env: { ...process.env, NO_COLOR: "1" } });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Ended>((resolve) => child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr })));
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => void (stderr.includes(text) && resolve());
      child.stderr.on("data", look);
      void ended.then((end) => reject(new Error(`ended before it said "${text}": ${JSON.stringify(end)}`)));
      look();
    });
  return { process: child, ended, says };
}

export const muster = (args: readonly string[], cwd: string): Promise<Ended> => start(args, cwd).ended;

/** Path below `folder` → SHA-256 of each file. */
export function hashes(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
  return Object.fromEntries(
    paths.map((path) => [
      path,
      createHash("sha256")
        .update(readFileSync(join(folder, path)))
        .digest("hex"),
    ]),
  );
}
