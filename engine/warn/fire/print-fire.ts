/** The lines of the printed result about fire. */
import type { Scenario } from "../../scenario/scenario.js";
import type { Band } from "../band.js";
import { exactClock, percent, trim, whole } from "../words.js";
import type { EnsembleFire, FirePlaceReport } from "./report.js";

const MOST_PLACES = 6;
const MOST_NOTICES = 3;

/** Label and text; empty texts are left out by the caller. */
export function fireTexts(fire: EnsembleFire | undefined, scenario: Scenario): [string, string][] {
  if (fire === undefined) return [];
  return [
    ["fire", heatText(fire)],
    ["tenable", placesText(fire, scenario)],
    ["people", peopleText(fire)],
    ...troubleTexts(fire, scenario),
  ];
}

const megawatts = (kW: number): string => (kW >= 1000 ? `${trim(kW / 1000, 1)} MW` : `${whole(kW)} kW`);

function bandText({ p5, p50, p95 }: Band, show: (value: number) => string): string {
  const one = (value: number | null): string => (value === null ? "never" : show(value));
  const [low, middle, high] = [one(p5), one(p50), one(p95)];
  return low === middle && high === middle ? middle : `${middle} (P5–P95 ${low}–${high})`;
}

function heatText({ peak_hrr_kW, source }: EnsembleFire): string {
  const heat = (peak_hrr_kW.p95 ?? 0) > 0 ? `up to ${bandText(peak_hrr_kW, megawatts)} · ` : "";
  return `${heat}smoke from ${source}`;
}

/** Places by falling danger: those that became untenable and people used, by the worst margin; then other untenable ones; then the rest. */
export function byDanger(a: FirePlaceReport, b: FirePlaceReport): number {
  const group = ({ untenable_runs, margin }: FirePlaceReport): number => (untenable_runs === 0 ? 2 : margin === null ? 1 : 0);
  const late = (place: FirePlaceReport): number => place.margin?.worst_s ?? Number.MAX_VALUE;
  const at = (place: FirePlaceReport): number => place.earliest_s ?? Number.MAX_VALUE;
  return group(a) - group(b) || late(a) - late(b) || at(a) - at(b) || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0);
}

function placesText({ places, runs }: EnsembleFire, scenario: Scenario): string {
  const lost = places.filter(({ untenable_runs }) => untenable_runs > 0).sort(byDanger);
  if (lost.length === 0) return "everywhere to the end, by the limits of the scenario";
  const texts = lost.slice(0, MOST_PLACES).map((place) => {
    const until =
      place.aset_s.p50 === null
        ? `to the end, in ${place.untenable_runs} of ${runs.length} runs only until ${exactClock(scenario, place.earliest_s!)} at the earliest`
        : `until ${bandText(place.aset_s, (t) => exactClock(scenario, t))}`;
    return `${place.place} ${until}${place.criterion === null ? "" : `, ${place.criterion}`}${marginText(place)}`;
  });
  const more = lost.length - texts.length;
  return texts.join(" · ") + (more > 0 ? ` · and ${more} more` : "");
}

/** "; last out 45 s too late, worst run 60 s late, too late in 75 % of runs"; "; 178 people never leave it". */
function marginText({ margin, used, people_at_end }: FirePlaceReport): string {
  if (margin === null) return used ? "" : "; nobody came";
  if (2 * margin.at_most > margin.runs) return `; ${bandText(people_at_end, whole)} never leave it`;
  const s = margin.p50_s;
  const text = s < 0 ? `last out ${whole(-s)} s too late` : `last out ${whole(s)} s before`;
  const worst = `worst run ${whole(Math.abs(margin.worst_s))} s ${margin.worst_s < 0 ? "late" : "before"}`;
  const spread = margin.runs > 1 && margin.worst_s < s ? `, ${worst}` : "";
  const share = margin.runs > 1 && margin.negative_share > 0 ? `, too late in ${percent(margin.negative_share)} of runs` : "";
  return `; ${text}${spread}${share}`;
}

function peopleText({ exposed, incapacitated, fallen }: EnsembleFire): string {
  const doses = exposed
    .filter(({ any }) => (any.p95 ?? 0) > 0)
    .map(({ limit, any }) => `${bandText(any, whole)} with a dose of ${limit} or more`);
  const down =
    (incapacitated.p95 ?? 0) > 0 || fallen.length > 0
      ? `${bandText(incapacitated, whole)} incapacitated${whereText(fallen)}`
      : "nobody incapacitated";
  return [...(doses.length === 0 ? ["nobody with a dose of 0.1 or more"] : doses), down].join(" · ");
}

/** Places and causes over all runs, the most first. */
function whereText(fallen: EnsembleFire["fallen"]): string {
  const most = (key: (person: EnsembleFire["fallen"][number]) => string): string[] => {
    const counts = new Map<string, number>();
    for (const person of fallen) if (key(person) !== "") counts.set(key(person), (counts.get(key(person)) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
  };
  const [place] = most((person) => person.place);
  const [cause] = most((person) => person.cause);
  const parts = [place === undefined ? "" : `most in ${place}`, cause === undefined ? "" : `most by ${cause}`].filter(
    (part) => part !== "",
  );
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

/** A zone model that failed, places beyond its range, what is not known of the air. */
function troubleTexts({ runs, notices, unjudged }: EnsembleFire, scenario: Scenario): [string, string][] {
  const failed = runs.filter(({ status }) => status === "failed");
  const first = failed[0];
  const texts: [string, string][] = [];
  if (first)
    texts.push([
      "fire model",
      `stopped in ${failed.length} of ${runs.length} runs: seed ${first.seed} at ${exactClock(scenario, first.status_time_s ?? 0)}, ${first.reason}; smoke stays as it was then`,
    ]);
  for (const { time_s, message } of notices.slice(0, MOST_NOTICES))
    texts.push(["fire model", `${message} (from ${exactClock(scenario, time_s)})`]);
  if (notices.length > MOST_NOTICES)
    texts.push(["fire model", `and ${notices.length - MOST_NOTICES} more notices, see the report`]);
  if (unjudged.length > 0) texts.push(["not judged", `${unjudged.join(", ")}: not everything of the air is known`]);
  return texts;
}
