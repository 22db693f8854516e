import { describe, expect, it } from "vitest";
import { base, lines, read, readText, refused, withGroup } from "./helpers.js";

describe("hostile and broken text", () => {
  const code = (text: string): [string, string] => {
    const error = refused(() => readText(text));
    return [error.code, error.message];
  };

  it("tells line and column of truncated JSON and YAML", () => {
    const whole = JSON.stringify(base(), null, 2);
    const [json, where] = code(whole.slice(0, whole.length / 2));
    expect(json).toBe("INPUT_UNREADABLE");
    expect(where).toMatch(/^test.yaml, line \d+, column \d+: /);
    const [yaml, at] = code("muster: 1\npeople:\n  - {name: visitors, count: 3\nevents: []\n");
    expect(yaml).toBe("INPUT_UNREADABLE");
    expect(at).toMatch(/line 3|line 4/);
  });

  it("refuses a double key", () => {
    expect(code("muster: 1\nseed: 1\nseed: 2\n")).toEqual([
      "INPUT_UNREADABLE",
      "test.yaml, line 3, column 1: Map keys must be unique",
    ]);
  });

  it("refuses an alias bomb within a second", () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x,x]",
      ..."bcdefghij".split("").map((c, k) => `${c}: &${c} [${Array(10).fill(`*${"abcdefghij"[k]}`).join(",")}]`),
    ].join("\n");
    const before = Date.now();
    const [kind, message] = code(bomb);
    expect(kind).toBe("INPUT_UNREADABLE");
    expect(message).toMatch(/alias/i);
    expect(Date.now() - before).toBeLessThan(1000);
  });

  it("refuses an alias of itself", () => {
    const error = refused(() => readText("muster: 1\npeople: &p [*p]\nduration_s: 5\n"));
    expect(["INPUT_UNREADABLE", "SCENARIO_INVALID"]).toContain(error.code);
  });

  it.each([
    ["brackets", "[".repeat(200_000)],
    ["maps", "{a: ".repeat(100_000)],
    ["dashes", `${"- ".repeat(100_000)}x`],
    ["indentation", Array.from({ length: 2000 }, (_, k) => `${" ".repeat(k)}a:`).join("\n")],
  ])("refuses deep nesting of %s without running out of stack", (_name, text) => {
    const [kind, message] = code(text);
    expect(kind).toBe("INPUT_UNREADABLE");
    expect(message).toMatch(/nested more than 40 deep/);
  });

  it("refuses text above 4 MB before reading it", () => {
    expect(code(`# ${"x".repeat(4 * 1024 * 1024)}`)[0]).toBe("INPUT_TOO_LARGE");
  });

  it("refuses unknown tags and several documents", () => {
    expect(code("muster: !!js/function 'x'\n")[0]).toBe("INPUT_UNREADABLE");
    expect(code("muster: 1\n---\nmuster: 1\n")[0]).toBe("INPUT_UNREADABLE");
  });

  it.each([
    ["empty", ""],
    ["a number", "42"],
    ["a list", "- 1"],
    ["null", "null"],
    ["binary", "\u0000\u0001\u0002"],
  ])("refuses %s", (_name, text) => {
    expect(["INPUT_UNREADABLE", "SCENARIO_INVALID"]).toContain(refused(() => readText(text)).code);
  });

  it.each([
    [".nan", "is NaN, must be a finite number"],
    [".inf", "is Infinity, must be a finite number"],
    ["-.inf", "is -Infinity, must be a finite number"],
    ["1e999", "is Infinity, must be a finite number"],
  ])("names %s", (value, message) => {
    const text = `muster: 1\nduration_s: 60\npeople:\n  - {name: a, count: ${value}, start: {in: x}}\n`;
    expect(lines(refused(() => readText(text)).problems)).toEqual([`people[0].count: ${message}`]);
  });

  it("does not let keys of Object's prototype through", () => {
    const found = lines(
      refused(() =>
        readText(
          '{"muster": 1, "duration_s": 60, "__proto__": {"seed": 3}, "constructor": 1, "people": [{"name": "toString", "count": 1, "start": {"in": "x"}}]}',
        ),
      ).problems,
    );
    expect(found.join("\n")).toMatch(/unknown key "__proto__"/);
    expect(found.join("\n")).toMatch(/unknown key "constructor"/);
    expect(refused(() => read(withGroup({ population: "constructor" }))).message).toMatch(/there is no population "constructor"/);
  });

  it("cuts thousands of faults to a readable list with their number", () => {
    const people = Array.from({ length: 900 }, (_, k) => ({ name: `g${k}`, count: -1, start: { in: "x" } }));
    const { problems } = refused(() => read({ ...base(), people }));
    expect(problems.length).toBeLessThan(210);
    expect(problems.at(-1)!.message).toMatch(/\d+ more faults/);
  });

  it("reads a scenario of 20,000 agents in a few seconds", () => {
    const agents = Array.from({ length: 20_000 }, (_, k) => ({ at: [k % 200, Math.floor(k / 200)] }));
    const scenario = read(withGroup({ start: undefined, count: undefined, agents }));
    expect(scenario.people[0]!.count).toBe(20_000);
  });
});
