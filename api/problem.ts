/**
 * Every answer that is not a success: application/problem+json (RFC 9457), filled from the one table in engine/errors.ts.
 * Stack traces, paths of this machine and messages of unexpected faults never leave the server; they go to its log.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { ERRORS, type ErrorCode, MusterError, type Problem } from "../engine/errors.js";

export const PROBLEM_TYPE = "application/problem+json";
/** More faults than this are counted, not listed: an answer stays readable and small. */
const MAX_LISTED = 200;

export interface ProblemDocument {
  /** Address of the row in the table of errors. */
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  problems: Problem[];
}

/** The document of one code. `problems`: every fault of the input; at most 200 are listed, the last entry counts the rest. */
export function problemDocument(code: ErrorCode, problems: readonly Problem[]): ProblemDocument {
  const row = ERRORS[code];
  const listed = problems.slice(0, MAX_LISTED);
  if (problems.length > listed.length) listed.push({ place: "", message: `and ${problems.length - listed.length} more` });
  const first = problems[0];
  const said = first ? (first.place ? `${first.place}: ${first.message}` : first.message) : row.title;
  const detail = problems.length > 1 ? `${said} (and ${problems.length - 1} more)` : said;
  return { type: `/v1/errors/${code}`, title: row.title, status: row.status, detail, code, problems: listed };
}

/** Error code of each fault that fastify and its plugins find; what is not named here is INTERNAL. */
const FRAMEWORK_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "INPUT_TOO_LARGE",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "UNSUPPORTED_MEDIA",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "REQUEST_INVALID",
  FST_ERR_CTP_EMPTY_JSON_BODY: "REQUEST_INVALID",
  FST_ERR_CTP_INVALID_JSON_BODY: "REQUEST_INVALID",
  FST_ERR_BAD_URL: "REQUEST_INVALID",
  FST_ERR_MAX_PARAM_LENGTH: "NOT_FOUND",
};

/** Status that fastify, its plugins or Node gave an error of theirs. */
const statusOf = (error: Error): number =>
  "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;

/** Turns anything thrown into its document; null: a fault of ours, whose text must not leave the server. */
export function toProblem(error: unknown): ProblemDocument | null {
  if (error instanceof MusterError) return error.code === "INTERNAL" ? null : problemDocument(error.code, error.problems);
  if (!(error instanceof Error)) return null;
  const code = "code" in error ? FRAMEWORK_CODES[String(error.code)] : undefined;
  if (code) return problemDocument(code, [{ place: "", message: error.message }]);
  // A client that hung up or sent a broken body is reported by Node with a 4xx status and a code of its own.
  const status = statusOf(error);
  if (status === 416)
    return problemDocument("RANGE_INVALID", [{ place: "header range", message: "lies beyond the end of the file" }]);
  if (status >= 400 && status < 500) return problemDocument("REQUEST_INVALID", [{ place: "", message: error.message }]);
  return null;
}

/** Sends a document; `Retry-After` where waiting helps. */
function sendProblem(reply: FastifyReply, document: ProblemDocument): FastifyReply {
  if (document.status === 503 && !reply.hasHeader("retry-after")) reply.header("retry-after", "5");
  if (document.status === 401) reply.header("www-authenticate", 'Bearer realm="muster"');
  return reply.code(document.status).type(PROBLEM_TYPE).header("cache-control", "no-store").send(document);
}

/** The server's error handler: logs unexpected faults with the request's id and answers without their text. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const document = toProblem(error);
  if (document) return sendProblem(reply, document);
  request.log.error({ err: error }, "unexpected fault");
  const message = `unexpected fault; the server's log has it under request ${request.id}`;
  return sendProblem(reply, problemDocument("INTERNAL", [{ place: "", message }]));
}
