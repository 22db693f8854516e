/** The whole hand calculation: holding, entry, exits, and the capacity as the lowest of the four. */
import { polygonsArea } from "../../geometry/polygon.js";
import { areaOn } from "../../measure/places.js";
import { findPlace } from "../../scenario/places.js";
import type { HandRow } from "../report.js";
import { percent, trim, whole } from "../words.js";
import { entryRows } from "./entry.js";
import { exitRows } from "./exits.js";
import { GUIDES, nameOf } from "./guides.js";
import { type HandInput, handRow } from "./row.js";

/**
 * Rows as a reviewer expects them (planning guides, steps 2 to 5), capacity first. Without a `hand_calculation` in the scenario there
 * are only rows that need no judgement: exits, times, queues.
 */
export function handRows(input: HandInput): HandRow[] {
  const holding = holdingRows(input);
  const entry = entryRows(input);
  const exits = exitRows(input);
  const capacity = capacityRow(input, {
    entry: entry.entry,
    holding: holding.holding,
    exit: exits.exit,
    emergency: exits.emergency,
  });
  return [...capacity, ...holding.rows, ...entry.rows, ...exits.rows];
}

/**
 * Capacity of each holding area: floor × density × min(P, S) (Green Guide; the lower of the two factors, no other scoring). The factors
 * are judgements of a competent person and are never filled in: where they are not set the row says so and is not reduced.
 */
function holdingRows(input: HandInput): { rows: HandRow[]; holding: number | null } {
  const { layout, scenario, simulated } = input;
  const hand = scenario.hand_calculation;
  if (hand === null) return { rows: [], holding: null };
  if (hand.holding.length === 0) return unreduced(input);
  const rows = hand.holding.map(({ section, density, physical, safety, set_by }) => {
    const place = findPlace(scenario, layout, section);
    const area = place.kind === "area" ? areaOn(layout, { place: section, ...place }).area_m2 : 0;
    const factor = Math.min(physical, safety);
    const people = simulated.sections.find((each) => each.place === section)?.peak_count.p50 ?? null;
    return handRow(
      {
        quantity: `holding capacity of ${section}`,
        value: Math.floor(area * density * factor + 1e-9),
        unit: "persons",
        guide: hand.guide,
        working: `${trim(area, 0)} m2 × ${trim(density, 2)} per m2 × min(P ${trim(physical, 2)}, S ${trim(safety, 2)}), set by ${set_by}`,
        simulated: people,
      },
      (difference) => useText(difference, "in the section at once"),
    );
  });
  return { rows, holding: rows.reduce((sum, { value }) => sum + value, 0) };
}

/** No holding area is named: all floor under the open sky at 2 persons/m2, as an upper bound; indoors no guide gives such a number. */
function unreduced({ layout, simulated }: HandInput): { rows: HandRow[]; holding: number | null } {
  const outdoors = new Set(layout.levels.filter(({ outdoor }) => outdoor).map(({ id }) => id));
  const floors = layout.sheets.filter(({ kind, level }) => kind === "floor" && outdoors.has(level));
  if (floors.length === 0) return { rows: [], holding: null };
  const area = floors.reduce((sum, { regions }) => sum + polygonsArea(regions), 0);
  const value = Math.floor(area * GUIDES.outdoorDensity.value + 1e-9);
  const row = handRow(
    {
      quantity: "holding capacity of the outdoor floor, not reduced: P and S are not set",
      value,
      unit: "persons",
      guide: nameOf(GUIDES.outdoorDensity),
      working: `${trim(area, 0)} m2 × ${GUIDES.outdoorDensity.value} per m2`,
      simulated: simulated.inside.p50,
    },
    (difference) => useText(difference, "inside at once"),
  );
  return { rows: [row], holding: value };
}

const useText = (difference: number, where: string): string =>
  difference < 0
    ? `the scenario brings at most ${percent(1 + difference)} of this capacity ${where}`
    : `the scenario brings ${percent(difference)} more people than this ${where}: over capacity`;

interface Four {
  entry: number | null;
  holding: number | null;
  exit: number | null;
  emergency: number | null;
}

/** min(entry, holding, exit, emergency); the row names the lowest and what is missing. None where the scenario asks for no calculation. */
function capacityRow({ scenario, simulated }: HandInput, four: Four): HandRow[] {
  const hand = scenario.hand_calculation;
  const known = Object.entries(four).filter((entry): entry is [string, number] => entry[1] !== null);
  if (hand === null || known.length === 0) return [];
  const [lowest, value] = known.reduce((a, b) => (b[1] < a[1] ? b : a));
  const missing = Object.entries(four).flatMap(([name, each]) => (each === null ? [name] : []));
  const list = known.map(([name, each]) => `${name} ${whole(each)}`).join(", ");
  return [
    handRow(
      {
        quantity: "capacity",
        value,
        unit: "persons",
        guide: `${hand.guide}: the lowest of entry, holding, exit and emergency`,
        working: `min(${list}); ${lowest} decides${missing.length > 0 ? `; not given: ${missing.join(", ")}` : ""}`,
        simulated: simulated.inside.p50,
      },
      (difference) => useText(difference, "inside at once"),
    ),
  ];
}
