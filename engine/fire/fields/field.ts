/**
 * Air at a place and time, and the one interface through which people meet smoke: zone results, FDS slices, CFAST tables and plumes
 * over squares all give a SmokeField. Fields only hand out what they hold; what air does to people is engine/fire/tenability.
 */

/** What the air is like at one place and time. A plain object that is filled again and again, so that sampling allocates nothing. */
export interface Air {
  /** Gas temperature, K. */
  temperature_K: number;
  /** Light extinction coefficient of smoke, 1/m (natural logarithm). */
  extinction_1_m: number;
  /** Mole (= volume) fractions, 0 to 1. */
  oxygen: number;
  carbonDioxide: number;
  carbonMonoxide: number;
  hydrogenCyanide: number;
  hydrogenChloride: number;
  /** Radiant flux that reaches a person beyond what surfaces at ambient temperature send, W/m2. */
  radiantFlux_W_m2: number;
}

export type AirQuantity = keyof Air;

export const AIR_QUANTITIES: readonly AirQuantity[] = [
  "temperature_K",
  "extinction_1_m",
  "oxygen",
  "carbonDioxide",
  "carbonMonoxide",
  "hydrogenCyanide",
  "hydrogenChloride",
  "radiantFlux_W_m2",
];

export interface SmokeField {
  /** Said in reports and errors: "FDS nightclub.smv", "zone model". */
  readonly name: string;
  /**
   * What this field knows; the rest of `into` is ambient. A dose of a gas that no field knows is not zero but unknown: whoever
   * reports doses names what is missing here.
   */
  readonly knows: readonly AirQuantity[];
  /** First and last time with data, s. Before the first the air is ambient, after the last it stays as it was then. */
  readonly firstTime_s: number;
  readonly lastTime_s: number;
  /**
   * Writes all of `into`: the air at (x, y) metres on sheet `sheet` (index into `layout.sheets`), `height_m` above that sheet's floor.
   * Linear in time between frames. Returns false where the field does not reach; `into` is then ambient.
   */
  sample(time_s: number, sheet: number, x_m: number, y_m: number, height_m: number, into: Air): boolean;
}

/**
 * Clean air: oxygen of dry air (U.S. Standard Atmosphere 1976, table 3: 0.209476), carbon dioxide 0.0004, no smoke, no radiation.
 * `temperature_K` 293.15 unless told.
 */
export function ambientAir(temperature_K = 293.15): Air {
  return {
    temperature_K,
    extinction_1_m: 0,
    oxygen: 0.209476,
    carbonDioxide: 0.0004,
    carbonMonoxide: 0,
    hydrogenCyanide: 0,
    hydrogenChloride: 0,
    radiantFlux_W_m2: 0,
  };
}

export function setAir(into: Air, from: Readonly<Air>): void {
  into.temperature_K = from.temperature_K;
  into.extinction_1_m = from.extinction_1_m;
  into.oxygen = from.oxygen;
  into.carbonDioxide = from.carbonDioxide;
  into.carbonMonoxide = from.carbonMonoxide;
  into.hydrogenCyanide = from.hydrogenCyanide;
  into.hydrogenChloride = from.hydrogenChloride;
  into.radiantFlux_W_m2 = from.radiantFlux_W_m2;
}

/** `into` = (1 - share) a + share b, quantity by quantity; `into` may be a or b. */
export function mixAir(into: Air, a: Readonly<Air>, b: Readonly<Air>, share: number): void {
  const rest = 1 - share;
  into.temperature_K = rest * a.temperature_K + share * b.temperature_K;
  into.extinction_1_m = rest * a.extinction_1_m + share * b.extinction_1_m;
  into.oxygen = rest * a.oxygen + share * b.oxygen;
  into.carbonDioxide = rest * a.carbonDioxide + share * b.carbonDioxide;
  into.carbonMonoxide = rest * a.carbonMonoxide + share * b.carbonMonoxide;
  into.hydrogenCyanide = rest * a.hydrogenCyanide + share * b.hydrogenCyanide;
  into.hydrogenChloride = rest * a.hydrogenChloride + share * b.hydrogenChloride;
  into.radiantFlux_W_m2 = rest * a.radiantFlux_W_m2 + share * b.radiantFlux_W_m2;
}

/** Air that is `ambient` everywhere: what a run without fire breathes. */
export function ambientField(ambient: Readonly<Air> = ambientAir()): SmokeField {
  return {
    name: "ambient air",
    knows: [],
    firstTime_s: 0,
    lastTime_s: Infinity,
    sample: (_time, _sheet, _x, _y, _height, into) => {
      setAir(into, ambient);
      return false;
    },
  };
}
