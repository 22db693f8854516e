/** Conversions into SI; the only place for them besides the importers. */
export const minutes = (value: number): number => value * 60;
export const hours = (value: number): number => value * 3600;
export const perMinute = (value: number): number => value / 60;
/** Persons per second from persons per minute. */
export const toPerMinute = (perSecond: number): number => perSecond * 60;
