/** What smoke has done to people by the end of a run. */
import type { ProbeInput, Recording } from "./probe.js";

/** When each person fell who can no longer walk, s. */
export function fallProbe({ info, isMember }: ProbeInput): Recording {
  return {
    frame: () => undefined,
    finish: ({ incapacitated = [] }) =>
      incapacitated.filter(({ group }) => isMember(info.groups.indexOf(group))).map(({ time_s }) => time_s),
  };
}

/** Dose of each person at the end: of asphyxiants, of heat, or the greatest concentration of irritants. */
export function doseProbe({ probe, world, isMember }: ProbeInput): Recording {
  const groups = world.groups.flatMap(({ count }, g) => Array.from({ length: count }, () => g));
  return {
    frame: () => undefined,
    finish: ({ exposure }) => {
      if (!exposure) return [];
      const { fedAsphyxiant, fedHeat, fec } = exposure;
      const dose = probe.quantity === "heat" ? fedHeat : probe.quantity === "irritants" ? fec : fedAsphyxiant;
      return Array.from(dose).filter((_, id) => isMember(groups[id]!));
    },
  };
}
