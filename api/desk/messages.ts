/** What crosses from the server's thread to a desk thread and back. Plain data; a World's arrays lie in shared memory. */
import type { ErrorCode, Problem } from "../../engine/errors.js";
import type { LayoutCheck, Order, Prepared } from "../runs/records.js";

/** Bounds that the desk checks before it compiles anything. */
export interface SizeLimits {
  agents: number;
  agent_steps: number;
  seeds: number;
}

export type DeskTask = { kind: "check"; layout: Order["layout"] } | { kind: "prepare"; order: Order; limits: SizeLimits };

export type DeskAnswer =
  | { kind: "check"; check: LayoutCheck }
  | { kind: "prepare"; prepared: Prepared }
  /** A fault of the input: an Error would lose its code and problems on the way. */
  | { kind: "fault"; code: ErrorCode; problems: readonly Problem[] };
