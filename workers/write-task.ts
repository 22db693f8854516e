/** Entry of a worker thread that draws and writes a results folder, so that a server goes on answering meanwhile. */
import { MusterError } from "../engine/errors.js";
import { GO, type WriteAnswer, type WriteTask } from "./messages.js";
import { writeResults } from "./output/write.js";

export default async function writeTask({ folder, input, control }: WriteTask): Promise<WriteAnswer> {
  try {
    const { report, document } = await writeResults(folder, input, () => Atomics.load(control, 0) !== GO);
    return { kind: "written", report, document };
  } catch (error) {
    if (error instanceof MusterError) return { kind: "error", code: error.code, problems: [...error.problems] };
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { kind: "error", code: "INTERNAL", problems: [{ place: folder, message }] };
  }
}
