/** Stages of a journey as a file gives them → the complete form. */
import { FOLLOW, GAIN, SERVICE, STAY } from "./limits.js";
import { asList, checkShares, fault, type Reading, refuseDoubles } from "./reading.js";
import { resolveDistribution } from "./resolve-distribution.js";
import type { Distribution, Stage } from "./scenario.js";
import type { StageFile } from "./schema/people.js";
import { checkWithin, readTime } from "./times.js";

/** Distance of people in a lane, m: inside Fruin's queue level D, 0.6 to 0.9 m (unverified). */
const SPACING = 0.7;

/**
 * @param startIn areas where the group starts; people of one start area who are told to stay without a place stay there
 * Without a journey, people who start in one area stay there to the end; everybody else needs one.
 */
export function resolveJourney(
  reading: Reading,
  place: string,
  given: StageFile[] | undefined,
  startIn: readonly string[],
): Stage[] {
  if (given === undefined) {
    const only = startIn.length === 1 ? startIn[0] : undefined;
    if (only !== undefined) return [{ stay: { in: only, for_s: null, until_s: null } }];
    fault(reading, place, `"journey" is missing: say what people do, for example [{leave: {by: exit}}]`);
    return [];
  }
  let here = startIn.length === 1 ? startIn[0] : undefined;
  const stages: Stage[] = [];
  given.forEach((stage, k) => {
    const at = `${place}.journey[${k}]`;
    const resolved = reading.broken(at) ? null : resolveStage(reading, at, stage, here);
    if (!resolved) return;
    const last = stages.at(-1);
    if (last && "leave" in last) fault(reading, at, "comes after leave, nobody gets to it");
    if (last && "repeat" in last) fault(reading, at, "comes after repeat, nobody gets to it");
    if (last && "stay" in last && last.stay.for_s === null && last.stay.until_s === null) {
      fault(reading, at, 'comes after a stay to the end of the run, nobody gets to it: give the stay "for_min" or "until"');
    }
    if ("repeat" in resolved && !stages.some(takesTime))
      fault(
        reading,
        at,
        "repeats nothing that takes time: needs a go, a queue, a stay for a time or a choose by everybody before it",
      );
    stages.push(resolved);
    here = "go" in resolved ? resolved.go.to : "stay" in resolved ? resolved.stay.in : undefined;
  });
  return stages;
}

/** Whether a stage keeps people busy at every repetition: what they skip would be repeated for ever in no time. */
function takesTime(stage: Stage): boolean {
  if ("stay" in stage) return stage.stay.until_s === null;
  if ("choose" in stage) return stage.choose.share === 1;
  return true;
}

function resolveStage(reading: Reading, place: string, stage: StageFile, here: string | undefined): Stage | null {
  if (stage.go !== undefined) return { go: { to: typeof stage.go === "string" ? stage.go : stage.go.to } };
  if (stage.queue) return resolveQueue(reading, `${place}.queue`, stage.queue);
  if (stage.stay) return resolveStay(reading, `${place}.stay`, stage.stay, here);
  if (stage.repeat) return { repeat: true };
  if (stage.choose) return resolveChoose(reading, `${place}.choose`, stage.choose);
  return resolveLeave(reading, `${place}.leave`, stage.leave!); // the shape check lets nothing else through
}

function resolveQueue(reading: Reading, place: string, queue: NonNullable<StageFile["queue"]>): Stage {
  const at = asList(queue.at);
  refuseDoubles(reading, `${place}.at`, at);
  const service_s =
    queue.service_s !== undefined
      ? resolveDistribution(reading, `${place}.service_s`, queue.service_s, SERVICE)
      : resolveDistribution(reading, `${place}.service_min`, queue.service_min!, SERVICE, 60); // one of the two is there
  return { queue: { at, servers: queue.servers, service_s, spacing_m: queue.spacing_m ?? SPACING } };
}

function resolveStay(
  reading: Reading,
  place: string,
  stay: NonNullable<StageFile["stay"]>,
  here: string | undefined,
): Stage | null {
  const area = stay.in ?? here;
  if (area === undefined) fault(reading, place, '"in" is missing, and the stage before names no single area');
  let for_s: Distribution | null = null;
  if (stay.for_s != null && stay.for_min !== undefined) fault(reading, place, "has for_s and for_min, needs one of them");
  else if (stay.for_s != null) for_s = resolveDistribution(reading, `${place}.for_s`, stay.for_s, STAY);
  else if (stay.for_min !== undefined) for_s = resolveDistribution(reading, `${place}.for_min`, stay.for_min, STAY, 60);
  const until_s = readTime(reading, place, { clock: stay.until, min: stay.until_min, s: stay.until_s }, "until");
  if (for_s && until_s !== null) fault(reading, place, "has a time to stay and a time until when, needs one of them");
  if (until_s !== null) checkWithin(reading, place, until_s, "the time until when");
  return area === undefined ? null : { stay: { in: area, for_s, until_s } };
}

function resolveChoose(reading: Reading, place: string, choose: NonNullable<StageFile["choose"]>): Stage {
  const of = asList(choose.of);
  refuseDoubles(reading, `${place}.of`, of);
  const weights = choose.weights ?? of.map(() => 1);
  if (weights.length !== of.length) {
    fault(reading, `${place}.weights`, `has ${weights.length} weights for ${of.length} places in "of"`, {
      value: weights.length,
      limit: of.length,
    });
  } else if (!weights.some((w) => w > 0)) fault(reading, `${place}.weights`, "has no weight above 0");
  const stay_s =
    choose.stay_s !== undefined
      ? resolveDistribution(reading, `${place}.stay_s`, choose.stay_s, STAY)
      : resolveDistribution(reading, `${place}.stay_min`, choose.stay_min!, STAY, 60); // one of the two is there
  return { choose: { of, weights, share: choose.share ?? 1, stay_s } };
}

function resolveLeave(reading: Reading, place: string, leave: NonNullable<StageFile["leave"]>): Stage {
  const given: Exclude<typeof leave, string | string[]> =
    typeof leave === "string" || Array.isArray(leave) ? { by: leave } : leave;
  const by = asList(given.by);
  refuseDoubles(reading, `${place}.by`, by);
  const shares = given.shares ?? [];
  const choice = given.choice ?? (shares.length > 0 ? "shares" : "least-time");
  if (choice === "shares") checkShares(reading, `${place}.shares`, shares, by, "by");
  else if (shares.length > 0) fault(reading, `${place}.shares`, `belongs to the choice "shares", and the choice is "${choice}"`);
  if (choice === "fixed" && by.length !== 1) {
    fault(reading, `${place}.by`, `has ${by.length} exits, the choice "fixed" needs exactly one`, { value: by.length, limit: 1 });
  }
  for (const key of ["gain", "follow"] as const)
    if (given[key] !== undefined && choice !== "expected-time")
      fault(reading, `${place}.${key}`, `belongs to the choice "expected-time", and the choice is "${choice}"`);
  if (choice !== "expected-time") return { leave: { by, choice, shares } };
  const follow = given.follow === "others" ? FOLLOW : (given.follow ?? 0);
  return { leave: { by, choice, shares, gain: given.gain ?? GAIN, follow } };
}
