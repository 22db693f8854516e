/** Air that a scenario tells instead of a model (`fire.air`): constant in an area from one time to another, clean elsewhere. */
import { inPolygons } from "../../geometry/polygon.js";
import type { Layout, Polygon } from "../../layout/layout.js";
import type { GivenAir } from "../../scenario/fire/fire.js";
import { findPlace } from "../../scenario/places.js";
import type { Scenario } from "../../scenario/scenario.js";
import { AIR_QUANTITIES, type Air, ambientAir, type SmokeField, setAir } from "./field.js";

interface Part {
  readonly air: Air;
  readonly from_s: number;
  readonly to_s: number;
  /** Indices of sheets and outlines; null: everywhere. */
  readonly where: { readonly sheets: readonly number[]; readonly polygons: readonly Polygon[] } | null;
}

/** The same at every height. Where parts overlap, the later one of the list holds; at `to_s` a part is over. */
export function givenAirField(layout: Layout, scenario: Pick<Scenario, "places">, given: readonly GivenAir[]): SmokeField {
  const parts = given.map((entry) => partOf(layout, scenario, entry)).reverse();
  const clean = ambientAir();
  return {
    name: "given air",
    knows: AIR_QUANTITIES,
    firstTime_s: 0,
    lastTime_s: Infinity,
    sample: (time, sheet, x, y, _height, into) => {
      const part = parts.find((one) => time >= one.from_s && time < one.to_s && isIn(one, sheet, x, y));
      setAir(into, part?.air ?? clean);
      return part !== undefined;
    },
  };
}

const isIn = ({ where }: Part, sheet: number, x: number, y: number): boolean =>
  where === null || (where.sheets.includes(sheet) && inPolygons(where.polygons, x, y));

function partOf(layout: Layout, scenario: Pick<Scenario, "places">, entry: GivenAir): Part {
  const air: Air = {
    temperature_K: entry.temperature_C + 273.15,
    extinction_1_m: entry.extinction_1_m,
    oxygen: entry.o2_pct / 100,
    carbonDioxide: entry.co2_pct / 100,
    carbonMonoxide: entry.co_ppm / 1e6,
    hydrogenCyanide: entry.hcn_ppm / 1e6,
    hydrogenChloride: entry.hcl_ppm / 1e6,
    radiantFlux_W_m2: 1000 * entry.radiant_kW_m2,
  };
  return {
    air,
    from_s: entry.from_s,
    to_s: entry.to_s ?? Infinity,
    where: entry.in === "all" ? null : areaOf(layout, scenario, entry.in),
  };
}

/** Sheets and outlines of a named area; `checkFire` has found that it is one. */
function areaOf(layout: Layout, scenario: Pick<Scenario, "places">, name: string): Part["where"] {
  const place = findPlace(scenario, layout, name);
  if (place.kind !== "area") return { sheets: [], polygons: [] };
  const unit = layout.units.find(({ id }) => id === name) ?? layout.units.find((one) => one.name === name);
  const flight = [...layout.connections, ...layout.lifts].find((one) => one.id === name || one.unit === unit?.id);
  const sheets = layout.sheets.flatMap((sheet, s) =>
    (flight ? sheet.connection === flight.id : sheet.kind === "floor" && sheet.level === place.level) ? [s] : [],
  );
  return { sheets, polygons: place.polygons };
}
