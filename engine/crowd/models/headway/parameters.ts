/**
 * Parameters of the headway model: one set for all runs. T, ANTICIPATION, STRIP, EDGE, SWAY, OUTLOOK and TURN_TIME were fitted together on
 * six unidirectional corridors, the bottleneck and single file (docs/models/movement.md: data, residuals); the others are named there.
 */
import type { Bank } from "../../agents.js";

export const HEADWAY = {
  /** Time gap, s. */
  T: 1.14,
  /** The gap to somebody who walks off faster is taken as long as it will be after this time, s; 1 s in Xu et al. 2021. */
  ANTICIPATION: 0.92,
  /** Half width of the strip that must be free ahead, as a share of the body length (the sum of two radii). */
  STRIP: 0.85,
  /** How much shorter the time gap is towards somebody at the edge of the strip than straight ahead. */
  EDGE: 0.67,
  /** How much wider the strip is for one who stands than for one who walks at the wished speed. */
  SWAY: 1.42,
  /** Nobody chooses a heading in which the gap to a person or a wall closes in less, s. */
  OUTLOOK: 0.5,
  /** s */
  TURN_TIME: 0.04,
  /** Slowing before a wall, s: a step of 0.1 s would not let one come closer in any case. */
  WALL_TIME: 0.1,
  /** Radius of the core that never overlaps, as a share of the body radius: 0.13 m for 0.19 m, half of the depth of a body. */
  CORE: 2 / 3,
  /** Distance kept from walls, as a share of the body radius: a shoulder may brush them; 0.16 m for 0.19 m. */
  WALL: 0.75,
  /** How far people look, m. */
  REACH: 3,
  /** Seconds without getting on before one squeezes past those who stand or come towards one. */
  PATIENCE: 1,
  /** Advantage of the right-hand side against people who come towards one: counts as this much more cosine times the sine of the turn. */
  RIGHT: 0.2,
} as const;

/** Time from one look around to the next, s: people choose neighbours, direction and heading anew. */
const LOOK = 0.2;

/** Steps of dt from one look to the next: one where a step is as long as that, else as many as fit. */
export const stepsPerLook = (dt: number): number => Math.max(1, Math.floor(LOOK / dt + 1e-6));

/** Speed at which one who is stuck slips by somebody beside them, m/s. */
export const SLIP = 0.4;

/** Speed at which one who stands steps aside, m/s. */
export const ASIDE = 0.4;

/**
 * Who is nearer than this, m, goes the same way and is neither well ahead nor well behind walks abreast: nobody cuts in on them. Chosen.
 * Abreast is what lies more than 33 degrees off straight ahead and behind: the square of that cosine.
 */
export const ABREAST = 1;
export const ABREAST_COS2 = 0.7;

/** Half width of the lane that people in single file mind, m: nobody overtakes in lanes up to 0.8 m wide. */
export const LANE = 0.8;

/** How much of a person's patience is used up, 0 to 1, after `stuck` seconds without getting on. */
export function patience(stuck: number): number {
  return Math.min(1, Math.max(0, stuck - HEADWAY.PATIENCE));
}

/** Beyond this share of the wished speed, the speed that a gap allows no longer eases: the error is below 0.7 %. */
export const EASE_UP_TO = 2.5;

/**
 * Speed of one who wishes `wish` where the gap ahead allows `allowed`, m/s: their smooth lesser, (wish^-4 + allowed^-4)^(-1/4).
 * People slow down a little well before the gap forces them to.
 */
export function easedSpeed(wish: number, allowed: number): number {
  if (allowed >= EASE_UP_TO * wish) return wish;
  const share = allowed / wish;
  const square = share * share;
  return allowed / Math.sqrt(Math.sqrt(1 + square * square));
}

/**
 * Half width of the strip that person i minds, as a share of the body length. People who are slowed sway more and need more room beside
 * them, linear in the speed as the semi-axis of Chraibi, Seyfried and Schadschneider 2010 (PRE 82:046111). Who is stuck before oncoming
 * people turns sideways.
 */
export function stripOf(bank: Bank, i: number): number {
  const wish = bank.wish[i]!;
  const vx = bank.vx[i]!;
  const vy = bank.vy[i]!;
  const share = wish > 0 ? Math.sqrt(vx * vx + vy * vy) / wish : 1;
  const strip = share < 1 ? HEADWAY.STRIP * (1 + HEADWAY.SWAY * (1 - share)) : HEADWAY.STRIP;
  if (bank.facing[i] === 0) return strip;
  return strip + patience(bank.stuck[i]!) * (HEADWAY.CORE * HEADWAY.STRIP - strip);
}
