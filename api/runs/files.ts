/** Finds the files of a finished run once, so that requests are answered from this list and never by a path of their own. */
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { FILES, runFolder } from "../../workers/output/names.js";
import type { ChartEntry, ResultIndex } from "./records.js";

const KINDS = ["svg", "png", "json"] as const;

const isFile = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** Title of a Vega-Lite specification; its name where it has none. */
function titleOf(spec: unknown, name: string): string {
  if (typeof spec !== "object" || spec === null || !("title" in spec)) return name;
  const { title } = spec;
  if (typeof title === "string") return title;
  return typeof title === "object" && title !== null && "text" in title && typeof title.text === "string" ? title.text : name;
}

async function chartsIn(folder: string): Promise<ChartEntry[]> {
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(
    names.map(async (file) => {
      const name = file.slice(0, -".json".length);
      const spec: unknown = JSON.parse(await readFile(join(folder, file), "utf8"));
      return { name, title: titleOf(spec, name) };
    }),
  );
}

/** `dir`: results folder; `seeds`: of the order, in its order. Only files that exist are listed; paths are relative to `dir`. */
export async function findFiles(dir: string, seeds: readonly number[]): Promise<ResultIndex> {
  const charts = await chartsIn(join(dir, FILES.charts));
  const index: ResultIndex = { charts, trajectories: {}, fires: {}, chartFiles: {}, files: {} };
  const texts = {
    summary: FILES.summary,
    warnings: FILES.warnings,
    fire: FILES.fireResult,
    "risk-map": FILES.risk,
    report: FILES.report,
    scenario: FILES.scenario,
  };
  for (const [what, path] of Object.entries(texts)) if (await isFile(join(dir, path))) index.files[what] = path;
  for (const seed of seeds) {
    const folder = runFolder(dir, seeds, seed);
    const [path, burnt] = [join(folder, FILES.trajectory), join(folder, FILES.fire)];
    if (await isFile(path)) index.trajectories[seed] = relative(dir, path);
    if (await isFile(burnt)) index.fires[seed] = relative(dir, burnt);
  }
  for (const { name } of charts) {
    for (const kind of KINDS) {
      const path = join(FILES.charts, `${name}.${kind}`);
      if (await isFile(join(dir, path))) index.chartFiles[`${name}.${kind}`] = path;
    }
  }
  return index;
}
