/** Which known word was probably meant. */

/**
 * The known word with the fewest single-letter changes, swaps of neighbours included (optimal string alignment), upper and lower
 * case alike; null when more than a third of the letters would have to change. Equal candidates: the first one.
 */
export function nearest(word: string, known: Iterable<string>): string | null {
  const sought = word.slice(0, 80).toLowerCase();
  let best: string | null = null;
  let least = Math.max(sought.length > 1 ? 1 : 0, Math.floor(sought.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - sought.length) >= least) continue;
    const d = distance(sought, candidate.toLowerCase());
    if (d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

/** `; did you mean "x"?`, or nothing where no known word is near. */
export function suggestion(word: string, known: Iterable<string>): string {
  const found = nearest(word, known);
  return found === null ? "" : `; did you mean "${found}"?`;
}

function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let d = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, before[j - 2]! + 1);
      next.push(d);
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
