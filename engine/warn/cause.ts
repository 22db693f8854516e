/** Why a warning stands, said from measures of the moment: who comes from where, who leaves by what, which gates are shut. */
import type { Stream, Streams } from "../measure/moves.js";
import type { LineNow, Snapshot } from "../measure/snapshot.js";
import type { QueueNow } from "../measure/waits.js";
import type { WarningRule } from "../scenario/scenario.js";
import { areaOf } from "./value.js";
import { lasting, listed, percent, perMinute, trim, whole } from "./words.js";

/** Flows below this count as none: one person in two minutes. persons/s */
const NO_FLOW = 1 / 120;
/** Slower than this at more than STANDING_DENSITY a crowd stands (../docs/models/measures.md). m/s, persons/m2 */
const STANDING_SPEED = 0.2;
const STANDING_DENSITY = 2;

/** @param before queue of the rule's place some time ago, for its rates; @param closed names of closed gates */
export function causeOf(
  rule: WarningRule,
  snapshot: Snapshot,
  before: { time: number; queue: QueueNow } | null,
  closed: readonly string[],
): string {
  const parts =
    rule.scheme === "queue"
      ? queueCause(rule, snapshot, before)
      : rule.scheme === "flow"
        ? flowCause(rule, snapshot)
        : areaCause(rule, snapshot);
  if (closed.length > 0) parts.push(`${listed(closed)} ${closed.length === 1 ? "is" : "are"} closed`);
  return parts.filter((part) => part !== "").join("; ");
}

/** "inflow 71 /min (52 from food-east, 19 from gate-A) against outflow 40 /min (all through gate-C)". */
function areaCause(rule: WarningRule, snapshot: Snapshot): string[] {
  const streams = snapshot.streams(rule.place);
  const { inflow, outflow } = streams;
  const parts: string[] = [];
  if (inflow <= NO_FLOW && outflow <= NO_FLOW) parts.push("people are there and hardly anybody comes or goes");
  else if (inflow <= NO_FLOW) parts.push(`nobody comes, outflow only ${perMinute(outflow)}${ends(streams.to, "to")}`);
  else
    parts.push(
      `inflow ${perMinute(inflow)}${ends(streams.from, "from")} against outflow ${perMinute(outflow)}${ends(streams.to, "to")}`,
    );
  const area = areaOf(snapshot, rule.place);
  if (area && area.density >= STANDING_DENSITY && area.speed < STANDING_SPEED)
    parts.push(`the crowd stands (mean speed ${trim(area.speed, 2)} m/s)`);
  if (area && rule.scheme === "pressure")
    parts.push(`velocities scatter at ${trim(area.density, 1)} persons/m², mean speed ${trim(area.speed, 2)} m/s`);
  parts.push(exitShare(streams, snapshot));
  return parts;
}

/** The largest two ends of a flow, in brackets. */
function ends(list: readonly Stream[], word: "from" | "to"): string {
  const total = list.reduce((sum, { rate }) => sum + rate, 0);
  if (total <= NO_FLOW) return "";
  const text = ({ kind, name }: Stream): string =>
    kind === "exit" ? `through ${name}` : kind === "arrivals" ? `newly arrived ${name}` : `${word} ${name}`;
  const [first, second] = list.filter(({ rate }) => rate > 0.05 * total);
  if (first === undefined) return "";
  if (second === undefined) return ` (${first.rate > 0.95 * total ? "all" : "most"} ${text(first)})`;
  return ` (${[first, second].map((stream) => `${whole(stream.rate * 60)} ${text(stream)}`).join(", ")})`;
}

/** How much of everybody's leaving goes by the exit that takes most of this outflow. */
function exitShare({ to }: Streams, snapshot: Snapshot): string {
  const exit = to.find(({ kind }) => kind === "exit");
  return exit === undefined ? "" : shareText(exit.name, snapshot);
}

function shareText(exit: string, snapshot: Snapshot): string {
  const exits = snapshot.lines.filter(({ kind }) => kind === "exit");
  const all = exits.reduce((sum, { flow }) => sum + flow, 0);
  const own = exits.find(({ place }) => place === exit)?.flow ?? 0;
  return exits.length < 2 || all <= NO_FLOW ? "" : `${percent(own / all)} of those who leave use ${exit}`;
}

/** "arrivals 52 /min against 38 /min into service at 4 servers; who is next has waited 6 min". */
function queueCause(rule: WarningRule, snapshot: Snapshot, before: { time: number; queue: QueueNow } | null): string[] {
  const queue = snapshot.queues.find(({ place }) => place === rule.place);
  if (queue === undefined) return [];
  const parts: string[] = [];
  const seconds = before === null ? snapshot.time : snapshot.time - before.time;
  if (seconds > 0) {
    const joined = (queue.joined - (before?.queue.joined ?? 0)) / seconds;
    const begun = (queue.begun - (before?.queue.begun ?? 0)) / seconds;
    const servers = `${queue.servers} ${queue.servers === 1 ? "server" : "servers"}`;
    parts.push(
      begun <= NO_FLOW
        ? `${perMinute(joined)} join the queue and nobody is served`
        : `${perMinute(joined)} join the queue, ${servers} take ${perMinute(begun)}`,
    );
  }
  if (queue.wait_s > 0) parts.push(`${queue.waiting} wait, the next of them for ${lasting(queue.wait_s)}`);
  return parts;
}

/** "71 /min through 1.2 m; 46 % of those who leave use gate-C". */
function flowCause(rule: WarningRule, snapshot: Snapshot): string[] {
  const line = snapshot.lines.find(({ place }) => place === rule.place);
  if (line === undefined) return [];
  const width = line.width_m === null ? "" : ` through ${trim(line.width_m, 2)} m`;
  return [`${perMinute(line.flow)}${width}`, line.kind === "exit" ? shareText(line.place, snapshot) : lineShare(line, snapshot)];
}

/** Share among the openings and lines of the same kind that carry people now. */
function lineShare(line: LineNow, snapshot: Snapshot): string {
  const peers = snapshot.lines.filter(({ kind, flow }) => kind === line.kind && flow > NO_FLOW);
  const all = peers.reduce((sum, { flow }) => sum + flow, 0);
  return peers.length < 2 ? "" : `${percent(line.flow / all)} of the flow over ${peers.length} measured ${line.kind}s`;
}
