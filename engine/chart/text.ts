/** Words and numbers on charts and in the report: no locale of the machine takes part. */
import type { Band } from "../warn/report.js";

/**
 * At most `max` characters; the middle goes, since names mostly differ at their ends ("Gate north 1", "Gate north 2").
 * The cut falls between words where that costs few letters.
 */
export function shorten(name: string, max: number): string {
  const clean = name.replace(/\s+/g, " ").trim();
  const letters = [...clean];
  if (letters.length <= max) return clean;
  const word = clean.slice(clean.lastIndexOf(" ") + 1);
  const tail = word.length <= max * 0.4 ? [...word] : letters.slice(letters.length - Math.floor((max - 1) * 0.4));
  const head = letters.slice(0, max - 1 - tail.length).join("");
  const cut = head.lastIndexOf(" ");
  return `${(cut > 0 && head.length - cut <= 6 ? head.slice(0, cut) : head).trimEnd()}…${tail.join("").trimStart()}`;
}

/** Whole number with thousands commas: 8,060. Not finite: "–". */
export function whole(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = Math.abs(Math.round(value)).toString();
  const grouped = digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return Math.round(value) < 0 ? `−${grouped}` : grouped;
}

/** With so many decimals and a true minus sign. Not finite: "–". */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return "–";
  const text = Math.abs(value).toFixed(decimals);
  const grouped = text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
  return value < 0 && Number(text) !== 0 ? `−${grouped}` : grouped;
}

export const percent = (share: number): string => (Number.isFinite(share) ? `${Math.round(share * 100)} %` : "–");

/** A length of time as people say it: "45 s", "4 min 05 s", "2 h 07 min". */
export function lasting(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return s % 60 === 0 ? `${s / 60} min` : `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, "0")} s`;
  const m = Math.round(s / 60);
  return m % 60 === 0 ? `${m / 60} h` : `${Math.floor(m / 60)} h ${String(m % 60).padStart(2, "0")} min`;
}

/** As `lasting`, in whole minutes from ten minutes on. */
export const roughly = (seconds: number): string =>
  seconds >= 600 && seconds < 3570 ? `${Math.round(seconds / 60)} min` : lasting(seconds);

/** Units as printed: "persons/m2" → "persons/m²". */
export const nice = (unit: string): string => unit.replace(/m2/g, "m²").replace(/s2/g, "s²");

/** As `band`, for tight places that explain the brackets themselves: "4,012 (3,990–4,031)". */
export const tightBand = (value: Band, show: (v: number) => string): string => band(value, show).replace("P5–P95 ", "");

/** "4,012 (P5–P95 3,990–4,031)", or the number alone where the band has no width. null quantiles are said, not hidden. */
export function band(value: Band, show: (v: number) => string): string {
  const one = (v: number | null): string => (v === null ? "not reached" : show(v));
  const middle = one(value.p50);
  const low = one(value.p5);
  const high = one(value.p95);
  return low === middle && high === middle ? middle : `${middle} (P5–P95 ${low}–${high})`;
}
