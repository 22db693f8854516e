/** Exits by hand: how many people per minute, in the normal time, and with the widest exit lost. */
import { findPlace } from "../../scenario/places.js";
import type { EnsembleReport, HandRow } from "../report.js";
import { lasting, listed, percent, trim, whole } from "../words.js";
import { GUIDES, nameOf } from "./guides.js";
import { type HandInput, handRow } from "./row.js";

export interface HandExit {
  readonly name: string;
  readonly width_m: number;
  /** persons/(m min) */
  readonly rate: number;
  readonly guide: string;
  /** persons/min */
  readonly perMinute: number;
}

type Line = EnsembleReport["lines"][number];

/** Exits of the scenario's hand calculation, named as the scenario does where people leave by them; without one, every exit of the layout that stands open, at the Green Guide's level rate. */
export function handExits(input: HandInput): HandExit[] {
  const { layout, scenario } = input;
  const hand = scenario.hand_calculation;
  const exit = (name: string, width_m: number, rate: number, guide: string): HandExit => ({
    name,
    width_m,
    rate,
    guide,
    perMinute: width_m * rate,
  });
  if (hand !== null)
    return hand.exits.flatMap(({ opening, rate_per_m_min }) => {
      const place = findPlace(scenario, layout, opening);
      return place.kind === "opening" ? exit(opening, place.opening.width, rate_per_m_min, hand.guide) : [];
    });
  return layout.openings
    .filter((opening) => opening.exit && opening.state === "open")
    .map((opening) =>
      exit(
        lineOf(input, opening.id)?.place ?? nameIn(layout, opening),
        opening.width,
        GUIDES.levelRate.value,
        nameOf(GUIDES.levelRate),
      ),
    );
}

const nameIn = (layout: HandInput["layout"], opening: { id: string; name: string }): string =>
  opening.name !== "" && layout.openings.filter((o) => o.name === opening.name).length === 1 ? opening.name : opening.id;

/** The measure of an exit, by its name or id. */
function lineOf({ layout, simulated }: HandInput, name: string): Line | null {
  const opening = layout.openings.find((o) => o.id === name || o.name === name);
  return simulated.lines.find(({ place }) => place === name || (opening && [opening.id, opening.name].includes(place))) ?? null;
}

/** All rows about exits; empty where no exit has a width. `capacities` go into the lowest-of-four. */
export function exitRows(input: HandInput): { rows: HandRow[]; exit: number | null; emergency: number | null } {
  const exits = handExits(input);
  if (exits.length === 0) return { rows: [], exit: null, emergency: null };
  const hand = input.scenario.hand_calculation;
  const minutes = hand?.exit_time_min ?? GUIDES.exitTime.value;
  const timeGuide = hand?.guide ?? nameOf(GUIDES.exitTime);
  const all = exits.reduce((sum, { perMinute }) => sum + perMinute, 0);
  const widest = exits.reduce((a, b) => (b.perMinute > a.perMinute ? b : a));
  const rest = all - widest.perMinute;
  const emergencyMinutes = hand?.emergency_time_min ?? minutes;
  const guide = exits[0]!.guide;
  const sum = sumText(exits);
  const less = sumText(exits.filter((exit) => exit !== widest));
  const rows = [
    ...exits.map((exit) => flowRow(input, exit)),
    handRow(
      {
        quantity: `people who can leave in ${trim(minutes, 1)} min`,
        value: Math.floor(all * minutes + 1e-9),
        unit: "persons",
        guide: `${guide}; ${timeGuide}`,
        working: `${sum} × ${trim(minutes, 1)} min`,
        // Where fewer people are there than could leave, the simulation says nothing about it.
        simulated: input.simulated.asked > all * minutes ? mostLeft(input, minutes * 60) : null,
      },
      (difference) => clearWhy(input, exits, -difference),
    ),
    handRow(
      {
        quantity: `people who can leave in ${trim(emergencyMinutes, 1)} min with the widest exit lost`,
        value: Math.floor(rest * emergencyMinutes + 1e-9),
        unit: "persons",
        guide: `${guide}; ${hand ? hand.guide : nameOf(GUIDES.exitTime)}, widest exit taken out (Buckinghamshire Council)`,
        working: `${less || "0"} × ${trim(emergencyMinutes, 1)} min, without ${widest.name}`,
        simulated: null,
      },
      () => "",
    ),
    ...timeRows(input, exits, { all, rest, widest: widest.name, sum, less, guide }),
    ...codeRows(exits),
  ];
  return { rows, exit: Math.floor(all * minutes + 1e-9), emergency: Math.floor(rest * emergencyMinutes + 1e-9) };
}

