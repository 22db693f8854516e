/** Warnings and risk areas of the sample report. */
import type { Band } from "../../engine/warn/report.js";
import type { EnsembleWarning, RiskArea } from "../../engine/warn/warnings.js";

/** A band of the given share to both sides; no width for one run. */
export const spread = (value: number, by: number, runs: number): Band =>
  runs === 1 ? { p5: value, p50: value, p95: value } : { p5: value * (1 - by), p50: value, p95: value * (1 + by) };

export const warning = (changes: Partial<EnsembleWarning>, runs: number): EnsembleWarning => ({
  place: "front-of-stage",
  level: "red",
  scheme: "density",
  unit: "persons/m2",
  runs,
  runs_at_level: runs,
  probability: 1,
  probability_by_level: { blue: 1, yellow: 1, orange: 1, red: 1 },
  onset_s: spread(7320, 0.02, runs) as EnsembleWarning["onset_s"],
  start_s: 7320,
  end_s: 8460,
  peak: { median: 5.6, p95: 5.9 },
  limit: 5,
  source: "site rules 2026",
  cause: "inflow from food-east meets the crowd at the barrier",
  advice: "open relief-gate before 19:00 or hold the inflow",
  ...changes,
});

const RISKS: [number, number, RiskArea["color"], 1 | 2 | 3 | 4 | 5, 1 | 2 | 3 | 4 | 5][] = [
  [50, 50, "orange", 5, 3],
  [60, 60, "red", 5, 4],
  [50, 60, "red", 5, 4],
  [70, 60, "orange", 4, 4],
  [110, 20, "yellow", 4, 3],
  [80, 10, "yellow", 3, 3],
];

export function risks(): RiskArea[] {
  const ring = (x0: number, y0: number, x1: number, y1: number): [number, number][] => [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  const areas: RiskArea[] = [];
  for (let y = 0; y < 80; y += 10)
    for (let x = 0; x < 120; x += 10) {
      const found = RISKS.find((r) => r[0] === x && r[1] === y);
      areas.push({
        id: `cell-${x}-${y}`,
        kind: "cell",
        level: "0",
        ring: ring(x, y, x + 10, y + 10),
        color: found?.[2] ?? "blue",
        likelihood: found?.[3] ?? 1,
        consequence: found?.[4] ?? 1,
        share_of_runs: found ? 1 : 0,
        people_exposed: found ? 340 : 0,
        peak_density: found ? 5.4 : 1,
        cause: found ? "inflow from food-east" : "",
      });
    }
  areas.push({
    id: "front-of-stage",
    kind: "section",
    level: "0",
    ring: ring(42, 56, 78, 67),
    color: "red",
    likelihood: 5,
    consequence: 5,
    share_of_runs: 1,
    people_exposed: 1110,
    peak_density: 5.6,
    cause: "inflow from food-east",
  });
  return areas;
}
