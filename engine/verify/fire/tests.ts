/** The fire part of the verification, in the order of its page. */
import { cfastTest } from "./cfast-cases.js";
import { experimentsTest } from "./experiments.js";
import { fixedRoomsTest } from "./fixed-rooms.js";
import { nistTests } from "./nist.js";
import { nistMassTest } from "./nist-mass.js";
import type { FireTest } from "./result.js";
import { stecklerTest } from "./steckler.js";

export const FIRE_TESTS: readonly FireTest[] = [
  ...nistTests,
  nistMassTest,
  fixedRoomsTest,
  cfastTest,
  stecklerTest,
  experimentsTest,
];
