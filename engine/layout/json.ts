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

type Kind = "{" | "}" | "[" | "]" | ":" | "," | "text" | "value";

/**
 * Walks the text token by token and returns the place of the first that does not fit. Without recursion and without patterns over
 * texts of unknown length, so neither depth nor length does harm.
 */
function findFault(text: string): { offset: number; expected: string } {
  const open: ("{" | "[")[] = [];
  let expected = "a value";
  let offset = 0;
  for (;;) {
    while (offset < text.length && isSpace(text.charCodeAt(offset))) offset++;
    const token = readToken(text, offset);
    if (!token) return { offset, expected };
    if (!("kind" in token)) return token;
    const { kind, end } = token;
    if (!fits(expected, kind)) return { offset, expected };
    if (kind === "{" || kind === "[") open.push(kind);
    if (kind === "}" || kind === "]") open.pop();
    expected = next(expected, kind, open[open.length - 1]);
    offset = end;
  }
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** The token at an offset, null where none begins, or the fault inside a text. */
function readToken(text: string, offset: number): { kind: Kind; end: number } | { offset: number; expected: string } | null {
  const first = text.charAt(offset);
  if (first === "{" || first === "}" || first === "[" || first === "]" || first === ":" || first === ",")
    return { kind: first, end: offset + 1 };
  if (first === '"') return readText(text, offset);
  let end = offset;
  while (end < text.length && /[-+.0-9A-Za-z]/.test(text.charAt(end)) && end < offset + 1000) end++;
  const word = text.slice(offset, end);
  const good = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)$/.test(word);
  return good ? { kind: "value", end } : null;
}

function readText(text: string, start: number): { kind: Kind; end: number } | { offset: number; expected: string } {
  for (let k = start + 1; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code === 0x22) return { kind: "text", end: k + 1 };
    if (code < 0x20) return { offset: k, expected: "no control character in a text" };
    if (code !== 0x5c) continue;
    k++;
    if (text[k] === "u") {
      if (!/^[0-9a-fA-F]{4}$/.test(text.slice(k + 1, k + 5))) return { offset: k - 1, expected: "four hexadecimal digits" };
      k += 4;
    } else if (!'"\\/bfnrt'.includes(text[k] ?? " ")) return { offset: k - 1, expected: "a known escape" };
  }
  return { offset: text.length, expected: `the end of the text that begins at offset ${start}` };
}

function fits(expected: string, kind: Kind): boolean {
  if (kind === "value" || kind === "{" || kind === "[") return expected.includes("a value");
  if (kind === "text") return expected.includes("a value") || expected.includes("a key");
  return expected.includes(`"${kind}"`);
}

function next(expected: string, kind: Kind, inside: "{" | "[" | undefined): string {
  if (kind === "{") return 'a key or "}"';
  if (kind === "[") return 'a value or "]"';
  if (kind === ":") return "a value";
  if (kind === ",") return inside === "{" ? "a key" : "a value";
  if (kind === "text" && expected.includes("a key")) return '":"';
  return inside === undefined ? "the end" : inside === "{" ? '"," or "}"' : '"," or "]"';
}
