/** Numbers and times in words; no locale of the machine takes part. */
import type { Scenario } from "../scenario/scenario.js";

/** 1140 → "1,140". */
export function whole(value: number): string {
  const text = Math.abs(Math.round(value)).toString();
  return `${Math.round(value) < 0 ? "-" : ""}${text.replace(/\B(?=(\d{3})+$)/g, ",")}`;
}

/** Persons/s as "71 /min"; below ten with one decimal. */
export function perMinute(rate: number): string {
  const value = rate * 60;
  return `${value > 0 && value < 9.95 ? trim(value, 1) : whole(value)} /min`;
}

/** At most so many decimals, without trailing zeros. */
export const trim = (value: number, decimals: number): string => String(Number(value.toFixed(decimals)));

export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** A length of time: "45 s", "14 min", "2 h 05 min". */
export function lasting(seconds: number): string {
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

const ISO = /T(\d{2}):(\d{2})(?::(\d{2}))?/;

/**
 * Clock time of the scenario's own offset, "21:12"; without a start "+72 min", or "+45 s" in the first three minutes.
 * After midnight the day is added: "00:12 +1 d".
 */
export function clock(scenario: Pick<Scenario, "start">, time_s: number): string {
  const match = scenario.start === null ? null : ISO.exec(scenario.start);
  if (!match) return time_s < 180 ? `+${Math.round(time_s)} s` : `+${Math.round(time_s / 60)} min`;
  const start = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  const minutes = Math.round((start + time_s) / 60);
  const two = (n: number): string => String(n).padStart(2, "0");
  const days = Math.floor(minutes / 1440);
  return `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}${days > 0 ? ` +${days} d` : ""}`;
}

/** As `clock`, to the second: "21:03:20", "+3:20", after midnight "00:00:05 +1 d". */
export function exactClock(scenario: Pick<Scenario, "start">, time_s: number): string {
  const match = scenario.start === null ? null : ISO.exec(scenario.start);
  const two = (n: number): string => String(n).padStart(2, "0");
  const total = Math.round(time_s);
  if (!match) return `+${Math.floor(total / 60)}:${two(total % 60)}`;
  const at = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0) + total;
  const days = Math.floor(at / 86_400);
  return `${two(Math.floor(at / 3600) % 24)}:${two(Math.floor(at / 60) % 60)}:${two(at % 60)}${days > 0 ? ` +${days} d` : ""}`;
}

/** As `lasting`, to the second: "95 s", "3 min 20 s", "1 h 05 min 00 s". */
export function exactly(seconds: number): string {
  const total = Math.round(seconds);
  if (total < 120) return `${total} s`;
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor(total / 60) % 60;
  return `${hours > 0 ? `${hours} h ${two(minutes)}` : minutes} min ${two(total % 60)} s`;
}

/** "a, b and c". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** A warning's value with its unit, as people say it: "5.6 persons/m²", "1,140 waiting", "84 % of capacity", "level E". */
export function valueText(value: number, scheme: string, unit: string): string {
  switch (scheme) {
    case "density":
      return `${value.toFixed(1)} persons/m²`;
    case "level-of-service":
      return `level ${"ABCDEF"[Math.min(5, Math.max(0, Math.round(value) - 1))]}`;
    case "share-of-capacity":
      return `${percent(value)} of capacity`;
    case "flow":
      return `${value.toFixed(2)} persons/(m s)`;
    case "queue":
      return unit === "s" ? `${lasting(value)} wait` : `${whole(value)} waiting`;
    case "tenability":
      return value > 0 ? `${Math.round(value)} s short` : `${Math.round(-value)} s to spare`;
    default:
      return `${value.toFixed(3)} 1/s²`;
  }
}
