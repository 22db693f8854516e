import type { Fan } from "./building.js";
import { CP, GAS } from "./constants.js";
import { buoyancy } from "./slabs.js";
import { smoothStep } from "./smooth.js";
import { outer, type Zones } from "./zones.js";

const CUTOFF_BEGIN = 200;
const CUTOFF_END = 300;

/**
 * Share of the upper layer in what a fan draws: the interface passes the grille over its height (side of a square of its area), a tenth
 * of that for grilles in ceilings or floors (NIST TN 1889v1, mechanical ventilation).
 */
export function fanShare(z: Zones, fan: Fan): number {
  const from = outer(fan.from, z.count);
  if (from === z.count) return 0;
  const half = (Math.sqrt(fan.fromArea_m2) / 2) * (fan.fromOrientation === "horizontal" ? 0.1 : 1);
  const low = Math.max(0, fan.fromHeight_m - half);
  const high = Math.min(z.rooms.height[from]!, fan.fromHeight_m + half);
  return 1 - smoothStep(z.rooms.interface[from]!, low, Math.max(high, low + 1e-6));
}

/** Volume flows of the fans at `rooms.nextPressure`, with the cut-off; adds enthalpy and slopes as `wallFlows` does. */
export function fanFlows(z: Zones, residual: Float64Array): void {
  const { vents, rooms, ldl, count } = z;
  z.building.fans.forEach((fan, v) => {
    const full = fan.flow_m3_s * vents.fanOpen[v]!;
    const from = outer(fan.from, count);
    const to = outer(fan.to, count);
    const against =
      rooms.nextPressure[to]! +
      buoyancy(z, to, rooms.floor[to]! + fan.toHeight_m) -
      rooms.nextPressure[from]! -
      buoyancy(z, from, rooms.floor[from]! + fan.fromHeight_m);
    const begin = fan.cutoffBegin_Pa ?? CUTOFF_BEGIN;
    const end = fan.cutoffEnd_Pa ?? CUTOFF_END;
    const share = against <= begin ? 1 : against >= end ? 0 : (end - against) / (end - begin);
    const volume = full * share;
    vents.fanVolume[v] = volume;
    const perVolume = (CP / GAS) * (rooms.ambient[from]! + rooms.pressure[from]!);
    const slope = against > begin && against < end ? (perVolume * full) / (end - begin) : 0;
    if (from < count) {
      residual[ldl.rowOf[from]!]! += perVolume * volume;
      ldl.diagonal[ldl.rowOf[from]!]! += slope;
    }
    if (to < count) {
      residual[ldl.rowOf[to]!]! -= perVolume * volume;
      ldl.diagonal[ldl.rowOf[to]!]! += slope;
    }
    if (vents.fanPair[v]! >= 0) ldl.lower[vents.fanPair[v]!]! -= slope;
  });
}
