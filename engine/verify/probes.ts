/** What one run is looked at for: frames in, a few numbers out. Probes are named in tests.yaml and described in docs/formats/verification.md. */
import { MusterError } from "../errors.js";
import type { Probe } from "./definition.js";
import { areaProbe, pairsProbe, peakProbe } from "./probes/areas.js";
import { crossingProbe, flowProbe, shareProbe } from "./probes/lines.js";
import { offFloorProbe, pathShareProbe, pathSpeedProbe, startProbe } from "./probes/paths.js";
import type { ProbeInput, Recording } from "./probes/probe.js";
import { doseProbe, fallProbe } from "./probes/smoke.js";

/** Departures of a run, for probes that need no frame. */
interface Leaving {
  time: number;
  exit: number;
}

const MAKERS: Partial<Record<Probe["probe"], (input: ProbeInput) => Recording>> = {
  area: areaProbe,
  "area-pairs": pairsProbe,
  "speed-at-density": pairsProbe,
  "peak-density": peakProbe,
  "crossing-time": crossingProbe,
  "crossing-speed": crossingProbe,
  flow: flowProbe,
  "crossing-share": shareProbe,
  "last-crossing": flowProbe,
  "off-floor": offFloorProbe,
  "path-share": pathShareProbe,
  "path-speed": pathSpeedProbe,
  "start-time": startProbe,
  "start-delay": startProbe,
  "core-gap": () => ({
    frame: () => undefined,
    finish: ({ minCoreGap_m }) => (Number.isFinite(minCoreGap_m) ? [minCoreGap_m] : []),
  }),
  "fall-time": fallProbe,
  dose: doseProbe,
  "left-inside": () => ({ frame: () => undefined, finish: (result) => [result.inside + result.waiting] }),
};

export function createProbe(input: Omit<ProbeInput, "isMember" | "asked">): Recording {
  const { probe, info, world } = input;
  const names = probe.group === undefined ? [] : [probe.group].flat();
  const groups = names.map((name) => info.groups.indexOf(name));
  if (groups.includes(-1)) throw unknown("group", names[groups.indexOf(-1)]!);
  const isMember = (group: number): boolean => groups.length === 0 || groups.includes(group);
  const make = MAKERS[probe.probe] ?? leavingProbe;
  const asked = world.groups.reduce((sum, each, g) => sum + (isMember(g) ? each.count : 0), 0);
  return make({ ...input, isMember, asked });
}

const unknown = (what: string, name: string): MusterError =>
  new MusterError("SCENARIO_INVALID", [{ place: "tests.yaml", message: `there is no ${what} "${name}"` }]);

/** clear-time, spread, departures and exit-share: from who left when and where. */
function leavingProbe({ probe, info, isMember, asked }: ProbeInput): Recording {
  const leavings: Leaving[] = [];
  const exit = probe.exit === undefined ? -1 : info.exits.findIndex((each) => each.name === probe.exit);
  if (probe.exit !== undefined && exit < 0) throw unknown("exit", probe.exit);
  return {
    frame: ({ departures }) => {
      for (const one of departures) if (isMember(one.group)) leavings.push({ time: one.time, exit: one.exit });
    },
    finish: () => {
      const times = leavings.map(({ time }) => time);
      const here = leavings.filter((one) => one.exit === exit).length;
      if (probe.probe === "departures") return times;
      if (probe.probe === "exit-share") return leavings.length === 0 ? [] : [here / leavings.length];
      if (times.length < asked || times.length === 0) return [];
      const last = Math.max(...times);
      return [probe.probe === "spread" ? last - Math.min(...times) : last];
    },
  };
}
