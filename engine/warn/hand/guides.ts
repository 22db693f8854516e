/**
 * Numbers of the guides that authorities expect in hand calculations, each with its guide. Two families of rates live side by side
 * (82 persons per metre and minute, and 109 in older open-air fire guides), so no number is ever used without its name. "verified": read in a source that quotes the
 * guide; the guides themselves are sold and were not read. "unverified": from memory; check before use.
 */
export interface GuideNumber {
  readonly value: number;
  readonly unit: string;
  /** Guide and what it is there. */
  readonly guide: string;
  readonly verified: boolean;
  /** Where it was read. */
  readonly seen: string;
}

export const GUIDES = {
  levelRate: {
    value: 82,
    unit: "persons/(m min)",
    guide: "Green Guide, 6th ed. 2018: level exits",
    verified: true,
    seen: "Buckinghamshire Council, Assessing site suitability",
  },
  exitTime: {
    value: 8,
    unit: "min",
    guide: "Green Guide: normal egress time of viewing accommodation",
    verified: true,
    seen: "safetyatsportsgrounds.org.uk, Green Guide 13.4a and 10.7",
  },
  entryTime: {
    value: 60,
    unit: "min",
    guide: "Green Guide: all in within one hour",
    verified: true,
    seen: "Sports Grounds Safety Authority, Calculate safe capacity",
  },
  outdoorDensity: {
    value: 2,
    unit: "persons/m2",
    guide: "HSG195 / Purple Guide: 0.5 m2 per person standing outdoors",
    verified: true,
    seen: "healthandsafetyforthearts.com; Buckinghamshire Council",
  },
  queueDensity: { value: 2.5, unit: "persons/m2", guide: "Muster: 2 to 3 in a queue (assumed)", verified: false, seen: "" },
  nfpaLevel: {
    value: 0.00508,
    unit: "m/person",
    guide: "NFPA 101, 7.3.3: 0.2 in of level width per person",
    verified: true,
    seen: "callout.app, NFPA 101 section 7.3.2",
  },
  chinaWidth: {
    value: 0.65,
    unit: "m per 100 persons",
    guide: "GB 50016-2014, table 5.5.20-1: halls up to 2,500 seats, level doors",
    verified: false,
    seen: "",
  },
} as const satisfies Record<string, GuideNumber>;

/** Guide of a number as a row names it: "…" or "… (unverified)". */
export const nameOf = ({ guide, verified }: GuideNumber): string => (verified ? guide : `${guide} (unverified)`);
