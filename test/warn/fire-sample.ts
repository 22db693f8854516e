/** Runs with fire by hand: a hall that fills with smoke, a lobby that stays clear, people who leave in time or not. */
import type { Layout } from "../../engine/layout/layout.js";
import { createRecorder } from "../../engine/measure/recorder.js";
import type { Departure } from "../../engine/run/records.js";
import { readScenario } from "../../engine/scenario/read.js";
import type { Scenario } from "../../engine/scenario/scenario.js";
import { fireWarnings } from "../../engine/warn/fire/fire-warnings.js";
import type { RunReport } from "../../engine/warn/report.js";
import { fieldOf, infoOf, play, twoRooms } from "../measure/fire/sample.js";
import { frameOf, resultOf, type Someone } from "../measure/sample.js";

export const burningHall = (more: Record<string, unknown> = {}): { layout: Layout; scenario: Scenario } => ({
  layout: twoRooms(),
  scenario: readScenario({
    name: "hall.json",
    text: JSON.stringify({
      muster: 1,
      name: "Hall fire",
      layout: "rooms.geojson",
      duration_s: 600,
      output_every_s: 1,
      people: [{ name: "all", count: 100, start: { in: ["hall"] }, journey: [{ leave: { by: ["exit"] } }] }],
      fire: { air: [{ in: "hall", extinction_1_m: 1, from_s: 100 }] },
      ...more,
    }),
    files: () => "",
  }),
});

export interface Told {
  seed: number;
  /** When the hall fills with smoke, s; null: never. */
  smoke_s: number | null;
  /** When the last of the 20 has left the hall, s; null: they stay. They need 10 s more through the lobby. */
  out_s: number | null;
  end_s?: number;
  more?: Parameters<typeof play>[0]["result"];
}

/** 20 people in the hall, one of whom leaves each second at the end. */
export function fireRun({ seed, smoke_s, out_s, end_s = 300, more = {} }: Told, of = burningHall()): RunReport {
  const { layout, scenario } = of;
  const leaves = (id: number): number => (out_s === null ? Number.POSITIVE_INFINITY : out_s - 19 + id);
  const people = (time: number): Someone[] =>
    Array.from({ length: 20 }, (_, id): Someone => {
      const x = time < leaves(id) ? 5 : 25;
      return { id, x, y: 1 + 0.4 * id };
    }).filter(({ id }) => time < leaves(id) + 10);
  const departures = (time: number): Departure[] =>
    Array.from({ length: 20 }, (_, id) => id)
      .filter((id) => leaves(id) + 10 === time)
      .map((id) => ({ id, time, exit: 0, x: 30, y: 5, sheet: 0, group: 0 }));
  const field = fieldOf((air, time, x) => {
    if (smoke_s !== null && time >= smoke_s && x < 20) {
      air.extinction_1_m = 1;
      air.carbonMonoxide = 2e-3;
      air.temperature_K = 350;
    }
  });
  const burning = { layout, field, people, departures, end_s, fire: { ignition_s: 20, source: "zone model" } };
  const { measures: fire, maps: fireMaps } = play({ ...burning, hrr_W: (time) => 1e4 * time, result: more });
  const info = infoOf(layout);
  const recorder = createRecorder({ layout, scenario, info });
  for (let time = 0; time <= end_s; time++)
    recorder.frame(frameOf(time, time, people(time), { departures: departures(time), asked: 20 }));
  const inside = people(end_s).length;
  const result = resultOf(end_s, { asked: 20, left: 20 - inside, inside, status: inside === 0 ? "finished" : "time-limit" });
  const { measures, maps } = recorder.finish(result);
  return {
    seed,
    result,
    measures,
    maps,
    fire: { measures: fire, maps: fireMaps },
    warnings: fireWarnings({ scenario, measures: fire }),
  };
}
