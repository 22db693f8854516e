/** docs/verification.md: every test with its numbers, written from the document of a verification. */
import type { TestResult, VerificationDocument } from "./document.js";
import { number } from "./rows.js";

type CheckResult = TestResult["checks"][number];
type Row = CheckResult["rows"][number];

const WORDS: Record<TestResult["verdict"], string> = {
  passed: "passed",
  failed: "**failed**",
  undecided: "undecided (too few runs)",
  documented: "documented",
  pending: "pending",
  "not-runnable": "**not runnable**",
};

const SET_BY: Record<CheckResult["set_by"], string> = {
  guideline: "guideline",
  suggested: "suggested",
  measured: "experiment",
  ours: "ours",
};

const GUIDELINES: readonly (readonly [string, string])[] = [
  ["RIMEA", "RiMEA 4.1.1"],
  ["IMO", "IMO MSC.1/Circ.1533"],
  ["NIST", "NIST TN 1822"],
  ["ISO", "ISO 20414:2020"],
  ["HAND", "Calculations by hand"],
  ["VAL", "Validation against experiments"],
  ["FIRE", "Fire and smoke: the zone model"],
];

export interface PageOptions {
  /** Plots: path relative to the page, what it shows. */
  plots: readonly { path: string; title: string }[];
}

export function verificationPage(document: VerificationDocument, { plots }: PageOptions): string {
  const { tests } = document;
  const parts = GUIDELINES.flatMap(([key, title]) => {
    const own = tests.filter(({ id }) => id.startsWith(`${key}-`));
    return own.length === 0 ? [] : [`## ${title}\n\n${own.map(detail).join("\n\n")}`];
  });
  return `${[head(document), overview(tests), waiting(tests), pictures(plots), ...parts].filter((part) => part !== "").join("\n\n")}\n`;
}

function head({ muster, seeds, model, parameters, counts }: VerificationDocument): string {
  const set = Object.entries(parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  return `# Verification and validation

<!-- Written by \`muster verify\`; run it instead of changing this page. -->

**${counts.passed} of ${counts.tests} tests passed**, ${counts.failed} failed, ${counts.undecided > 0 ? `${counts.undecided} undecided (too few runs), ` : ""}${counts.documented} documented, ${counts.pending} pending, ${counts["not-runnable"]} not runnable.

${seeds === null ? "" : `**Short run: ${seeds} runs of each case instead of each suite's own number (mostly 50, up to 200).** A test is undecided where a limit lies inside the 95 % interval of so few runs; it is not counted as passed.\n\n`}Muster ${muster}, movement model \`${model}\` with one parameter set for all tests: ${set}.

Again, on any machine with the same numbers: \`npm run -s muster -- verify${seeds === null ? "" : ` --seeds ${seeds} --out docs`}\`; the full verification: \`npm run verify\`; some tests quickly: \`npm run -s muster -- verify RIMEA-15 VAL --seeds 5\`. The same as one JSON document:
[verification.json](verification.json), described in [formats/verification.md](formats/verification.md). Each test is a folder in \`scenarios/verification\`: layout, scenario and the definition of what is measured and judged.

How to read it: *measured* is the mean over the runs with its 95 % interval (Student's t) in brackets. *Limits* come from the **guideline**, were **suggested** by the collection of
reference tests where the guideline gives no number, come from an **experiment**, or are **ours**. A failed test is published with its numbers. *Documented*: the guideline asks for a report, not for a judgement. *Pending* tests wait for a part that
is not built yet; they are never counted as passed.`;
}

/** A row per test: its first failed check, else its first undecided one, else its first one. */
function overview(tests: readonly TestResult[]): string {
  const rows = tests.map(({ id, title, verdict, seeds, checks }) => {
    const check =
      checks.find((each) => each.verdict === "failed") ?? checks.find((each) => each.verdict === "undecided") ?? checks[0];
    const unit = check && check.unit !== "1" ? `, ${check.unit}` : "";
    const more = checks.length > 1 ? ` (and ${checks.length - 1} more)` : "";
    const quantity = check ? `${check.quantity}${unit}${more}` : "";
    return `| [${id}](#${anchor(id, title)}) | ${title} | ${cell(quantity)} | ${cell(short(check, ({ expected }) => expected))} | ${cell(short(check, measured))} | ${seeds || ""} | ${WORDS[verdict]} | ${check ? SET_BY[check.set_by] : ""} |`;
  });
  return `## All tests\n\n| test | title | quantity | expected | measured | runs per case | verdict | limit from |\n|---|---|---|---|---|---|---|---|\n${rows.join("\n")}`;
}

/** Rows shown in the overview; the details below have all. */
const SHOWN = 4;

function short(check: CheckResult | undefined, text: (row: Row) => string): string {
  const rows = check?.rows ?? [];
  const texts = rows.slice(0, SHOWN).map(text);
  const same = new Set(texts).size === 1;
  return `${(same ? texts.slice(0, 1) : texts).join("; ")}${!same && rows.length > SHOWN ? "; …" : ""}`;
}

/** Anchor of a heading as GitHub makes it. */
const anchor = (id: string, title: string): string =>
  `${id} ${title}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");

function waiting(tests: readonly TestResult[]): string {
  const list = tests.filter(({ verdict }) => verdict === "pending" || verdict === "not-runnable");
  if (list.length === 0) return "";
  return `## Pending and not runnable\n\n| test | title | why |\n|---|---|---|\n${list.map(({ id, title, reason }) => `| ${id} | ${title} | ${cell(reason)} |`).join("\n")}`;
}

