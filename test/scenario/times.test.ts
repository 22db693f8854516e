import { describe, expect, it } from "vitest";
import { clockToSeconds, parseInstant } from "../../engine/scenario/times.js";
import { base, faults, read } from "./helpers.js";

describe("clock", () => {
  it("agrees with Date on moments", () => {
    for (const text of [
      "2026-07-18T17:00:00+02:00",
      "2024-02-29T23:59:59.5Z",
      "1970-01-01T00:00Z",
      "2100-03-01T00:00:00-05:30",
      "1999-12-31T12:34:56+14:00",
    ]) {
      expect(parseInstant(text)!.utc_s).toBe(Date.parse(text) / 1000);
    }
  });

  it("refuses moments that do not exist", () => {
    for (const text of [
      "2025-02-29T00:00Z",
      "2026-13-01T00:00Z",
      "2026-00-01T00:00Z",
      "2026-04-31T00:00Z",
      "2026-01-01T24:00Z",
      "2026-01-01T00:60Z",
      "2026-01-01T00:00",
      "today",
    ]) {
      expect(parseInstant(text)).toBeNull();
    }
  });

  it("takes the first clock time at or after the start, over midnight too", () => {
    const start = parseInstant("2026-07-18T17:30:00+02:00")!;
    expect(clockToSeconds("17:30", start)).toBe(0);
    expect(clockToSeconds("21:35", start)).toBe(4 * 3600 + 300);
    expect(clockToSeconds("17:29:59", start)).toBe(86_399);
    expect(clockToSeconds("00:00", start)).toBe(6.5 * 3600);
    expect(clockToSeconds("2026-07-18T16:30:00Z", start)).toBe(3600);
    expect(clockToSeconds("25:00", start)).toBeNull();
  });

  it("is refused without a start, at wrong hours, before the start and after the end", () => {
    const event = (at: unknown, more = {}): Record<string, unknown> => ({ ...base(), ...more, events: [{ at, close: "door" }] });
    const start = { start: "2026-07-18T17:00:00+02:00" };
    expect(faults(event("17:03"))).toEqual(['events[0].at: is the clock time 17:03, which needs "start" in the scenario']);
    expect(faults(event("26:03", start))).toEqual(["events[0].at: is 26:03, which is no time of a day"]);
    expect(faults(event("2026-07-18T16:00:00+02:00", start))).toEqual([
      "events[0].at: is 2026-07-18T16:00:00+02:00, which is before the start of the run",
    ]);
    expect(faults(event("17:06", start))).toEqual(["events[0]: its time is 360 s, after the end of the run at 300 s"]);
    expect(faults({ ...base(), start: "18 July", events: [{ at: "17:03", close: "door" }] })).toEqual([
      'start: is "18 July", must be a date and time with offset such as 2026-07-18T17:00:00+02:00',
    ]);
    expect(read(event("17:03", start)).events).toEqual([{ at_s: 180, close: "door" }]);
  });
});
