/** Faults of `fire` that only the layout shows: places, units without a ceiling, doors that are none, fires that do not fit. */
import type { Problem } from "../../errors.js";
import type { Layout, Unit } from "../../layout/layout.js";
import { suggestion } from "../nearest.js";
import { lookUp } from "../places.js";
import type { Scenario } from "../scenario.js";
import type { FireScenario, Spot } from "./fire.js";
import { doubleItems, fixturesNamed, placedItems } from "./items.js";
import { locate } from "./locate.js";

export function checkFire(scenario: Scenario, layout: Layout): Problem[] {
  const { fire } = scenario;
  if (!fire) return [];
  return [
    ...fire.fires.flatMap((entry, k) => checkBurning(scenario, layout, entry, `fire.fires[${k}]`)),
    ...fire.items.flatMap(({ of = [] }, k) =>
      of.flatMap((name) => {
        const known = layout.fixtures.flatMap(({ id, name: title, category }) => [id, title, category]);
        if (fixturesNamed(layout, name).length > 0) return [];
        return [
          {
            place: `fire.items[${k}].of`,
            message: `no fixture has the id, name or category "${name}"${suggestion(name, known)}`,
            value: name,
          },
        ];
      }),
    ),
    ...doubleItems(layout, fire.items).map(({ fixture, entry, other }) => ({
      place: `fire.items[${entry}].of`,
      message: `names fixture "${fixture}", as does fire.items[${other}]`,
      value: fixture,
    })),
    ...placedItems(layout, fire.items).flatMap((item) => checkBurning(scenario, layout, item, `fire.items[${item.entry}]`)),
    ...fire.detectors.flatMap((entry, k) => checkCeiling(scenario, layout, entry, `fire.detectors[${k}]`)),
    ...fire.sprinklers.flatMap((entry, k) => checkCeiling(scenario, layout, entry, `fire.sprinklers[${k}]`)),
    ...checkSurfaces(fire, layout),
    ...checkDoors(scenario, fire, layout),
    ...checkVents(fire, layout),
    ...checkFamiliar(scenario, fire),
    ...fire.air.flatMap(({ in: name }, k) => {
      if (name === "all") return [];
      const found = lookUp(scenario, layout, name);
      const place = `fire.air[${k}].in`;
      if ("problem" in found) return [{ place, message: found.problem, value: name }];
      return found.place.kind === "area"
        ? []
        : [{ place, message: `"${name}" is no area: name a unit, section or place`, value: name }];
    }),
  ];
}

function checkFamiliar({ people }: Scenario, fire: FireScenario): Problem[] {
  const groups = people.map(({ name }) => name);
  return fire.people.familiar.flatMap((name, k) =>
    groups.includes(name)
      ? []
      : [
          {
            place: `fire.people.familiar[${k}]`,
            message: `there is no group "${name}"${suggestion(name, groups)}`,
            value: name,
          },
        ],
  );
}

function checkBurning(scenario: Scenario, layout: Layout, entry: Spot & { height_m: number }, place: string): Problem[] {
  const found = locate(scenario, layout, entry);
  if ("problem" in found) return [{ place: `${place}.at`, message: found.problem }];
  const { ceilingHeight, id } = found.unit;
  if (ceilingHeight === null || entry.height_m < ceilingHeight) return [];
  return [
    {
      place: `${place}.height_m`,
      message: `is ${entry.height_m} m, must be below the ceiling of unit "${id}" at ${ceilingHeight} m`,
      value: entry.height_m,
      limit: ceilingHeight,
      level: found.level,
    },
  ];
}

function checkCeiling(scenario: Scenario, layout: Layout, entry: Spot & { below_ceiling_m: number }, place: string): Problem[] {
  const found = locate(scenario, layout, entry);
  if ("problem" in found) return [{ place: `${place}.at`, message: found.problem }];
  const { ceilingHeight, id } = found.unit;
  if (ceilingHeight === null)
    return [{ place: `${place}.at`, message: `unit "${id}" has no ceiling to hang from`, level: found.level }];
  if (entry.below_ceiling_m < ceilingHeight) return [];
  return [
    {
      place: `${place}.below_ceiling_m`,
      message: `is ${entry.below_ceiling_m} m, more than the height of unit "${id}", ${ceilingHeight} m`,
      value: entry.below_ceiling_m,
      limit: ceilingHeight,
    },
  ];
}

function checkSurfaces(fire: FireScenario, layout: Layout): Problem[] {
  const known = [...new Set(layout.units.flatMap(({ id, name, category }) => [id, name, category]))];
  return fire.surfaces.flatMap(({ of }, k) =>
    of.flatMap((name) =>
      known.includes(name)
        ? []
        : [
            {
              place: `fire.surfaces[${k}].of`,
              message: `no unit has the id, name or category "${name}"${suggestion(name, known)}`,
              value: name,
            },
          ],
    ),
  );
}

function checkDoors(scenario: Scenario, fire: FireScenario, layout: Layout): Problem[] {
  const seen = new Map<string, number>();
  return fire.doors.flatMap(({ at }, k) =>
    at.flatMap((name): Problem[] => {
      const place = `fire.doors[${k}].at`;
      const found = lookUp(scenario, layout, name);
      if ("problem" in found) return [{ place, message: found.problem, value: name }];
      if (found.place.kind !== "opening") return [{ place, message: `"${name}" is no opening`, value: name }];
      const { id } = found.place.opening;
      const other = seen.get(id);
      seen.set(id, k);
      return other === undefined || other === k
        ? []
        : [{ place, message: `names "${name}", as does fire.doors[${other}]`, value: name }];
    }),
  );
}

/** The unit of this id or name. */
export const unitNamed = (layout: Pick<Layout, "units">, name: string): Unit | undefined =>
  layout.units.find(({ id }) => id === name) ?? layout.units.find((unit) => unit.name === name);

function checkVents(fire: FireScenario, layout: Layout): Problem[] {
  const inUnit = (name: string, place: string, top: number | undefined): Problem[] => {
    const unit = unitNamed(layout, name);
    const known = layout.units.flatMap(({ id, name: title }) => [id, title]);
    if (!unit) return [{ place: `${place}.in`, message: `there is no unit "${name}"${suggestion(name, known)}`, value: name }];
    const { ceilingHeight } = unit;
    if (ceilingHeight === null) return [{ place: `${place}.in`, message: `unit "${name}" lies under the open sky`, value: name }];
    if (top === undefined || top <= ceilingHeight) return [];
    return [
      { place, message: `reaches up to ${top} m, unit "${name}" is ${ceilingHeight} m high`, value: top, limit: ceilingHeight },
    ];
  };
  return [
    ...fire.vents.flatMap((vent, k) =>
      inUnit(vent.in, `fire.vents[${k}]`, vent.kind === "window" ? vent.sill_m + vent.height_m : undefined),
    ),
    ...fire.fans.flatMap((fan, k) => inUnit(fan.in, `fire.fans[${k}]`, fan.height_m)),
  ];
}
