/**
 * L D L' of a sparse symmetric positive definite matrix whose pattern is that of the room graph and never changes: symbolic work once,
 * numeric work per step without allocation. Up-looking factorisation after T. A. Davis, "Algorithm 849: A concise sparse Cholesky
 * factorization package", ACM Trans. Math. Softw. 31 (2005); rows ordered by least degree.
 */
export interface SparseLdl {
  readonly size: number;
  /** Row of the factor that stands for a compartment. */
  readonly rowOf: Int32Array;
  /** Diagonal of the matrix by row, and entries below it along `columns`; filled by the caller, kept by `factor`. */
  readonly diagonal: Float64Array;
  readonly lower: Float64Array;
  /** Row r has the entries rowStart[r] to rowStart[r + 1] in `lower` and `columns`. */
  readonly rowStart: Int32Array;
  readonly columns: Int32Array;
  /** Place in `lower` of the entry of two joined compartments. */
  entry(a: number, b: number): number;
  /** Factors the matrix; false when a pivot is not positive. */
  factor(): boolean;
  /** Solves for `x` in place, in the order of rows. */
  solve(x: Float64Array): void;
}

export function createSparseLdl(size: number, pairs: readonly (readonly [number, number])[]): SparseLdl {
  const { rowOf, rows } = leastDegree(size, pairs);
  const rowStart = new Int32Array(size + 1);
  for (let r = 0; r < size; r++) rowStart[r + 1] = rowStart[r]! + rows[r]!.length;
  const columns = new Int32Array(rowStart[size]!);
  for (let r = 0; r < size; r++) columns.set(rows[r]!, rowStart[r]!);

  // column c holds its factor entries at columnStart[c] ... in rising row order
  const columnStart = new Int32Array(size + 1);
  for (let k = 0; k < columns.length; k++) columnStart[columns[k]! + 1]!++;
  for (let c = 0; c < size; c++) columnStart[c + 1]! += columnStart[c]!;
  const columnRow = new Int32Array(columns.length);
  const value = new Float64Array(columns.length);
  const filled = new Int32Array(size);
  const pivot = new Float64Array(size);
  const work = new Float64Array(size);
  const diagonal = new Float64Array(size);
  const lower = new Float64Array(columns.length);

  const factor = (): boolean => {
    filled.fill(0);
    for (let r = 0; r < size; r++) {
      let d = diagonal[r]!;
      const from = rowStart[r]!;
      const to = rowStart[r + 1]!;
      for (let k = from; k < to; k++) work[columns[k]!] = lower[k]!;
      for (let k = from; k < to; k++) {
        const c = columns[k]!;
        const y = work[c]!;
        work[c] = 0;
        const start = columnStart[c]!;
        const end = start + filled[c]!;
        for (let p = start; p < end; p++) work[columnRow[p]!]! -= value[p]! * y;
        const l = y / pivot[c]!;
        d -= l * y;
        columnRow[end] = r;
        value[end] = l;
        filled[c]!++;
      }
      if (!(d > 0)) return false;
      pivot[r] = d;
    }
    return true;
  };

  const solve = (x: Float64Array): void => {
    for (let c = 0; c < size; c++) {
      const y = x[c]!;
      for (let p = columnStart[c]!; p < columnStart[c + 1]!; p++) x[columnRow[p]!]! -= value[p]! * y;
    }
    for (let c = 0; c < size; c++) x[c]! /= pivot[c]!;
    for (let c = size - 1; c >= 0; c--) {
      let y = x[c]!;
      for (let p = columnStart[c]!; p < columnStart[c + 1]!; p++) y -= value[p]! * x[columnRow[p]!]!;
      x[c] = y;
    }
  };

  const entry = (a: number, b: number): number => {
    const high = Math.max(rowOf[a]!, rowOf[b]!);
    const low = Math.min(rowOf[a]!, rowOf[b]!);
    for (let k = rowStart[high]!; k < rowStart[high + 1]!; k++) if (columns[k] === low) return k;
    throw new Error(`compartments ${a} and ${b} are not joined`);
  };
  return { size, rowOf, diagonal, lower, rowStart, columns, entry, factor, solve };
}

/** Eliminates the node of fewest neighbours first (the first put there among equals); gives each row of the factor its columns, rising. */
function leastDegree(size: number, pairs: readonly (readonly [number, number])[]): { rowOf: Int32Array; rows: number[][] } {
  const neighbours: Set<number>[] = Array.from({ length: size }, () => new Set());
  for (const [a, b] of pairs) {
    if (a === b) continue;
    neighbours[a]!.add(b);
    neighbours[b]!.add(a);
  }
  const rowOf = new Int32Array(size).fill(-1);
  const below: number[][] = [];
  const buckets: Set<number>[] = [];
  const put = (node: number): void => {
    const degree = neighbours[node]!.size;
    while (buckets.length <= degree) buckets.push(new Set());
    buckets[degree]!.add(node);
  };
  for (let node = 0; node < size; node++) put(node);
  for (let step = 0; step < size; step++) {
    const bucket = buckets.find((b) => b.size > 0)!;
    const node = bucket.values().next().value!;
    bucket.delete(node);
    rowOf[node] = step;
    const around = [...neighbours[node]!];
    below.push(around);
    for (const a of around) {
      buckets[neighbours[a]!.size]!.delete(a);
      neighbours[a]!.delete(node);
      for (const b of around) if (b !== a) neighbours[a]!.add(b);
      put(a);
    }
  }
  const rows: number[][] = Array.from({ length: size }, () => []);
  for (let c = 0; c < size; c++) for (const node of below[c]!) rows[rowOf[node]!]!.push(c);
  return { rowOf, rows };
}
