/** How fast doses grow for somebody who stays: the dose laws of the scenario. */
import { asphyxiantRate } from "../../fire/tenability/asphyxiants.js";
import { heatRate } from "../../fire/tenability/heat.js";
import { irritantConcentration } from "../../fire/tenability/irritants.js";
import type { FirePeople } from "../../scenario/fire/fire.js";
import type { DoseRates } from "./fire-recorder.js";

/** Radiation hurts before it burns: a place where it does is no longer tenable. */
const RADIANT = "pain";

export const ratesOf = ({ dose, clothed }: FirePeople): DoseRates => ({
  asphyxiant: (air) => asphyxiantRate(dose, air),
  heat: (air) => heatRate(clothed ? "clothed" : "light", RADIANT, air),
  irritant: irritantConcentration,
});
