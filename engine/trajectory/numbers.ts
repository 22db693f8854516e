/** Decimal numbers from bytes of text. */

/** Powers of ten that are exact in 64 bits. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));
const MOST_DIGITS = 15;

/**
 * Number written in bytes[from … to - 1], NaN where they are none. Up to 15 digits are read as a whole number over a power of
 * ten, both exact, so the quotient is the nearest double (Clinger 1990, "How to read floating point numbers accurately", the fast
 * path); longer ones go through the language's own reader.
 */
export function parseNumber(bytes: Uint8Array, from: number, to: number): number {
  let k = from;
  const sign = bytes[k];
  if (sign === 45 || sign === 43) k++;
  let whole = 0;
  let digits = 0;
  let decimals = 0;
  let point = false;
  for (; k < to; k++) {
    const c = bytes[k]! - 48;
    if (c >= 0 && c <= 9) {
      whole = whole * 10 + c;
      if (whole > 0) digits++;
      if (point) decimals++;
    } else if (c === -2 && !point) point = true;
    else return slowNumber(bytes, from, to);
  }
  if (digits > MOST_DIGITS || decimals > 22 || to - from <= (point ? 1 : 0) + (k > from && (sign === 45 || sign === 43) ? 1 : 0))
    return slowNumber(bytes, from, to);
  const value = decimals === 0 ? whole : whole / POWERS[decimals]!;
  return sign === 45 ? 0 - value : value;
}

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function slowNumber(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 64) return Number.NaN;
  let text = "";
  for (let k = from; k < to; k++) text += String.fromCharCode(bytes[k]!);
  return PLAIN.test(text) ? Number(text) : Number.NaN;
}
