/** What one run is looked at for: frames in, a few numbers out. Probes are named in tests.yaml and described in docs/formats/verification.md. */
import { MusterError } from "../errors.js";
import type { Probe } from "./definition.js";
import { areaProbe, pairsProbe, peakProbe } from "./probes/areas.js";
import { crossingProbe, flowProbe, shareProbe } from "./probes/lines.js";
import { offFloorProbe, pathShareProbe, pathSpeedProbe, startProbe } from "./probes/paths.js";
import type { ProbeInput, Recording } from "./probes/probe.js";

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
  "left-inside": () => ({ frame: () => undefined, finish: (result) => [result.inside + result.waiting] }),
};

export function createProbe(input: Omit<ProbeInput, "group" | "asked">): Recording {
  const { probe, info, world } = input;
  const group = probe.group === undefined ? -1 : info.groups.indexOf(probe.group);
  if (probe.group !== undefined && group < 0) throw unknown("group", probe.group);
  const make = MAKERS[probe.probe] ?? leavingProbe;
  const asked = world.groups.reduce((sum, each, g) => sum + (group < 0 || g === group ? each.count : 0), 0);
  return make({ ...input, group, asked });
}

const unknown = (what: string, name: string): MusterError =>
  new MusterError("SCENARIO_INVALID", [{ place: "tests.yaml", message: `there is no ${what} "${name}"` }]);

/** clear-time, spread, departures and exit-share: from who left when and where. */
function leavingProbe({ probe, info, group, asked }: ProbeInput): Recording {
  const leavings: Leaving[] = [];
  const exit = probe.exit === undefined ? -1 : info.exits.findIndex((each) => each.name === probe.exit);
  if (probe.exit !== undefined && exit < 0) throw unknown("exit", probe.exit);
  return {
    frame: ({ departures }) => {
      for (const one of departures) if (group < 0 || one.group === group) leavings.push({ time: one.time, exit: one.exit });
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
