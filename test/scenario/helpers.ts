import { MusterError, type Problem } from "../../engine/errors.js";
import { readScenario } from "../../engine/scenario/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";

/** The least that runs: 40 people leave a hall. */
export const base = (): Record<string, unknown> => ({
  muster: 1,
  name: "hall",
  duration_min: 5,
  people: [{ name: "visitors", count: 40, start: { in: "back" }, journey: [{ leave: "door" }] }],
});

export const readText = (text: string, files: Record<string, string> = {}): Scenario =>
  readScenario({
    name: "test.yaml",
    text,
    files: (path) => {
      const found = files[path];
      if (found === undefined) throw new Error("no such file");
      return found;
    },
  });

export const read = (value: unknown, files: Record<string, string> = {}): Scenario => readText(JSON.stringify(value), files);

/** The error of a read that must fail. */
export function refused(make: () => unknown): MusterError {
  try {
    make();
  } catch (error) {
    if (error instanceof MusterError) return error;
    throw error;
  }
  throw new Error("was accepted");
}

/** `place: message` of every problem, without lines. */
export const faults = (value: unknown, files: Record<string, string> = {}): string[] =>
  lines(refused(() => read(value, files)).problems);

export const lines = (problems: readonly Problem[]): string[] =>
  problems.map((p) => `${p.place.replace(/ \(line \d+\)$/, "")}: ${p.message}`);

/** The base with changes to the first group. */
export const withGroup = (more: Record<string, unknown>, root: Record<string, unknown> = {}): Record<string, unknown> => {
  const scenario = base();
  const [group] = scenario.people as Record<string, unknown>[];
  const next: Record<string, unknown> = { ...group, ...more };
  for (const key of Object.keys(next)) if (next[key] === undefined) delete next[key];
  return { ...scenario, ...root, people: [next] };
};
