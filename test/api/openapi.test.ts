import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ORDER, postJson, serveFakes, type TestServer, untilOver } from "./fakes.js";

let server: TestServer;
beforeEach(async () => {
  server = await serveFakes();
});
afterEach(() => server.close());

interface Operation {
  summary?: string;
  requestBody?: unknown;
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}
const read = async (): Promise<Document> => (await fetch(`${server.url}/openapi.json`)).json() as Promise<Document>;

describe("the description of the API", () => {
  it("is valid OpenAPI 3.1", async () => {
    const document = await read();
    expect(document.openapi).toMatch(/^3\.1\./);
    const validator = new Validator();
    // The validator takes any parsed document.
    const result = await validator.validate(document as unknown as Record<string, unknown>);
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  it("is refused by the same validator when it is spoilt", async () => {
    const document = { ...(await read()), info: { title: "no version" } };
    expect((await new Validator().validate(document as unknown as Record<string, unknown>)).valid).toBe(false);
  });

  it("has only schemas that a strict JSON Schema 2020-12 validator takes, as OpenAPI 3.1 demands", async () => {
    const ajv = new Ajv2020({ strict: "log", formats: { "date-time": true }, logger: false });
    const { paths } = await read();
    let count = 0;
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        for (const [status, answer] of Object.entries(operation.responses)) {
          for (const { schema } of Object.values(answer.content ?? {})) {
            expect(() => ajv.compile(schema), `${method} ${path} ${status}`).not.toThrow();
            count++;
          }
        }
      }
    }
    expect(count).toBeGreaterThan(50);
  });

  it("names every route with a summary, its answers and its problems", async () => {
    const { paths } = await read();
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(listed.sort()).toEqual(
      [
        "DELETE /v1/runs/{id}",
        "GET /healthz",
        "GET /v1/errors",
        "GET /v1/errors/{code}",
        "GET /v1/runs",
        "GET /v1/runs/{id}",
        "GET /v1/runs/{id}/charts",
        "GET /v1/runs/{id}/charts/{file}",
        "GET /v1/runs/{id}/events",
        "GET /v1/runs/{id}/fire",
        "GET /v1/runs/{id}/fire-records",
        "GET /v1/runs/{id}/report",
        "GET /v1/runs/{id}/risk-map",
        "GET /v1/runs/{id}/scenario",
        "GET /v1/runs/{id}/summary",
        "GET /v1/runs/{id}/trajectory",
        "GET /v1/runs/{id}/warnings",
        "GET /v1/schema/scenario",
        "POST /v1/layouts/check",
        "POST /v1/runs",
        "POST /v1/runs/{id}/cancel",
      ].sort(),
    );
    for (const [path, methods] of Object.entries(paths)) {
      for (const operation of Object.values(methods)) {
        expect(operation.summary, path).toBeTruthy();
        if (path === "/healthz") continue;
        expect(Object.keys(operation.responses["429"]?.content ?? {}), path).toEqual(["application/problem+json"]);
      }
    }
    expect(Object.keys(paths["/v1/runs"]?.post?.responses ?? {})).toEqual(
      expect.arrayContaining(["202", "400", "413", "415", "422", "503"]),
    );
  });

  it("describes the answers that the server gives", async () => {
    const { paths } = await read();
    const ajv = new Ajv2020({ strict: false, formats: { "date-time": true } });
    const fits = (path: string, method: string, status: number, type: string, value: unknown): void => {
      const schema = paths[path]?.[method]?.responses[status]?.content?.[type]?.schema;
      expect(schema, `${method} ${path} ${status}`).toBeDefined();
      const check = ajv.compile(schema ?? {});
      check(value);
      expect(check.errors, `${method} ${path} ${status}`).toBeNull();
    };
    const started = await (await postJson(`${server.url}/v1/runs`, { ...ORDER, seeds: "1..2" })).json();
    fits("/v1/runs", "post", 202, "application/json", started);
    const view = await untilOver(server.url, (started as { id: string }).id);
    fits("/v1/runs/{id}", "get", 200, "application/json", view);
    fits("/v1/runs", "get", 200, "application/json", await (await fetch(`${server.url}/v1/runs`)).json());
    fits(
      "/v1/runs/{id}/charts",
      "get",
      200,
      "application/json",
      await (await fetch(`${server.url}/v1/runs/${view.id}/charts`)).json(),
    );
    const check = await fetch(`${server.url}/v1/layouts/check`, {
      method: "POST",
      body: "POLYGON",
      headers: { "content-type": "text/plain" },
    });
    fits("/v1/layouts/check", "post", 200, "application/json", await check.json());
    fits("/healthz", "get", 200, "application/json", await (await fetch(`${server.url}/healthz`)).json());
    const missing = await (await fetch(`${server.url}/v1/runs/none`)).json();
    fits("/v1/runs/{id}", "get", 404, "application/problem+json", missing);
  });

  it("can be browsed: the page and all it loads come from this server under its policy", async () => {
    const page = await fetch(`${server.url}/docs`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toContain("text/html");
    const policy = page.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|https:|upgrade-insecure-requests|\*/);
    const html = await page.text();
    const linked = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(linked.length).toBeGreaterThan(3);
    for (const link of linked) {
      const url = new URL(link, page.url.endsWith("/") ? page.url : `${page.url}/`);
      expect(url.origin).toBe(server.url);
      expect((await fetch(url)).status, link).toBe(200);
    }
    expect(html).not.toMatch(/<script>(?!\s*<\/script>)|<style>/);
  });

  it("publishes the schema of scenarios", async () => {
    const answer = await fetch(`${server.url}/v1/schema/scenario`);
    expect(answer.headers.get("content-type")).toContain("application/schema+json");
    const schema = (await answer.json()) as { properties: object };
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(["people", "warnings", "seed"]));
    new Ajv2020({ strict: false }).compile(schema);
  });
});
