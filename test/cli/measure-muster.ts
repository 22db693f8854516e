/** Runs the command line in this process and catches what it prints. */
import { vi } from "vitest";
import { main } from "../../cli/program.js";
import type { MeasuresDocument } from "../../engine/measure/trajectory/document.js";

export interface Told {
  code: number;
  stdout: string;
  stderr: string;
}

export async function muster(...args: string[]): Promise<Told> {
  const told = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      told[name] += text;
      return true;
    }),
  );
  try {
    return { code: await main(args), ...told };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
}

/** The document of `muster measure … --json`; a failure becomes an error with what was told. */
export async function measure(...args: string[]): Promise<MeasuresDocument> {
  const { code, stdout, stderr } = await muster("measure", ...args, "--json");
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
