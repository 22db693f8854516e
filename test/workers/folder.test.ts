import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openResults } from "../../workers/output/folder.js";
import { jsonText } from "../../workers/output/json.js";
import { folderName, runFolder } from "../../workers/output/names.js";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "muster-folder-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const files = (path: string): string[] => readdirSync(path).sort();
const write = (folder: string, name: string, text: string): void => writeFileSync(join(folder, name), text);
/** A result under `path` whose summary says `text`. */
const result = (path: string, text: string): void => {
  const folder = openResults(path);
  write(folder.path, "summary.json", text);
  folder.commit();
};

test("nothing is under the name until commit, and nothing stays after discard", () => {
  const path = join(root, "deep", "out");
  const first = openResults(path);
  write(first.path, "summary.json", "1");
  expect(existsSync(path)).toBe(false);
  first.discard();
  expect(files(join(root, "deep"))).toEqual([]);
  result(path, "2");
  expect(files(join(root, "deep"))).toEqual(["out"]);
  expect(readFileSync(join(path, "summary.json"), "utf8")).toBe("2");
});

test("a result is replaced whole; what Muster did not write is kept", () => {
  const path = join(root, "out");
  result(path, "old");
  write(path, "timing.json", "old");
  write(path, "my notes.txt", "mine");
  mkdirSync(join(path, "photos"));
  write(join(path, "photos"), "a.jpg", "a");
  const next = openResults(path);
  write(next.path, "summary.json", "new");
  expect(readFileSync(join(path, "summary.json"), "utf8")).toBe("old");
  next.commit();
  next.discard();
  expect(files(path)).toEqual(["my notes.txt", "photos", "summary.json"]);
  expect(readFileSync(join(path, "summary.json"), "utf8")).toBe("new");
  expect(files(root)).toEqual(["out"]);
});

test("a folder with files but no result is refused, an empty one is used", () => {
  const path = join(root, "photos");
  mkdirSync(path);
  const folder = openResults(path);
  folder.discard();
  write(path, "a.jpg", "a");
  expect(() => openResults(path)).toThrow(expect.objectContaining({ code: "CONFLICT" }));
  expect(files(path)).toEqual(["a.jpg"]);
});

test("a link to a folder stays a link", () => {
  mkdirSync(join(root, "disk"));
  symlinkSync(join(root, "disk"), join(root, "out"));
  result(join(root, "out"), "1");
  expect(files(join(root, "disk"))).toEqual(["summary.json"]);
});

test("a parent that is a file is OUTPUT_FAILED with the path", () => {
  write(root, "file", "");
  const path = join(root, "file", "out");
  expect(() => openResults(path)).toThrow(
    expect.objectContaining({ code: "OUTPUT_FAILED", problems: [expect.objectContaining({ place: path })] }),
  );
});

test.skipIf(process.getuid?.() === 0)("a folder without permission is OUTPUT_FAILED", () => {
  chmodSync(root, 0o500);
  expect(() => openResults(join(root, "out"))).toThrow(expect.objectContaining({ code: "OUTPUT_FAILED" }));
  chmodSync(root, 0o700);
});

test("what a killed process left is cleared: parts go, an old result between two names comes back", () => {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const path = join(root, "out");
  mkdirSync(join(root, `.out.${hostname()}-${pid}-part-aaaaaa`));
  mkdirSync(join(root, `.out.${hostname()}-${pid}-old-aaaaaa`));
  write(join(root, `.out.${hostname()}-${pid}-old-aaaaaa`), "summary.json", "old");
  // A living process and another machine keep theirs.
  mkdirSync(join(root, `.out.${hostname()}-${process.pid}-part-bbbbbb`));
  mkdirSync(join(root, `.out.elsewhere-${pid}-part-cccccc`));
  openResults(path).discard();
  expect(files(root)).toEqual(
    [`.out.${hostname()}-${process.pid}-part-bbbbbb`, `.out.elsewhere-${pid}-part-cccccc`, "out"].sort(),
  );
  expect(readFileSync(join(path, "summary.json"), "utf8")).toBe("old");
});

test("names of folders are names, never paths", () => {
  expect(folderName("Summer festival, one gate lost")).toBe("summer-festival-one-gate-lost");
  expect(folderName("../../etc/passwd")).toBe("etc-passwd");
  expect(folderName("Münchner Freiheit 東京")).toBe("münchner-freiheit-東京");
  expect(folderName(" .. / ")).toBe("result");
  expect([...folderName("ab ".repeat(90))].length).toBe(60);
  expect(runFolder("out", [7], 7)).toBe("out");
  expect(runFolder("out", [7, 8], 8)).toBe(join("out", "runs", "seed-8"));
});

test("JSON: six digits for measures, whole numbers exact, not-a-number as null, one line per flat list", () => {
  const value = {
    a: 0.1 + 0.2,
    seed: 9007199254740991,
    list: [1 / 3, Number.NaN, null],
    rows: [{ x: 1e-9 }],
    none: {},
    empty: [],
    skip: undefined,
  };
  const text = jsonText(value);
  expect(JSON.parse(text)).toEqual({
    a: 0.3,
    seed: 9007199254740991,
    list: [0.333333, null, null],
    rows: [{ x: 1e-9 }],
    none: {},
    empty: [],
  });
  expect(text.split("\n")).toHaveLength(13);
  expect(JSON.parse(jsonText({ a: 0.1 + 0.2 }, true))).toEqual({ a: 0.1 + 0.2 });
});
