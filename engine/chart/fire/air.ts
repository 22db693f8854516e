/** Charts of the air in places over time: smoke layer, temperatures, visibility, gases. */
import type { EnsembleFire } from "../../warn/fire/report.js";
import type { ChartInput } from "../input.js";
import type { Chart } from "../spec.js";
import { fixed, whole } from "../text.js";
import type { LegendEntry } from "./panel.js";
import { bandOf, leastOf, modelOf, mostOf, placesChart, UNTENABLE, uncertaintyNote } from "./places.js";

const has = (values: readonly number[]): boolean => values.some(Number.isFinite);
const bandEntry = (fire: EnsembleFire, look: "main" | "second", text: string): LegendEntry[] =>
  modelOf(fire) === null ? [] : [{ band: look, text }];
const EXPECTED = "measurement expected, 90 %";

/** Chart "fire-layers": lower face of the smoke layer. */
export function layersChart(input: ChartInput, fire: EnsembleFire): Chart {
  const limit = input.scenario.fire?.tenability.height_m;
  return placesChart(input, fire, {
    name: "fire-layers",
    title: "Height of the smoke layer",
    subtitle: "Lower face of the smoke above the floor; it sinks from the ceiling.",
    legend: [{ look: "main", text: "calculated" }, ...bandEntry(fire, "main", EXPECTED), UNTENABLE],
    panel: ({ series }) => {
      if (!has(series.interface_m)) return null;
      const ceiling = Math.max(...series.interface_m.filter(Number.isFinite));
      const depth = bandOf(
        fire,
        "layer depth, open",
        series.interface_m.map((z) => ceiling - z),
      );
      return {
        worst: `least ${fixed(leastOf(series.interface_m), 2)} m`,
        yTitle: "m",
        curves: [
          {
            look: "main",
            values: series.interface_m,
            ...(depth
              ? {
                  band: {
                    low: depth.high.map((d) => Math.max(0, ceiling - d)),
                    high: depth.low.map((d) => Math.max(0, ceiling - d)),
                  },
                }
              : {}),
          },
        ],
        limits: limit === undefined ? [] : [{ at: limit, text: `limit ${fixed(limit, 1)} m` }],
        top: ceiling * 1.08,
      };
    },
    empty: "No place has a smoke layer: there is no zone model, or no smoke came.",
    notes: [
      uncertaintyNote(fire, [
        ["layer depth, open", "depths of the layer of"],
        ["layer depth, closed", "and with all openings shut"],
      ]),
    ],
  });
}

/** Chart "fire-temperatures": upper layer, lower layer, and what a head meets. */
export function temperaturesChart(input: ChartInput, fire: EnsembleFire): Chart {
  const limits = input.scenario.fire?.tenability;
  const ambient = input.scenario.fire?.ambient.inside_C ?? 20;
  const layered = fire.places.some(({ median }) => median.series !== null && has(median.series.upper_C));
  return placesChart(input, fire, {
    name: "fire-temperatures",
    title: "Temperatures",
    subtitle: "Upper and lower layer, and at head height (mean over the floor).",
    legend: [
      ...(layered
        ? [
            { look: "main" as const, text: "upper layer" },
            { look: "second" as const, text: "lower layer" },
            ...bandEntry(fire, "main", `upper: ${EXPECTED}`),
          ]
        : []),
      { look: "third", text: "at head height" },
      UNTENABLE,
    ],
    panel: ({ series }) => {
      if (!has(series.upper_C) && !has(series.head_C)) return null;
      const band = has(series.upper_C)
        ? bandOf(fire, "temperature rise, natural ventilation", series.upper_C, ambient)
        : undefined;
      const hottest = [
        has(series.upper_C) ? `upper at most ${fixed(mostOf(series.upper_C), 0)} °C` : "",
        has(series.head_C) ? `head ${fixed(mostOf(series.head_C), 0)} °C` : "",
      ];
      return {
        worst: hottest.filter((text) => text !== "").join(", "),
        yTitle: "°C",
        curves: [
          ...(has(series.upper_C) ? [{ look: "main" as const, values: series.upper_C, ...(band ? { band } : {}) }] : []),
          ...(has(series.lower_C) ? [{ look: "second" as const, values: series.lower_C }] : []),
          ...(has(series.head_C) ? [{ look: "third" as const, values: series.head_C }] : []),
        ],
        limits: limits
          ? [
              { at: limits.temperature_C, text: `${limits.temperature_C} °C at heads` },
              { at: limits.layer_temperature_C, text: `${limits.layer_temperature_C} °C overhead` },
            ]
          : [],
      };
    },
    empty: "No place became warmer.",
    notes: [
      uncertaintyNote(
        fire,
        [
          ["temperature rise, natural ventilation", "temperature rises of the upper layer of"],
          ["temperature rise, no ventilation", "in closed rooms"],
          ["temperature rise, forced ventilation", "with fans"],
        ],
        "; for the lower layer none is published",
      ),
    ],
  });
}

