/**
 * Fruin's levels of service. Read in J. J. Fruin, "Pedestrian Planning and Design", 1971 (revised edition 1987), chapter 4: area per
 * person at the borders of the levels A–F in square feet (verified). One square foot is 0.09290304 m2.
 */
import type { LevelOfService, ServiceTable } from "./measures.js";

const SQUARE_FOOT = 0.09290304;

/** Area per person at the borders A|B, B|C, C|D, D|E, E|F, square feet. Walkways p. 74–78, stairways p. 80–82, queuing p. 85–87. */
export const FRUIN_SQUARE_FEET: Readonly<Record<ServiceTable, readonly number[]>> = {
  walkway: [35, 25, 15, 10, 5],
  stairs: [20, 15, 10, 7, 4],
  queue: [13, 10, 7, 3, 2],
};

export const SERVICE_LEVELS: readonly LevelOfService[] = ["A", "B", "C", "D", "E", "F"];

/** Lowest density of B, C, D, E, F, persons/m2. A border belongs to the worse level. */
export function serviceLimits(table: ServiceTable): number[] {
  return FRUIN_SQUARE_FEET[table].map((feet) => 1 / (feet * SQUARE_FOOT));
}

/** 0 = A … 5 = F of a density, persons/m2. */
export function serviceIndex(limits: readonly number[], density: number): number {
  let level = 0;
  while (level < limits.length && density >= limits[level]!) level++;
  return level;
}

/** Level of service of a density, persons/m2, by one of Fruin's three tables. */
export function serviceLevel(table: ServiceTable, density: number): LevelOfService {
  return SERVICE_LEVELS[serviceIndex(serviceLimits(table), density)]!;
}
