/** Two rooms and people put where a test wants them, with air that a test makes up. */
import { AIR_QUANTITIES, type Air, ambientAir, type SmokeField, setAir } from "../../../engine/fire/fields/field.js";
import type { ZoneModel } from "../../../engine/fire/zone/zone-model.js";
import type { Layout } from "../../../engine/layout/layout.js";
import { readLayout } from "../../../engine/layout/read.js";
import { createFireRecorder, type DoseRates } from "../../../engine/measure/fire/fire-recorder.js";
import type { FireRow } from "../../../engine/measure/fire/measures.js";
import type { FireInfo } from "../../../engine/run/fire-records.js";
import type { Departure, RunInfo, RunResult } from "../../../engine/run/records.js";
import type { Tenability } from "../../../engine/scenario/fire/fire.js";
import { TENABILITY } from "../../../engine/scenario/fire/resolve.js";
import { frameOf, resultOf, type Someone } from "../sample.js";

const ring = (x0: number, y0: number, x1: number, y1: number) => [
  [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
    [x0, y0],
  ],
];
const feature = (id: string, feature_type: string, geometry: object, properties: object) => ({
  type: "Feature",
  id,
  feature_type,
  geometry,
  properties: { level_id: "ground", name: id, ...properties },
});
const room = (id: string, x0: number, x1: number) =>
  feature(
    id,
    "unit",
    { type: "Polygon", coordinates: ring(x0, 0, x1, 10) },
    { category: "room", muster: { ceiling_m: 3, boundary: "walled" } },
  );

/** "hall" of 20 m × 10 m beside "lobby" of 10 m × 10 m, a door between them, an exit from the lobby. */
export const twoRooms = (): Layout =>
  readLayout({
    name: "rooms.geojson",
    bytes: new TextEncoder().encode(
      JSON.stringify({
        type: "FeatureCollection",
        muster: { version: 1, coordinates: "metres", name: "two rooms" },
        features: [
          {
            type: "Feature",
            id: "ground",
            feature_type: "level",
            geometry: null,
            properties: { ordinal: 0, name: "ground" },
          },
          room("hall", 0, 20),
          room("lobby", 20, 30),
          feature(
            "door",
            "opening",
            {
              type: "LineString",
              coordinates: [
                [20, 4],
                [20, 6],
              ],
            },
            { category: "pedestrian" },
          ),
          feature(
            "exit",
            "opening",
            {
              type: "LineString",
              coordinates: [
                [30, 4],
                [30, 6],
              ],
            },
            { category: "pedestrian.principal" },
          ),
        ],
      }),
    ),
  });

/** CO by ISO 13571 alone: FED 1 at 35,000 ppm min. */
export const RATES: DoseRates = {
  asphyxiant: (air) => (air.carbonMonoxide * 1e6) / 35_000 / 60,
  heat: () => 0,
  irritant: (air) => air.hydrogenChloride * 1000,
};

/** Air that a function makes of time and place. */
export const fieldOf = (change: (air: Air, time: number, x: number) => void): SmokeField => ({
  name: "made up",
  knows: AIR_QUANTITIES,
  firstTime_s: 0,
  lastTime_s: Number.POSITIVE_INFINITY,
  sample: (time, _sheet, x, _y, _height, into) => {
    setAir(into, ambientAir());
    change(into, time, x);
    return true;
  },
});

export interface Staged {
  layout?: Layout;
  field: SmokeField;
  /** Who is where at a time. */
  people: (time: number) => Someone[];
  departures?: (time: number) => Departure[];
  end_s: number;
  fire?: Partial<FireInfo>;
  model?: (time: number) => ZoneModel;
  limits?: Partial<Tenability>;
  rates?: Partial<DoseRates>;
  result?: Partial<RunResult>;
  hrr_W?: (time: number) => number;
}

export const infoOf = (layout: Layout, fire: Partial<FireInfo> = {}): RunInfo & { fire: FireInfo } => ({
  sheets: layout.sheets.map(({ id, name, level }) => ({ id, name, level })),
  exits: [{ name: "exit", width_m: 2 }],
  queues: [],
  groups: ["all"],
  social: null,
  total: 100,
  fire: { source: "made up", knows: AIR_QUANTITIES, ignition_s: 0, fires: ["fire 1"], compartments: [], ...fire },
});

/** Plays a stage second by second. */
export function play(stage: Staged) {
  const layout = stage.layout ?? twoRooms();
  const rows: FireRow[] = [];
  const recorder = createFireRecorder({
    layout,
    info: infoOf(layout, stage.fire),
    limits: { ...TENABILITY, ...stage.limits },
    rates: { ...RATES, ...stage.rates },
    head_m: 1.6,
    every_s: 1,
    onRows: (list) => rows.push(...list.map((row) => ({ ...row }))),
  });
  for (let time = 0; time <= stage.end_s; time++) {
    recorder.fire({
      time,
      field: stage.field,
      model: stage.model?.(time) ?? null,
      status: null,
      hrr_W: [stage.hrr_W?.(time) ?? 0],
      alone: false,
    });
    const departures = stage.departures?.(time) ?? [];
    recorder.frame(frameOf(time, time, stage.people(time), { departures }));
  }
  return { rows, ...recorder.finish(resultOf(stage.end_s, stage.result ?? {})) };
}
