/** Starts the server of `muster serve` and ends it in order. */
import type { AddressInfo } from "node:net";
import { MusterError } from "../engine/errors.js";
import { createServer, type ServerOptions } from "./server.js";

export interface RunningServer {
  /** Address it answers at, e.g. http://127.0.0.1:8080. */
  url: string;
  /** Ends streams, runs and threads, removes the files. */
  close(): Promise<void>;
  /** Settles when the server has closed, by `close` or by a signal. */
  closed: Promise<void>;
}

export interface StartOptions extends ServerOptions {
  /** 0: a free one is picked. Default 8080. */
  port?: number;
  /** true: SIGTERM and SIGINT close the server; a second one ends the process at once with 130. Default false. */
  signals?: boolean;
}

/** Faults of listening that the user can mend, by Node's code. */
const LISTEN_FAULTS: Record<string, string> = {
  EADDRINUSE: "is in use by another program",
  EACCES: "may not be used by this user",
  EADDRNOTAVAIL: "is no address of this machine",
  ENOTFOUND: "is not known",
};

/** Throws REQUEST_INVALID for a missing or weak token, or an address that cannot be listened at. */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  const { host = "127.0.0.1", port = 8080, signals = false } = options;
  const app = await createServer({ ...options, host });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const fault = LISTEN_FAULTS[code];
    if (fault) throw new MusterError("REQUEST_INVALID", [{ place: `${host} port ${port}`, message: fault, value: port }]);
    throw error;
  }
  // A server bound to TCP has an address with a port.
  const bound = app.server.address() as AddressInfo;
  const shown = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;

  let asked = false;
  let settle: () => void = () => {};
  const closed = new Promise<void>((resolve) => {
    settle = resolve;
  });
  const close = async (): Promise<void> => {
    await app.close();
    process.off("SIGTERM", onSignal);
    process.off("SIGINT", onSignal);
    settle();
  };
  const onSignal = (): void => {
    if (asked) process.exit(130);
    asked = true;
    void close();
  };
  if (signals) {
    process.on("SIGTERM", onSignal);
    process.on("SIGINT", onSignal);
  }
  return { url: `http://${shown}:${bound.port}`, close, closed };
}
