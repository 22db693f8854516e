/** Available against required safe egress time. */
import type { Margin } from "./measures.js";

/**
 * ASET − RSET, s. Where the place was still tenable at the end, ASET is later than that and the margin at least so much; where
 * somebody was still inside, RSET is later and the margin at most so much, which is never above 0. null where neither is known
 * (people stay in a place that stays tenable) and where nobody was ever there.
 * @param asetS null: tenable to the end @param rsetS null: somebody there at the end, if `used` @param endS end of the run, s
 */
export function marginOf(options: { asetS: number | null; rsetS: number | null; endS: number; used: boolean }): Margin | null {
  const { asetS, rsetS, endS, used } = options;
  if (!used || (asetS === null && rsetS === null)) return null;
  if (asetS === null) return { s: endS - rsetS!, bound: "at least" };
  if (rsetS === null) return { s: asetS - endS, bound: "at most" };
  return { s: asetS - rsetS, bound: "exact" };
}
