/** `muster fire MODEL.in`: runs a CFAST input file with the zone model and writes CFAST's tables. */
import { basename } from "node:path";
import { Command } from "commander";
import { MusterError } from "../engine/errors.js";
import type { CfastModel } from "../engine/fire/cfast/model.js";
import { readCfast } from "../engine/fire/cfast/read.js";
import { createCfastRun, runCfast } from "../engine/fire/cfast/run.js";
import type { CfastRun } from "../engine/fire/cfast/tables/table.js";
import { jsonText } from "../workers/output/json.js";
import { version } from "../workers/version.js";
import { fireDistrictCommand } from "./fire/district.js";
import { fireDocument, fireText } from "./fire/summary.js";
import { openTables } from "./fire/tables.js";
import { readFiles } from "./input.js";

interface FireFlags {
  out?: string;
  json?: boolean;
  quiet?: boolean;
}

export function fireCommand(): Command {
  return (
    new Command("fire")
      .description("Run a CFAST 7 or 8 input file with the two-zone model and write CFAST's tables")
      .argument("<model>", "CFAST input file (.in)")
      .option(
        "--out <folder>",
        "folder for MODEL_compartments.csv, _vents, _devices, _masses and _walls; nothing is written without it",
      )
      .option("--json", "print the summary as one JSON document (docs/formats/cfast.md)")
      .option("--quiet", "no progress")
      .action((path: string, flags: FireFlags) => {
        process.exitCode = fire(path, flags);
      })
      // Options behind "district" are its own.
      .enablePositionalOptions()
      .addCommand(fireDistrictCommand().exitOverride().showHelpAfterError("(add --help for the options)"))
  );
}

/** @returns exit code: 0 when the run came to its end, 1 when it did not */
function fire(path: string, flags: FireFlags): number {
  const input = readModel(path);
  for (const notice of input.notices) process.stderr.write(`notice: ${notice}\n`);
  const run = createCfastRun(input);
  const name = basename(path).replace(/\.in$/i, "");
  const tables = flags.out === undefined ? null : openTables(flags.out, name, run);
  try {
    const tell = flags.quiet ? () => {} : progress(run);
    const status = runCfast(run, () => {
      tables?.row();
      tell();
    });
    if (status.status === "failed") tables?.discard();
    else tables?.finish();
    const document = fireDocument({
      version,
      file: path,
      run,
      status,
      folder: status.status === "failed" ? null : (flags.out ?? null),
    });
    process.stdout.write(flags.json ? jsonText(document, true) : fireText(document));
    return status.status === "failed" ? 1 : 0;
  } finally {
    tables?.discard();
  }
}

function readModel(path: string): CfastModel {
  const [file, ...more] = readFiles(path);
  if (!file || more.length > 0)
    throw new MusterError("INPUT_UNREADABLE", [{ place: path, message: "is a folder; give one CFAST input file" }]);
  const input = readCfast(new TextDecoder().decode(file.bytes));
  if (input.diagnostics !== null)
    throw new MusterError("FIRE_MODEL_INVALID", [
      {
        place: path,
        message: "has a &DIAG that fixes the state of the room (a verification of targets): muster verify FIRE runs those",
      },
    ]);
  return input;
}

/** A line on stderr per tenth of the simulated time. */
function progress({ zone, input }: CfastRun): () => void {
  let told = 0;
  return () => {
    const tenth = Math.floor((10 * zone.state.time_s) / input.end_s);
    if (tenth <= told) return;
    told = tenth;
    process.stderr.write(`${tenth * 10} %: ${Math.round(zone.state.time_s)} of ${input.end_s} s\n`);
  };
}
