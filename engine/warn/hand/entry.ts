/** Gates by hand: entry capacity, lanes for the busiest minute, queue and its area from the arrival curve. */
import { mean } from "../../scenario/distributions.js";
import type { ArrivalInterval, Scenario, Stage } from "../../scenario/scenario.js";
import type { HandRow } from "../report.js";
import { clock, percent, trim, whole } from "../words.js";
import { type FluidQueue, fluidQueue } from "./arrivals.js";
import { GUIDES, nameOf } from "./guides.js";
import { type HandInput, handRow } from "./row.js";

type QueueStage = Extract<Stage, { queue: unknown }>["queue"];

interface Gate {
  readonly name: string;
  readonly lanes: number;
  /** Persons per minute and lane. */
  readonly rate: number;
  readonly guide: string;
  /** null: no entry capacity is asked for. */
  readonly within_min: number | null;
  readonly intervals: { interval: ArrivalInterval; share: number }[];
}

/** Rows of every gate of the hand calculation and of every queue of the scenario, and the entry capacity of the former. */
export function entryRows(input: HandInput): { rows: HandRow[]; entry: number | null } {
  const gates = gatesOf(input.scenario);
  const capacities = gates.filter(({ within_min }) => within_min !== null);
  const entry = Math.floor(capacities.reduce((sum, gate) => sum + gate.lanes * gate.rate * gate.within_min!, 0) + 1e-9);
  const rows = gates.flatMap((gate) => gateRows(input, gate));
  return { rows, entry: capacities.length > 0 ? entry : null };
}

function gateRows(input: HandInput, gate: Gate): HandRow[] {
  const { scenario } = input;
  const { name, lanes, rate, within_min } = gate;
  const rows: HandRow[] = [];
  const plain = (row: Omit<Parameters<typeof handRow>[0], "simulated">): void => {
    rows.push(handRow({ ...row, simulated: null }, () => ""));
  };
  if (within_min !== null)
    plain({
      quantity: `entry capacity of ${name}`,
      value: Math.floor(lanes * rate * within_min + 1e-9),
      unit: "persons",
      guide: `${gate.guide}; ${within_min === GUIDES.entryTime.value ? nameOf(GUIDES.entryTime) : "entry time of the scenario"}`,
      working: `${lanes} lanes × ${trim(rate, 2)} /min × ${trim(within_min, 1)} min`,
    });
  if (gate.intervals.length === 0) return rows;
  const service = (lanes * rate) / 60;
  const fluid = fluidQueue(gate.intervals, service);
  const peak = fluid.peakArrivals * 60;
  if (peak > 0)
    plain({
      quantity: `lanes for the busiest minute at ${name}`,
      value: Math.ceil(peak / rate - 1e-9),
      unit: "lanes",
      guide: gate.guide,
      working: `${trim(peak, 1)} arrivals/min / ${trim(rate, 2)} /min per lane; ${lanes} lanes are planned`,
    });
  const queue = input.simulated.queues.find(({ place }) => place === name);
  const waiting = queue?.peak_waiting.p50 ?? null;
  rows.push(
    handRow(
      {
        quantity: `longest queue at ${name}`,
        value: Math.round(fluid.longest),
        unit: "persons",
        guide: `${gate.guide}; cumulative arrivals less cumulative service`,
        working: `arrivals up to ${trim(peak, 1)} /min, service ${trim(lanes * rate, 1)} /min; longest at ${clock(scenario, fluid.longest_at_s)}`,
        simulated: waiting,
      },
      (difference) => queueWhy(input, gate, fluid, difference),
    ),
  );
  if (fluid.longest >= 1)
    plain({
      quantity: `queue area at ${name}`,
      value: Math.ceil(fluid.longest / GUIDES.queueDensity.value - 1e-9),
      unit: "m2",
      guide: nameOf(GUIDES.queueDensity),
      working: `${whole(fluid.longest)} people / ${GUIDES.queueDensity.value} per m2`,
    });
  return rows;
}

