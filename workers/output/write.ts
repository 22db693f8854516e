/** Joins the runs of an ensemble and writes everything of a results folder that the runs themselves did not. */
import { availableParallelism, cpus } from "node:os";
import { basename, join } from "node:path";
import { charts } from "../../engine/chart/charts.js";
import { MusterError } from "../../engine/errors.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { joinRuns } from "../../engine/warn/ensemble.js";
import type { EnsembleFire } from "../../engine/warn/fire/report.js";
import type { EnsembleReport } from "../../engine/warn/report.js";
import { riskGeoJson } from "../../engine/warn/risk/geojson.js";
import type { ResultInput, Written } from "../messages.js";
import { version } from "../version.js";
import { noRuns } from "./failed.js";
import { writeOutput } from "./file.js";
import { jsonText } from "./json.js";
import { FILES } from "./names.js";
import { toPng, toSvg } from "./render.js";
import { reportHtml } from "./report.js";
import { type FireDocument, resultDocument, resultText } from "./result.js";

interface Chart {
  name: string;
  title: string;
  spec: unknown;
  svg: string;
}

/**
 * Writes summary.json, warnings.json, fire.json (of a scenario with fire), risk-map.geojson, charts, report.html, scenario.resolved.json, the layout and timing.json
 * into `folder`. All but timing.json have the same bytes on every machine.
 * @param stop asked between charts, the longest part
 * @throws MusterError OUTPUT_FAILED, CANCELLED when `stop` says so, RUN_FAILED when no run came to its end
 */
export async function writeResults(folder: string, input: ResultInput, stop: () => boolean = () => false): Promise<Written> {
  const { layout, scenario, seeds, runs, failed, events } = input;
  if (runs.length === 0) throw noRuns(failed);
  const report = joinRuns({ layout, scenario, runs, failed });
  const document = resultDocument({ layout, scenario, seeds, report, runs, events });
  const write = (name: string, content: string | Uint8Array): void => writeOutput(join(folder, name), content);
  write(FILES.summary, resultText(document));
  const byRun = runs.map(({ seed, warnings }) => ({ seed, warnings }));
  write(
    FILES.warnings,
    jsonText({ muster: version, scenario: scenario.name, runs: runs.length, warnings: report.warnings, by_run: byRun }),
  );
  if (report.fire && document.fire) write(FILES.fireResult, jsonText(fireResult(scenario, document.fire, report.fire)));
  write(FILES.risk, jsonText(riskGeoJson(layout, report.risk), true));
  for (const file of input.layoutFiles) write(join(FILES.layout, file.name), file.bytes);
  write(FILES.scenario, jsonText(resolved(input), true));
  const drawn = input.charts ? await draw(input, report, stop) : [];
  for (const { name, spec, svg } of drawn) {
    if (stop()) throw new MusterError("CANCELLED", "cancelled while its charts were drawn");
    write(join(FILES.charts, `${name}.svg`), svg);
    write(join(FILES.charts, `${name}.json`), `${JSON.stringify(spec)}\n`);
    write(join(FILES.charts, `${name}.png`), toPng(svg));
  }
  write(FILES.report, reportHtml({ layout, scenario, report, charts: drawn, notes: input.notes, runs: input.runs }));
  write(FILES.timing, jsonText(timing(input), true));
  return { report, document };
}

async function draw({ layout, scenario }: ResultInput, report: EnsembleReport, stop: () => boolean): Promise<Chart[]> {
  const drawn: Chart[] = [];
  for (const chart of charts({ layout, scenario, report })) {
    if (stop()) throw new MusterError("CANCELLED", "cancelled while its charts were drawn");
    drawn.push({ ...chart, svg: await toSvg(chart.spec) });
  }
  return drawn;
}

/** The key "fire" of the result document with its maps; row 0 of a map is the southern edge, null: no floor (or never). */
function fireResult({ name }: Scenario, fire: FireDocument, { runs, maps }: EnsembleFire): object {
  const drawn = maps.map(({ visibility_m, fed, untenable_s, ...grid }) => ({
    ...grid,
    visibility_m: [...visibility_m],
    fed: [...fed],
    untenable_s: [...untenable_s],
  }));
  return { muster: version, scenario: name, runs: runs.length, fire, maps: drawn };
}

/** The complete scenario: with the layout beside it and the first seed, so that `muster run` on it gives the first run again. */
function resolved({ scenario, seeds, layoutFiles }: ResultInput): Scenario {
  const [seed = scenario.seed] = seeds;
  const [first] = layoutFiles;
  if (!first) return { ...scenario, seed };
  const layout = layoutFiles.length === 1 ? `${FILES.layout}/${basename(first.name)}` : FILES.layout;
  return { ...scenario, seed, layout };
}

function timing({ timings }: ResultInput): object {
  const runs = timings.map((run) => ({
    ...run,
    us_per_agent_step: run.agentSteps > 0 ? (run.wall_s * 1e6) / run.agentSteps : null,
  }));
  return { muster: version, node: process.version, cpu: cpus()[0]?.model ?? "", threads: availableParallelism(), runs };
}
