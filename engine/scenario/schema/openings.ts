/** File form of `openings`: what a scenario says about passing an opening beyond its geometry. */
import Type from "typebox";
import { BOUNDARY_LAYER, SERVICE, SPECIFIC_FLOW, TURNSTILE_LANES } from "../limits.js";
import { CLOSED, distribution, names, number, text, whole } from "./keys.js";

const turnstile = Type.Object(
  {
    lanes: whole(TURNSTILE_LANES, { description: "people who pass at one time, each in a lane of their own" }),
    service_s: distribution(SERVICE, {
      description: "time from standing at a free lane to being let through; the way up to the lane comes on top",
      "x-unit": "s",
    }),
  },
  { ...CLOSED, description: "everybody who passes, either way, is let through one at a time in each lane" },
);

export const openingSchema = Type.Object(
  {
    at: names({ description: "openings" }),
    greatest_specific_flow: Type.Optional(
      number(SPECIFIC_FLOW, {
        description:
          "prescribed greatest flow over the effective width, both ways together; people who come sooner wait before the opening. Without it the flow is what emerges",
        "x-unit": "persons/(m s)",
        "x-source":
          "1.33: IMO MSC.1/Circ.1533 test 4, NIST TN 1822 5.2, ISO 20414 test 11 (second-hand); experiments give about 1.9",
      }),
    ),
    boundary_layer_m: Type.Optional(
      number(BOUNDARY_LAYER, {
        description: "strip at each side that is not used: effective width = clear width - 2 of it",
        default: 0,
        "x-unit": "m",
        "x-source": "SFPE Handbook: 0.15 at doors (second-hand)",
      }),
    ),
    one_way: Type.Optional(
      Type.Union(
        [
          Type.Enum(["in", "out"], { description: "into the layout or out of it, for openings that lead outside" }),
          Type.Object({ from: text({ description: "unit" }), to: text({ description: "unit" }) }, CLOSED),
        ],
        { description: "people pass in this direction only; for the others it is no way at all" },
      ),
    ),
    turnstile: Type.Optional(turnstile),
  },
  {
    ...CLOSED,
    description: "properties of openings; what the layout says about the same key is replaced",
  },
);

export type OpeningFile = Type.Static<typeof openingSchema>;