/** People choose the gate with the shortest wait and walk to it; the fluid knows neither. */
function queueWhy({ scenario, simulated }: HandInput, gate: Gate, fluid: FluidQueue, difference: number): string {
  const total = gate.intervals.reduce((sum, { interval, share }) => sum + interval.count * share, 0);
  const served = simulated.queues.find(({ place }) => place === gate.name)?.median.served ?? 0;
  const parts: string[] = [];
  if (total > 0 && Math.abs(served - total) > 0.1 * total)
    parts.push(
      `${whole(served)} people were served there, ${percent(served / total)} of the ${whole(total)} of the hand calculation`,
    );
  const stage = stagesOf(scenario).find(({ at }) => at.includes(gate.name));
  const service = stage ? mean(stage.service_s) : 0;
  if (service > 0 && Math.abs(60 / service - gate.rate) > 0.05 * gate.rate)
    parts.push(
      `the scenario's mean service time of ${trim(service, 1)} s gives ${trim(60 / service, 1)} /min per lane, the hand calculation has ${trim(gate.rate, 1)}`,
    );
  parts.push(
    difference > 0
      ? "between two people a lane waits for the next to step up, and arrivals come in bunches, where the hand calculation spreads them evenly"
      : "walking to the gate spreads the arrivals, and people change to the gate with the shorter wait",
  );
  if (fluid.longest < 10) parts.push("the queue is short, so a few people are a large share");
  return parts.join("; ");
}

const stagesOf = (scenario: Scenario): QueueStage[] =>
  scenario.people.flatMap(({ journey }) => journey.flatMap((stage) => ("queue" in stage ? stage.queue : [])));

/** Gates of the hand calculation, then queues of the scenario that it does not name, with the scenario's own service time. */
function gatesOf(scenario: Scenario): Gate[] {
  const hand = scenario.hand_calculation;
  const named = (hand?.entry ?? []).map(
    (entry): Gate => ({
      name: entry.gate,
      lanes: entry.lanes,
      rate: entry.rate_per_min,
      guide: hand!.guide,
      within_min: entry.within_min,
      intervals: [],
    }),
  );
  const others = new Map<string, Gate>();
  for (const stage of stagesOf(scenario))
    for (const name of stage.at) {
      const service = mean(stage.service_s);
      if (named.some((gate) => gate.name === name) || others.has(name) || service <= 0) continue;
      const guide = "service time of the scenario";
      others.set(name, { name, lanes: stage.servers, rate: 60 / service, guide, within_min: null, intervals: [] });
    }
  const gates = [...named, ...others.values()];
  return gates.map((gate) => ({ ...gate, intervals: arrivalsAt(scenario, gate, gates) }));
}

/**
 * Who comes to a gate by the timetable. A group that arrives at the gate itself brings its share; a group that queues at one of
 * several gates is split by their service rates. Only the first queue of a journey is fed by the arrival curve.
 */
function arrivalsAt(scenario: Scenario, gate: Gate, gates: readonly Gate[]): Gate["intervals"] {
  return scenario.people.flatMap(({ arrivals, journey }) => {
    if (arrivals === null) return [];
    const stage = journey.find((each): each is { queue: QueueStage } => "queue" in each)?.queue;
    const direct = arrivals.at.indexOf(gate.name);
    const share = stage ? splitShare(stage, gate, gates) : direct >= 0 ? arrivals.shares[direct]! : 0;
    return share > 0 ? arrivals.intervals.map((interval) => ({ interval, share })) : [];
  });
}

function splitShare(stage: QueueStage, gate: Gate, gates: readonly Gate[]): number {
  if (!stage.at.includes(gate.name)) return 0;
  const rates = stage.at
    .map((name) => gates.find((each) => each.name === name))
    .map((each) => (each ? each.lanes * each.rate : 0));
  const all = rates.reduce((sum, rate) => sum + rate, 0);
  return all > 0 ? (gate.lanes * gate.rate) / all : 0;
}
