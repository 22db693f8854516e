/** Groups of people as a file gives them → the complete form; a group with a mix of populations becomes one group for each. */
import { resolveArrivals } from "./arrivals.js";
import { resolveJourney } from "./journeys.js";
import { MAX_PEOPLE, PRE_MOVEMENT, RADIUS, SPEED, STAIR_SPEED } from "./limits.js";
import { motivationOf } from "./motivation.js";
import { suggestion } from "./nearest.js";
import { DEFAULT_POPULATION, MIXES, POPULATIONS } from "./populations.js";
import { PRESETS } from "./pre-movement.js";
import { apportion, asList, fault, type Reading, refuseDoubles } from "./reading.js";
import { resolveDistribution } from "./resolve-distribution.js";
import type { Agent, Distribution, Group, Population, Stage } from "./scenario.js";
import type { GroupFile, PopulationFile } from "./schema/people.js";
import { checkPools, resolveSocialGroups } from "./social-groups.js";

export interface ResolvedGroups {
  groups: Group[];
  /** Names of the complete form by the name in the file; more than one for a mix. */
  names: Map<string, string[]>;
}

/** Groups with faults are left out of the result; their faults are in the list. */
export function resolveGroups(reading: Reading, given: GroupFile[]): ResolvedGroups {
  const groups: Group[] = [];
  const names = new Map<string, string[]>();
  const places = new Map<string, number>();
  given.forEach((file, k) => {
    const place = `people[${k}]`;
    if (reading.broken(place)) {
      // Its name is still known, so that events that name it are not called wrong too.
      if (typeof file?.name === "string") names.set(file.name, [file.name]);
      return;
    }
    const parts = resolveGroup(reading, place, file);
    names.set(file.name, parts.length > 0 ? parts.map((part) => part.name) : [file.name]);
    for (const part of parts) {
      const other = places.get(part.name);
      if (other !== undefined) fault(reading, `${place}.name`, `is "${part.name}", as is people[${other}]`, { value: part.name });
      places.set(part.name, k);
      groups.push(part);
    }
  });
  checkPools(reading, groups);
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  if (total > MAX_PEOPLE) {
    fault(reading, "people", `there are ${total} people together, at most ${MAX_PEOPLE} are allowed`, {
      value: total,
      limit: MAX_PEOPLE,
    });
  }
  return { groups, names };
}

function resolveGroup(reading: Reading, place: string, file: GroupFile): Group[] {
  const before = reading.problems.length;
  const ways = (["start", "arrivals", "agents"] as const).filter((way) => file[way] != null);
  if (ways.length !== 1) {
    fault(
      reading,
      place,
      ways.length === 0 ? "one of start, arrivals, agents is missing" : `has ${ways.join(" and ")}, needs one of them`,
    );
  }
  const startIn = file.start ? asList(file.start.in) : [];
  refuseDoubles(reading, `${place}.start.in`, startIn);
  const journey = resolveJourney(reading, place, file.journey, startIn);
  const arrivals = file.arrivals ? resolveArrivals(reading, `${place}.arrivals`, file.arrivals, file.count) : null;
  const agents = file.agents ? file.agents.map((agent): Agent => ({ ...agent, at: [agent.at[0], agent.at[1]] })) : null;
  const count = countOf(reading, place, file, arrivals, agents);
  const populations = resolvePopulations(reading, `${place}.population`, file.population);
  if (file.pre_movement_s !== undefined && file.pre_movement_min !== undefined) {
    fault(reading, place, "has pre_movement_s and pre_movement_min, needs one of them");
  }
  const preset = typeof file.pre_movement_s === "object" ? PRESETS.get(file.pre_movement_s.preset ?? "") : undefined;
  const pre_movement_s =
    preset?.distribution ??
    (file.pre_movement_min !== undefined
      ? resolveDistribution(reading, `${place}.pre_movement_min`, file.pre_movement_min, PRE_MOVEMENT, 60)
      : resolveDistribution(reading, `${place}.pre_movement_s`, file.pre_movement_s ?? 0, PRE_MOVEMENT));
  const pre_movement_source = file.pre_movement_source ?? preset?.source ?? null;
  if (agents && populations.length > 1)
    fault(reading, `${place}.population`, "is a mix, which people at given positions cannot have");
  const familiar_with = familiarExits(reading, `${place}.familiar_with`, file.familiar_with, journey);
  const social_groups = resolveSocialGroups(reading, place, file);
  if (reading.problems.length > before) return [];
  const start = file.start ? { in: startIn } : null;
  const whole = {
    count,
    start,
    arrivals,
    agents,
    pre_movement_s,
    pre_movement_source,
    motivation: motivationOf(file.motivation),
    single_file: file.single_file ?? false,
    familiar_with,
    social_groups,
    journey,
  };
  return populations.length === 1 ? [withOrder(file.name, whole, populations[0]![0])] : mixed(file.name, whole, populations);
}

