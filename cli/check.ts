/** `muster check`: what a layout or a scenario holds, what was repaired, and everything that is wrong with it. */
import { Command, InvalidArgumentError } from "commander";
import { MusterError } from "../engine/errors.js";
import { summariseFire } from "../engine/fire/from-layout/summary.js";
import type { Layout } from "../engine/layout/layout.js";
import { HOLDING_DENSITY, HOLDING_GUIDE, type LayoutSummary, summarise } from "../engine/layout/summary.js";
import { summariseScenario } from "../engine/scenario/summary.js";
import { compileWorld } from "../engine/world/compile.js";
import { type CheckedSummary, count, scenarioText, table } from "./check-text.js";
import { isScenario, layoutOf, readFiles, readInput } from "./input.js";

/** @returns the sub-command; exit code 2 when the layout has problems, which are all printed */
export function checkCommand(): Command {
  return new Command("check")
    .description("check a layout, or a scenario with its layout: floor, openings, people with their numbers, problems")
    .argument("<path>", "layout (GeoJSON or WKT file, IMDF folder or zip), or scenario (YAML or JSON file, or its folder)")
    .option("--json", "print one JSON document")
    .option(
      "--density <persons/m2>",
      `density that the capacity is counted with (default: ${HOLDING_DENSITY}, ${HOLDING_GUIDE})`,
      toDensity,
    )
    .action((path: string, options: { json?: true; density?: number }) => {
      const { density } = options;
      try {
        const { layout, scenario } = isScenario(path)
          ? checkedScenario(path)
          : { layout: layoutOf(path, readFiles(path)), scenario: null };
        const summary = density === undefined ? summarise(layout) : summarise(layout, density, "as asked for by --density");
        const more = scenario ? { scenario: scenario.summary, scenario_notices: scenario.notices } : {};
        process.stdout.write(
          options.json
            ? `${JSON.stringify({ valid: true, ...summary, ...more, problems: [] }, null, 2)}\n`
            : `${summaryText(summary)}${scenario ? scenarioText(scenario.summary, scenario.notices) : ""}No problems.\n`,
        );
      } catch (error) {
        if (!options.json || !(error instanceof MusterError)) throw error;
        process.stdout.write(`${JSON.stringify({ valid: false, code: error.code, problems: error.problems }, null, 2)}\n`);
        process.exitCode = error.exit;
      }
    });
}

/** The scenario compiled on its floor, so that people without a way are found. Throws with every problem. */
function checkedScenario(path: string): {
  layout: Layout;
  scenario: { summary: CheckedSummary; notices: readonly string[] };
} {
  const { layout, scenario } = readInput(path);
  const { notices } = compileWorld(layout, scenario);
  const { fire } = scenario;
  const summary = summariseScenario(scenario, layout);
  return {
    layout,
    scenario: { summary: fire ? { ...summary, fire: summariseFire(layout, { ...scenario, fire }) } : summary, notices },
  };
}

function toDensity(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 10)) throw new InvalidArgumentError("must be a number above 0 up to 10 persons/m².");
  return value;
}

/** Text for people; every number with its unit, lists complete. */
export function summaryText(summary: LayoutSummary): string {
  const { place, extent_m, area_m2, parts, levels, openings, connections, repairs, notices } = summary;
  const [x, y] = place.at;
  const at =
    place.unit === "degrees"
      ? `lon ${x.toFixed(5)}°, lat ${y.toFixed(5)}°`
      : `(${x.toFixed(1)}, ${y.toFixed(1)}) m in the plan's own coordinates`;
  const exits = openings.filter(({ exit }) => exit).length;
  const lines = [
    `${summary.name} (${FORMATS[summary.format] ?? summary.format})`,
    ...(summary.attribution ? [summary.attribution] : []),
    "",
    `Place     ${at}`,
    `Extent    ${extent_m[0].toFixed(1)} m east-west, ${extent_m[1].toFixed(1)} m north-south`,
    `Floor     ${area_m2.toFixed(1)} m² in ${count(parts.length, "part")}, flights included`,
    "",
    ...table([
      ["Level", "id", "ordinal", "height m", "floor m²", "capacity"],
      ...levels.map((l) => [l.name, l.id, String(l.ordinal), l.elevation_m.toFixed(1), l.area_m2.toFixed(1), String(l.capacity)]),
    ]),
    `Capacity: holding at ${summary.capacity_density} persons/m², ${summary.capacity_guide}.`,
    "Entries, exits and escape may allow fewer.",
    "",
    `${count(openings.length, "opening")}, ${count(exits, "exit")}`,
    ...(openings.length === 0
      ? []
      : table([
          ["Opening", "id", "level", "width m", "direction", "state", "leads"],
          ...openings.map((o) => [
            o.name,
            o.id,
            o.level,
            o.width_m.toFixed(2),
            o.direction,
            o.state,
            o.exit ? "out" : o.joins.join(" – "),
          ]),
        ])),
    ...(connections.length === 0
      ? []
      : [
          "",
          `${connections.length} flights and lifts`,
          ...table([
            ["Flight", "id", "kind", "levels", "width m", "rise m", "direction"],
            ...connections.map((c) => [
              c.name,
              c.id,
              c.kind,
              c.levels.join(" – "),
              c.width_m.toFixed(2),
              c.rise_m.toFixed(2),
              c.direction,
            ]),
          ]),
        ]),
    "",
    ...list(
      "repair",
      repairs.map(({ place, level, what }) => `${place} (level ${level}): ${what}`),
    ),
    ...list("notice", notices),
  ];
  return `${lines.join("\n")}\n`;
}

const FORMATS: Readonly<Record<string, string>> = { geojson: "GeoJSON", imdf: "IMDF", wkt: "WKT" };

function list(word: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [count(items.length, word), ...items.map((item) => `  ${item}`), ""];
}
