/** Social groups as a file gives them → the complete form. */
import { checkShares, fault, type Reading } from "./reading.js";
import type { Group } from "./scenario.js";
import type { GroupFile } from "./schema/people.js";

/** @param place of the group */
export function resolveSocialGroups(reading: Reading, place: string, file: GroupFile): Group["social_groups"] {
  const given = file.social_groups;
  if (!given) return null;
  const { sizes } = given;
  const at = `${place}.social_groups`;
  if (new Set(sizes).size < sizes.length) fault(reading, `${at}.sizes`, "names a size twice");
  if (given.shares)
    checkShares(
      reading,
      `${at}.shares`,
      given.shares,
      sizes.map((size) => `${size}`),
      "sizes",
    );
  return { sizes: [...sizes], shares: given.shares ?? sizes.map(() => 1 / sizes.length), with: given.with ?? file.name };
}

/** Groups that mix must agree in what companions do together: sizes, where and how they begin, and the journey. */
export function checkPools(reading: Reading, groups: readonly Group[]): void {
  const first = new Map<string, Group>();
  for (const group of groups) {
    const { social_groups: social } = group;
    if (!social) continue;
    const other = first.get(social.with);
    if (!other) {
      first.set(social.with, group);
      continue;
    }
    const common = ({ social_groups, start, arrivals, agents, journey, familiar_with }: Group): string[] =>
      [
        [social_groups!.sizes, social_groups!.shares],
        [start, arrivals?.at ?? null, arrivals?.shares ?? null, agents === null],
        journey,
        familiar_with,
      ].map((part) => JSON.stringify(part));
    const [mine, theirs] = [common(group), common(other)];
    ["sizes and shares", "places where people begin", "journey", "familiar_with"].forEach((what, k) => {
      if (mine[k] !== theirs[k])
        fault(
          reading,
          `people.${group.name}.social_groups.with`,
          `mixes with "${other.name}", which has another ${what}: companions need the same`,
        );
    });
  }
}
