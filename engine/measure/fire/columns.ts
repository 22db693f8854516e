/** Several values over time in a bounded number of bins: when time outgrows them the bins double. NaN stands for "no such value". */

/** So many bins keep a result document small; fire.parquet has every output time. */
export const MOST_BINS = 240;

export interface ColumnsRecorder<N extends string> {
  /** One value per name, in the order of `names`. @param time s, not before earlier ones */
  add(time: number, values: ArrayLike<number>): void;
  finish(): { bin_s: number } & Record<N, number[]>;
}

/** @param bin_s first length of a bin, s @param largest names of which a bin keeps the largest value instead of the mean */
export function createColumns<N extends string>(
  names: readonly N[],
  bin_s: number,
  largest: readonly N[] = [],
): ColumnsRecorder<N> {
  const sums = names.map(() => new Float64Array(MOST_BINS));
  const seen = new Uint32Array(MOST_BINS);
  const most = names.map((name) => largest.includes(name));
  let bin = bin_s;
  let used = 0;
  const fold = (): void => {
    for (let i = 0; i < MOST_BINS / 2; i++) {
      const [a, b] = [2 * i, 2 * i + 1];
      sums.forEach((sum, c) => {
        sum[i] = most[c] ? Math.max(sum[a]!, sum[b]!) : sum[a]! + sum[b]!;
      });
      seen[i] = seen[a]! + seen[b]!;
    }
    for (const sum of sums) sum.fill(0, MOST_BINS / 2);
    seen.fill(0, MOST_BINS / 2);
    bin *= 2;
    used = Math.ceil(used / 2);
  };
  return {
    add(time, values) {
      // Times are step numbers times a step: 0.3 / 0.1 must be 3.
      let i = Math.floor(time / bin + 1e-6);
      while (i >= MOST_BINS) {
        fold();
        i = Math.floor(time / bin + 1e-6);
      }
      for (let c = 0; c < sums.length; c++) {
        const sum = sums[c]!;
        sum[i] = most[c] ? Math.max(seen[i] === 0 ? values[c]! : sum[i]!, values[c]!) : sum[i]! + values[c]!;
      }
      seen[i]!++;
      used = Math.max(used, i + 1);
    },
    finish() {
      const columns = Object.fromEntries(names.map((name): [N, number[]] => [name, []])) as Record<N, number[]>; // every name is there
      names.forEach((name, c) => {
        const list = columns[name];
        for (let i = 0; i < used; i++) {
          const n = seen[i]!;
          // A bin without a value of its own keeps the one before.
          list.push(n === 0 ? (list.at(-1) ?? Number.NaN) : most[c] ? sums[c]![i]! : sums[c]![i]! / n);
        }
      });
      return { bin_s: bin, ...columns };
    },
  };
}
