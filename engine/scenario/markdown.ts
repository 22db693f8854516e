/** docs/formats/scenario.md, written from the schema, the named populations and the default rules, so that it cannot fall behind. */
import { bounds, mean } from "./distributions.js";
import { MIXES, POPULATIONS } from "./populations.js";
import { PRESETS } from "./pre-movement.js";
import { type Distribution, LEVELS, type Population } from "./scenario.js";
import { scenarioSchema } from "./schema.js";
import type { Schema } from "./shape.js";
import { SCHEMES } from "./warning-rules.js";

/** The whole page; equal at every call. */
export function scenarioMarkdown(): string {
  const root = scenarioSchema as unknown as Schema; // typebox's schema is plain JSON Schema
  const sections: string[] = [];
  describe(root, "", sections);
  return `${[HEAD, ...sections, DISTRIBUTIONS, TIMES, PROFILES, populations(), presets(), schemes(), FOOT].join("\n\n")}\n`;
}

/** One section with a table for each map of keys, its children behind it. */
function describe(schema: Schema, path: string, sections: string[]): void {
  const rows: string[] = [];
  const children: [Schema, string][] = [];
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    const must = schema.required?.includes(key) ? " **required**" : "";
    const about = [value.description, value["x-source"] && `Source: ${value["x-source"]}.`]
      .filter(Boolean)
      .join(". ")
      .replace(/\.\. /g, ". ");
    rows.push(
      `| \`${key}\`${must} | ${cell(kind(value))} | ${cell(range(value))} | ${cell(defaultOf(value))} | ${cell(about)} |`,
    );
    for (const child of mapsIn(value)) children.push([child.schema, `${path ? `${path}.` : ""}${key}${child.suffix}`]);
  }
  const title = path === "" ? "## The file" : `### \`${path}\``;
  const note = path === "" || !schema.description ? "" : `${schema.description}\n\n`;
  sections.push(`${title}\n\n${note}| key | value | range | default | meaning |\n|---|---|---|---|---|\n${rows.join("\n")}`);
  for (const [child, at] of children) describe(child, at, sections);
}

/** Maps with named keys inside a value: itself, behind a choice, in a list or under free names. Distributions have a section of their own. */
function mapsIn(schema: Schema): { schema: Schema; suffix: string }[] {
  if (isDistribution(schema)) return [];
  if (schema.properties) {
    const name = schema.properties.name?.const;
    return [{ schema, suffix: typeof name === "string" ? ` ${name}` : "" }];
  }
  if (schema.items) return mapsIn(schema.items).map(({ schema: inner, suffix }) => ({ schema: inner, suffix: `[]${suffix}` }));
  if (schema.patternProperties) {
    return mapsIn(Object.values(schema.patternProperties)[0]!).map(({ schema: inner, suffix }) => ({
      schema: inner,
      suffix: `.NAME${suffix}`,
    }));
  }
  const found = (schema.anyOf ?? []).flatMap(mapsIn);
  // A rule may stand alone or in lists: the same keys are described once.
  return found.filter(({ schema: inner }, k) => found.findIndex((other) => sameKeys(other.schema, inner)) === k);
}

const sameKeys = (a: Schema, b: Schema): boolean =>
  Object.keys(b.properties ?? {})
    .filter((key) => key !== "place")
    .join() ===
  Object.keys(a.properties ?? {})
    .filter((key) => key !== "place")
    .join();

const isDistribution = (schema: Schema): boolean =>
  (schema.anyOf ?? []).some((branch) => branch.properties !== undefined && Object.hasOwn(branch.properties, "lognormal"));

function kind(schema: Schema): string {
  if (schema["x-reserved"]) return "reserved";
  if (isDistribution(schema)) return "number or distribution";
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(", ");
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) {
    const kinds = schema.anyOf.map(kind).filter((word) => word !== "null");
    return kinds.filter((word, k) => kinds.indexOf(word) === k).join(" or ");
  }
  if (schema.type === "array") {
    const fixed = schema.minItems !== undefined && schema.minItems === schema.maxItems ? ` of ${schema.minItems}` : "";
    return `list${fixed} (${kind(schema.items ?? {})})`;
  }
  if (schema.type === "object") return schema.patternProperties ? "map by name" : "map";
  return { string: "text", integer: "whole number", boolean: "true or false" }[schema.type ?? ""] ?? schema.type ?? "any";
}

