/** Watches the snapshots of one run by the scenario's rules. */
import type { Layout } from "../layout/layout.js";
import type { Measures } from "../measure/measures.js";
import type { Snapshot } from "../measure/snapshot.js";
import type { QueueNow } from "../measure/waits.js";
import { LEVELS, type Scenario, type WarningLevel, type WarningRule } from "../scenario/scenario.js";
import { adviceFor } from "./advice.js";
import { causeOf } from "./cause.js";
import { type ClosedGates, closedGates } from "./gates.js";
import { createTrigger, type Trigger } from "./trigger.js";
import { ruleValue } from "./value.js";
import type { Warning } from "./warnings.js";
import { clock } from "./words.js";

export interface Warner {
  /** Snapshots in order of time. */
  observe(snapshot: Snapshot): void;
  /** All warnings, by start, then place. Levels that were reached but did not hold give none. */
  finish(measures: Measures): Warning[];
}

/** A queue's rates in a cause are taken over about this time, s. */
const QUEUE_RATE_S = 60;

interface Watch {
  readonly rule: WarningRule;
  readonly trigger: Trigger;
  /** Largest value since the lowest limit was reached. */
  peak: { since: number; value: number; at: number } | null;
  open: Warning | null;
  /** Highest level whose cause is written, as an index into LEVELS; -1: none. */
  explained: number;
}

export function createWarner(options: { scenario: Scenario; layout: Layout }): Warner {
  const { scenario, layout } = options;
  const gates = closedGates(layout, scenario);
  const watches = scenario.warnings.map(
    (rule): Watch => ({ rule, trigger: createTrigger(rule), peak: null, open: null, explained: -1 }),
  );
  const history = createHistory();
  const done: Warning[] = [];
  return {
    observe(snapshot) {
      for (const watch of watches) {
        const value = ruleValue(watch.rule, snapshot);
        if (value === null) continue;
        const changes = watch.trigger.observe(snapshot.time, value);
        keepPeak(watch, snapshot.time, value);
        for (const { at_s, to } of changes) {
          if (to === null) close(watch, at_s, done);
          else change(watch, at_s, to);
        }
        const { open } = watch;
        if (open === null || LEVELS.indexOf(open.level) <= watch.explained) continue;
        watch.explained = LEVELS.indexOf(open.level);
        explain(open, { rule: watch.rule, snapshot, scenario, gates, history });
      }
      history.add(snapshot);
    },
    finish() {
      for (const watch of watches) if (watch.open) close(watch, watch.trigger.endingSince_s, done);
      return done.sort((a, b) => a.start_s - b.start_s || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
    },
  };
}

function keepPeak(watch: Watch, time: number, value: number): void {
  const since = watch.trigger.since_s;
  if (watch.open === null && since === null) watch.peak = null;
  else if (watch.peak === null || (watch.open === null && watch.peak.since !== since))
    watch.peak = { since: since ?? time, value, at: time };
  else if (value > watch.peak.value) {
    watch.peak.value = value;
    watch.peak.at = time;
  }
}

/** A new level of a warning, or its beginning. */
function change(watch: Watch, at_s: number, level: WarningLevel): void {
  const { rule } = watch;
  if (watch.open === null) {
    const { place, scheme, unit, source } = rule;
    watch.open = {
      place,
      level,
      scheme,
      unit,
      start_s: at_s,
      end_s: null,
      peak: 0,
      peak_at_s: at_s,
      limit: rule.levels[level]!,
      source,
      changes: [],
      cause: "",
      advice: "",
    };
  }
  watch.open.changes.push({ at_s, level });
  if (LEVELS.indexOf(level) > LEVELS.indexOf(watch.open.level)) {
    watch.open.level = level;
    watch.open.limit = rule.levels[level]!;
  }
}

function close(watch: Watch, end_s: number | null, done: Warning[]): void {
  const { open, peak } = watch;
  if (open === null) return;
  done.push({ ...open, end_s, peak: peak?.value ?? open.limit, peak_at_s: peak?.at ?? open.start_s });
  watch.open = null;
  watch.peak = null;
  watch.explained = -1;
}

interface Context {
  rule: WarningRule;
  snapshot: Snapshot;
  scenario: Scenario;
  gates: ClosedGates;
  history: ReturnType<typeof createHistory>;
}

/** Cause and advice of the moment at which the highest level became certain. */
function explain(warning: Warning, context: Context): void {
  const { level } = warning;
  const { rule, snapshot, scenario, gates, history } = context;
  const queue = history.queue(rule.place);
  warning.cause = causeOf(rule, snapshot, queue, gates.at(snapshot.time));
  const source = snapshot.streams(rule.place).from.find(({ kind }) => kind !== "elsewhere");
  const first = warning.changes[0]!;
  const at = warning.changes.find((each) => each.level === level)?.at_s ?? first.at_s;
  // The first sign is when the action still helps.
  const early = at - first.at_s >= 60 ? `; act at ${clock(scenario, first.at_s)}, when ${first.level} begins` : "";
  const from = source === undefined ? null : source.kind === "arrivals" ? `newly arriving ${source.name}` : source.name;
  if (from !== null) warning.inflow_from = from;
  warning.advice = adviceFor(rule.scheme, level, rule.place, from) + early;
}

/** Queues a minute ago: a few snapshots, a third of the span apart. */
function createHistory() {
  let kept: { time: number; queues: readonly QueueNow[] }[] = [];
  return {
    add({ time, queues }: Snapshot) {
      if (queues.length === 0 || time - (kept.at(-1)?.time ?? Number.NEGATIVE_INFINITY) < QUEUE_RATE_S / 3) return;
      kept = [...kept.filter((old) => time - old.time <= QUEUE_RATE_S + QUEUE_RATE_S / 3), { time, queues }];
    },
    queue(place: string): { time: number; queue: QueueNow } | null {
      const oldest = kept[0];
      const queue = oldest?.queues.find((each) => each.place === place);
      return oldest && queue ? { time: oldest.time, queue } : null;
    },
  };
}
