/**
 * Named fuels: formula, heat of combustion and yields of well-ventilated burning. A scenario may override every single number. Yields rise
 * when air runs short, CO by a factor of ten and more; the zone model keeps them as given, so a study of a room beyond flashover says its own.
 */

export interface Fuel {
  /** Atoms per molecule of the fuel that the chemistry balances. */
  readonly carbon: number;
  readonly hydrogen: number;
  readonly oxygen: number;
  readonly nitrogen: number;
  readonly chlorine: number;
  readonly heatOfCombustion_kJ_kg: number;
  /** Share of the heat release that leaves the flame as radiation. */
  readonly radiativeFraction: number;
  /** kg per kg of fuel burnt. */
  readonly sootYield: number;
  readonly carbonMonoxideYield: number;
  readonly hydrogenCyanideYield: number;
  readonly source: string;
}

const TEWARSON = "Tewarson, SFPE Handbook, yields of well-ventilated fires";

const plain = (carbon: number, hydrogen: number, oxygen = 0): Pick<Fuel, "carbon" | "hydrogen" | "oxygen"> => ({
  carbon,
  hydrogen,
  oxygen,
});
const none = { nitrogen: 0, chlorine: 0, hydrogenCyanideYield: 0 };

export const FUELS = {
  mixed: {
    ...plain(1, 2, 0.5),
    ...none,
    heatOfCombustion_kJ_kg: 20_000,
    radiativeFraction: 0.35,
    sootYield: 0.07,
    carbonMonoxideYield: 0.04,
    source: "CH2O0.5, design values before flashover of C/VM2 (New Zealand 2013); unverified copy",
  },
  polyurethane: {
    ...plain(1, 1.8, 0.3),
    ...none,
    nitrogen: 0.05,
    heatOfCombustion_kJ_kg: 17_800,
    radiativeFraction: 0.52,
    sootYield: 0.131,
    carbonMonoxideYield: 0.01,
    hydrogenCyanideYield: 0.005,
    source: `flexible foam GM21: ${TEWARSON} (read second-hand in an FDS input); HCN 0.005 from CFAST's example of a foam, unverified`,
  },
  wood: {
    ...plain(1, 1.7, 0.72),
    ...none,
    heatOfCombustion_kJ_kg: 12_400,
    radiativeFraction: 0.37,
    sootYield: 0.015,
    carbonMonoxideYield: 0.004,
    source: `red oak: ${TEWARSON}, unverified`,
  },
  polystyrene: {
    ...plain(1, 1),
    ...none,
    heatOfCombustion_kJ_kg: 27_000,
    radiativeFraction: 0.59,
    sootYield: 0.164,
    carbonMonoxideYield: 0.06,
    source: `${TEWARSON}, unverified`,
  },
  pvc: {
    ...plain(1, 1.5),
    ...none,
    chlorine: 0.5,
    heatOfCombustion_kJ_kg: 5700,
    radiativeFraction: 0.46,
    sootYield: 0.172,
    carbonMonoxideYield: 0.063,
    source: `${TEWARSON}, unverified; the chlorine of the formula leaves as HCl`,
  },
  heptane: {
    ...plain(7, 16),
    ...none,
    heatOfCombustion_kJ_kg: 41_200,
    radiativeFraction: 0.33,
    sootYield: 0.037,
    carbonMonoxideYield: 0.01,
    source: `${TEWARSON}, unverified`,
  },
  propane: {
    ...plain(3, 8),
    ...none,
    heatOfCombustion_kJ_kg: 46_000,
    radiativeFraction: 0.35,
    sootYield: 0.024,
    carbonMonoxideYield: 0.005,
    source: `heat as in CFAST's examples; yields: ${TEWARSON}, unverified`,
  },
  methane: {
    ...plain(1, 4),
    ...none,
    heatOfCombustion_kJ_kg: 50_000,
    radiativeFraction: 0.35,
    sootYield: 0,
    carbonMonoxideYield: 0,
    source: "as in CFAST's examples and the gas burners of Steckler's tests",
  },
} as const satisfies Record<string, Fuel>;

export type FuelName = keyof typeof FUELS;
export const FUEL_NAMES = Object.keys(FUELS) as FuelName[]; // its own keys

/** HRR = alpha t²: the classes of NFPA 72 by the time to 1055 kW (600, 300, 150, 75 s), kW/s2. */
export const GROWTH = { slow: 0.00293, medium: 0.01172, fast: 0.0469, "ultra-fast": 0.1876 } as const;
export type Growth = keyof typeof GROWTH;
export const GROWTHS = Object.keys(GROWTH) as Growth[]; // its own keys
