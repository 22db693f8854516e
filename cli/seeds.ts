/** Seeds on the command line. */
import { InvalidArgumentError } from "commander";

const MAX_SEEDS = 10_000;

/**
 * "7" → [7]; "1..20" → 1 to 20, both included; parts joined by commas. Order is kept, doubles are refused.
 * @throws InvalidArgumentError naming the part that cannot be read
 */
export function parseSeeds(text: string): number[] {
  const seeds: number[] = [];
  for (const part of text.split(",")) {
    const match = /^\s*(\d+)(?:\.\.(\d+))?\s*$/.exec(part);
    const first = Number(match?.[1] ?? Number.NaN);
    const last = Number(match?.[2] ?? first);
    if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last))
      throw new InvalidArgumentError(`"${part}" is neither a seed (7) nor a range of seeds (1..20)`);
    if (last < first) throw new InvalidArgumentError(`"${part}" ends before it begins`);
    if (seeds.length + last - first + 1 > MAX_SEEDS) throw new InvalidArgumentError(`more than ${MAX_SEEDS} seeds`);
    for (let seed = first; seed <= last; seed++) seeds.push(seed);
  }
  const seen = new Set<number>();
  const double = seeds.find((seed) => seen.has(seed) || !seen.add(seed));
  if (double !== undefined) throw new InvalidArgumentError(`seed ${double} is given twice`);
  return seeds;
}
