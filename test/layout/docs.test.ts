import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { LIMITS, TOLERANCES } from "../../engine/layout/limits.js";
import { MUSTER_KEYS } from "../../engine/layout/properties.js";

const page = readFileSync(fileURLToPath(new URL("../../docs/formats/layout.md", import.meta.url)), "utf8");

describe("the page on layouts", () => {
  it("names every key of Muster's own", () => {
    for (const [type, keys] of Object.entries(MUSTER_KEYS))
      for (const key of Object.keys(keys)) expect(page, `${type} ${key}`).toContain(`muster.${key}`);
  });

  it("states the limits and tolerances of the code", () => {
    const grouped = (value: number): string => value.toLocaleString("en-US");
    for (const value of [LIMITS.features, LIMITS.polygonCorners, LIMITS.corners, LIMITS.overlaps])
      expect(page).toContain(grouped(value));
    expect(page).toContain(`${LIMITS.fileBytes / 1024 / 1024} MiB`);
    expect(page).toContain(`| files in an archive | ${LIMITS.archiveFiles} |`);
    expect(page).toContain(`more than ${LIMITS.extent / 1000} km`);
    expect(page).toContain(`apart by up to ${TOLERANCES.bridge} m`);
    expect(page).toContain(`up to ${TOLERANCES.opening} m inside`);
    expect(page).toContain(`| ${TOLERANCES.snap} m |`);
    expect(page).toContain(
      `Openings below ${TOLERANCES.leastOpening} m are refused, those below ${TOLERANCES.narrowOpening} m noted`,
    );
    expect(page).toContain(`straight to ${TOLERANCES.straight} m`);
    expect(page).toContain(`more than ${TOLERANCES.area * 100} %`);
  });
});
