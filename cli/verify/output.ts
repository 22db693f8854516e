/** The document of a verification, and the page docs/verification.md with its plots. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HEADWAY } from "../../engine/crowd/models/headway/parameters.js";
import { verificationBadge } from "../../engine/verify/badge.js";
import { verificationCharts } from "../../engine/verify/charts.js";
import { countsOf, type TestResult, type VerificationDocument } from "../../engine/verify/document.js";
import { verificationPage } from "../../engine/verify/page.js";
import { toPng, toSvg } from "../../workers/output/render.js";
import { version } from "../../workers/version.js";
import { sortKey } from "./suites.js";

/** @param seeds that of --seeds, null without it. Tests in the order of their ids; numbers rounded to six digits, so that machines agree. */
export function documentOf(results: readonly TestResult[], seeds: number | null): VerificationDocument {
  const tests = [...results].sort((a, b) => (sortKey(a.id) < sortKey(b.id) ? -1 : 1));
  return rounded({ muster: version, seeds, model: "headway", parameters: { ...HEADWAY }, counts: countsOf(tests), tests });
}

function rounded<T>(value: T): T {
  if (typeof value === "number") return Number(value.toPrecision(6)) as T;
  if (Array.isArray(value)) return value.map(rounded) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each)])) as T;
}

/** Folder of the plots beside the page. */
const PICTURES = "pictures";

/** Writes verification.md, verification.json and the plots, as SVG and as the PNG that the page shows. */
export async function writeVerification(folder: string, document: VerificationDocument): Promise<void> {
  mkdirSync(join(folder, PICTURES), { recursive: true });
  const plots: { path: string; title: string }[] = [];
  for (const { name, title, spec } of verificationCharts(document)) {
    const svg = await toSvg(spec);
    writeFileSync(join(folder, PICTURES, `${name}.svg`), svg);
    writeFileSync(join(folder, PICTURES, `${name}.png`), toPng(svg, 1));
    plots.push({ path: `${PICTURES}/${name}.png`, title });
  }
  writeFileSync(join(folder, PICTURES, "verification-count.svg"), verificationBadge(document));
  writeFileSync(join(folder, "verification.json"), `${JSON.stringify(document, null, 1)}\n`);
  writeFileSync(join(folder, "verification.md"), verificationPage(document, { plots }));
}
