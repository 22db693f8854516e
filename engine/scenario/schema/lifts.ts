/** File form of `lifts`: which lifts of the layout run, and how. */
import Type from "typebox";
import { LIFT } from "../limits.js";
import { CLOSED, names, number, whole } from "./keys.js";

const unverified = "a small passenger lift; unverified";

export const liftSchema = Type.Object(
  {
    at: names({ description: "lifts of the layout: relationships of category elevator" }),
    for: Type.Optional(
      Type.Enum(["all", "step-free"], {
        description: "who uses them: everybody to whom it is the quickest way, or only people who use no stairs",
        default: "all",
      }),
    ),
    capacity: Type.Optional(
      whole(
        { minimum: 1, maximum: 100 },
        {
          description: "persons in the car",
          default: LIFT.capacity,
          "x-source": "630 kg at 75 kg each, EN 81-20 (unverified)",
          "x-unit": "persons",
        },
      ),
    ),
    speed_m_s: Type.Optional(
      number(
        { minimum: 0.1, maximum: 20 },
        { description: "largest speed of the car", default: LIFT.speed, "x-unit": "m/s", "x-source": unverified },
      ),
    ),
    acceleration_m_s2: Type.Optional(
      number(
        { minimum: 0.1, maximum: 3 },
        { description: "acceleration and deceleration", default: LIFT.acceleration, "x-unit": "m/s2", "x-source": unverified },
      ),
    ),
    door_open_s: Type.Optional(
      number(
        { minimum: 0, maximum: 60 },
        { description: "time in which the doors open", default: LIFT.doorOpen, "x-unit": "s", "x-source": unverified },
      ),
    ),
    door_close_s: Type.Optional(
      number(
        { minimum: 0, maximum: 60 },
        { description: "time in which the doors close", default: LIFT.doorClose, "x-unit": "s", "x-source": unverified },
      ),
    ),
    dwell_s: Type.Optional(
      number(
        { minimum: 0, maximum: 600 },
        {
          description: "least time for which the doors stay open; longer while people get out or in",
          default: LIFT.dwell,
          "x-unit": "s",
          "x-source": unverified,
        },
      ),
    ),
  },
  {
    ...CLOSED,
    description: "lifts that run; what is not said here the layout says, else the default. Lifts that are not named stand still",
  },
);

export type LiftFile = Type.Static<typeof liftSchema>;
