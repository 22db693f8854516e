/** JSON that people can read and that does not depend on the machine. */

/** Six significant digits: more than any measure is good for. Whole numbers (counts, seeds) stay exact. */
const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(6)));

const isPlain = (value: unknown): boolean => value === null || typeof value !== "object";

/**
 * Text of a value: one key per line, arrays of plain values on one line. Not-a-numbers become null, as in JSON.stringify.
 * @param exact false: numbers are rounded to six significant digits
 */
export function jsonText(value: unknown, exact = false): string {
  const plain = (each: unknown): string =>
    JSON.stringify(typeof each === "number" && Number.isFinite(each) && !exact ? rounded(each) : each) ?? "null";
  const text = (each: unknown, indent: string): string => {
    if (isPlain(each)) return plain(each);
    const inner = `${indent}  `;
    if (Array.isArray(each)) {
      if (each.every(isPlain)) return `[${each.map(plain).join(", ")}]`;
      return `[\n${each.map((item) => inner + text(item, inner)).join(",\n")}\n${indent}]`;
    }
    const entries = Object.entries(each as object).filter(([, item]) => item !== undefined);
    if (entries.length === 0) return "{}";
    return `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${text(item, inner)}`).join(",\n")}\n${indent}}`;
  };
  return `${text(value, "")}\n`;
}
