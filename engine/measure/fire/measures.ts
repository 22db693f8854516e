/**
 * Results of fire as plain data: what the air of each place was like, until when one could stay there (ASET), when the last person had
 * left it (RSET), and what smoke and heat did to people. Times are seconds from the start of the run.
 */
import type { AirQuantity } from "../../fire/fields/field.js";

/** In the order in which equal times are named. */
export const CRITERIA = [
  "visibility",
  "asphyxiants",
  "heat dose",
  "irritants",
  "temperature",
  "radiation",
  "layer height",
  "layer temperature",
] as const;
export type Criterion = (typeof CRITERIA)[number];

/** Values over time; entry i is the mean over [i * bin_s, (i + 1) * bin_s), of people the most at once. NaN: there is no such value. */
export interface FireSeries {
  readonly bin_s: number;
  readonly people: number[];
  /** Lower face of the smoke layer above the floor, m. */
  readonly interface_m: number[];
  readonly upper_C: number[];
  readonly lower_C: number[];
  /** Air at head height, mean over the floor. */
  readonly head_C: number[];
  readonly visibility_m: number[];
  readonly o2_pct: number[];
  readonly co2_pct: number[];
  readonly co_ppm: number[];
  readonly hcn_ppm: number[];
  readonly hcl_ppm: number[];
  readonly radiant_kW_m2: number[];
  /** Heat released in the compartment. */
  readonly hrr_kW: number[];
  /** At the floor, above ambient. */
  readonly pressure_Pa: number[];
  /** Doses of somebody who stays from the start, mean over the floor. */
  readonly fed_asphyxiant: number[];
  readonly fed_heat: number[];
}

/** ASET less RSET, s. */
export interface Margin {
  readonly s: number;
  /** "at least": still tenable when the run ended; "at most": somebody was still there. */
  readonly bound: "exact" | "at least" | "at most";
}

export interface FirePlaceMeasure {
  readonly place: string;
  readonly level: string;
  /** "compartment": has a smoke layer of the zone model. "open": everything else. */
  readonly kind: "compartment" | "open";
  readonly area_m2: number;
  readonly visibility_limit_m: number;
  /** First time at which a limit was passed, and which one; null where none was. */
  readonly aset_s: number | null;
  readonly criterion: Criterion | null;
  /** The same for every limit; null where it was not passed. */
  readonly by_criterion: Record<Criterion, number | null>;
  /** Most people at once; people inside when it became untenable (null where it did not); people inside at the end. */
  readonly most_people: number;
  readonly people_at_aset: number | null;
  readonly people_at_end: number;
  /** When the last person had left it; null where somebody was still there at the end or nobody ever came. */
  readonly rset_s: number | null;
  /** null where nobody ever came, or where it stayed tenable and people stayed in it. */
  readonly margin: Margin | null;
  /** Worst of the run; NaN as in `FireSeries`. */
  readonly worst: {
    readonly visibility_m: number;
    readonly head_C: number;
    readonly interface_m: number;
    readonly pressure_Pa: number;
  };
  /** null where smoke and heat never came. */
  readonly series: FireSeries | null;
}

export interface FireExitMeasure {
  readonly exit: string;
  /** The place it leads out of. */
  readonly place: string;
  readonly passed: number;
  /** Last passage. */
  readonly last_s: number | null;
  /** Of the place. */
  readonly aset_s: number | null;
  /** ASET of the place less the last passage; null where nobody passed. */
  readonly margin: Margin | null;
}

/** Numbers of people whose dose came to at least each limit. */
export interface DoseCount {
  readonly limit: number;
  readonly asphyxiants: number;
  readonly heat: number;
  readonly irritants: number;
  /** By any of the three. */
  readonly any: number;
}

export interface FireMeasures {
  readonly source: string;
  /** What nobody knows of the air here; its limits were not judged and its part of a dose is missing. */
  readonly unknown: readonly AirQuantity[];
  readonly ignition_s: number;
  /** End of the fire, s: it goes on when everybody has left. */
  readonly end_s: number;
  /** Of the zone model: "ended" with the run, or "failed" (nothing is known after `time_s`); null without one. */
  readonly status: { readonly status: string; readonly time_s: number; readonly reason: string } | null;
  /** Where the zone model left the range it is meant for. */
  readonly notices: readonly { readonly time_s: number; readonly message: string }[];
  /** Heat release of everything that burns, kW. */
  readonly hrr: { readonly bin_s: number; readonly kW: number[]; readonly peak_kW: number; readonly peak_at_s: number };
  readonly places: readonly FirePlaceMeasure[];
  readonly exits: readonly FireExitMeasure[];
  readonly exposed: readonly DoseCount[];
  /** Largest doses of one person. */
  readonly worst_dose: { readonly asphyxiants: number; readonly heat: number; readonly irritants: number };
  readonly incapacitated: readonly FallenPerson[];
}

export interface FallenPerson {
  readonly id: number;
  readonly group: string;
  readonly level: string;
  /** The place in which the person fell; "" where it is none. */
  readonly place: string;
  readonly x: number;
  readonly y: number;
  readonly time_s: number;
  readonly cause: string;
}

/** Per sheet; row 0 is the southern edge. Cells without floor hold NaN. The value of a cell is that of its middle. */
export interface FireMap {
  readonly sheet: string;
  readonly name: string;
  readonly level: string;
  readonly x0: number;
  readonly y0: number;
  readonly cell_m: number;
  readonly nx: number;
  readonly ny: number;
  /** Least visibility of a reflecting sign at head height, m, at most MOST_VISIBLE. */
  readonly visibility_m: Float32Array;
  /** Dose of somebody who stays to the end: the greater of asphyxiants and heat. */
  readonly fed: Float32Array;
  /** When the first limit was passed there, s; Infinity: never. */
  readonly untenable_s: Float32Array;
}

/** One row of fire.parquet: a place at an output time. NaN where there is no such value. */
export interface FireRow {
  readonly time: number;
  readonly place: string;
  readonly level: string;
  readonly people: number;
  readonly interface_m: number;
  readonly upper_C: number;
  readonly lower_C: number;
  readonly head_C: number;
  readonly extinction_1_m: number;
  readonly visibility_m: number;
  readonly o2_pct: number;
  readonly co2_pct: number;
  readonly co_ppm: number;
  readonly hcn_ppm: number;
  readonly hcl_ppm: number;
  readonly radiant_kW_m2: number;
  readonly hrr_kW: number;
  readonly pressure_Pa: number;
  readonly fed_asphyxiant: number;
  readonly fed_heat: number;
  readonly tenable: boolean;
  readonly status: string;
  readonly reason: string;
}
