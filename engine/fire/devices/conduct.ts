/** Heat through a target: a plate heated on both faces or a cylinder heated all round, one-dimensional and implicit in time. */

/** Nodes through a plate or along a radius; they lie closer at a heated face. */
export const NODES = 31;

export interface Body {
  /** From the front to the back of a plate, from the axis to the surface of a cylinder, m. */
  readonly place_m: Float64Array;
  readonly temperature_K: Float64Array;
  /** Heat capacity of each node and conductance to the next, per area of the heated face: J/(m2 K), W/(m2 K). */
  readonly capacity: Float64Array;
  readonly conductance: Float64Array;
  readonly cylinder: boolean;
}

export interface BodyMaterial {
  readonly conductivity_W_mK: number;
  readonly density_kg_m3: number;
  readonly specificHeat_J_kgK: number;
}

/** @param thickness_m of a plate; diameter of a cylinder */
export function createBody(material: BodyMaterial, thickness_m: number, cylinder: boolean, temperature_K: number): Body {
  const place_m = cylinder ? radii(thickness_m / 2) : depths(thickness_m);
  const capacity = new Float64Array(NODES);
  const conductance = new Float64Array(NODES);
  const heat = material.density_kg_m3 * material.specificHeat_J_kgK;
  const outer = place_m[NODES - 1]!;
  for (let k = 0; k < NODES; k++) {
    const from = k === 0 ? place_m[0]! : (place_m[k - 1]! + place_m[k]!) / 2;
    const to = k === NODES - 1 ? outer : (place_m[k]! + place_m[k + 1]!) / 2;
    // Ring of a cylinder per area of its surface: (to^2 - from^2) / (2 R).
    capacity[k] = heat * (cylinder ? (to * to - from * from) / (2 * outer) : to - from);
    if (k < NODES - 1)
      conductance[k] = (material.conductivity_W_mK / (place_m[k + 1]! - place_m[k]!)) * (cylinder ? to / outer : 1);
  }
  return { place_m, temperature_K: new Float64Array(NODES).fill(temperature_K), capacity, conductance, cylinder };
}

/** Bunched cubically towards both faces, so that a thick body keeps the steep profile below its surface. */
function depths(thickness: number): Float64Array {
  return Float64Array.from({ length: NODES }, (_, k) => {
    const s = k / (NODES - 1);
    return thickness * (s <= 0.5 ? 4 * s * s * s : 1 - 4 * (1 - s) * (1 - s) * (1 - s));
  });
}

/** Bunched towards the surface. */
const radii = (radius: number): Float64Array =>
  Float64Array.from({ length: NODES }, (_, k) => {
    const s = 1 - k / (NODES - 1);
    return radius * (1 - s * s * s);
  });

const lower = new Float64Array(NODES);
const right = new Float64Array(NODES);

/**
 * One implicit step. A face takes `flux - slope (T - T at the start)`: fluxes fall as it warms, which keeps thin bodies from overshooting.
 * @param front flux into the front of a plate (unused for a cylinder), W/m2, and its slope, W/(m2 K)
 * @param back flux into the back of a plate or the surface of a cylinder, and its slope
 */
export function conduct(body: Body, step_s: number, front: readonly [number, number], back: readonly [number, number]): void {
  const { temperature_K, capacity, conductance } = body;
  const last = NODES - 1;
  // Thomas' algorithm; `lower[k]` is what couples node k to node k + 1.
  let before = 0;
  for (let k = 0; k <= last; k++) {
    const inner = k === 0 ? 0 : conductance[k - 1]!;
    const outer = k === last ? 0 : conductance[k]!;
    const kept = capacity[k]! / step_s;
    let diagonal = kept + inner + outer;
    let known = kept * temperature_K[k]!;
    if (k === 0 && !body.cylinder) {
      diagonal += front[1];
      known += front[0] + front[1] * temperature_K[0]!;
    }
    if (k === last) {
      diagonal += back[1];
      known += back[0] + back[1] * temperature_K[last]!;
    }
    const pivot = 1 / (diagonal - inner * before);
    before = outer * pivot;
    lower[k] = before;
    right[k] = (known + (k === 0 ? 0 : inner * right[k - 1]!)) * pivot;
  }
  temperature_K[last] = right[last]!;
  for (let k = last - 1; k >= 0; k--) temperature_K[k] = right[k]! + lower[k]! * temperature_K[k + 1]!;
}

export const frontOf = ({ temperature_K, cylinder }: Body): number => temperature_K[cylinder ? NODES - 1 : 0]!;
export const backOf = ({ temperature_K }: Body): number => temperature_K[NODES - 1]!;

/** Temperature at a depth below the front, or below the surface of a cylinder, linear between nodes. */
export function temperatureAt({ place_m, temperature_K, cylinder }: Body, depth_m: number): number {
  const x = cylinder ? Math.abs(place_m[NODES - 1]! - depth_m) : depth_m;
  if (x <= place_m[0]!) return temperature_K[0]!;
  for (let k = 1; k < NODES; k++) {
    if (x > place_m[k]!) continue;
    const share = (x - place_m[k - 1]!) / (place_m[k]! - place_m[k - 1]!);
    return temperature_K[k - 1]! + share * (temperature_K[k]! - temperature_K[k - 1]!);
  }
  return temperature_K[NODES - 1]!;
}