/** "(4 m + 6 m) × 82 /m/min", one bracket per rate; at most six widths are written out. */
function sumText(exits: readonly HandExit[]): string {
  const rates = [...new Set(exits.map(({ rate }) => rate))];
  const parts = rates.map((rate) => {
    const widths = exits.filter((exit) => exit.rate === rate).map((exit) => exit.width_m);
    const total = widths.reduce((a, b) => a + b, 0);
    const text =
      widths.length <= 6 ? widths.map((w) => `${trim(w, 2)} m`).join(" + ") : `${widths.length} exits, ${trim(total, 2)} m`;
    return `(${text}) × ${trim(rate, 1)} /m/min`;
  });
  return parts.length > 1 ? `(${parts.join(" + ")})` : (parts[0] ?? "");
}

function flowRow(input: HandInput, exit: HandExit): HandRow {
  const line = lineOf(input, exit.name);
  const peak = line?.peak_flow.p50 ?? null;
  return handRow(
    {
      quantity: `flow at ${exit.name}`,
      value: exit.perMinute,
      unit: "persons/min",
      guide: exit.guide,
      working: `${trim(exit.width_m, 2)} m × ${trim(exit.rate, 1)} /m/min`,
      simulated: peak === null ? null : peak * 60,
    },
    (difference) => flowWhy(input, exit, line, difference),
  );
}

function flowWhy(input: HandInput, exit: HandExit, line: Line | null, difference: number): string {
  const people = line?.total.p50 ?? 0;
  const specific = ((line?.peak_flow.p50 ?? 0) * 60) / exit.width_m;
  if (difference > 0)
    return `the simulated flow over the width reached ${trim(specific, 0)} /m/min in its busiest minute; the guide's ${trim(exit.rate, 1)} is a safe value for design, not a maximum`;
  if (people === 0) return "nobody left by it in the simulation";
  const queue = input.simulated.queues.find(({ place }) => place === exit.name);
  if (queue && (queue.peak_waiting.p50 ?? 0) > 0)
    return `its ${queue.median.servers} lanes pass people on, not its width: up to ${whole(queue.peak_waiting.p50 ?? 0)} waited before it`;
  const share = input.simulated.asked > 0 ? ` (${percent(people / input.simulated.asked)} of all)` : "";
  return `${whole(people)} ${people === 1 ? "person" : "people"}${share} came to it, at most ${trim(specific, 0)} /m/min in its busiest minute`;
}

/** Most people who left within any span of this length in the median run, from the clearing curve; null where hardly anybody left. */
function mostLeft({ simulated }: HandInput, span_s: number): number | null {
  const times = simulated.curve.map(({ time_s }) => time_s.p50);
  if (times.filter((time) => time !== null).length < 3) return null;
  let most = 0;
  let from = 0;
  times.forEach((time, k) => {
    if (time === null) return;
    while (times[from]! < time - span_s) from++;
    most = Math.max(most, k - from);
  });
  return (most / 100) * simulated.asked;
}

interface Sums {
  all: number;
  rest: number;
  widest: string;
  sum: string;
  less: string;
  guide: string;
}

