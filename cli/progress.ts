/** Progress of an ensemble on stderr: a bar on a terminal, a line per tenth elsewhere, nothing when quiet. */
import { Presets, SingleBar } from "cli-progress";
import type { FailedRun } from "../engine/warn/report.js";
import type { Progress } from "../workers/pool.js";

export interface ProgressView {
  progress(progress: Progress): void;
  end(seed: number, failed: FailedRun | null): void;
  /** A step that has no measure of its own, such as drawing charts. */
  say(text: string): void;
  stop(): void;
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Share of all simulated time that is done; a run that ends early counts whole. */
function meter(seeds: number): { set(seed: number, share: number): void; done(): number; share(): number } {
  const shares = new Map<number, number>();
  let ended = 0;
  return {
    set: (seed, share) => {
      if (share === 1 && shares.get(seed) !== 1) ended++;
      shares.set(seed, share);
    },
    done: () => ended,
    share: () => [...shares.values()].reduce((sum, share) => sum + share, 0) / seeds,
  };
}

/** @param options.quiet only failures are told */
export function progressView(options: { seeds: number; quiet: boolean; stream?: NodeJS.WriteStream }): ProgressView {
  const { seeds, quiet, stream = process.stderr } = options;
  const line = (text: string): void => void stream.write(`${text}\n`);
  const failure = ({ seed, code, message }: FailedRun): string => `seed ${seed} failed [${code}]: ${message}`;
  if (quiet) return { progress: () => {}, say: () => {}, stop: () => {}, end: (_, failed) => failed && line(failure(failed)) };
  return stream.isTTY ? barView(seeds, stream, failure) : lineView(seeds, line, failure);
}

function lineView(seeds: number, line: (text: string) => void, failure: (failed: FailedRun) => string): ProgressView {
  const all = meter(seeds);
  let told = 0;
  return {
    say: line,
    stop: () => {},
    progress: ({ seed, simulated_s, duration_s, inside }) => {
      all.set(seed, Math.min(0.999, simulated_s / duration_s));
      const tenth = Math.floor(all.share() * 10);
      if (tenth <= told) return;
      told = tenth;
      line(`${tenth * 10} %: seed ${seed} at ${clock(simulated_s)} of ${clock(duration_s)}, ${inside} people inside`);
    },
    end: (seed, failed) => {
      all.set(seed, 1);
      told = Math.floor(all.share() * 10);
      line(failed ? failure(failed) : `seed ${seed} done (${all.done()} of ${seeds})`);
    },
  };
}

function barView(seeds: number, stream: NodeJS.WriteStream, failure: (failed: FailedRun) => string): ProgressView {
  const all = meter(seeds);
  const bar = new SingleBar(
    { stream, hideCursor: true, clearOnComplete: true, format: "{bar} {percentage} %  {done} of {seeds} runs  {now}" },
    Presets.shades_classic,
  );
  bar.start(1000, 0, { done: 0, seeds, now: "" });
  const failures: string[] = [];
  const update = (now: string): void => bar.update(Math.round(all.share() * 1000), { done: all.done(), seeds, now });
  return {
    say: (text) => update(text),
    stop: () => {
      bar.stop();
      // The bar clears its line, so what must stay is told after it.
      for (const text of failures.splice(0)) stream.write(`${text}\n`);
    },
    progress: ({ seed, simulated_s, duration_s, inside }) => {
      all.set(seed, Math.min(0.999, simulated_s / duration_s));
      update(`seed ${seed} at ${clock(simulated_s)} of ${clock(duration_s)}, ${inside} inside`);
    },
    end: (seed, failed) => {
      all.set(seed, 1);
      if (failed) failures.push(failure(failed));
      update(failed ? `seed ${seed} failed` : `seed ${seed} done`);
    },
  };
}
