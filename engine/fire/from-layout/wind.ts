/** Pressure of the wind on an outer opening. */
import { inPolygons, type Segment } from "../../geometry/polygon.js";
import type { Unit } from "../../layout/layout.js";
import { cosSin } from "../../maths.js";
import type { FireScenario } from "../../scenario/fire/fire.js";

/** Of dry air at 15 °C, kg/m3. */
const AIR = 1.225;
/** Pressure coefficients of walls that face the wind, stand along it and away from it: EN 1991-1-4 table 7.1 for low buildings, zones D, B, E; unverified copy. */
const WINDWARD = 0.7;
const SIDE = -0.8;
const LEE = -0.3;
/** m beside the line of an opening at which it is seen which side is in. */
const BESIDE = 0.05;

/** Pa, positive towards the building; 0 without wind. */
export function windPressure({ wind }: Pick<FireScenario, "wind">, unit: Unit, [a, b]: Segment): number {
  if (!wind || wind.speed_m_s === 0) return 0;
  const length = Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2);
  const nx = (b[1] - a[1]) / length;
  const ny = (a[0] - b[0]) / length;
  const inside = inPolygons(unit.polygons, (a[0] + b[0]) / 2 + BESIDE * nx, (a[1] + b[1]) / 2 + BESIDE * ny);
  const [outX, outY] = inside ? [-nx, -ny] : [nx, ny];
  // Where the wind comes from, clockwise from north.
  const [north, east] = cosSin((wind.from_deg * Math.PI) / 180);
  const facing = outX * east + outY * north;
  const coefficient = facing > 0.5 ? WINDWARD : facing < -0.5 ? LEE : SIDE;
  return (coefficient * AIR * wind.speed_m_s * wind.speed_m_s) / 2;
}
