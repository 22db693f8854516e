/** Arrivals in any of the file's forms → intervals with whole counts. */
import { minutes } from "../units.js";
import { MAX_PEOPLE } from "./limits.js";
import { checkOrder, readProfile } from "./profile.js";
import { apportion, asList, checkShares, fault, type Reading, refuseDoubles } from "./reading.js";
import type { ArrivalInterval, Group } from "./scenario.js";
import type { ArrivalsFile, RateRow } from "./schema/people.js";
import { checkWithin, readClock, readTime } from "./times.js";

const FORMS = ["profile", "rate_per_min", "uniform", "uniform_min", "uniform_s", "intervals"] as const;

/**
 * Intervals whose counts add to the group's count exactly. `count` undefined: the arrivals say how many come. A rate gives whole
 * numbers by rounding the running sum, so no one is lost between intervals. Adds faults; null where nothing can be used.
 */
export function resolveArrivals(
  reading: Reading,
  place: string,
  given: ArrivalsFile,
  count: number | undefined,
): Group["arrivals"] {
  const at = asList(given.at);
  refuseDoubles(reading, `${place}.at`, at);
  if (given.shares) checkShares(reading, `${place}.shares`, given.shares, at, "at");
  const shares = given.shares ?? at.map(() => 1 / at.length);
  const forms = FORMS.filter((form) => given[form] !== undefined);
  if (forms.length !== 1) {
    fault(
      reading,
      place,
      forms.length === 0 ? `one of ${FORMS.join(", ")} is missing` : `has ${forms.join(" and ")}, needs one of them`,
    );
    return null;
  }
  const before = reading.problems.length;
  const intervals = intervalsOf(reading, place, given, count);
  if (!intervals || reading.problems.length > before) return null;
  checkOrder(reading, place, intervals);
  const last = intervals.at(-1);
  if (last) checkWithin(reading, place, last.to_s, "the end of the arrivals");
  return { at, shares, intervals };
}

function intervalsOf(reading: Reading, place: string, given: ArrivalsFile, count: number | undefined): ArrivalInterval[] | null {
  if (given.rate_per_min === undefined || typeof given.rate_per_min !== "number") {
    for (const key of ["from", "from_min", "from_s", "to", "to_min", "to_s"] as const) {
      if (given[key] !== undefined) fault(reading, `${place}.${key}`, "belongs to a constant rate_per_min only");
    }
  }
  if (given.intervals) return sameSum(reading, place, given.intervals, count, "its intervals");
  if (given.profile !== undefined) return fromProfile(reading, `${place}.profile`, given.profile, count);
  if (typeof given.rate_per_min === "number") return fromRate(reading, place, given, given.rate_per_min, count);
  if (given.rate_per_min) return fromTable(reading, place, given.rate_per_min, count);
  return fromUniform(reading, place, given, count);
}

function sameSum(
  reading: Reading,
  place: string,
  intervals: ArrivalInterval[],
  count: number | undefined,
  what: string,
): ArrivalInterval[] {
  const sum = intervals.reduce((total, interval) => total + interval.count, 0);
  if (count !== undefined && sum !== count) {
    fault(reading, place, `${what} add to ${sum} people and count is ${count}: take one of them out, or give shares`, {
      value: sum,
      limit: count,
    });
  }
  return intervals.map(({ from_s, to_s, count: n }) => ({ from_s, to_s, count: n }));
}

function fromProfile(reading: Reading, place: string, path: string, count: number | undefined): ArrivalInterval[] | null {
  const profile = readProfile(reading, place, path);
  if (!profile) return null;
  const { unit, rows } = profile;
  if (unit === "count") {
    return sameSum(
      reading,
      place,
      rows.map(({ from_s, to_s, value }) => ({ from_s, to_s, count: value })),
      count,
      `the counts of ${path}`,
    );
  }
  const sum = rows.reduce((total, row) => total + row.value, 0);
  if (count === undefined) fault(reading, place, `${path} gives shares: the group needs a count`);
  else if (!(sum > 0)) fault(reading, place, `the shares of ${path} add to 0`);
  else {
    const counts = apportion(
      count,
      rows.map((row) => row.value),
    );
    return rows.map(({ from_s, to_s }, k) => ({ from_s, to_s, count: counts[k]! }));
  }
  return null;
}

/** A constant rate: from `from` until the count is reached, or without a count to `to` or the end of the run. */
function fromRate(
  reading: Reading,
  place: string,
  given: ArrivalsFile,
  rate: number,
  count: number | undefined,
): ArrivalInterval[] | null {
  const from_s = readTime(reading, place, { clock: given.from, min: given.from_min, s: given.from_s }, "from") ?? 0;
  const to = readTime(reading, place, { clock: given.to, min: given.to_min, s: given.to_s }, "to");
  if (count !== undefined && to !== null) {
    fault(reading, place, "has a count, a rate and an end: take one of the three out");
    return null;
  }
  if (count !== undefined) {
    if (count === 0) return [];
    if (!(rate > 0)) fault(reading, `${place}.rate_per_min`, `is ${rate}, and ${count} people are to come`, { value: rate });
    return rate > 0 ? [{ from_s, to_s: from_s + minutes(count / rate), count }] : null;
  }
  const end = to ?? reading.duration_s;
  if (end === null) return null;
  const people = Math.round((rate * (end - from_s)) / 60);
  return withinLimit(reading, place, people) ? [{ from_s, to_s: end, count: people }] : null;
}

function fromTable(reading: Reading, place: string, rows: RateRow[], count: number | undefined): ArrivalInterval[] | null {
  let exact = 0;
  let given = 0;
  const intervals: ArrivalInterval[] = [];
  rows.forEach((row, k) => {
    const at = `${place}.rate_per_min[${k}]`;
    const from_s = readTime(reading, at, { clock: row.from, min: row.from_min, s: row.from_s }, "from", true);
    const to_s = readTime(reading, at, { clock: row.to, min: row.to_min, s: row.to_s }, "to", true);
    if (from_s === null || to_s === null) return;
    exact += (row.rate * Math.max(0, to_s - from_s)) / 60;
    const upTo = Math.round(exact);
    intervals.push({ from_s, to_s, count: upTo - given });
    given = upTo;
  });
  if (intervals.length < rows.length || !withinLimit(reading, place, given)) return null;
  return sameSum(reading, `${place}.rate_per_min`, intervals, count, "the rates");
}

function fromUniform(reading: Reading, place: string, given: ArrivalsFile, count: number | undefined): ArrivalInterval[] | null {
  if (count === undefined) {
    fault(reading, place, "a uniform interval does not say how many come: the group needs a count");
    return null;
  }
  const [from_s, to_s] = given.uniform
    ? given.uniform.map((text, k) => readClock(reading, `${place}.uniform[${k}]`, text))
    : given.uniform_min
      ? given.uniform_min.map(minutes)
      : given.uniform_s!; // one of the forms is there
  return from_s == null || to_s == null ? null : [{ from_s, to_s, count }];
}

function withinLimit(reading: Reading, place: string, people: number): boolean {
  if (people <= MAX_PEOPLE) return true;
  fault(reading, place, `brings ${people} people, at most ${MAX_PEOPLE} are allowed`, { value: people, limit: MAX_PEOPLE });
  return false;
}
