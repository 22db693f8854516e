/** How eager people are, as a factor on the time gap that they keep to whoever is ahead. */

/**
 * Words for the factor. That people close up sooner and stand denser when they are eager is measured; the two factors are round numbers of
 * Muster's own and unverified: a study that needs them sets numbers and says where they come from.
 */
export const MOTIVATIONS: Readonly<Record<string, number>> = { low: 1.25, normal: 1, high: 0.8 };

export const MOTIVATION_SOURCE =
  "that density rises with motivation: Adrian, Seyfried, Sieben 2020, J. R. Soc. Interface 17:20190871 (abstract read); the factors of the words: Muster, unverified";

export const motivationOf = (given: number | string | undefined): number =>
  given === undefined ? 1 : typeof given === "number" ? given : MOTIVATIONS[given]!; // the shape check lets no other word through
