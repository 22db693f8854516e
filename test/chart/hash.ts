/** Prints one hash over all charts of the samples; run under different time zones by charts.test.ts. */
import { createHash } from "node:crypto";
import { charts } from "../../engine/chart/charts.js";
import { toPng, toSvg } from "../../workers/output/render.js";
import { festivalLayout, sampleReport, sampleScenario } from "./sample.js";

const hash = createHash("sha256");
for (const { name, spec } of charts({ layout: festivalLayout(), scenario: sampleScenario(), report: sampleReport() })) {
  const svg = await toSvg(spec);
  hash.update(name).update(svg);
  if (name === "clearing") hash.update(toPng(svg));
}
process.stdout.write(hash.digest("hex"));