function familiarExits(reading: Reading, place: string, given: GroupFile["familiar_with"], journey: Stage[]): string[] {
  const names = given === undefined ? [] : asList(given);
  refuseDoubles(reading, place, names);
  const weighed = journey.flatMap((stage) => ("leave" in stage && stage.leave.choice === "expected-time" ? stage.leave.by : []));
  if (names.length > 0 && weighed.length === 0) fault(reading, place, 'belongs to a leave with the choice "expected-time"');
  else
    for (const name of names)
      if (!weighed.includes(name))
        fault(reading, place, `names "${name}", which no leave of the choice "expected-time" names`, { value: name });
  return names;
}

type Common = Omit<Group, "name" | "population">;

const withOrder = (name: string, common: Common, population: Population): Group => ({
  name,
  count: common.count,
  start: common.start,
  arrivals: common.arrivals,
  agents: common.agents,
  population,
  pre_movement_s: common.pre_movement_s,
  pre_movement_source: common.pre_movement_source,
  motivation: common.motivation,
  single_file: common.single_file,
  familiar_with: common.familiar_with,
  social_groups: common.social_groups,
  journey: common.journey,
});

function countOf(reading: Reading, place: string, file: GroupFile, arrivals: Group["arrivals"], agents: Agent[] | null): number {
  if (agents) {
    if (file.count !== undefined && file.count !== agents.length) {
      fault(reading, `${place}.count`, `is ${file.count}, and there are ${agents.length} agents`, {
        value: file.count,
        limit: agents.length,
      });
    }
    return agents.length;
  }
  if (arrivals) return arrivals.intervals.reduce((sum, interval) => sum + interval.count, 0);
  if (file.count === undefined && file.start) fault(reading, place, '"count" is missing');
  return file.count ?? 0;
}

