import type { Zones } from "./zones.js";

const PRESSURE_RANGE = 500;
const TEMPERATURE_RANGE = 1500;

export interface Watch {
  readonly warnings: { time_s: number; message: string }[];
  /** Looks at the state after a step. */
  look(time: number): void;
}

/** Says once, with its time, what leaves the range the model is meant for. */
export function createWatch(z: Zones): Watch {
  const warnings: { time_s: number; message: string }[] = [];
  const said = new Uint8Array(z.count * 2);
  const name = (i: number): string => z.building.compartments[i]!.id;
  for (const fire of z.building.fires)
    if (sealed(z, fire.compartment))
      warnings.push({
        time_s: 0,
        message: `${name(fire.compartment)} has a fire and no opening and no leakage: pressures are those of a sealed vessel`,
      });
  const look = (time: number): void => {
    for (let i = 0; i < z.count; i++) {
      const p = z.rooms.pressure[i]!;
      const hot = z.layers.temperature[2 * i]!;
      if (Math.abs(p) > PRESSURE_RANGE && !said[2 * i]) {
        said[2 * i] = 1;
        warnings.push({
          time_s: time,
          message: `${name(i)}: pressure ${p.toFixed(0)} Pa beyond ${PRESSURE_RANGE} Pa: windows and doors would give way, the model keeps them`,
        });
      }
      if (hot > TEMPERATURE_RANGE && !said[2 * i + 1]) {
        said[2 * i + 1] = 1;
        warnings.push({
          time_s: time,
          message: `${name(i)}: ${hot.toFixed(0)} K is beyond the range of the model (${TEMPERATURE_RANGE} K)`,
        });
      }
    }
  };
  return { warnings, look };
}

/** No wall vent, ceiling or floor vent, fan or leak, open or shut. */
function sealed(z: Zones, room: number): boolean {
  for (let v = 0; v < z.vents.wallCount; v++) if (z.vents.from[v] === room || z.vents.to[v] === room) return false;
  return !(
    z.building.horizontalVents.some((h) => h.above === room || h.below === room) ||
    z.building.fans.some((f) => f.from === room || f.to === room)
  );
}
