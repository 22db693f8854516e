/** What burns: since when, with which heat, and the flames that it shows. What it ignites is spread.ts. */
import { diameterOf, type Flame, flameLength, setFlame, type TiltLaw } from "./flame.js";
import { type Burning, burningAt, CALM, type Front } from "./front.js";
import { type HeatRelease, hrrAt, releasedAt } from "./heat-release.js";
import { frontOf, type SpreadItem } from "./items.js";
import { type Wind, windAt, windTo } from "./wind.js";

export interface FiresOptions {
  readonly items: readonly SpreadItem[];
  readonly wind?: Wind;
  readonly tilt?: TiltLaw;
}

export class Fires {
  /** s; Infinity for what has not caught fire. */
  readonly ignited: Float64Array;
  /** s at which the heat of what burns ends. */
  readonly ends: Float64Array;
  /** Kept up for the time of the last `show`; the same objects every time. */
  readonly flames: Flame[];
  /** Share of the heat of each that really burns at its place; its fuel is gone all the same. */
  readonly share: Float64Array;
  readonly #options: FiresOptions;
  readonly #fronts: (Front | null)[];
  /** HRR that each flame was last set to. */
  readonly #shown: Float64Array;
  readonly #burning: Burning = { area: 0, x: 0, y: 0 };

  constructor(options: FiresOptions) {
    const { items } = options;
    this.#options = options;
    this.ignited = new Float64Array(items.length).fill(Infinity);
    this.ends = new Float64Array(items.length).fill(Infinity);
    this.share = new Float64Array(items.length).fill(1);
    this.#shown = new Float64Array(items.length);
    this.#fronts = items.map(() => null);
    this.flames = items.map(({ footprint, base_m }) => ({
      x: footprint.x,
      y: footprint.y,
      base: base_m,
      diameter: 0,
      tipX: 0,
      tipY: 0,
      tipZ: 0,
      radiated: 0,
      emissive: 0,
    }));
  }

  /** @param where point from which a front begins, m */
  light(i: number, time_s: number, where: readonly [number, number]): void {
    const item = this.#options.items[i]!;
    this.ignited[i] = time_s;
    if (item.burns.by === "front") {
      const wind = this.#windOver(item);
      const over = wind ? { speed_m_s: windAt(wind, item.base_m), to_rad: windTo(wind) } : CALM;
      this.#fronts[i] = frontOf(item, item.burns.material, where, over);
    }
    this.ends[i] = time_s + this.#heatOf(i).end_s;
  }

  #windOver({ place }: SpreadItem): Wind | null {
    return place === "open" ? (this.#options.wind ?? null) : null;
  }

  #heatOf(i: number): HeatRelease {
    const { burns } = this.#options.items[i]!;
    return burns.by === "curve" ? burns.heat : this.#fronts[i]!.heat;
  }

  hrr_W(i: number, time_s: number): number {
    return this.ignited[i]! <= time_s && time_s < this.ends[i]! ? hrrAt(this.#heatOf(i), time_s - this.ignited[i]!) : 0;
  }

  released_J(i: number, time_s: number): number {
    return this.ignited[i]! <= time_s ? releasedAt(this.#heatOf(i), time_s - this.ignited[i]!) : 0;
  }

  /** Sets all flames as they are at a time; whether any is not as it was. */
  show(time_s: number): boolean {
    let changed = false;
    for (let i = 0; i < this.flames.length; i++) if (this.#show(i, time_s)) changed = true;
    return changed;
  }

  #show(i: number, time_s: number): boolean {
    const item = this.#options.items[i]!;
    const flame = this.flames[i]!;
    const whole = this.hrr_W(i, time_s);
    const hrr = whole * this.share[i]!;
    const front = this.#fronts[i] ?? null;
    // A front moves while it gives the same heat.
    if (hrr === this.#shown[i] && !(front && hrr > 0)) return false;
    this.#shown[i] = hrr;
    if (!(hrr > 0)) {
      flame.radiated = 0;
      return true;
    }
    let perArea = item.burns.by === "curve" ? item.burns.hrrPerArea_W_m2 : item.burns.material.hrrPerArea_W_m2;
    if (front) {
      burningAt(front, time_s - this.ignited[i]!, this.#burning);
      if (this.#burning.area > 0) {
        flame.x = this.#burning.x;
        flame.y = this.#burning.y;
        perArea = whole / this.#burning.area;
      }
    }
    perArea *= this.share[i]!;
    const wind = this.#windOver(item);
    const middle = item.base_m + flameLength(hrr, diameterOf(hrr / perArea)) / 2;
    setFlame(flame, {
      hrr_W: hrr,
      hrrPerArea_W_m2: perArea,
      radiativeFraction: item.radiativeFraction ?? 0.35,
      emissive: item.emissive ?? "balance",
      heatOfCombustion_J_kg: item.heatOfCombustion_J_kg,
      wind_m_s: wind ? windAt(wind, middle) : 0,
      windTo_rad: wind ? windTo(wind) : 0,
      tilt: this.#options.tilt ?? "thomas",
    });
    return true;
  }
}
