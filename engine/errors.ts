/**
 * One table of all errors: code, what it means, HTTP status, exit code of the command line.
 * Text of a problem = what, where (id, coordinates, level), value, limit.
 */
export const ERRORS = {
  LAYOUT_INVALID: { title: "The layout has faults", status: 422, exit: 2 },
  SCENARIO_INVALID: { title: "The scenario has faults", status: 422, exit: 2 },
  FIRE_MODEL_INVALID: { title: "The fire model has faults", status: 422, exit: 2 },
  TRAJECTORY_INVALID: { title: "The trajectory has faults", status: 422, exit: 2 },
  FIELD_INVALID: { title: "The smoke field has faults", status: 422, exit: 2 },
  INPUT_UNREADABLE: { title: "The input cannot be read", status: 400, exit: 2 },
  INPUT_TOO_LARGE: { title: "The input is larger than the limit", status: 413, exit: 2 },
  REQUEST_INVALID: { title: "The request has faults", status: 400, exit: 2 },
  NOT_FOUND: { title: "There is no such thing", status: 404, exit: 2 },
  UNAUTHORIZED: { title: "A valid token is required", status: 401, exit: 2 },
  FORBIDDEN: { title: "This sender is not allowed", status: 403, exit: 2 },
  METHOD_NOT_ALLOWED: { title: "This method does not exist here", status: 405, exit: 2 },
  UNSUPPORTED_MEDIA: { title: "This content type is not understood", status: 415, exit: 2 },
  CONFLICT: { title: "The state does not allow this", status: 409, exit: 2 },
  RANGE_INVALID: { title: "The file has no such part", status: 416, exit: 2 },
  TOO_MANY_REQUESTS: { title: "Too many requests", status: 429, exit: 1 },
  RUN_FAILED: { title: "The run failed", status: 500, exit: 1 },
  WORKER_DIED: { title: "The worker of this run died", status: 500, exit: 1 },
  RUN_TIMEOUT: { title: "The run took longer than the limit", status: 500, exit: 1 },
  CANCELLED: { title: "The run was cancelled", status: 409, exit: 1 },
  OUTPUT_FAILED: { title: "The result cannot be written", status: 500, exit: 1 },
  OVERLOADED: { title: "The server is busy", status: 503, exit: 1 },
  INTERNAL: { title: "A fault of Muster itself", status: 500, exit: 1 },
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** One fault of an input, said so that its owner can mend it. */
export interface Problem {
  /** Where: id of a feature or path in the file, with coordinates and level where they exist. */
  place: string;
  /** What is wrong, one sentence, with the value and the limit. */
  message: string;
  value?: number | string;
  limit?: number | string;
  /** Level id, where the place has one. */
  level?: string;
  /** Local metres [x, y] or, for files in lon/lat, degrees as in the file. */
  at?: readonly [number, number];
}

/** The only error class that leaves the engine; `problems` holds every fault of the input, not just the first. */
export class MusterError extends Error {
  readonly code: ErrorCode;
  readonly problems: readonly Problem[];

  constructor(code: ErrorCode, problems: readonly Problem[] | string) {
    const list = typeof problems === "string" ? [{ place: "", message: problems }] : problems;
    super(list.map((p) => (p.place ? `${p.place}: ${p.message}` : p.message)).join("\n"));
    this.name = "MusterError";
    this.code = code;
    this.problems = list;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get exit(): number {
    return ERRORS[this.code].exit;
  }
}
