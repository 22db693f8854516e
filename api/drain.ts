/** Ends all connections on closing: those that carry an answer get a little time, silent ones none. */
import type { Server } from "node:http";

/** Time that answers under way have to end when the server closes, ms. */
const LAST_ANSWERS_MS = 3000;
const LOOK_EVERY_MS = 20;

/**
 * Counts answers under way. The result, called when the server begins to close, ends every connection once the last answer is out,
 * at the latest after 3 s. Needed since Node does not count a connection that has never asked for anything as idle, and clients
 * open such ones in advance; closing would wait for them.
 */
export function drainOnClose(server: Server): () => void {
  let answering = 0;
  server.on("request", (_request, answer) => {
    answering++;
    answer.once("close", () => answering--);
  });
  return () => {
    const begun = Date.now();
    const timer = setInterval(() => {
      if (answering > 0 && Date.now() - begun < LAST_ANSWERS_MS) return;
      clearInterval(timer);
      server.closeAllConnections();
    }, LOOK_EVERY_MS);
  };
}