function range(schema: Schema): string {
  const number = numberIn(schema);
  const unit = schema["x-unit"] ? ` ${schema["x-unit"]}` : "";
  if (!number) return unit.trim();
  const from =
    number.exclusiveMinimum !== undefined
      ? `> ${number.exclusiveMinimum}`
      : number.minimum !== undefined
        ? `${round(number.minimum)}`
        : "";
  const to = number.maximum !== undefined ? `${number.maximum}` : "";
  return `${from && to ? `${from} to ${to}` : from || to}${unit}`.trim();
}

const round = (x: number): number => Number(x.toPrecision(6));

/** The number inside a value, where there is one kind of it. */
function numberIn(schema: Schema): Schema | null {
  if (schema.type === "number" || schema.type === "integer") return schema;
  if (schema.type === "array") return schema.items && !schema.items.properties ? numberIn(schema.items) : null;
  return (schema.anyOf ?? []).map(numberIn).find((found) => found !== null) ?? null;
}

const defaultOf = (schema: Schema): string =>
  schema.default === undefined
    ? ""
    : typeof schema.default === "string"
      ? schema.default
      : `\`${JSON.stringify(schema.default)}\``;

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function populations(): string {
  const row = (population: Population): string => {
    const speed = bounds(population.speed_m_s);
    const radius = bounds(population.radius_m);
    const body = radius.min === radius.max ? `${radius.min}` : `${radius.min}–${radius.max}`;
    const name = Object.keys(population.speed_m_s)[0]!;
    const middle =
      "normal" in population.speed_m_s ? `${population.speed_m_s.normal.mean} (${population.speed_m_s.normal.sd}) ` : "";
    const [up, down] = [
      onStairs(population, population.stairs_up, population.stairs_up_m_s),
      onStairs(population, population.stairs_down, population.stairs_down_m_s),
    ];
    return `| \`${population.name}\` | ${middle}${speed.min}–${speed.max} ${name} | ${body} | ${up} | ${down} | ${cell(population.source)} |`;
  };
  const mixes = [...MIXES].map(
    ([name, mix]) =>
      `- \`${name}\`: ${Object.entries(mix)
        .map(([part, share]) => `${Math.round(share * 1000) / 10} % ${part}`)
        .join(", ")}`,
  );
  return `## Named populations

Speeds in m/s as mean (standard deviation) and range, radius in m, stairs as a share of the speed on the level, or in m/s, or none. "verified": read in a
second source; "second-hand": read in a program or paper that quotes it; "unverified": from memory, to be replaced by your own numbers.

| name | speed | radius | stairs up | stairs down | source |
|---|---|---|---|---|---|
${[...POPULATIONS.values()].map(row).join("\n")}

Named mixes, each part becoming a group of its own:

${mixes.join("\n")}`;
}

/** Speed on stairs in few characters: a share, m/s, or none. */
function onStairs(population: Population, share: number, absolute: Distribution | undefined): string {
  if (!population.uses_stairs) return "none";
  if (absolute === undefined) return `${share}`;
  const { min, max } = bounds(absolute);
  const middle = "normal" in absolute ? `${absolute.normal.mean} (${absolute.normal.sd}) ` : "";
  return min === max ? `${min} m/s` : `${middle}${min}–${max} m/s`;
}

function presets(): string {
  const rows = [...PRESETS].map(
    ([name, { distribution, source }]) =>
      `| \`${name}\` | ${Object.keys(distribution)[0]} | ${mean(distribution).toFixed(0)} | ${cell(source)} |`,
  );
  return `## Pre-movement presets

\`pre_movement_s: {preset: NAME}\`. A study says why the one it takes fits its building and its alarm.

| name | distribution | mean, s | source |
|---|---|---|---|
${rows.join("\n")}`;
}

