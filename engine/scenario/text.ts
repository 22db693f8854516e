/** YAML or JSON text → plain value, with the line of each place. Hostile text ends in one clear error, soon. */
import { isMap, isSeq, LineCounter, type ParsedNode, parseDocument } from "yaml";
import { MusterError } from "../errors.js";
import { MAX_DEPTH, MAX_TEXT } from "./limits.js";

/** Aliases (`*name`) that one file may unfold, counted with those inside each other. */
const MAX_ALIASES = 100;

export interface ReadText {
  value: unknown;
  /** Line of a path such as `people[0].count`, or of its nearest parent that is in the text; null where there is none. */
  line: (path: string) => number | null;
}

/**
 * Reads YAML 1.2 or JSON (a subset of it). Throws INPUT_TOO_LARGE above MAX_TEXT and INPUT_UNREADABLE with line and column
 * of every syntax fault; double keys, unknown tags, several documents and nesting beyond MAX_DEPTH are faults too.
 */
export function readText(name: string, text: string): ReadText {
  if (text.length > MAX_TEXT) {
    throw new MusterError("INPUT_TOO_LARGE", [
      {
        place: name,
        message: `has ${text.length} characters, at most ${MAX_TEXT} are allowed`,
        value: text.length,
        limit: MAX_TEXT,
      },
    ]);
  }
  const deep = depthFault(text);
  if (deep) throw unreadable(name, deep);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true, logLevel: "error" });
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    throw new MusterError(
      "INPUT_UNREADABLE",
      faults.slice(0, 20).map((fault) => {
        const at = fault.linePos?.[0];
        return {
          place: at ? `${name}, line ${at.line}, column ${at.col}` : name,
          message: fault.message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, ""),
        };
      }),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (error) {
    throw unreadable(name, error instanceof Error ? error.message : String(error));
  }
  return { value, line: (path) => lineOf(document.contents, path, lines) };
}

const unreadable = (name: string, message: string): MusterError =>
  new MusterError("INPUT_UNREADABLE", [{ place: name, message }]);

/**
 * Nesting is limited before parsing, since a parser that calls itself would run out of stack. Brackets inside texts are counted
 * too, which only makes the test stricter where a text holds dozens of open brackets.
 */
function depthFault(text: string): string | null {
  let depth = 0;
  let line = 1;
  let indent = 0;
  let atStart = true;
  for (let k = 0; k < text.length; k++) {
    const c = text.charCodeAt(k);
    if (c === 10) {
      line++;
      indent = 0;
      atStart = true;
      continue;
    }
    if (c === 91 || c === 123) depth++;
    else if ((c === 93 || c === 125) && depth > 0) depth--;
    if (atStart && (c === 32 || c === 45 || c === 63)) indent++;
    else if (c !== 32) atStart = false;
    if (depth > MAX_DEPTH || indent > 20 * MAX_DEPTH) return `line ${line}: nested more than ${MAX_DEPTH} deep`;
  }
  return null;
}

function lineOf(root: ParsedNode | null, path: string, lines: LineCounter): number | null {
  let node: ParsedNode | null = root;
  let offset: number | null = null;
  for (const step of path.match(/\[\d+\]|\["(?:[^"\\]|\\.)*"\]|[^.[\]]+/g) ?? []) {
    const key = step.startsWith("[") ? String(JSON.parse(step.slice(1, -1))) : step;
    let next: ParsedNode | null = null;
    if (isMap(node)) {
      const item: { key: ParsedNode; value: ParsedNode | null } | undefined = node.items.find(
        (entry) => String(entry.key) === key,
      );
      if (item) {
        offset = item.key.range?.[0] ?? offset;
        next = item.value;
      }
    } else if (isSeq(node)) {
      next = node.items[Number(key)] ?? null;
      offset = next?.range?.[0] ?? offset;
    }
    if (!next) break;
    node = next;
  }
  return offset === null ? null : lines.linePos(offset).line;
}
