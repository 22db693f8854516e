/** Inputs read by the real desk threads (compiled by `npm run build`), over HTTP; nothing is run here. */
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EXAMPLE_ORDER } from "../../api/example.js";
import { fakePool, postJson, serve, type TestServer } from "./fakes.js";

let server: TestServer;
beforeAll(async () => {
  server = await serve({ pool: fakePool(() => ({ steps: 1, end: "report" })), limits: { starts_per_min: 1000 } });
});
afterAll(() => server.close());

const check = (body: string | Uint8Array, type: string, url = server.url) =>
  fetch(`${url}/v1/layouts/check`, { method: "POST", body, headers: { "content-type": type } });
const geojson = (value: unknown, url?: string) => check(JSON.stringify(value), "application/geo+json", url);
const order = (change: object) => postJson(`${server.url}/v1/runs`, { ...EXAMPLE_ORDER, ...change });
const scenario = (change: object) => order({ scenario: { ...EXAMPLE_ORDER.scenario, ...change } });

interface Problems {
  code: string;
  problems: { place: string; message: string }[];
}
const problemOf = async (answer: Response): Promise<Problems> => (await answer.json()) as Problems;

describe("layouts and scenarios, read in threads", () => {
  it("checks GeoJSON and WKT", async () => {
    const answer = await geojson(EXAMPLE_ORDER.layout);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      valid: true,
      name: "Hall",
      format: "geojson",
      extent_m: [12, 8],
      area_m2: 96,
      levels: [{ id: "ground", area_m2: 96, capacity: 192 }],
      openings: [{ id: "door", width_m: 2, exit: true }],
      parts: [{}],
    });
    const wkt = await check("POLYGON ((0 0, 20 0, 20 10, 0 10, 0 0), (5 5, 5 6, 6 6, 6 5, 5 5))", "text/plain");
    expect(wkt.status).toBe(200);
    expect(await wkt.json()).toMatchObject({ format: "wkt", area_m2: 199 });
  });

  it("checks and takes IMDF archives", async () => {
    const lonlat = (ring: readonly (readonly number[])[]) => ring.map(([x = 0, y = 0]) => [11.5 + x * 1.35e-5, 48.1 + y * 9e-6]);
    const features = EXAMPLE_ORDER.layout.features.map((feature) => {
      const { geometry } = feature as { geometry: { type: string; coordinates: never } | null };
      const turned =
        geometry?.type === "Polygon" ? (geometry.coordinates as number[][][]).map(lonlat) : lonlat(geometry?.coordinates ?? []);
      return { ...feature, geometry: geometry && { type: geometry.type, coordinates: turned } };
    });
    const kinds = ["level", "unit", "opening"];
    const file = (kind: string) =>
      strToU8(JSON.stringify({ type: "FeatureCollection", features: features.filter((one) => one.feature_type === kind) }));
    const archive = zipSync(Object.fromEntries(kinds.map((kind) => [`${kind}.geojson`, file(kind)])));
    const answer = await check(archive, "application/zip");
    expect(answer.status, await answer.clone().text()).toBe(200);
    const { format, area_m2 } = (await answer.json()) as { format: string; area_m2: number };
    expect(format).toBe("imdf");
    expect(area_m2).toBeGreaterThan(90);
    const started = await order({ layout: { imdf_base64: Buffer.from(archive).toString("base64") } });
    expect(started.status, await started.clone().text()).toBe(202);
  });

  it("names every fault of a layout with its place", async () => {
    const layout = structuredClone(EXAMPLE_ORDER.layout) as { features: { id: string; geometry: unknown }[] };
    layout.features[1]!.geometry = {
      type: "Polygon",
      coordinates: [
        [
          [0, 0],
          [10, 8],
          [10, 0],
          [0, 8],
          [0, 0],
        ],
      ],
    };
    layout.features.push({ ...layout.features[2]!, id: "door" });
    const answer = await geojson(layout);
    expect(answer.status).toBe(422);
    const { code, problems } = await problemOf(answer);
    expect(code).toBe("LAYOUT_INVALID");
    expect(problems.length).toBeGreaterThanOrEqual(2);
    expect(problems.map(({ place }) => place).join()).toMatch(/hall/);
    expect(problems.map(({ message }) => message).join()).toMatch(/5(\.0+)?, 4/);
  });

  it("refuses what cannot be read, with one clear answer each", async () => {
    const hall = JSON.stringify(EXAMPLE_ORDER.layout);
    const cases: [string, Promise<Response>][] = [
      ["truncated JSON", check(hall.slice(0, -20), "application/geo+json")],
      ["bytes that are no zip", check(new Uint8Array(1000).fill(7), "application/zip")],
      ["binary as JSON", check(new Uint8Array([0xff, 0xfe, 0x00]), "application/json")],
      ["infinite coordinates", check(hall.replace("[12,8]", "[1e999,8]"), "application/geo+json")],
      ["nested too deeply", check(`${"[".repeat(200_000)}${"]".repeat(200_000)}`, "application/geo+json")],
      ["text that is no WKT", check("HELLO WORLD", "text/plain")],
    ];
    for (const [name, asked] of cases) {
      const answer = await asked;
      expect([400, 413, 422], name).toContain(answer.status);
      const { problems } = await problemOf(answer);
      expect(problems.length, name).toBeGreaterThan(0);
      expect(JSON.stringify(problems), name).not.toMatch(/\.[jt]s:\d|node_modules/);
    }
  });

  it("tells faults of layout and scenario together", async () => {
    const { code, problems } = await problemOf(
      await order({ layout: "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))", scenario: { people: [{ name: "a", count: -3 }], sed: 1 } }),
    );
    expect(code).toBe("LAYOUT_INVALID");
    const places = problems.map(({ place }) => place).join(" ");
    expect(places).toMatch(/count/);
    expect(places).toMatch(/sed/);
  });

  it("refuses scenarios that do not fit the layout, and names what cannot be reached", async () => {
    const lost = await problemOf(
      await scenario({ people: [{ ...EXAMPLE_ORDER.scenario.people[0], start: { in: ["Cellar"] } }] }),
    );
    expect(lost).toMatchObject({ code: "SCENARIO_INVALID" });
    expect(lost.problems.map(({ message }) => message).join()).toMatch(/Cellar/);
    const split = "MULTIPOLYGON (((0 0, 5 0, 5 8, 0 8, 0 0)), ((7 0, 12 0, 12 8, 7 8, 7 0)))";
    const places = [
      {
        name: "West",
        polygon: [
          [1, 1],
          [4, 1],
          [4, 4],
          [1, 4],
        ],
      },
      {
        name: "East",
        polygon: [
          [8, 1],
          [9, 1],
          [9, 4],
          [8, 4],
        ],
        exit: true,
      },
    ];
    const people = [
      { name: "guests", count: 4, start: { in: ["West"] }, population: "adults", journey: [{ leave: { by: ["East"] } }] },
    ];
    const apart = await order({ layout: split, scenario: { muster: 1, duration_min: 1, places, people } });
    expect(apart.status).toBe(422);
    const { problems } = await problemOf(apart);
    expect(problems.map(({ place, message }) => `${place} ${message}`).join()).toMatch(/guests.*West.*East/);
  });

  it("takes files that the scenario names from the order, and nothing from the disk", async () => {
    const people = [
      {
        name: "guests",
        count: 10,
        arrivals: { at: ["Door"], profile: "./arrivals.csv" },
        population: "adults",
        journey: [{ leave: { by: ["Door"] } }],
      },
    ];
    const missing = await scenario({ people });
    expect(missing.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(await problemOf(missing))).toContain("arrivals.csv");
    const outside = await scenario({ people: [{ ...people[0], arrivals: { at: ["Door"], profile: "/etc/passwd" } }] });
    expect(JSON.stringify(await problemOf(outside))).not.toContain("root:");
  });

  it("refuses a YAML alias bomb and too many people, steps and seeds before anything is run", async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghij"
      .split("")
      .map((key, i) => `${key}: &${key} [${Array(9).fill(`*${"abcdefghi"[i]}`).join(",")}]`)
      .join("\n")}`;
    const begun = Date.now();
    expect([400, 413, 422]).toContain((await order({ scenario: bomb })).status);
    expect(Date.now() - begun).toBeLessThan(5000);
    const many = await scenario({ people: [{ ...EXAMPLE_ORDER.scenario.people[0], count: 10_000_000 }] });
    expect([413, 422]).toContain(many.status);
    expect(JSON.stringify(await problemOf(many))).toMatch(/10000000|10,000,000/);
    const small = await serve({ pool: fakePool(() => ({ steps: 1, end: "report" })), limits: { agent_steps: 479_999 } });
    const heavy = await postJson(`${small.url}/v1/runs`, EXAMPLE_ORDER);
    await small.close();
    expect(heavy.status).toBe(413);
    expect((await problemOf(heavy)).problems).toMatchObject([{ place: "order", value: 480_000, limit: 479_999 }]);
  });

  it("ends a reader over its time or memory, answers others meanwhile, and reads on", async () => {
    const ring = Array.from({ length: 30_000 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 30_000;
      return [100 * Math.cos(angle), 100 * Math.sin(angle)];
    });
    const layout = structuredClone(EXAMPLE_ORDER.layout) as { features: { geometry: unknown }[] };
    const unit = { ...layout.features[1]!, geometry: { type: "Polygon", coordinates: [[...ring, ring[0]]] } };
    layout.features = Array.from({ length: 15 }, () => unit);
    const pool = () => fakePool(() => ({ steps: 1, end: "report" }));
    const hasty = await serve({ pool: pool(), limits: { prepare_s: 0.05 } });
    const slow = geojson(layout, hasty.url);
    const begun = Date.now();
    expect((await fetch(`${hasty.url}/healthz`)).status).toBe(200);
    expect(Date.now() - begun).toBeLessThan(1000);
    const late = await slow;
    expect(late.status).toBe(413);
    expect((await problemOf(late)).problems[0]?.message).toContain("0.05 s");
    await hasty.close();

    const tight = await serve({ pool: pool(), limits: { memory_mb: 16 } });
    const full = await geojson(layout, tight.url);
    expect(full.status).toBe(413);
    expect((await problemOf(full)).problems[0]?.message).toContain("16 MB");
    await tight.close();
    expect((await geojson(EXAMPLE_ORDER.layout)).status).toBe(200);
  });
});
