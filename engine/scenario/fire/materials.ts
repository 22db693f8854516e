/** Named linings of walls, ceilings and floors, and which of them a unit has by its category where a scenario says nothing. */

export interface Material {
  readonly conductivity_W_mK: number;
  readonly density_kg_m3: number;
  readonly specificHeat_J_kgK: number;
  /** Thickness where a scenario gives none, m. */
  readonly thickness_m: number;
  readonly emissivity: number;
  readonly source: string;
}

const CFAST = "CFAST's table of materials, as in its example inputs";
const TABLE = "Drysdale, Introduction to Fire Dynamics, table of thermal properties; unverified";

export const MATERIALS = {
  gypsum: { conductivity_W_mK: 0.16, density_kg_m3: 790, specificHeat_J_kgK: 900, thickness_m: 0.016, emissivity: 0.9, source: CFAST },
  concrete: { conductivity_W_mK: 1.75, density_kg_m3: 2200, specificHeat_J_kgK: 1000, thickness_m: 0.15, emissivity: 0.94, source: CFAST },
  brick: { conductivity_W_mK: 0.69, density_kg_m3: 1600, specificHeat_J_kgK: 840, thickness_m: 0.115, emissivity: 0.9, source: TABLE },
  wood: { conductivity_W_mK: 0.14, density_kg_m3: 640, specificHeat_J_kgK: 2850, thickness_m: 0.02, emissivity: 0.9, source: TABLE },
  "mineral-fibre": { conductivity_W_mK: 0.041, density_kg_m3: 229, specificHeat_J_kgK: 2090, thickness_m: 0.019, emissivity: 0.9, source: TABLE },
  steel: { conductivity_W_mK: 54, density_kg_m3: 7850, specificHeat_J_kgK: 465, thickness_m: 0.0015, emissivity: 0.9, source: CFAST },
  glass: { conductivity_W_mK: 0.76, density_kg_m3: 2700, specificHeat_J_kgK: 840, thickness_m: 0.006, emissivity: 0.9, source: TABLE },
} as const satisfies Record<string, Material>; // biome-ignore format: a table

export type MaterialName = keyof typeof MATERIALS;
/** "adiabatic": takes up no heat. */
export const LININGS = [...(Object.keys(MATERIALS) as MaterialName[]), "adiabatic"] as const; // its own keys
export type Lining = (typeof LININGS)[number];

export interface Linings {
  readonly walls: Lining;
  readonly ceiling: Lining;
  readonly floor: Lining;
}

/** Gypsum board on walls and ceiling over a concrete floor, as in CFAST's examples of buildings. */
const USUAL: Linings = { walls: "gypsum", ceiling: "gypsum", floor: "concrete" };
const BARE: Linings = { walls: "concrete", ceiling: "concrete", floor: "concrete" };

/** By IMDF unit category; stairs, shafts and stores are bare, all others lined. Chosen. */
const BARE_CATEGORIES = ["stairs", "ramp", "escalator", "elevator", "parking", "storage", "serviceyard", "mechanical"];

export const liningsOf = (category: string): Linings => (BARE_CATEGORIES.includes(category) ? BARE : USUAL);
