import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, expect, test } from "vitest";
import type { VerificationDocument } from "../../engine/verify/document.js";
import { muster } from "./room.js";

const folder = mkdtempSync(join(tmpdir(), "muster-verify-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schema = JSON.parse(readFileSync(new URL("../../docs/formats/verification.schema.json", import.meta.url), "utf8"));

test("two quick tests: document, page, the same numbers on one and two workers", async () => {
  const verify = (workers: string, out: string) =>
    muster(
      ["verify", "RIMEA-01", "RIMEA-06", "ISO-20", "--seeds", "2", "--json", "--workers", workers, "--out", join(folder, out)],
      folder,
    );
  const [one, two] = [await verify("1", "one"), await verify("2", "two")];
  expect(one.code).toBe(0);
  expect(two.stdout).toBe(one.stdout);
  const document: VerificationDocument = JSON.parse(one.stdout);
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(document.tests.map(({ id, verdict, seeds }) => [id, verdict, seeds])).toEqual([
    ["RIMEA-01", "passed", 1],
    ["RIMEA-06", "passed", 2],
    ["ISO-20", "pending", 0],
  ]);
  expect(document.counts).toMatchObject({ tests: 3, passed: 2, failed: 0, pending: 1 });
  // 40 m at 1.33 m/s.
  expect(document.tests[0]!.checks[0]!.rows[0]!.mean).toBeCloseTo(40 / 1.33, 1);
  const page = readFileSync(join(folder, "one", "verification.md"), "utf8");
  expect(page).toContain("**2 of 3 tests passed**");
  expect(page).toContain("the text of any test after 19 could not be read");
  expect(readdirSync(join(folder, "one")).sort()).toEqual(["pictures", "verification.json", "verification.md"]);
  expect(readFileSync(join(folder, "one", "verification.json"), "utf8")).toBe(one.stdout);
});

test("an unknown test is refused and nothing is written", async () => {
  const out = join(folder, "none");
  const { code, stderr } = await muster(["verify", "RIMEA-99", "--out", out], folder);
  expect(code).toBe(2);
  expect(stderr).toContain("RIMEA-99");
  expect(existsSync(out)).toBe(false);
});
