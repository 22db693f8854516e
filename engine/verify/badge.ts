/** A small picture with the pass count, for a README: it changes with the page and needs no hand. */
import { textWidth } from "../chart/letters.js";
import { INK, MUTED } from "../chart/style.js";
import type { VerificationDocument } from "./document.js";

const HEIGHT = 26;
const SIZE = 13;
const PAD = 10;

/** SVG of one line: passed, failed and pending tests. */
export function verificationBadge({ counts, seeds }: VerificationDocument): string {
  const others = [
    [counts.failed, "failed"],
    [counts.undecided, "undecided"],
    [counts.documented, "documented"],
    [counts.pending, "pending"],
    [counts["not-runnable"], "not runnable"],
  ] as const;
  const parts = others.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const text = [
    `verification: ${counts.passed} of ${counts.tests} tests passed`,
    ...parts,
    ...(seeds === null ? [] : [`short run, ${seeds} seeds`]),
  ].join(" · ");
  const width = Math.ceil(textWidth(text, SIZE)) + 2 * PAD;
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${HEIGHT}" viewBox="0 0 ${width} ${HEIGHT}"><title>${text}</title><rect x="0.5" y="0.5" width="${width - 1}" height="${HEIGHT - 1}" rx="4" fill="#f4f6f5" stroke="${MUTED}"/><text x="${PAD}" y="17.5" font-family="DejaVu Sans, Verdana, Geneva, sans-serif" font-size="${SIZE}" fill="${INK}">${text}</text></svg>\n`;
}
