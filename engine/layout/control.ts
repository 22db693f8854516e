/** What a plan says about passing an opening beyond its geometry. */
import type { Faults } from "./faults.js";
import type { OpeningControl } from "./layout.js";
import type { MusterProperties } from "./properties.js";
import type { RawFeature } from "./raw.js";
import { levelOf } from "./shapes.js";

/** Prescribed flow, direction and turnstile of an opening; keys that need another one are faults without it. */
export function readControl(feature: RawFeature, muster: MusterProperties, faults: Faults): { control?: OpeningControl } {
  const number = (key: string): number | undefined => muster.number(key) ?? undefined;
  const greatestSpecificFlow = number("greatest_specific_flow");
  const boundaryLayer = number("boundary_layer_m");
  const way = muster.text("one_way");
  const lanes = number("turnstile_lanes");
  const service = number("turnstile_service_s");
  const fail = (message: string): void => faults.add({ place: feature.place, message, level: levelOf(feature) ?? "" });
  if (boundaryLayer !== undefined && greatestSpecificFlow === undefined)
    fail("muster.boundary_layer_m belongs to muster.greatest_specific_flow, which is missing");
  if ((lanes === undefined) !== (service === undefined))
    fail("muster.turnstile_lanes and muster.turnstile_service_s belong together, one is missing");
  if (lanes !== undefined && !Number.isInteger(lanes)) fail(`muster.turnstile_lanes is ${lanes}; must be a whole number`);
  if (way !== undefined && (muster.text("direction") ?? "both") !== "both")
    fail("has muster.direction and muster.one_way, needs one of them");
  const control: OpeningControl = {
    ...(greatestSpecificFlow === undefined ? {} : { greatestSpecificFlow }),
    ...(boundaryLayer === undefined ? {} : { boundaryLayer }),
    ...(way === "in" || way === "out" ? { oneWay: way } : {}),
    ...(lanes === undefined || service === undefined ? {} : { turnstile: { lanes, service } }),
  };
  return Object.keys(control).length > 0 ? { control } : {};
}
