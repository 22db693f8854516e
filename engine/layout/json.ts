/** Reads bytes as UTF-8 and JSON; a fault says line and column. */
import { MusterError } from "../errors.js";

/** Text of bytes; a byte order mark is dropped, bytes that are no UTF-8 are refused. */
export function decodeText(name: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new MusterError("INPUT_UNREADABLE", [{ place: name, message: "is not UTF-8 text" }]);
  }
}

/** Parsed JSON; throws INPUT_UNREADABLE with line and column of the first fault. */
export function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { offset, expected } = findFault(text);
    const lines = text.slice(0, offset).split("\n");
    const line = lines.length;
    const column = lines[lines.length - 1]!.length + 1;
    const what = offset >= text.length ? "ends too early" : `has ${JSON.stringify(text.slice(offset, offset + 12))}`;
    throw new MusterError("INPUT_UNREADABLE", [
      {
        place: `${name}:${line}:${column}`,
        message: `is not valid JSON: line ${line}, column ${column} ${what}, expected ${expected}`,
      },
    ]);
  }
}

const SPACE = /[ \t\n\r]*/y;
/** Strings may hold anything from the space upwards; a key or text with a raw control character does not match. */
const TOKEN = new RegExp(
  '[ \\t\\n\\r]*(?:([{}[\\],:])|("(?:[ !#-\\[\\]-\\uffff]|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*")|' +
    "-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9.eE])|true|false|null)",
  "y",
);

/** Walks the text token by token and returns the place of the first that does not fit; no recursion, so depth does no harm. */
function findFault(text: string): { offset: number; expected: string } {
  const open: ("{" | "[")[] = [];
  let expected = "a value";
  TOKEN.lastIndex = 0;
  for (;;) {
    const start = TOKEN.lastIndex;
    SPACE.lastIndex = start;
    const offset = start + SPACE.exec(text)![0].length;
    const match = TOKEN.exec(text);
    if (!match) return { offset, expected };
    const sign = match[1];
    const fits =
      sign === undefined
        ? expected.includes("a value") || (match[2] !== undefined && expected.includes("a key"))
        : expected.includes(`"${sign}"`) || (expected.includes("a value") && (sign === "{" || sign === "["));
    if (!fits) return { offset, expected };
    if (sign === "{" || sign === "[") open.push(sign);
    if (sign === "}" || sign === "]") open.pop();
    expected = next(expected, sign, match[2] !== undefined, open[open.length - 1]);
  }
}

function next(expected: string, sign: string | undefined, text: boolean, inside: "{" | "[" | undefined): string {
  if (sign === "{") return 'a key or "}"';
  if (sign === "[") return 'a value or "]"';
  if (sign === ":") return "a value";
  if (sign === ",") return inside === "{" ? "a key" : "a value";
  if (text && expected.includes("a key")) return '":"';
  return inside === undefined ? "the end" : inside === "{" ? '"," or "}"' : '"," or "]"';
}