function schemes(): string {
  const rows = Object.entries(SCHEMES).map(([scheme, { units, levels, hysteresis, source }]) => {
    const limits = LEVELS.map((level) => `${levels[level] ?? "–"}`).join(" | ");
    return `| \`${scheme}\` | ${Object.keys(units)
      .map((unit) => `\`${unit}\``)
      .join(", ")} | ${limits} | ${hysteresis} | ${cell(source)} |`;
  });
  return `## Warning schemes

The complete form keeps the first unit of each scheme (\`queue\`: persons or s). A rule with limits of its own uses only these; hysteresis
is at most half of the lowest limit unless the rule says otherwise.

| scheme | units | blue | yellow | orange | red | hysteresis | source |
|---|---|---|---|---|---|---|---|
${rows.join("\n")}`;
}

const HEAD = `# Scenario files

<!-- Written by \`muster schema --markdown\`; change the schema, not this page. -->

A scenario says who comes when, what they do, what happens, what is measured and warned of. It is YAML or JSON. \`muster schema\` prints its JSON Schema
(draft 2020-12) for editors and validators. Unknown keys are errors. Every result folder holds \`scenario.resolved.json\`, the complete form with
all defaults written in and in SI units; it is a scenario file too. \`muster check SCENARIO\` prints who comes with which numbers and from which source,
what bounds the flow through openings, and every problem, people without a way included.

\`\`\`yaml
muster: 1
name: Evening at the square
layout: layout.geojson
start: 2026-07-18T17:00:00+02:00
duration_min: 90
people:
  - name: visitors
    arrivals: {at: [gate-A, gate-B], profile: arrivals.csv}
    journey:
      - queue: {at: [gate-A, gate-B], servers: 4, service_s: {lognormal: {mean: 9, sd: 4}}}
      - go: stage
      - stay: {until: 18:00}
      - leave: [gate-A, gate-B]
events:
  - {at: 17:55, close: gate-B}
warnings:
  front-of-stage: {scheme: density}
\`\`\`

A place is the name or the id of a section, unit, opening, line or flight of the layout, or the name of an entry in \`places\`. \`site\` in a warning
stands for everybody inside.`;

const DISTRIBUTIONS = `## Distributions

A number is the same for everybody. Otherwise one of: \`{constant: x}\`, \`{uniform: [a, b]}\`, \`{normal: {mean, sd}}\`, \`{lognormal: {mean, sd}}\` (mean and sd of the
variable itself), \`{weibull: {scale, shape}}\`, \`{gamma: {scale, shape}}\`; \`lognormal\` takes an \`offset\` that is added to
every draw; \`{p1_p99: [a, b]}\` is the lognormal through its 1st and 99th percentile. normal, lognormal, weibull and gamma take \`min\` and \`max\`, by default the ends of the key's range.
Draws outside are drawn again. A distribution with less than 1 % of its draws inside is refused. In keys that end in \`_min\` all numbers but the shape are minutes.`;

const TIMES = `## Times

\`_s\` and \`_min\` count from the start of the run. Clock times need \`start\`: \`21:35\` is the first 21:35 at or after it, on its own clock; times more
than a day later are written in full (\`2026-07-19T18:00:00+02:00\`). A time after the end of the run is an error.`;

const PROFILES = `## Arrival profiles

A CSV with a header; lines that begin with # are comments. Times: \`from_min,to_min\` or \`from_s,to_s\` or clock times \`from,to\`, or one column \`time\` (clock), each row up to
the next and the last as long as the one before. Values: \`count\` (people, whole) or \`share\` (any scale, needs the group's \`count\`). Intervals rise and do not overlap.
Inside an interval people arrive evenly at random. With \`count\` in the file and in the group, both must agree.`;

const FOOT = `## Not yet

\`response_plan\`, an event's \`when\`/\`do\` and arrivals from a \`forecast\` have their place in the format and are refused until the engine can do them.

## Limits

4 MB of text, 1,000,000 people, 48 hours, 100 aliases, nesting of 40.`;