const pictures = (plots: PageOptions["plots"]): string =>
  plots.length === 0 ? "" : `## Plots\n\n${plots.map(({ path, title }) => `![${title}](${path})`).join("\n\n")}`;

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Text inside a table. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

function detail({
  id,
  title,
  verdict,
  reason,
  evidence,
  source,
  population,
  about,
  how,
  checks,
  suite,
  seeds,
}: TestResult): string {
  const facts = [
    `${WORDS[verdict]}${reason === "" ? "" : `: ${cell(reason)}`} · suite \`${suite}\`${seeds > 0 ? ` · ${seeds} ${seeds === 1 ? "run" : "runs"} of each case` : ""}`,
    `Source: ${sentence(source)}`,
    ...(population === "" ? [] : [`Population: ${sentence(population)}`]),
    `How: ${sentence(how)}${about === "" ? "" : ` ${sentence(about)}`}`,
    ...(evidence === "" ? [] : [`Evidence: ${sentence(evidence)}`]),
  ];
  const table = checks.length === 0 ? "" : `\n\n${checkTable(checks)}`;
  const found = checks.filter((check) => check.found !== "").map((check) => `- ${check.quantity}: ${check.found}`);
  return `### ${id} ${title}\n\n${facts.join("<br>\n")}${table}${found.length > 0 ? `\n\n${found.join("\n")}` : ""}`;
}

function checkTable(checks: readonly CheckResult[]): string {
  const lines = checks.flatMap((check) =>
    check.rows.map((row, k) => {
      const quantity = k === 0 ? `${check.quantity}${check.unit === "1" ? "" : `, ${check.unit}`}` : "";
      const from = k === 0 ? `${check.tolerance} (${SET_BY[check.set_by]})` : "";
      const verdict = k === 0 ? WORDS[check.verdict] : "";
      return `| ${cell(quantity)} | ${cell(row.case)} | ${cell(row.expected)} | ${measured(row)} | ${range(row)} | ${verdict}${row.ok === false ? " ✗" : row.undecided ? " ?" : ""} | ${cell(from)} |`;
    }),
  );
  return `| quantity | case | expected | measured | least to greatest value | verdict | limit |\n|---|---|---|---|---|---|---|\n${lines.join("\n")}`;
}

function measured({ mean, low, high, missing, runs }: Row): string {
  const lost = missing > 0 ? `; ${missing} of ${runs} runs without a value` : "";
  if (mean === null || low === null || high === null) return `none${lost}`;
  return `${number(mean)}${low === high ? "" : ` (${number(low)} to ${number(high)})`}${lost}`;
}

const range = ({ min, max }: Row): string => (min === null || max === null ? "" : `${number(min)} to ${number(max)}`);
