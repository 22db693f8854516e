import fc from "fast-check";
import { gzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { MusterError } from "../../engine/errors.js";
import type { BuildOptions } from "../../engine/trajectory/build.js";
import { parseNumber } from "../../engine/trajectory/numbers.js";
import { readTrajectoryText } from "../../engine/trajectory/read.js";
import { framesBetween, rowsOfFrame } from "../../engine/trajectory/trajectory.js";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, options: Partial<BuildOptions> = {}) => readTrajectoryText(bytes(text), { name: "file", ...options });
function problemsOf(text: string, options: Partial<BuildOptions> = {}): string[] {
  try {
    read(text, options);
  } catch (error) {
    if (error instanceof MusterError) return error.problems.map(({ place, message }) => `${place}: ${message}`);
    throw error;
  }
  return [];
}

describe("numbers from bytes", () => {
  it("are the nearest doubles, as the language reads them", () => {
    const text = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.tuple(fc.integer(), fc.nat(999_999_999)).map(([a, b]) => `${a}.${b}`),
      fc.integer().map((n) => `+${Math.abs(n)}`),
      fc.constantFrom("0", "-0", ".5", "5.", "1e3", "-1.5E-7", "00012.50"),
    );
    fc.assert(
      fc.property(text, (number) => {
        const data = bytes(`x${number},`);
        // -0 and 0 are one place.
        expect(parseNumber(data, 1, data.length - 1) + 0).toBe(Number(number) + 0);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["", "-", ".", "1.2.3", "abc", "1e", "0x10", "NaN", "Infinity", "1,5", "--1"])("%j is none", (text) => {
    expect(parseNumber(bytes(text), 0, text.length)).toBeNaN();
  });
});

describe("text of PedPy and the Jülich archive", () => {
  it("takes frame rate, unit and order of columns from comments", () => {
    const { trajectory } = read("# framerate: 25.00 fps\n# id frame x/cm y/cm z/cm\n1 0 100 -50 176\n1 1 104.5 -50 176\n");
    expect(trajectory).toMatchObject({ frameRate: 25, rows: 2 });
    expect([...trajectory.x, ...trajectory.y]).toEqual([1, 1.045, -0.5, -0.5]);
    const turned = read("# framerate: 10\n# frame id y/m x/m\n7 3 2 1\n").trajectory;
    expect([turned.id[0], turned.frame[0], turned.x[0], turned.y[0]]).toEqual([3, 7, 1, 2]);
  });

  it("needs what the file does not say, and refuses what it says otherwise; all at once", () => {
    expect(problemsOf("1 0 1 1\n")).toEqual([
      "file: states no unit of lengths; say whether it is m or cm (--unit)",
      "file: states no frame rate; say how many frames make a second (--fps)",
    ]);
    expect(problemsOf("# framerate: 16\n# id frame x/cm y/cm\n1 0 1 1\n", { frameRate: 25, unit: "m" })).toEqual([
      "file: states cm as unit of lengths, asked for is m",
      "file: states 16 frames per second, asked for are 25",
    ]);
    expect(read("\t1   0  1.0 2.0   \r\n", { frameRate: 16, unit: "m" }).trajectory.y[0]).toBe(2);
  });

  it("tells every bad line with its number", () => {
    const text = "# framerate: 10\n# id frame x/m y/m\n1 0 1 1\n1 one 1 1\n1 2\n\n1 3 nan 1\n1.5 4 1 1\n";
    expect(problemsOf(text)).toEqual([
      'file, line 4: frame is "one", no number',
      "file, line 5: has 2 columns, needs 4",
      'file, line 7: x is "nan", no number',
    ]);
    expect(problemsOf("# framerate: 10\n# id frame x/m y/m\n1.5 4 1 1\n1 0.5 1 1\n1 1 1e9 1\n")).toEqual([
      "file, line 3: id 1.5 is no whole number below 2^31",
      "file, line 4: frame 0.5 is no whole number",
      "file, line 5: x 1000000000 m is beyond 10000000 m",
    ]);
    const many = `# framerate: 10\n# id frame x/m y/m\n${"1 x 1 1\n".repeat(80)}`;
    expect(problemsOf(many)).toHaveLength(51);
    expect(problemsOf(many)[50]).toContain("and 30 more");
  });

  it("names both rows where a person is in a frame twice", () => {
    expect(problemsOf("# framerate: 10\n# id frame x/m y/m\n1 0 1 1\n2 0 1 1\n1 0 1 2\n")).toEqual([
      "file, line 5: person 1 is in frame 0 twice, first at file, line 3",
    ]);
  });

  it("says when floors lie above each other, and takes one of them", () => {
    const text = "# framerate: 10\n# id frame x/cm y/cm z/cm\n1 0 100 100 0\n2 0 100 100 400\n";
    expect(read(text).notices.join()).toContain("heights from 0.00 to 4.00 m: people on floors above each other");
    const upper = read(text, { heights: [3.5, 4.5] });
    expect([[...upper.trajectory.persons], upper.notices]).toEqual([[2], []]);
    expect(problemsOf(text, { heights: [7, 8] })).toEqual(["text: has no rows on this level or between these heights"]);
    // Heights of heads are no floors, and old files have none.
    expect(read(text.replace("400", "180").replace(" 0\n", " 150\n")).notices).toEqual([]);
    expect(read("# framerate: 10\n# id frame x/cm y/cm z/cm\n1 0 100 100\n").trajectory.rows).toBe(1);
  });

  it.each(["", "\n\n", "# framerate: 10\n"])("has no rows in %j", (text) => {
    expect(problemsOf(text, { frameRate: 10, unit: "m" })).not.toEqual([]);
  });

  it("refuses what is no text, and a packed file that is cut off", () => {
    expect(() => readTrajectoryText(new Uint8Array([1, 0, 2, 3]), { name: "file" })).toThrow("is no text");
    const packed = gzipSync(bytes("# framerate: 10\n# id frame x/m y/m\n1 0 1 1\n"));
    expect(readTrajectoryText(packed, { name: "file" }).trajectory.rows).toBe(1);
    expect(() => readTrajectoryText(packed.subarray(0, packed.length - 12), { name: "file" })).toThrow("damaged gzip");
  });
});

describe("CSV", () => {
  it.each([
    ["ID,Frame,x,y,v_x,v_y\n21,1010,0.5,-0.1,0,0\n", { frameRate: 25 }],
    ["pedID;time;posX;posY\n21;40.4;0.5;-0.1\n21;40.44;0.6;-0.1\n", {}],
    ['"t","id","name","x","y"\n"s","","","m","m"\n40.4,21,"a, b",0.5,-0.1\n40.44,21,"a",0.6,-0.1\n', {}],
    ["# frame_rate: 25\nframe, person_id , x [m], y [m]\n1010, 21, 0.5, -0.1\n", {}],
  ])("columns by name: %j", (text, options) => {
    const { trajectory } = read(text, options);
    expect([trajectory.id[0], trajectory.frame[0], trajectory.x[0], trajectory.y[0]]).toEqual([21, 1010, 0.5, -0.1]);
    expect(trajectory.frameRate).toBe(25);
  });

  it("says which columns are missing, and that metres are assumed", () => {
    expect(problemsOf("a,b,c\n1,2,3\n")).toEqual([
      "file, line 1: has the columns a, b, c; needed are id, frame or time, x and y",
    ]);
    expect(read("id,frame,x,y\n1,0,1,1\n", { frameRate: 10 }).notices).toEqual(["file states no unit of lengths: taken as m"]);
  });

  it("takes one level, and asks for it", () => {
    const text = "id,frame,x,y,level\n1,0,1,1,ground\n2,0,1,1,first\n";
    expect(problemsOf(text, { frameRate: 10 })).toEqual(["file: has 2 levels (ground, first); choose one (--level)"]);
    expect([...read(text, { frameRate: 10, level: "first" }).trajectory.persons]).toEqual([2]);
  });

  it("leaves out single times between two frames and tells them; many are a wrong rate", () => {
    const steps = Array.from({ length: 200 }, (_, k) => `1,${k},${k},0`);
    const { trajectory, notices } = read(["id,time,x,y", ...steps, "1,199.4,200,0"].join("\n"));
    expect(trajectory).toMatchObject({ rows: 200, frameRate: 1 });
    expect(notices.join()).toContain("1 rows lie between two frames and are left out, first at file, line 202");
    expect(problemsOf(["id,time,x,y", "1,0,0,0", "1,1,0,0", "1,2.4,0,0"].join("\n"))).toHaveLength(1);
  });
});

describe("rows in any order", () => {
  const row = fc.record({
    id: fc.integer({ min: -5, max: 5 }),
    frame: fc.integer({ min: -20, max: 20 }),
    x: fc.nat(99),
    y: fc.nat(99),
  });
  const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 60, selector: ({ id, frame }) => `${id} ${frame}` });
  it("give the same trajectory, with both indices right", () => {
    fc.assert(
      fc.property(rows, fc.integer(), (list, seed) => {
        const text = (order: typeof list): string =>
          `id,frame,x,y\n${order.map(({ id, frame, x, y }) => `${id},${frame},${x},${y}`).join("\n")}\n`;
        const sorted = [...list].sort((a, b) => a.id - b.id || a.frame - b.frame);
        const turned = [...list].sort((a, b) => ((a.x * 31 + a.y + seed) % 7) - ((b.x * 31 + b.y + seed) % 7));
        const { trajectory } = read(text(turned), { frameRate: 10 });
        expect(
          Array.from(trajectory.id, (id, k) => ({ id, frame: trajectory.frame[k]!, x: trajectory.x[k]!, y: trajectory.y[k]! })),
        ).toEqual(sorted);
        trajectory.persons.forEach((id, p) => {
          for (let k = trajectory.personStart[p]!; k < trajectory.personStart[p + 1]!; k++) expect(trajectory.id[k]).toBe(id);
        });
        for (let frame = -21; frame <= 21; frame++)
          expect(Array.from(rowsOfFrame(trajectory, frame), (k) => trajectory.id[k])).toEqual(
            sorted.filter((r) => r.frame === frame).map(({ id }) => id),
          );
        const part = framesBetween(trajectory, -5, 5);
        expect(part.rows).toBe(list.filter(({ frame }) => Math.abs(frame) <= 5).length);
      }),
    );
  });
});
