/** File form of `fire.smoke_from`: smoke that another program has calculated, and where it lies in the plan. */
import Type from "typebox";
import { TIME_OF_RUN } from "../limits.js";
import { CLOSED, nullable, number, point, text } from "./keys.js";

const room = Type.Object(
  {
    compartment: text({ description: "name of a compartment of CFAST" }),
    unit: text({ description: "the unit of the layout that it is, by id or name" }),
  },
  { ...CLOSED, description: "which unit a compartment is" },
);

export const smokeFromSchema = Type.Object(
  {
    format: Type.Enum(["fds", "cfast"], { description: "whose output it is" }),
    file: text(
      {
        description:
          "the .smv file of FDS or the _compartments.csv of CFAST, relative to the scenario file; what belongs to it lies beside it",
      },
      1000,
    ),
    start_s: Type.Optional(
      number(TIME_OF_RUN, {
        description: "time of the run that is time 0 of the file; clean air before",
        default: 0,
        "x-unit": "s",
      }),
    ),
    at: Type.Optional(
      nullable(point({ description: "a point in the coordinates of the layout file" }), {
        description:
          "FDS: where its origin (0, 0) lies in the coordinates of the layout file; null: FDS has the same coordinates, of a plan in degrees its local zero is that origin",
        default: null,
      }),
    ),
    height_m: Type.Optional(
      number(
        { minimum: -10_000, maximum: 10_000 },
        { description: "FDS: height of its z = 0 above the layout's elevation 0", default: 0, "x-unit": "m" },
      ),
    ),
    turn_deg: Type.Optional(
      number(
        { minimum: -360, maximum: 360 },
        {
          description: "FDS: angle from the layout's x axis (east) to that of FDS, counterclockwise",
          default: 0,
          "x-unit": "deg",
        },
      ),
    ),
    visibility_factor: Type.Optional(
      number(
        { minimum: 1, maximum: 20 },
        {
          description: "FDS: VISIBILITY_FACTOR of the run, with which SOOT VISIBILITY becomes extinction",
          default: 3,
          "x-source": "FDS User's Guide",
        },
      ),
    ),
    rooms: Type.Optional(
      Type.Array(room, {
        maxItems: 10_000,
        default: [],
        description: "CFAST: units of compartments; others by the same id or name",
      }),
    ),
  },
  { ...CLOSED, description: "smoke calculated by another program" },
);
