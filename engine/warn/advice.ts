/**
 * What to do, by scheme and level: one table, to be edited. Every warning carries an action; a level without one is a status.
 *
 * The actions are the ones that stations and venues use: close or hold an entrance, one-way systems, bypass, non-stop, full closure
 * (Congestion Control and Emergency Plans of London Underground stations, TfL FOI-2046-1617 and FOI-0178-1819: verified). Who is told
 * and how fast (5, 2 and 1 minutes) is Muster's own proposal; take your own plan's. Holding sale and entry at 100 % of the capacity
 * and diverting at 80 % follows LB/T 034-2014 (unverified).
 */
import type { WarningLevel } from "../scenario/scenario.js";
import type { WarnedScheme } from "./warnings.js";

/** `{from}` is replaced by the largest source of the inflow, `{place}` by the place. */
const ADVICE: Readonly<Record<WarnedScheme, Readonly<Record<WarningLevel, string>>>> = {
  density: {
    blue: "watch {place}; no action yet",
    yellow: "send a steward to {place}, stop drawing people there; tell the duty manager within 5 min",
    orange: "hold the inflow from {from} and open a second way out; tell the safety officer within 2 min",
    red: "close the inflow from {from}, make ways one-way, be ready to stop what draws people there; tell police and fire liaison within 1 min",
  },
  "level-of-service": {
    blue: "watch {place}; no action yet",
    yellow: "send a steward to {place} and keep its ends free; tell the duty manager within 5 min",
    orange: "hold the inflow from {from} or make {place} one-way; tell the safety officer within 2 min",
    red: "hold the inflow from {from} before it reaches {place} and lead people another way; tell the safety officer at once",
  },
  "share-of-capacity": {
    blue: "compare the count with a hand count; no action yet",
    yellow: "prepare to hold entry, direct newcomers elsewhere; tell the duty manager within 5 min",
    orange: "hold entry and let in only as many as leave; tell the safety officer within 2 min",
    red: "stop sale and entry, keep every exit open; tell police and fire liaison within 1 min",
  },
  flow: {
    blue: "watch {place}; no action yet",
    yellow: "keep {place} and both its sides free of people who stand; tell the duty manager within 5 min",
    orange: "open another way beside {place} or meter the flow before it; tell the safety officer within 2 min",
    red: "{place} is at its limit: meter the flow before it and send people to another way; tell the safety officer within 1 min",
  },
  queue: {
    blue: "watch the queue at {place}; no action yet",
    yellow: "open more lanes at {place} or send people to another gate; tell the duty manager within 5 min",
    orange:
      "open every lane, start the queue further out and tell people how long they wait; tell the safety officer within 2 min",
    red: "stop people before they reach the queue and open relief lanes; tell the safety officer within 1 min",
  },
  pressure: {
    blue: "watch {place}; no action yet",
    yellow: "send an observer to {place}; tell the duty manager within 5 min",
    orange: "stop the inflow from {from} now and give the front room; tell the safety officer at once",
    red: "stop the inflow and what draws people there, open barriers at the front, call police and fire service: people may fall",
  },
  tenability: {
    blue: "keep the ways out of {place} free and doors towards the fire shut",
    yellow: "clear {place} now and shut doors towards the fire; tell the duty manager at once",
    orange: "clear {place} at once and send nobody through it; tell the fire service that time is short there",
    red: "people will still be in {place} when it becomes untenable: warn them earlier, open another way out or hold the smoke back (shut doors, vents); tell the fire service where they are",
  },
};

/** @param from largest source of the inflow; null where there is none */
export function adviceFor(scheme: WarnedScheme, level: WarningLevel, place: string, from: string | null): string {
  return ADVICE[scheme][level]
    .replaceAll("{place}", place === "site" ? "the site" : place)
    .replaceAll("the inflow from {from}", from === null ? "the inflow" : `the inflow from ${from}`);
}
