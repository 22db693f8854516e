/** Turns the body of POST /v1/runs into an order: bytes and texts for the readers, seeds as a list. */
import type { Static } from "typebox";
import { MusterError, type Problem } from "../engine/errors.js";
import type { Limits } from "./limits.js";
import type { Order } from "./runs/records.js";
import type { OrderBody } from "./schemas.js";

/** "7" or "1..20" → list. Throws REQUEST_INVALID when it runs backwards, INPUT_TOO_LARGE when it names more than `limit`. */
function seedsOf(range: string, limit: number): number[] {
  const [first = 0, last = first] = range.split("..").map(Number);
  const fault = (message: string): MusterError =>
    new MusterError("REQUEST_INVALID", [{ place: "body.seeds", message, value: range }]);
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last)) throw fault(`${range} is above 2^53 - 1`);
  if (last < first) throw fault(`${range} runs backwards`);
  if (last - first + 1 > limit) throw tooManySeeds(last - first + 1, limit);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

const tooManySeeds = (count: number, limit: number): MusterError =>
  new MusterError("INPUT_TOO_LARGE", [{ place: "body.seeds", message: `${count} seeds, limit ${limit}`, value: count, limit }]);

const json = (value: object, place: string): string => {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested so deeply that it cannot be written again: no real input is.
    throw new MusterError("INPUT_UNREADABLE", [{ place, message: "is nested too deeply" }]);
  }
};

function layoutOf(layout: Static<typeof OrderBody>["layout"]): Order["layout"] {
  if (typeof layout === "string") return { name: "layout.wkt", bytes: Buffer.from(layout, "utf8") };
  if ("imdf_base64" in layout) {
    const text = layout.imdf_base64.replace(/\s+/g, "");
    const problem: Problem = { place: "body.layout/imdf_base64", message: "is not base64" };
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new MusterError("INPUT_UNREADABLE", [problem]);
    return { name: "layout.zip", bytes: Buffer.from(text, "base64") };
  }
  return { name: "layout.geojson", bytes: Buffer.from(json(layout, "body.layout"), "utf8") };
}

function scenarioOf(scenario: Static<typeof OrderBody>["scenario"]): Order["scenario"] {
  if (typeof scenario === "string") return { name: "scenario.yaml", text: scenario };
  return { name: "scenario.json", text: json(scenario, "body.scenario") };
}

/** The list of seeds, each once; null: the scenario's own. */
function seedList(seeds: Static<typeof OrderBody>["seeds"], limit: number): number[] | null {
  if (seeds === undefined) return null;
  if (typeof seeds === "string") return seedsOf(seeds, limit);
  if (seeds.length > limit) throw tooManySeeds(seeds.length, limit);
  const twice = seeds.flatMap((seed, i): Problem[] =>
    seeds.indexOf(seed) === i ? [] : [{ place: `body.seeds[${i}]`, message: `${seed} is given twice`, value: seed }],
  );
  if (twice.length > 0) throw new MusterError("REQUEST_INVALID", twice);
  return seeds;
}

/** Throws REQUEST_INVALID, INPUT_UNREADABLE or INPUT_TOO_LARGE; the content of layout and scenario is checked later. */
export function readOrder(body: Static<typeof OrderBody>, limits: Pick<Limits, "seeds">): Order {
  return {
    layout: layoutOf(body.layout),
    scenario: scenarioOf(body.scenario),
    files: body.files ?? {},
    seeds: seedList(body.seeds, limits.seeds),
    workers: body.workers ?? null,
    charts: body.charts ?? true,
    trajectory: body.trajectory ?? true,
  };
}
