import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MUSTER, writeRoom } from "./room.js";

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "muster-scenarios-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const compareAll = (...names: string[]): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [join(dirname(MUSTER), "scenarios.js"), ...names], { cwd: root, encoding: "utf8" });
const expected = (name: string, content: object): void =>
  writeFileSync(join(root, "scenarios", name, "expected.json"), JSON.stringify(content));

test("values within their tolerance pass, others are named, and variants are compared too", () => {
  const asked = { "summary.asked": { value: 30, tolerance: 0 } };
  const good = join(root, "scenarios", "good");
  writeRoom(good);
  mkdirSync(join(good, "variants"));
  // Half a minute is too short for nobody, so the result differs in its scenario alone.
  writeRoom(join(good, "variants"), { layout: "../layout.geojson", duration_s: 30 });
  rmSync(join(good, "variants", "layout.geojson"));
  expected("good", {
    seeds: "1..2",
    expect: {
      ...asked,
      "summary.runs[2].status": { equals: "finished" },
      "measures.sections[west].peak_count.p50": { min: 25, max: 30 },
    },
    variants: { scenario: { seeds: "1", expect: { "scenario.duration_s": { equals: 30 } } } },
  });
  const all = compareAll();
  expect(all.status, all.stdout + all.stderr).toBe(0);
  expect(all.stdout.match(/^ {2}ok/gm)).toHaveLength(4);

  writeRoom(join(root, "scenarios", "wrong"));
  expected("wrong", {
    seeds: "1",
    expect: { ...asked, "summary.clearing.t100_s.p50": { value: 1, tolerance: 0.1 }, "no.such": { min: 0 } },
  });
  writeRoom(join(root, "scenarios", "silent"));
  expected("silent", { seeds: "1", expect: {} });
  writeRoom(join(root, "scenarios", "forgotten", "variants"));
  writeRoom(join(root, "scenarios", "forgotten"));
  expected("forgotten", { seeds: "1", expect: asked });
  const mixed = compareAll("forgotten", "silent", "wrong");
  expect(mixed.status).toBe(1);
  expect(mixed.stdout.match(/MISMATCH.*/g)).toHaveLength(2);
  expect(mixed.stdout).toContain("nothing is expected of variants/scenario");
  expect(mixed.stdout).toContain("expect holds no path");
  expect(compareAll("absent").status).toBe(2);
});
