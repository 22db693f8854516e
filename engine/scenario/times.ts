/** Clock times and keys in minutes or seconds → seconds from the start of the run. */
import { minutes } from "../units.js";
import { fault, type Instant, type Reading } from "./reading.js";

const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}(?:\.\d{1,6})?))?(Z|[+-]\d{2}:\d{2})$/;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;
const DAY = 86_400;

/** ISO 8601 date and time with offset, or null where it is none or names a day or hour that does not exist. */
export function parseInstant(text: string): Instant | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as [number, number, number, number, number]; // five groups of digits
  const second = Number(match[6] ?? 0);
  const zone = match[7]!;
  const [zoneHour, zoneMinute] = zone === "Z" ? [0, 0] : [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second >= 60 || zoneHour > 14 || zoneMinute > 59) return null;
  const offset_s = (zone.startsWith("-") ? -1 : 1) * (zoneHour * 3600 + zoneMinute * 60);
  return { utc_s: daysSince1970(year, month, day) * DAY + hour * 3600 + minute * 60 + second - offset_s, offset_s };
}

/**
 * Seconds from the start to a clock time: "21:35" is the first 21:35 at or after the start, by the start's own clock; a full date
 * and time is that moment, and may lie before the start (negative). null where the text is no time.
 */
export function clockToSeconds(text: string, start: Instant): number | null {
  const moment = parseInstant(text);
  if (moment) return moment.utc_s - start.utc_s;
  const match = CLOCK.exec(text);
  if (!match) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const startOfDay = modulo(start.utc_s + start.offset_s, DAY);
  return modulo(hour * 3600 + minute * 60 + second - startOfDay, DAY);
}

/**
 * Time of a key given in one of three ways: clock (`at`), minutes (`at_min`) or seconds (`at_s`). Returns s, or null where none is
 * given or it is faulty (then a fault is added). `required` adds a fault where none is given.
 */
export function readTime(
  reading: Reading,
  place: string,
  given: { clock?: string | undefined; min?: number | undefined; s?: number | null | undefined },
  key: string,
  required = false,
): number | null {
  const names = { clock: key, min: `${key}_min`, s: `${key}_s` };
  const there = (["clock", "min", "s"] as const).filter((form) => given[form] !== undefined && given[form] !== null);
  if (there.length > 1) fault(reading, place, `has ${there.map((form) => names[form]).join(" and ")}, needs one of them`);
  if (there.length === 0 && required) fault(reading, place, `one of ${names.clock}, ${names.min}, ${names.s} is missing`);
  if (there.length !== 1) return null;
  if (given.clock === undefined) return given.s ?? minutes(given.min!);
  return readClock(reading, `${place}.${key}`, given.clock);
}

/** Seconds of a clock time; adds a fault where the scenario has no start or the time does not exist or lies before it. */
export function readClock(reading: Reading, place: string, text: string): number | null {
  if (reading.start === null) {
    if (!reading.broken("start")) fault(reading, place, `is the clock time ${text}, which needs "start" in the scenario`);
    return null;
  }
  const time = clockToSeconds(text, reading.start);
  if (time === null) fault(reading, place, `is ${text}, which is no time of a day`, { value: text });
  else if (time < 0) fault(reading, place, `is ${text}, which is before the start of the run`, { value: text });
  return time === null || time < 0 ? null : time;
}

/** Adds a fault where a time lies after the end of the run. */
export function checkWithin(reading: Reading, place: string, time_s: number, what: string): void {
  const limit = reading.duration_s;
  if (limit !== null && time_s > limit) {
    fault(reading, place, `${what} is ${round(time_s)} s, after the end of the run at ${round(limit)} s`, {
      value: time_s,
      limit,
    });
  }
}

const round = (x: number): number => Math.round(x * 1000) / 1000;

const daysIn = (year: number, month: number): number =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** Days from 1970-01-01 to a day of the Gregorian calendar, years counted from March so that the leap day ends one. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const modulo = (a: number, b: number): number => ((a % b) + b) % b;
