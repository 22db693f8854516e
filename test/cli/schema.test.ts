import { afterEach, describe, expect, it, vi } from "vitest";
import { schemaCommand } from "../../cli/schema.js";

const printed = async (...args: string[]): Promise<string> => {
  const written: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  await schemaCommand().parseAsync(args, { from: "user" });
  return written.join("");
};

describe("muster schema", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("prints the JSON Schema", async () => {
    const schema = JSON.parse(await printed());
    expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
    expect(schema.additionalProperties).toBe(false);
    expect(schema.properties.people.items.properties.count).toMatchObject({ type: "integer", minimum: 0, maximum: 1_000_000 });
    expect(schema.properties.time_step_s).toMatchObject({ default: 0.1, "x-unit": "s" });
  });

  it("prints the page of the format", async () => {
    expect(await printed("--markdown")).toMatch(/^# Scenario files\n/);
  });
});
