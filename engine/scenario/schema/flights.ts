/** File form of `flights`: steps of stairs, belts of escalators. */
import Type from "typebox";
import { BELT_SPEED, CAPACITY, RISER, TREAD } from "../limits.js";
import { CLOSED, names, number } from "./keys.js";

export const flightSchema = Type.Object(
  {
    at: names({ description: "stairs or escalators of the layout, by name or id" }),
    tread_m: Type.Optional(number(TREAD, { description: "depth of a step; with riser_m", "x-unit": "m" })),
    riser_m: Type.Optional(
      number(RISER, {
        description:
          "height of a step; speeds on stairs are those of steps of 0.279 x 0.178 m and change by the root of tread over riser",
        "x-unit": "m",
        "x-source": "SFPE Handbook: k = 51.8 √(tread / riser) m/min (second-hand)",
      }),
    ),
    speed_m_s: Type.Optional(
      number(BELT_SPEED, {
        description:
          "speed of an escalator's belt along its slope; without it an escalator stands still and is walked like stairs",
        "x-unit": "m/s",
        "x-source": "EN 115-1: 0.5, 0.65 and 0.75 (unverified)",
      }),
    ),
    running: Type.Optional(
      Type.Enum(["up", "down"], { description: "direction of an escalator; default: that of the layout, if it gives one" }),
    ),
    standing_share: Type.Optional(
      number(
        { minimum: 0, maximum: 1 },
        { description: "share of the people who stand on the belt; the others walk", default: 1 },
      ),
    ),
    capacity_per_h: Type.Optional(
      number(CAPACITY, {
        description:
          "most people an hour onto the belt; default: 6000, 7300 and 8200 for each metre of width at 0.5, 0.65 and 0.75 m/s, straight between",
        "x-unit": "persons/h",
        "x-source": "EN 115-1, practical capacity (unverified)",
      }),
    ),
  },
  { ...CLOSED, description: "what stairs and escalators are like; what the layout says about the same key is replaced" },
);

export type FlightFile = Type.Static<typeof flightSchema>;
