/** Namelists as Fortran reads them, and what is refused. */
import { expect, test } from "vitest";
import { readNamelists } from "../../../engine/fire/cfast/namelist.js";

const entries = (text: string): Record<string, unknown> => {
  const { groups, problems } = readNamelists(text);
  expect(problems).toEqual([]);
  return Object.fromEntries(groups[0]!.entries.map(({ key, values }) => [key, values]));
};

test("commas, blanks and lines separate values alike, names in any case", () => {
  expect(entries("&comp id='Room', depth=4 Width = 5.0,6d0\n  ORIGIN=0,\n 1 2E0 HALL=.true. shaft=f /")).toEqual({
    ID: ["Room"],
    DEPTH: [4],
    WIDTH: [5, 6],
    ORIGIN: [0, 1, 2],
    HALL: [true],
    SHAFT: [false],
  });
});

test("T and F are keys, not logical values, where an equals sign follows", () => {
  expect(entries("&VENT CRITERION='TIME' T=0, 10 F=0, 1 /")).toEqual({ CRITERION: ["TIME"], T: [0, 10], F: [0, 1] });
});

test("repeats, subscripts, values left out, quotes inside quotes", () => {
  expect(entries(`&X A=3*0.5 B(2)=7 C=1,,3 D='it''s' E="say ""no"" / & !" /`)).toEqual({
    A: [0.5, 0.5, 0.5],
    B: [null, 7],
    C: [1, null, 3],
    D: ["it's"],
    E: ['say "no" / & !'],
  });
});

test("text between groups and after ! is comment; lines are counted through it", () => {
  const { groups, problems } = readNamelists("&A X=1 ! Y=2 /\n /\n!! &C is no group here\nfree text\r\n&B\r\n Z=3/\n");
  expect(problems).toEqual([]);
  expect(groups.map(({ name, line, entries: own }) => [name, line, own.map(({ key, line: at }) => `${key} ${at}`)])).toEqual([
    ["A", 1, ["X 1"]],
    ["B", 5, ["Z 6"]],
  ]);
});

test("every fault is told with its line, and the next group is read all the same", () => {
  const { groups, problems } = readNamelists("&A X=1 Y=abc\n&B Z='open\n W=2 /\n& /\n&C 5 V==3 /\n");
  expect(problems.map(({ place, message }) => `${place}: ${message}`)).toEqual([
    "line 1: &A: abc is neither a number, a quoted text, .TRUE. nor .FALSE.",
    'line 1: &A has no end: "/" is missing',
    "line 2: &B: the text 'open has no closing quote on its line",
    'line 4: has "&" without the name of a group',
    "line 5: &C has the value 5 before any key",
    'line 5: &C: "=" stands where a key or a value is expected',
  ]);
  expect(groups.map(({ name }) => name)).toEqual(["A", "B", "", "C"]);
  expect(groups[1]!.entries.at(-1)).toEqual({ key: "W", line: 3, values: [2] });
});

test("a group whose end is missing is told, at the end of the file too", () => {
  expect(readNamelists("&A X=1").problems).toEqual([{ place: "line 1", message: '&A has no end: "/" is missing' }]);
  expect(readNamelists("&A X=99999*1 /").problems[0]!.message).toContain("repeats 99999 times");
});
