/** Count, density, speed, pressure and level of service of each measured area. */
import type { Scenario } from "../scenario/scenario.js";
import { LEVELS } from "../scenario/scenario.js";
import type { LevelOfService, SectionMeasure, ServiceTable } from "./measures.js";
import type { MeasuredArea } from "./places.js";
import { createSeries } from "./series.js";
import { SERVICE_LEVELS, serviceIndex, serviceLimits } from "./service.js";
import type { AreaNow } from "./snapshot.js";

/** Limits for "time above" where no density rule of the section gives its own, persons/m2. */
const USUAL_LIMITS = [2, 3, 4, 5];

/** Sums over the people of one area in one frame. */
export interface Sums {
  count: number;
  /** Sum of speeds, m/s. */
  speed: number;
  /** Sum of local pressures and number of people who stand where there is one. */
  pressure: number;
  pressed: number;
}

export interface SectionRecorder {
  /** @param weight time that this frame stands for, s */
  frame(sums: Sums, time: number, weight: number): AreaNow;
  finish(): SectionMeasure;
}

export function createSection(area: MeasuredArea, scenario: Scenario): SectionRecorder {
  const service: ServiceTable = scenario.measure.service[area.place] ?? "walkway";
  const limits = serviceLimits(service);
  const scale = densityScale(scenario, area.place);
  const every = scenario.output_every_s;
  const [count, speed, pressure] = [createSeries(every), createSeries(every), createSeries(every)];
  const seconds = [0, 0, 0, 0, 0, 0];
  const above = scale.map(() => 0);
  const peak = { count: 0, at_s: 0, pressure: 0 };
  const perArea = area.area_m2 > 0 ? 1 / area.area_m2 : 0;
  return {
    frame(sums, time, weight) {
      const now = areaNow(area.place, area.area_m2, sums, limits);
      count.add(time, now.count);
      speed.add(time, now.speed);
      pressure.add(time, now.pressure);
      seconds[now.service - 1]! += weight;
      scale.forEach((limit, l) => {
        if (now.density >= limit) above[l]! += weight;
      });
      if (now.count > peak.count) {
        peak.count = now.count;
        peak.at_s = time;
      }
      peak.pressure = Math.max(peak.pressure, now.pressure);
      return now;
    },
    finish() {
      const people = count.finish();
      const density = {
        bin_s: people.bin_s,
        mean: people.mean.map((n) => n * perArea),
        max: people.max.map((n) => n * perArea),
      };
      const most = peak.count * perArea;
      return {
        place: area.place,
        level: area.level,
        area_m2: area.area_m2,
        service,
        count: people,
        density,
        speed: speed.finish(),
        pressure: pressure.finish(),
        peak: { ...peak, density: most, service: SERVICE_LEVELS[serviceIndex(limits, most)]! },
        // One entry per level of service, in their order.
        time_at_service_s: Object.fromEntries(SERVICE_LEVELS.map((l, k) => [l, seconds[k]!])) as Record<LevelOfService, number>,
        time_above_s: scale.map((limit, l) => ({ limit, seconds: above[l]! })),
      };
    },
  };
}

/** Density, mean speed, mean pressure and level of service from sums; an area without floor has density 0. */
export function areaNow(place: string, area_m2: number, sums: Sums, limits: readonly number[]): AreaNow {
  const density = area_m2 > 0 ? sums.count / area_m2 : 0;
  return {
    place,
    count: sums.count,
    density,
    speed: sums.count > 0 ? sums.speed / sums.count : 0,
    pressure: sums.pressed > 0 ? sums.pressure / sums.pressed : 0,
    service: serviceIndex(limits, density) + 1,
  };
}

/** Limits of the place's density rules, rising, or the usual ones. */
function densityScale(scenario: Scenario, place: string): number[] {
  const rules = scenario.warnings.filter((rule) => rule.place === place && rule.scheme === "density");
  const own = rules.flatMap(({ levels }) => LEVELS.flatMap((level) => levels[level] ?? []));
  return [...new Set(own.length > 0 ? own : USUAL_LIMITS)].sort((a, b) => a - b);
}

/** At most this many limits are kept in maps: each costs four bytes per cell and run. */
const MOST_LIMITS = 8;
/** IMO MSC.1/Circ.1533: a jam is more than 4 persons/m2 (verified by the planner's reference). */
const JAM = 4;

/** Limits of the maps: that of the risk map, 4 persons/m2, and those of the density rules, the most used first; rising. */
export function mapLimits(scenario: Scenario): number[] {
  const uses = new Map<number, number>();
  for (const rule of scenario.warnings) {
    if (rule.scheme !== "density") continue;
    for (const level of LEVELS) {
      const limit = rule.levels[level];
      if (limit !== undefined) uses.set(limit, (uses.get(limit) ?? 0) + 1);
    }
  }
  const often = [...uses].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([limit]) => limit);
  const limits = [...new Set([scenario.risk.density_limit, JAM, ...often, ...(often.length === 0 ? USUAL_LIMITS : [])])];
  return limits.slice(0, MOST_LIMITS).sort((a, b) => a - b);
}
