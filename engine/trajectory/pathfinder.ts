/** Pathfinder's JSON output: people by id, each with positions by time. Its CSV is read as any table (text.ts). */
import { MusterError } from "../errors.js";
import { gatherProblems, NOT_SAID, type RawTrajectory } from "./raw.js";

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** {"0": {"0.0": {"position": {"x": …, "y": …}, …}, …}, …}; throws with every person and time that has no position. */
export function readPathfinderJson(name: string, root: unknown): RawTrajectory {
  const problems = gatherProblems();
  const [ids, times, xs, ys, zs]: number[][] = [[], [], [], [], []];
  const entries = isObject(root) ? Object.entries(root) : [];
  if (entries.length === 0) problems.add(name, "holds no people: Pathfinder's JSON is an object of people by id");
  for (const [key, track] of entries) {
    if (!/^\d+$/.test(key) || !isObject(track)) {
      problems.add(`${name}, "${key}"`, "is no person: keys are whole numbers, values objects of positions by time");
      continue;
    }
    for (const [time, state] of Object.entries(track)) {
      const position = isObject(state) && isObject(state.position) ? state.position : {};
      const { x, y, z = 0 } = position;
      if (typeof x !== "number" || typeof y !== "number" || Number.isNaN(Number(time))) {
        problems.add(`${name}, person ${key} at ${time}`, "has no position with numbers x and y");
        continue;
      }
      ids!.push(Number(key));
      times!.push(Number(time));
      xs!.push(x);
      ys!.push(y);
      zs!.push(Number(z));
    }
  }
  if (problems.list.length > 0) throw new MusterError("TRAJECTORY_INVALID", problems.told());
  return {
    ...NOT_SAID,
    format: "Pathfinder JSON",
    rows: ids!.length,
    id: Float64Array.from(ids!),
    frame: null,
    time: Float64Array.from(times!),
    x: Float64Array.from(xs!),
    y: Float64Array.from(ys!),
    z: Float64Array.from(zs!),
    frameRate: null,
    unit: "m",
    floors: [],
    place: (row) => `${name}, person ${ids![row]} at ${times![row]} s`,
  };
}