/** Each part gets whole people; intervals keep their counts, the remainder is carried on so that each part gets its share in the end. */
function mixed(name: string, common: Common, populations: [Population, number][]): Group[] {
  const shares = populations.map(([, share]) => share);
  if (!common.arrivals) {
    const counts = apportion(common.count, shares);
    return populations.map(([population], k) =>
      withOrder(`${name} (${population.name})`, { ...common, count: counts[k]! }, population),
    );
  }
  const due = shares.map(() => 0);
  const counts = common.arrivals.intervals.map((interval) => {
    shares.forEach((share, k) => {
      due[k]! += interval.count * share;
    });
    const given = due.map((x) => Math.max(0, Math.floor(x)));
    let rest = interval.count - given.reduce((a, b) => a + b, 0);
    const order = due.map((x, k) => [x - given[k]!, k] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
    for (let j = 0; rest !== 0; j = (j + 1) % order.length) {
      const k = rest > 0 ? order[j]![1] : order.at(-1 - j)![1];
      if (rest < 0 && given[k] === 0) continue;
      given[k]! += Math.sign(rest);
      rest -= Math.sign(rest);
    }
    given.forEach((n, k) => {
      due[k]! -= n;
    });
    return given;
  });
  return populations.map(([population], k) => {
    const intervals = common.arrivals!.intervals.map((interval, i) => ({ ...interval, count: counts[i]![k]! }));
    const count = intervals.reduce((sum, interval) => sum + interval.count, 0);
    return withOrder(
      `${name} (${population.name})`,
      { ...common, count, arrivals: { ...common.arrivals!, intervals } },
      population,
    );
  });
}

/** One population, or the parts of a mix with their shares. */
function resolvePopulations(reading: Reading, place: string, given: string | PopulationFile | undefined): [Population, number][] {
  if (given === undefined || typeof given === "string") {
    const name = given ?? DEFAULT_POPULATION;
    const mix = MIXES.get(name);
    if (mix) return resolveMix(reading, place, mix);
    return [[named(reading, place, name, true), 1]];
  }
  if (given.mix) {
    if (Object.keys(given).length > 1) fault(reading, place, "has a mix and own numbers, needs one of them");
    return resolveMix(reading, `${place}.mix`, given.mix);
  }
  const like = named(reading, `${place}.like`, given.like ?? DEFAULT_POPULATION, false);
  const own = given.like === undefined ? "own numbers" : `like ${like.name}`;
  const complete =
    given.speed_m_s !== undefined &&
    given.radius_m !== undefined &&
    (given.stairs_up ?? given.stairs_up_m_s) !== undefined &&
    (given.stairs_down ?? given.stairs_down_m_s) !== undefined;
  return [
    [
      {
        name: given.name ?? own,
        source: given.source ?? (complete ? "scenario" : `scenario; what it leaves out: ${like.source}`),
        speed_m_s:
          given.speed_m_s === undefined
            ? like.speed_m_s
            : resolveDistribution(reading, `${place}.speed_m_s`, given.speed_m_s, SPEED),
        radius_m:
          given.radius_m === undefined
            ? like.radius_m
            : resolveDistribution(reading, `${place}.radius_m`, given.radius_m, RADIUS),
        stairs_up: given.stairs_up ?? like.stairs_up,
        stairs_down: given.stairs_down ?? like.stairs_down,
        ...stairSpeed(reading, place, "stairs_up", given, like),
        ...stairSpeed(reading, place, "stairs_down", given, like),
        uses_stairs: given.uses_stairs ?? like.uses_stairs,
      },
      1,
    ],
  ];
}

/** An absolute speed on stairs as given, else that of `like` unless a share of one's own takes its place. */
function stairSpeed<K extends "stairs_up" | "stairs_down">(
  reading: Reading,
  place: string,
  key: K,
  given: PopulationFile,
  like: Population,
): Partial<Record<`${K}_m_s`, Distribution>> {
  const name = `${key}_m_s` as const;
  const own = given[name];
  const value =
    own !== undefined
      ? resolveDistribution(reading, `${place}.${name}`, own, STAIR_SPEED)
      : given[key] === undefined
        ? like[name]
        : undefined;
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<`${K}_m_s`, Distribution>>); // one key, named above
}

function resolveMix(reading: Reading, place: string, mix: Readonly<Record<string, number>>): [Population, number][] {
  const parts = Object.entries(mix).filter(([, share]) => share > 0);
  const sum = parts.reduce((total, [, share]) => total + share, 0);
  if (Math.abs(sum - 1) > 1e-6)
    fault(reading, place, `adds to ${Number(sum.toFixed(6))}, must add to 1`, { value: sum, limit: 1 });
  return parts.map(([name, share]) => [named(reading, place, name, false), share]);
}

function named(reading: Reading, place: string, name: string, mixesToo: boolean): Population {
  const found = POPULATIONS.get(name);
  if (!found) {
    const known = [...POPULATIONS.keys(), ...(mixesToo ? MIXES.keys() : [])];
    const hint = suggestion(name, known) || `; known populations: ${known.join(", ")}`;
    fault(reading, place, `there is no population "${name}"${hint}`, { value: name });
  }
  return found ?? POPULATIONS.get(DEFAULT_POPULATION)!;
}
