/** `muster serve` as a process (compiled by `npm run build`). */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const muster = fileURLToPath(new URL("../../dist/cli/muster.js", import.meta.url));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs the command; `until` is called with the output so far and may end it by a signal. */
function run(args: string[], env: Record<string, string> = {}, until?: (out: string, stop: () => void) => void): Promise<Ended> {
  const { MUSTER_TOKEN: _, ...clean } = process.env;
  const child = spawn(process.execPath, [muster, "serve", ...args], { env: { ...clean, ...env } });
  const ended: Ended = { code: null, out: "", err: "" };
  child.stdout.on("data", (data) => {
    ended.out += String(data);
    until?.(ended.out, () => child.kill("SIGTERM"));
  });
  child.stderr.on("data", (data) => {
    ended.err += String(data);
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...ended, code })));
}

describe("muster serve", () => {
  it("answers at the address it prints and ends with 0 on SIGTERM", async () => {
    let status = 0;
    let asked = false;
    const ended = await run(["--port", "0", "--workers", "1"], {}, (out, stop) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0];
      if (!url || asked) return;
      asked = true;
      void fetch(`${url}/healthz`).then((answer) => {
        status = answer.status;
        stop();
      });
    });
    expect(ended).toMatchObject({ code: 0, err: "" });
    expect(status).toBe(200);
  });

  it("takes the token from the environment", async () => {
    const seen: number[] = [];
    let asked = false;
    const ended = await run(["--port", "0"], { MUSTER_TOKEN: "correct-horse-battery" }, (out, stop) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0];
      if (!url || asked) return;
      asked = true;
      const get = (headers: Record<string, string>) =>
        fetch(`${url}/v1/runs`, { headers }).then((answer) => seen.push(answer.status));
      void get({})
        .then(() => get({ authorization: "Bearer correct-horse-battery" }))
        .then(stop);
    });
    expect(ended.code).toBe(0);
    expect(ended.out).not.toContain("correct-horse");
    expect(seen).toEqual([401, 200]);
  });

  it("ends with 2 and says why: no token, a weak one, a port in use, bad numbers", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const port = typeof address === "object" && address ? String(address.port) : "";
    const cases: [string[], RegExp][] = [
      [["--host", "0.0.0.0", "--port", "0"], /token is required/],
      [["--token", "short", "--port", "0"], /16 characters/],
      [["--port", port], /in use/],
      [["--host", "192.0.2.1", "--token", "long-enough-for-a-test"], /no address of this machine/],
      [["--port", "99999"], /from 0 to 65535/],
      [["--workers", "0"], /from 1 to 256/],
      [["--keep", "x"], /whole number/],
      [["--nothing"], /unknown option/],
    ];
    for (const [args, text] of cases) {
      const { code, err } = await run(args);
      expect(code, `${args.join(" ")}: ${err}`).toBe(2);
      expect(err).toMatch(text);
      expect(err).not.toMatch(/\bat .*\.js:\d/);
    }
    taken.close();
  });
});
