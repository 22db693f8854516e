/** What one server takes on. Every number is a bound that answers with a problem document, never a silent cut. */
export interface Limits {
  /** Largest request body, bytes (413). A plan of a whole station with 10^5 corners has about 10 MB. */
  body_bytes: number;
  /** Requests of one client address per minute, all routes together (429). */
  requests_per_min: number;
  /** Layout checks and run starts of one client address per minute (429). */
  starts_per_min: number;
  /** People in one run (413). */
  agents: number;
  /** People × steps × seeds of one order (413). At about 1 µs each, 5e10 is 14 hours of one core. */
  agent_steps: number;
  /** Seeds of one order (413). */
  seeds: number;
  /** Time to read, check and compile a layout and a scenario, s (413 when it is over). */
  prepare_s: number;
  /** Wall time of one seed, s; longer ones fail with RUN_TIMEOUT. */
  run_s: number;
  /** JavaScript heap of one thread, MB; a thread above it dies and fails its run alone. */
  memory_mb: number;
  /** Runs that wait for their turn (503). */
  queued_runs: number;
  /** Finished runs whose files are kept; the oldest are dropped. */
  kept_runs: number;
  /** Open event streams (503). */
  event_streams: number;
  /** Delay of the event loop at which new requests are turned away, ms (503); 0: never. */
  event_loop_delay_ms: number;
  /** Resident memory of the process at which new requests are turned away, MB (503); 0: never. */
  resident_mb: number;
}

export const DEFAULT_LIMITS: Readonly<Limits> = Object.freeze({
  body_bytes: 64 * 1024 * 1024,
  requests_per_min: 600,
  starts_per_min: 60,
  agents: 1_000_000,
  agent_steps: 5e10,
  seeds: 1000,
  prepare_s: 60,
  run_s: 3600,
  memory_mb: 2048,
  queued_runs: 200,
  kept_runs: 50,
  event_streams: 200,
  event_loop_delay_ms: 2000,
  resident_mb: 0,
});
