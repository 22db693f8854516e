/** `muster schema`: the JSON Schema of scenario files, for editors and validators, or their description as a page. */
import { Command } from "commander";
import { scenarioMarkdown } from "../engine/scenario/markdown.js";
import { scenarioSchema } from "../engine/scenario/schema.js";

/** @returns the sub-command; it prints to standard output and reads nothing */
export function schemaCommand(): Command {
  return new Command("schema")
    .description("print the JSON Schema (draft 2020-12) of scenario files")
    .option("--markdown", "print the description of the format instead")
    .action((options: { markdown?: true }) => {
      process.stdout.write(options.markdown ? scenarioMarkdown() : `${JSON.stringify(scenarioSchema, null, 2)}\n`);
    });
}
