/** The movement model of a run in words, for the report's chapter on functional links. */
import { percent } from "../../engine/chart/text.js";
import { HEADWAY } from "../../engine/crowd/models/headway/parameters.js";
import {
  CLASSIC_MODELS,
  type ClassicSettings,
  type ModelSettings,
  modelName,
  modelParameters,
} from "../../engine/scenario/models.js";
import { type Html, html } from "./report-html.js";

export function modelSentence(model: ModelSettings): Html {
  if (model !== "headway") return classicSentence(model);
  return html`Movement model “headway”: each person takes the heading in which they get on best and walks as fast as the time gap of ${HEADWAY.T} s to whoever is ahead allows (time gap after Tordeux and Seyfried 2014), up to the wished speed; they look ${HEADWAY.REACH} m ahead, and body cores of ${percent(HEADWAY.CORE)} of the radius never overlap.`;
}

export const updateOrder = (model: ModelSettings): string =>
  modelName(model) === "optimal-steps"
    ? "Footsteps are decided one after the other, in order of their time, then of the person's number."
    : "All people at once: every step reads the state before it and writes the next, so no order among people matters.";

function classicSentence(model: ClassicSettings): Html {
  const { title, source, parameters } = CLASSIC_MODELS[model.name];
  const values = modelParameters(model);
  const list = Object.entries(parameters).map(([key, { default: usual }]) => {
    const value = values[key]!;
    return `${key} ${value}${value === usual ? "" : ` (usually ${usual})`}`;
  });
  return html`Movement model “${model.name}”: ${title} of ${source}, with ${list.join(", ")}. Bodies are circles of the population's radius and may overlap where the model lets them. This is not Muster's own model: it is here so that a study can be repeated with the model its authors used.`;
}
