/** Reads CFAST input (`.in`, versions 7 and 8) into a building of the zone model. */
import { MusterError, type Problem } from "../../errors.js";
import { readCompartments, readHeatPaths, readMaterials } from "./compartments.js";
import { readDetectors, readDeviceGroups, readTargets } from "./devices.js";
import { readFires } from "./fires.js";
import { OUTPUT_GROUPS } from "./keys.js";
import type { CfastModel } from "./model.js";
import { type NamelistGroup, readNamelists } from "./namelist.js";
import { type CfastReading, cfastReading } from "./reading.js";
import { readAmbient, readDiagnostics, readHead, readOptions, readTime } from "./settings.js";
import { readVents } from "./vents.js";

/** Longest text that is read, characters. */
export const MOST_TEXT = 16 * 1024 * 1024;

const KNOWN = ["HEAD", "TIME", "INIT", "MISC", "MATL", "COMP", "VENT", "FIRE", "CHEM", "TABL", "DEVC", "CONN", "DIAG", "TAIL"];

/**
 * @param text the whole file
 * @throws MusterError FIRE_MODEL_INVALID with every problem of the file: place is its line and group, the message names key, value and limit
 */
export function readCfast(text: string): CfastModel {
  if (text.length > MOST_TEXT)
    throw new MusterError("INPUT_TOO_LARGE", [
      {
        place: "",
        message: `has ${text.length} characters, at most ${MOST_TEXT} are read`,
        value: text.length,
        limit: MOST_TEXT,
      },
    ]);
  const { groups, problems } = readNamelists(text);
  const reading = cfastReading(groups, problems);
  checkGroups(reading, groups, problems);
  const head = readHead(reading);
  const time = readTime(reading);
  const ambient = readAmbient(reading);
  const options = readOptions(reading);
  const diagnostics = readDiagnostics(reading);
  const materials = readMaterials(reading);
  const compartments = readCompartments(reading, materials);
  const devices = readDeviceGroups(reading);
  const { outsideFirst, ...vents } = readVents(reading, compartments, devices.index);
  const fires = readFires(reading, compartments, devices.index);
  const targets = readTargets(devices.targets, compartments, materials, fires);
  const detectors = readDetectors(reading, devices.detectors, compartments);
  const heatPaths = readHeatPaths(reading, compartments);
  if (problems.length > 0) throw new MusterError("FIRE_MODEL_INVALID", inOrder(problems));
  return {
    ...head,
    ...time,
    building: {
      ambient,
      materials: materials.list,
      compartments: compartments.list,
      ...vents,
      fires,
      targets,
      detectors,
      heatPaths,
      options,
    },
    origins: compartments.origins,
    outsideFirst,
    diagnostics,
    notices: reading.notices,
  };
}

/** Names every group that is not read, as a notice where results do not hang on it, else as a problem. */
function checkGroups({ notices }: CfastReading, groups: readonly NamelistGroup[], problems: Problem[]): void {
  for (const { name, line } of groups) {
    if (name === "" || KNOWN.includes(name)) continue;
    const place = `line ${line}, &${name}`;
    const output = Object.hasOwn(OUTPUT_GROUPS, name) ? OUTPUT_GROUPS[name] : undefined;
    if (output !== undefined) notices.push(`${place}: asks for ${output}, which Muster does not write`);
    else if (name === "RAMP")
      problems.push({ place, message: "is not read (CFAST stops at it too): give T and F in &VENT, CROSS_SECT_AREAS in &COMP" });
    else
      problems.push({ place, message: `is no group that Muster reads (known: ${KNOWN.map((known) => `&${known}`).join(", ")})` });
  }
}

/** By line, so that a person can go down the file. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const line = ({ place }: Problem): number => Number(/^line (\d+)/.exec(place)?.[1] ?? 0);
  return [...problems].sort((a, b) => line(a) - line(b));
}
