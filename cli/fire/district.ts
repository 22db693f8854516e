/** `muster fire district BUILDINGS.geojson`: fire from building to building, as a map of orders of magnitude. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { fireDistrictChart } from "../../engine/chart/fire/district.js";
import { MusterError, type Problem } from "../../engine/errors.js";
import { type District, readDistrict } from "../../engine/fire/spread/district/buildings.js";
import { type DistrictMap, districtMap } from "../../engine/fire/spread/district/map.js";
import { runDistrict } from "../../engine/fire/spread/district/simulate.js";
import { decodeText } from "../../engine/layout/json.js";
import { jsonText } from "../../workers/output/json.js";
import { toPng, toSvg } from "../../workers/output/render.js";
import { readFiles } from "../input.js";
import { parseSeeds } from "../seeds.js";

interface Flags {
  ignite: string[];
  wind: number;
  from: number;
  hours: number;
  brands: number;
  seeds: number[];
  out?: string;
  json?: boolean;
}

const number =
  (what: string, least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!(value >= least && value <= most)) throw new InvalidArgumentError(`${what} must lie between ${least} and ${most}.`);
    return value;
  };

export function fireDistrictCommand(): Command {
  return new Command("district")
    .description(
      "Fire spread between buildings over many runs: an order-of-magnitude map with its spread, beside Hamada's formula",
    )
    .argument("<buildings>", "GeoJSON FeatureCollection of footprints (Polygon, MultiPolygon), e.g. buildings of OpenStreetMap")
    .requiredOption("--ignite <ids...>", "ids of the buildings that burn at the start")
    .option("--wind <m/s>", "wind 10 m above ground", number("The wind", 0, 40), 3)
    .option("--from <degrees>", "where the wind comes from, clockwise from north", number("The direction", 0, 360), 270)
    .option("--hours <h>", "time looked at", number("The time", 0.1, 72), 6)
    .option("--brands <count>", "firebrands per burning building that would light a wooden one", number("The brands", 0, 200), 0)
    .option("--seeds <list>", "runs: 1..100, or 1,2,5", parseSeeds, parseSeeds("1..100"))
    .option("--out <folder>", "write district.json, fire-district.svg and .png")
    .option("--json", "print the whole result as JSON")
    .action(run);
}

async function run(path: string, flags: Flags): Promise<void> {
  const [file] = readFiles(path);
  const district = readDistrict(path, decodeText(path, file!.bytes));
  const options = {
    ignited: ignitedOf(district, flags.ignite),
    wind: { speed_m_s: flags.wind, from_deg: flags.from },
    horizon_s: flags.hours * 3600,
    brands: flags.brands,
    seeds: flags.seeds,
  };
  const map = districtMap(district, options, runDistrict(district, options));
  if (flags.out !== undefined) await write(flags.out, district, map);
  process.stdout.write(flags.json ? jsonText(map) : textOf(map));
}

function ignitedOf({ buildings }: District, ids: readonly string[]): number[] {
  const problems: Problem[] = [];
  const found = ids.map((id) => {
    const at = buildings.findIndex((building) => building.id === id);
    if (at < 0)
      problems.push({ place: `--ignite ${id}`, message: `names no building of the file, which has ${buildings.length}` });
    return at;
  });
  if (problems.length > 0) throw new MusterError("REQUEST_INVALID", problems);
  return found;
}

async function write(folder: string, district: District, map: DistrictMap): Promise<void> {
  const svg = await toSvg(fireDistrictChart(district, map).spec);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "district.json"), jsonText(map));
    writeFileSync(join(folder, "fire-district.svg"), svg);
    writeFileSync(join(folder, "fire-district.png"), toPng(svg));
  } catch (error) {
    throw new MusterError("OUTPUT_FAILED", [{ place: folder, message: error instanceof Error ? error.message : String(error) }]);
  }
}

const minutes = (value: number | null): string => (value === null ? "-" : value.toFixed(0));

function textOf(map: DistrictMap): string {
  const soonest = [...map.buildings]
    .filter(({ probability }) => probability > 0)
    .sort((a, b) => b.probability - a.probability || (a.p50_min ?? Infinity) - (b.p50_min ?? Infinity));
  const width = Math.max(8, ...soonest.slice(0, MOST).map(({ id }) => id.length));
  const rows = soonest.slice(0, MOST).map((b) => {
    const times = [b.p10_min, b.p50_min, b.p90_min, b.hamada_min].map((v) => minutes(v).padStart(8));
    return `  ${b.id.padEnd(width)} ${`${(100 * b.probability).toFixed(0)} %`.padStart(8)}${times.join("")}`;
  });
  return [
    `Fire over ${map.district}: ${map.burnt.of} buildings, ${map.runs} runs of ${(map.horizon_min / 60).toFixed(1)} h, wind ${map.wind.speed_m_s} m/s from ${map.wind.from_deg}°.`,
    map.caution,
    `Buildings that burn: ${map.burnt.p10} / ${map.burnt.p50} / ${map.burnt.p90} (p10 / p50 / p90 of the runs).`,
    `  ${"building".padEnd(width)} ${"burns".padStart(8)}${["p10", "p50", "p90", "Hamada"].map((t) => t.padStart(8)).join("")}   min`,
    ...rows,
    ...(soonest.length > MOST ? [`  … and ${soonest.length - MOST} more (--json has all)`] : []),
    ...map.notices.map((notice) => `Note: ${notice}`),
    "",
  ].join("\n");
}

/** Buildings that are printed. */
const MOST = 25;
