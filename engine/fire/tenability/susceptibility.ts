/**
 * What dose a person bears. ISO 13571 takes responses as log-normal about a median of 1; with a spread of 1 (natural logarithm) 11.4 % of people are
 * incapacitated at a dose of 0.3, the figure that ISO 13571:2007 gives (second-hand). No human data stand behind the spread. The same threshold
 * counts for every endpoint of one person, as ISO asks of one estimate.
 */
import { exp } from "../../maths.js";
import { stream } from "../../random.js";

/** Standard deviation of the logarithm of the threshold. */
export const SPREAD = 1;

/** Dose at which person `id` is incapacitated. @param spread 0: everybody at 1 */
export const thresholdOf = (seed: number, id: number, spread = SPREAD): number =>
  spread === 0 ? 1 : exp(spread * stream(seed, "susceptibility", id).normal());
