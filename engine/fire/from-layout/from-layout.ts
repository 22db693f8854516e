/** Layout and scenario → the building that the zone model calculates, and how its parts belong to the plan. */
import type { Layout } from "../../layout/layout.js";
import type { FireScenario } from "../../scenario/fire/fire.js";
import { placedItems } from "../../scenario/fire/items.js";
import type { Scenario } from "../../scenario/scenario.js";
import type { Fire, FireBuilding } from "../zone/building.js";
import { OUTSIDE } from "../zone/building.js";
import { type Compartments, compartmentsOf, materialList } from "./compartments.js";
import { doorsOf, type SmokeDoor } from "./doors.js";
import { devicesOf, fireOf, found, KELVIN } from "./fires.js";

export interface LayoutFire {
  readonly building: FireBuilding;
  readonly compartments: Compartments;
  readonly doors: readonly SmokeDoor[];
  /** Fires of the building by design fire and by placed item; -1 where it burns under the open sky. */
  readonly fires: readonly number[];
  readonly items: readonly number[];
  /** What the plan asks for and the zone model cannot have. */
  readonly notices: readonly string[];
}

/** A fire under the open sky is none of the zone model's. */
export function fireFromLayout(layout: Layout, scenario: Scenario & { fire: FireScenario }): LayoutFire {
  const { fire } = scenario;
  const compartments = compartmentsOf(layout, fire);
  const { vents, doors, notices } = doorsOf(layout, fire, compartments);
  const devices = devicesOf(scenario, layout, fire, compartments);
  const burning: Fire[] = [];
  const place = (spot: Parameters<typeof found>[2], make: (at: ReturnType<typeof found>) => Fire): number => {
    const at = found(scenario, layout, spot);
    return compartments.of(at.unit.id) === OUTSIDE ? -1 : burning.push(make(at)) - 1;
  };
  const fires = fire.fires.map((entry) =>
    place(entry, (at) => fireOf(entry.name, entry, at, compartments, { by: "time", time_s: entry.start_s })),
  );
  const items = placedItems(layout, fire.items).map((entry) =>
    place(entry, (at) => fireOf(entry.name, entry, at, compartments, { by: "outside" })),
  );
  const { inside_C, outside_C, pressure_Pa, relative_humidity } = fire.ambient;
  return {
    building: {
      ambient: {
        pressure_Pa,
        interiorTemperature_K: inside_C + KELVIN,
        exteriorTemperature_K: outside_C + KELVIN,
        relativeHumidity: relative_humidity,
      },
      materials: materialList(),
      compartments: compartments.list,
      wallVents: [...vents, ...devices.vents],
      horizontalVents: devices.roofs,
      fans: devices.fans,
      fires: burning,
      targets: [],
      detectors: devices.detectors,
      heatPaths: [],
    },
    compartments,
    doors,
    fires,
    items,
    notices,
  };
}