/** Time for everybody: people over flow. The simulated time runs from the first who leaves, as the guide's does. */
function timeRows(input: HandInput, exits: readonly HandExit[], sums: Sums): HandRow[] {
  const { asked, clearing, curve } = input.simulated;
  if (asked === 0) return [];
  const first = curve[0]?.time_s.p50 ?? null;
  const last = clearing.t100_s.p50;
  const simulated = first === null || last === null ? null : (last - first) / 60;
  const rows = [
    handRow(
      {
        quantity: "time for all to pass the exits",
        value: asked / sums.all,
        unit: "min",
        guide: sums.guide,
        working: `${whole(asked)} people / (${sums.sum})`,
        simulated,
      },
      (difference) => clearWhy(input, exits, difference),
    ),
  ];
  if (sums.rest > 0)
    rows.push(
      handRow(
        {
          quantity: `time for all to pass the exits with ${sums.widest} lost`,
          value: asked / sums.rest,
          unit: "min",
          guide: `${sums.guide}; widest exit taken out (Buckinghamshire Council)`,
          working: `${whole(asked)} people / (${sums.less})`,
          simulated: null,
        },
        () => "",
      ),
    );
  return rows;
}

/** An exit is left out of "used" below this part of its share by width. */
const HARDLY_USED = 0.25;
/** An exit works at its limit from this part of the guide's rate. */
const FULL = 0.8;

/** Why it takes longer (difference > 0) or less long than by hand. */
function clearWhy(input: HandInput, exits: readonly HandExit[], difference: number): string {
  const { simulated } = input;
  const used = exits.map((exit) => {
    const line = lineOf(input, exit.name);
    return { exit, people: line?.total.p50 ?? 0, load: ((line?.peak_flow.p50 ?? 0) * 60) / exit.perMinute };
  });
  const people = used.reduce((sum, each) => sum + each.people, 0);
  const fullest = used.reduce((a, b) => (b.load > a.load ? b : a));
  const specific = fullest.load * fullest.exit.rate;
  if (difference < 0)
    return `the simulated flow over the width reached ${trim(specific, 0)} /m/min at ${fullest.exit.name}; the guide's ${trim(fullest.exit.rate, 1)} is a safe value for design`;
  if (people === 0) return "nobody left by these exits in the simulation";
  const width = exits.reduce((sum, { width_m }) => sum + width_m, 0);
  const busy = used.filter((each) => each.people / people > (HARDLY_USED * each.exit.width_m) / width);
  const parts: string[] = [];
  if (busy.length < exits.length)
    parts.push(
      `people use only ${busy.length} of ${exits.length} exits (${percent(busy.reduce((s, e) => s + e.people, 0) / people)} by ${listed(busy.slice(0, 3).map((e) => e.exit.name))}${busy.length > 3 ? " …" : ""})`,
    );
  const limited = used.filter(({ exit }) => simulated.queues.some((q) => q.place === exit.name && (q.peak_waiting.p50 ?? 0) > 0));
  if (limited.length > 0) parts.push(`queues at ${listed(limited.map(({ exit }) => exit.name))} let people pass only in lanes`);
  if (fullest.load < FULL) {
    const first = simulated.curve[0]?.time_s.p50 ?? null;
    const most = simulated.clearing.t95_s.p50 ?? null;
    const span = first === null || most === null ? "" : ` over ${lasting(most - first)}`;
    parts.push(
      `no exit works at its limit (most: ${fullest.exit.name}, ${percent(fullest.load)} of the guide's rate): people come to the exits${span}, not all at once`,
    );
  } else {
    parts.push(
      `${fullest.exit.name} passed ${trim(specific, 0)} /m/min in its busiest minute, the others were not full all the time`,
    );
  }
  return parts.join("; ");
}

/** What two building codes make of the same widths: people, not time. */
function codeRows(exits: readonly HandExit[]): HandRow[] {
  const width = exits.reduce((sum, { width_m }) => sum + width_m, 0);
  const row = (quantity: string, value: number, guide: string, working: string): HandRow =>
    handRow({ quantity, value: Math.floor(value + 1e-9), unit: "persons", guide, working, simulated: null }, () => "");
  const { nfpaLevel, chinaWidth } = GUIDES;
  return [
    row(
      "people the exits are wide enough for, NFPA 101",
      width / nfpaLevel.value,
      nameOf(nfpaLevel),
      `${trim(width, 2)} m / 5.08 mm`,
    ),
    row(
      "people the exits are wide enough for, GB 50016",
      (width / chinaWidth.value) * 100,
      nameOf(chinaWidth),
      `${trim(width, 2)} m / 0.65 m × 100`,
    ),
  ];
}
