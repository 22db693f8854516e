/** Conversions into SI; the only place for them besides the importers. */
export const minutes = (value: number): number => value * 60;