/** Chart "fire-visibility": of reflecting signs at head height. */
export function visibilityChart(input: ChartInput, fire: EnsembleFire): Chart {
  return placesChart(input, fire, {
    name: "fire-visibility",
    title: "Visibility at head height",
    subtitle: "Distance at which a sign that reflects light is seen, mean over the floor; 30 m and more is drawn as 30 m.",
    legend: [{ look: "main", text: "visibility" }, UNTENABLE],
    panel: ({ series, report }) =>
      has(series.visibility_m)
        ? {
            worst: `least ${fixed(leastOf(series.visibility_m), 1)} m`,
            yTitle: "m",
            curves: [{ look: "main", values: series.visibility_m }],
            limits: [{ at: report.visibility_limit_m, text: `limit ${fixed(report.visibility_limit_m, 0)} m` }],
            top: 32,
          }
        : null,
    empty: "Nothing is known of smoke, or none came.",
    notes: [
      uncertaintyNote(
        fire,
        [["smoke", "smoke concentrations of"]],
        " of one series; where smoke is overstated visibility is understated",
      ),
    ],
  });
}

/** Chart "fire-gases": oxygen and carbon dioxide; chart "fire-toxic-gases": carbon monoxide and hydrogen cyanide. At head height. */
export function gasesChart(input: ChartInput, fire: EnsembleFire): Chart {
  return placesChart(input, fire, {
    name: "fire-gases",
    title: "Oxygen and carbon dioxide at head height",
    subtitle: "Volume fractions, mean over the floor.",
    legend: [
      { look: "second", text: "oxygen" },
      { look: "main", text: "carbon dioxide" },
      ...bandEntry(fire, "main", `carbon dioxide: ${EXPECTED}`),
      UNTENABLE,
    ],
    panel: ({ series }) => {
      if (!has(series.o2_pct) && !has(series.co2_pct)) return null;
      const band = bandOf(fire, "carbon dioxide", series.co2_pct);
      const worst = [
        has(series.o2_pct) ? `O₂ at least ${fixed(leastOf(series.o2_pct), 1)} %` : "",
        has(series.co2_pct) ? `CO₂ at most ${fixed(mostOf(series.co2_pct), 1)} %` : "",
      ];
      return {
        worst: worst.filter((text) => text !== "").join(", "),
        yTitle: "%",
        curves: [
          ...(has(series.co2_pct) ? [{ look: "main" as const, values: series.co2_pct, ...(band ? { band } : {}) }] : []),
          ...(has(series.o2_pct) ? [{ look: "second" as const, values: series.o2_pct }] : []),
        ],
        limits: [],
        top: 24,
      };
    },
    empty: "Nothing is known of oxygen and carbon dioxide.",
    notes: [
      uncertaintyNote(fire, [
        ["carbon dioxide", "carbon dioxide of"],
        ["oxygen", "oxygen (as what is missing of it) of"],
      ]),
    ],
  });
}

export function toxicGasesChart(input: ChartInput, fire: EnsembleFire): Chart {
  return placesChart(input, fire, {
    name: "fire-toxic-gases",
    title: "Toxic gases at head height",
    subtitle:
      "Volume fractions in parts per million, mean over the floor; a gas that stays below 1 ppm everywhere in a place is not drawn.",
    legend: [
      { look: "main", text: "carbon monoxide" },
      { look: "second", text: "hydrogen cyanide" },
      { look: "fourth", text: "hydrogen chloride" },
      ...bandEntry(fire, "main", `carbon monoxide: ${EXPECTED}`),
      UNTENABLE,
    ],
    panel: ({ series }) => {
      const drawn = (values: readonly number[]): boolean => values.some((value) => value >= 1);
      if (![series.co_ppm, series.hcn_ppm, series.hcl_ppm].some(drawn)) return null;
      const band = bandOf(fire, "carbon monoxide", series.co_ppm);
      const worst = [
        drawn(series.co_ppm) ? `CO at most ${whole(mostOf(series.co_ppm))} ppm` : "",
        drawn(series.hcn_ppm) ? `HCN ${whole(mostOf(series.hcn_ppm))} ppm` : "",
        drawn(series.hcl_ppm) ? `HCl ${whole(mostOf(series.hcl_ppm))} ppm` : "",
      ];
      return {
        worst: worst.filter((text) => text !== "").join(", "),
        yTitle: "ppm",
        curves: [
          ...(drawn(series.co_ppm) ? [{ look: "main" as const, values: series.co_ppm, ...(band ? { band } : {}) }] : []),
          ...(drawn(series.hcn_ppm) ? [{ look: "second" as const, values: series.hcn_ppm }] : []),
          ...(drawn(series.hcl_ppm) ? [{ look: "fourth" as const, values: series.hcl_ppm }] : []),
        ],
        limits: [],
      };
    },
    empty:
      "No place had 1 ppm of carbon monoxide, hydrogen cyanide or hydrogen chloride at head height, or nothing is known of them.",
    notes: [
      uncertaintyNote(fire, [["carbon monoxide", "carbon monoxide of"]], "; for hydrogen cyanide and chloride none is published"),
    ],
  });
}
