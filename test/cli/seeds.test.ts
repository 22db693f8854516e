import fc from "fast-check";
import { expect, test } from "vitest";
import { parseSeeds } from "../../cli/seeds.js";

test.each([
  ["7", [7]],
  ["0", [0]],
  ["1..4", [1, 2, 3, 4]],
  ["5..5", [5]],
  ["3,1..2, 9", [3, 1, 2, 9]],
  ["9007199254740991", [Number.MAX_SAFE_INTEGER]],
])("%s", (text, seeds) => expect(parseSeeds(text)).toEqual(seeds));

test.each([
  "",
  "a",
  "1..",
  "..3",
  "4..1",
  "-1",
  "1.5",
  "1,1",
  "1..3,2",
  "1..20000",
  "9007199254740993",
  "1...3",
  "1..2..3",
  "0x10",
])("%s is refused", (text) => expect(() => parseSeeds(text)).toThrow());

test("any text ends in seeds or in an error, soon", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("1", "9", ".", ",", " ", "-", "e"), maxLength: 30 }), (text) => {
      try {
        const seeds = parseSeeds(text);
        return seeds.length > 0 && new Set(seeds).size === seeds.length && seeds.every(Number.isSafeInteger);
      } catch (error) {
        return error instanceof Error;
      }
    }),
  );
});
