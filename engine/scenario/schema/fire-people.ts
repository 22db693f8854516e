/** `fire.people`: what smoke, heat and gases do to people. Equations and sources: docs/models/tenability.md. */
import Type from "typebox";
import { DOSES, RADIANT_ENDPOINTS, SPEED_LAWS, SUSCEPTIBILITIES } from "../fire/fire.js";
import { HEAD_HEIGHT } from "../fire/limits.js";
import { limit } from "./burning.js";
import { CLOSED, number, text } from "./keys.js";

const flag = (description: string, standard: boolean) => Type.Optional(Type.Boolean({ description, default: standard }));

export const firePeopleSchema = Type.Object(
  {
    speed_law: Type.Optional(
      Type.Enum([...SPEED_LAWS], {
        description:
          "how smoke slows people; linear: 1 - 0.5 K, the hand law of NIST TN 1822, for tests; none: for comparison with a run without smoke",
        default: "frantzich-nilsson",
        "x-source": "Frantzich and Nilsson 2003, Lund report 3126; the others in docs/models/tenability.md",
      }),
    ),
    dose: Type.Optional(
      Type.Enum([...DOSES], { description: "how asphyxiants add up", default: "iso-13571", "x-source": "ISO 13571:2012" }),
    ),
    radiant: Type.Optional(
      Type.Enum([...RADIANT_ENDPOINTS], {
        description:
          "what counts as a full dose of radiant heat: pain (4.2 q^-1.9 min, q in kW/m2), second-degree burns (6.9 q^-1.56), or incapacitation by Purser (10 q^-1.33)",
        default: "pain",
        "x-source": "ISO 13571:2012 as quoted in the CFAST technical guide (unverified)",
      }),
    ),
    clothed: flag("whether heat by convection is borne as by people in clothes", true),
    susceptibility: Type.Optional(
      Type.Enum([...SUSCEPTIBILITIES], {
        description:
          "individual: each person bears a dose of their own, log-normal about 1 with spread 1; median: everybody bears 1",
        default: "individual",
        "x-source": "ISO 13571: 11.4 % of people are incapacitated at 0.3; that it is log-normal is an assumption",
      }),
    ),
    incapacitate: flag("whether people fall when their dose reaches what they can bear", true),
    cue: flag("whether smoke, heat or the sight of fire ends people's pre-movement time and what they are doing", true),
    cue_extinction_1_m: limit(
      0.001,
      10,
      "1/m",
      0.1,
      "smoke at or above their head that people take as a cue",
      "Jin 1976: strangers feel uneasy from 0.1 to 0.3 1/m (second-hand)",
    ),
    see_fire_kW: limit(
      0,
      100_000,
      "kW",
      50,
      "a fire in sight from this size on is a cue",
      "a burning wastebasket; Muster, unverified",
    ),
    reaction_s: limit(0, 3600, "s", 0, "from the cue to setting off"),
    avoid: flag("whether people who know of the fire look for ways round smoke, heat and flames", true),
    turn_back_visibility_m: limit(
      0,
      30,
      "m",
      3,
      "visibility below which people turn back where there is another way; 0: they do not",
      "about 3 m is quoted for strangers (unverified)",
    ),
    familiar: Type.Optional(
      Type.Union([text({ description: "a name" }), Type.Array(text({ description: "a name" }), { maxItems: 1000 })], {
        description: "groups whose people do not turn back before thick smoke on the way that they know",
        default: [],
      }),
    ),
    head_height_m: Type.Optional(
      number(
        { minimum: 0.3, maximum: 2.2 },
        { description: "height above the floor at which people breathe and see", default: HEAD_HEIGHT, "x-unit": "m" },
      ),
    ),
  },
  { ...CLOSED, description: "what fire does to people" },
);
