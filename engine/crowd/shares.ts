/** Draws by shares. */

/** Index drawn by shares (any positive sum). @param u uniform in [0, 1) */
export function pick(shares: readonly number[], u: number): number {
  let rest = u * shares.reduce((sum, s) => sum + s, 0);
  for (let k = 0; k < shares.length - 1; k++) {
    rest -= shares[k]!;
    if (rest < 0) return k;
  }
  return shares.length - 1;
}
