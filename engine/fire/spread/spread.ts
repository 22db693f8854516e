/**
 * Fire over the plan: items that burn by their curves or fronts and ignite each other by radiation, through openings and not through
 * walls, and by a hot layer above them. A run steps it; between its calls it steps itself, exactly to every ignition.
 *
 * Between two ignitions the flux at every unburnt item is worked out on a grid of half seconds (and at the ends of curves) and taken as
 * linear in between, so that the flux-time product and the time at which it is full are closed forms. Same calls, same bytes.
 *
 * No accuracy of item-to-item spread carries from one plan to another: expect a factor of about 2 in times (docs/models/fire-spread.md).
 */
import { type Barriers, NO_BARRIERS } from "./barriers.js";
import { Fires } from "./fires.js";
import type { Flame, TiltLaw } from "./flame.js";
import { productOver, timeOfProduct } from "./ignition.js";
import { nearestOfFootprint, type SpreadItem } from "./items.js";
import { flameFlux, transmissivity, vapourPressure } from "./radiation.js";
import { type SmokeLayers, shareSeen, throughLayers } from "./sight.js";
import type { Wind } from "./wind.js";

/** Grid of the flux between ignitions, s. */
const STEP = 0.5;
/** Flashover of a compartment, from outside: upper layer of 600 °C, or 20 kW/m² at the floor (SFPE Handbook; Walton and Thomas). */
export const FLASHOVER = { upperTemperature_K: 873.15, floorFlux_W_m2: 20e3 } as const;

export type IgnitionCause = "given" | "radiation" | "layer" | "flashover";

export type SpreadEvent =
  | {
      readonly kind: "ignited";
      readonly time_s: number;
      readonly item: number;
      readonly cause: IgnitionCause;
      /** Flux at that moment, W/m², with that of the hot layer. */
      readonly flux_W_m2: number;
    }
  | { readonly kind: "burnt-out"; readonly time_s: number; readonly item: number };

/** The compartment around items, from the zone model; held from the last time to the one stepped to. */
export interface Surroundings {
  readonly upperTemperature_K: number;
  /** At the floor, W/m². */
  readonly floorFlux_W_m2: number;
  /** What the layer and hot surfaces send to an item, W/m². Default: `floorFlux_W_m2`. */
  readonly layerFlux_W_m2?: number;
}

export interface SpreadOptions {
  readonly items: readonly SpreadItem[];
  readonly barriers?: Barriers;
  /** Over places under the sky; absent: calm. */
  readonly wind?: Wind;
  readonly tilt?: TiltLaw;
  /** Air, K. Default 293.15. */
  readonly ambient_K?: number;
  /** Share of saturation: water vapour in the air takes some radiation away. Default: none is taken, which errs to the safe side. */
  readonly relativeHumidity?: number;
}

export interface FireSpread {
  readonly items: readonly SpreadItem[];
  /** Distinct places of the items, in order of first mention. */
  readonly places: readonly string[];
  readonly time_s: number;
  /** Steps to a time that is not before the present one; what happened since, in order of time, then of items. */
  advance(to_s: number, surroundings?: Readonly<Record<string, Surroundings>>): SpreadEvent[];
  /** Heat release of all items of a place now, W. */
  hrr_W(place: string): number;
  hrrOf_W(item: number): number;
  /** J given off by an item up to now. */
  releasedBy_J(item: number): number;
  /** When an item caught fire, s; Infinity while it has not. */
  ignitedAt_s(item: number): number;
  /** Share of the flux-time product that an item has, 0 to 1: how near it is to catching fire. */
  heated(item: number): number;
  /** Flames that burn now; the same objects every time. Items that do not burn have no radiation. */
  readonly flames: readonly Readonly<Flame>[];
  /** Radiant flux of all flames at a point of a sheet, W/m², facing each of them. */
  radiantFlux(sheet: number, x_m: number, y_m: number, height_m: number): number;
  /** Open share of the leaf of an opening, 0 to 1. */
  setOpening(opening: string, share: number): void;
  /**
   * Share of an item's heat that really burns at its place, 0 to 1: what lack of oxygen or a sprinkler leaves of it (zone model). Its flame and
   * radiation follow at the next step; `hrrOf_W` stays what its fuel gives.
   */
  setShare(item: number, share: number): void;
  /** Smoke layers of a compartment, which take radiation of the flames in it away; null: none. Holds from the next step and question on. */
  setSmoke(place: string, smoke: SmokeLayers | null): void;
  /** Ignites an item from outside, now. */
  ignite(item: number): SpreadEvent[];
}

export function createFireSpread(options: SpreadOptions): FireSpread {
  return new Spread(options);
}

const at = new Float64Array(2);
/** A flame that sends a person less is not counted, W/m²: a five-hundredth of what can be borne. */
const LEAST_FLUX = 5;
/** Shares of the way to the tip for which the nearest place of an item is looked at. */
const UPRIGHT = [1 / 3] as const;
const LEANING = [1 / 3, 0.8] as const;

class Spread implements FireSpread {
  readonly items: readonly SpreadItem[];
  readonly places: readonly string[];
  time_s = 0;
  readonly #barriers: Barriers;
  readonly #vapour_Pa: number;
  readonly #smoke = new Map<string, SmokeLayers>();
  readonly #fires: Fires;
  readonly #out: Uint8Array;
  readonly #product: Float64Array;
  /** W/m² at each unburnt item now and at the end of the step. */
  readonly #flux: Float64Array;
  readonly #next: Float64Array;

  constructor(options: SpreadOptions) {
    const { items } = options;
    this.items = items;
    this.places = [...new Set(items.map(({ place }) => place))];
    this.#barriers = options.barriers ?? NO_BARRIERS;
    const { ambient_K = 293.15, relativeHumidity = 0 } = options;
    this.#vapour_Pa = vapourPressure(ambient_K, relativeHumidity);
    this.#fires = new Fires(options);
    this.#out = new Uint8Array(items.length);
    this.#product = new Float64Array(items.length);
    this.#flux = new Float64Array(items.length);
    this.#next = new Float64Array(items.length);
  }

  get flames(): readonly Flame[] {
    return this.#fires.flames;
  }

  advance(to_s: number, surroundings: Readonly<Record<string, Surroundings>> = {}): SpreadEvent[] {
    const events: SpreadEvent[] = [];
    this.#igniteGiven(events);
    this.#flashOver(surroundings, events);
    this.#fires.show(this.time_s);
    this.#setFluxes(surroundings, this.#flux);
    while (this.time_s < to_s) {
      const end = this.#stepEnd(to_s);
      // Fires that burn steadily, and none, leave the flux as it is.
      if (this.#fires.show(end)) this.#setFluxes(surroundings, this.#next);
      else this.#next.set(this.#flux);
      const first = this.#firstIgnition(end);
      this.#addProducts(end, first);
      this.time_s = first.time;
      if (first.item >= 0) {
        this.#fires.show(this.time_s);
        this.#igniteFull(surroundings, first.item, events);
        this.#setFluxes(surroundings, this.#flux);
      } else this.#flux.set(this.#next);
      if (this.#igniteGiven(events)) {
        this.#fires.show(this.time_s);
        this.#setFluxes(surroundings, this.#flux);
      }
      this.#burnOut(events);
    }
    return events;
  }

  /** End of the next step: the grid, the time asked for, a given ignition or the end of a curve. */
  #stepEnd(to_s: number): number {
    let end = Math.min(to_s, (Math.floor(this.time_s / STEP + 1e-9) + 1) * STEP);
    this.items.forEach(({ ignitesAt_s }, i) => {
      if (this.#fires.ignited[i] === Infinity && ignitesAt_s !== undefined && ignitesAt_s > this.time_s)
        end = Math.min(end, ignitesAt_s);
      if (this.#fires.ends[i]! > this.time_s) end = Math.min(end, this.#fires.ends[i]!);
    });
    return end;
  }

  #igniteGiven(events: SpreadEvent[]): boolean {
    let any = false;
    this.items.forEach((item, i) => {
      if (this.#fires.ignited[i] !== Infinity || item.ignitesAt_s === undefined || item.ignitesAt_s > this.time_s) return;
      const { x, y } = item.footprint;
      this.#light(i, "given", item.litAt ?? [x, y], events);
      any = true;
    });
    return any;
  }

  #flashOver(surroundings: Readonly<Record<string, Surroundings>>, events: SpreadEvent[]): void {
    this.items.forEach(({ place, footprint }, i) => {
      const around = surroundings[place];
      if (!around || this.#fires.ignited[i] !== Infinity) return;
      if (around.upperTemperature_K >= FLASHOVER.upperTemperature_K || around.floorFlux_W_m2 >= FLASHOVER.floorFlux_W_m2)
        this.#light(i, "flashover", [footprint.x, footprint.y], events);
    });
  }

  #light(i: number, cause: IgnitionCause, where: readonly [number, number], events: SpreadEvent[]): void {
    this.#fires.light(i, this.time_s, where);
    events.push({ kind: "ignited", time_s: this.time_s, item: i, cause, flux_W_m2: this.#flux[i]! });
  }

  #burnOut(events: SpreadEvent[]): void {
    for (let i = 0; i < this.items.length; i++) {
      if (this.#out[i] === 1 || this.#fires.ends[i]! > this.time_s) continue;
      this.#out[i] = 1;
      events.push({ kind: "burnt-out", time_s: this.#fires.ends[i]!, item: i });
    }
  }

  /** Flux at every unburnt item; without walls first, which are asked only where that could ignite. */
  #setFluxes(surroundings: Readonly<Record<string, Surroundings>>, into: Float64Array): void {
    for (let i = 0; i < this.items.length; i++) {
      const item = this.items[i]!;
      into[i] = 0;
      if (this.#fires.ignited[i]! < Infinity || !item.ignition) continue;
      const around = surroundings[item.place];
      const layer = around ? (around.layerFlux_W_m2 ?? around.floorFlux_W_m2) : 0;
      let flux = this.#at(i, layer, false);
      if (flux > item.ignition.criticalFlux_W_m2) flux = this.#at(i, layer, true);
      into[i] = flux;
    }
  }

  #at(i: number, layer: number, walls: boolean): number {
    let flux = layer;
    for (let j = 0; j < this.items.length; j++) flux += this.#from(j, i, walls);
    return flux;
  }

  /**
   * Flux of flame j at item i: the larger of those at the places of its box nearest to the point source and nearest to the upper part of the
   * flame, which wind lays over it. The place is left in `at`.
   */
  #from(j: number, i: number, walls: boolean): number {
    const flame = this.flames[j]!;
    const { sheet, footprint, height_m } = this.items[i]!;
    if (j === i || !(flame.radiated > 0) || this.items[j]!.sheet !== sheet) return 0;
    let [best, bx, by] = [-1, 0, 0];
    for (const up of flame.tipX === 0 && flame.tipY === 0 ? UPRIGHT : LEANING) {
      nearestOfFootprint(footprint, flame.x + up * flame.tipX, flame.y + up * flame.tipY, at);
      const z = Math.min(height_m, flame.base + up * flame.tipZ);
      const bare = flameFlux(flame, at[0]!, at[1]!, z, null);
      if (bare <= best) continue;
      const flux = walls && bare > 0 ? bare * this.#seen(j, at[0]!, at[1]!, z) : bare;
      if (flux > best) [best, bx, by] = [flux, at[0]!, at[1]!];
    }
    at[0] = bx;
    at[1] = by;
    return best;
  }

  /** Share of the radiation of flame j that gets to a point past walls, smoke and air. */
  #seen(j: number, x: number, y: number, z: number): number {
    const flame = this.flames[j]!;
    const { sheet, place } = this.items[j]!;
    const share = shareSeen(this.#barriers, sheet, flame, x, y, z);
    const smoke = this.#smoke.get(place);
    if (share === 0 || (this.#vapour_Pa === 0 && !smoke)) return share;
    const dx = flame.x + flame.tipX / 3 - x;
    const dy = flame.y + flame.tipY / 3 - y;
    const height = flame.base + flame.tipZ / 3;
    const path = Math.sqrt(dx * dx + dy * dy + (height - z) * (height - z));
    return share * transmissivity(path, this.#vapour_Pa) * (smoke ? throughLayers(smoke, path, height, z) : 1);
  }

  /** The first item whose product is full before `end`; item -1 and `end` where there is none. */
  #firstIgnition(end: number): { time: number; item: number } {
    let first = { time: end, item: -1 };
    for (let i = 0; i < this.items.length; i++) {
      const { ignition } = this.items[i]!;
      if (this.#fires.ignited[i]! < Infinity || !ignition) continue;
      const rest = ignition.fluxTimeProduct - this.#product[i]!;
      const span = end - this.time_s;
      const [a, b] = [this.#flux[i]! - ignition.criticalFlux_W_m2, this.#next[i]! - ignition.criticalFlux_W_m2];
      if (!(a > 0 || b > 0)) continue;
      if (productOver(a, b, span, span, ignition.index) < rest) continue;
      const time = this.time_s + timeOfProduct(a, b, span, rest, ignition.index);
      if (time < first.time || first.item < 0) first = { time: Math.min(time, end), item: i };
    }
    return first;
  }

  #addProducts(end: number, first: { time: number; item: number }): void {
    const span = end - this.time_s;
    for (let i = 0; i < this.items.length; i++) {
      const { ignition } = this.items[i]!;
      if (this.#fires.ignited[i]! < Infinity || !ignition) continue;
      const [a, b] = [this.#flux[i]! - ignition.criticalFlux_W_m2, this.#next[i]! - ignition.criticalFlux_W_m2];
      if (a > 0 || b > 0) this.#product[i]! += productOver(a, b, span, first.time - this.time_s, ignition.index);
    }
  }

  /** Ignites the item that is due, and all others whose product is full in the same instant. */
  #igniteFull(surroundings: Readonly<Record<string, Surroundings>>, due: number, events: SpreadEvent[]): void {
    this.#setFluxes(surroundings, this.#flux);
    for (let i = 0; i < this.items.length; i++) {
      const { ignition, place, footprint } = this.items[i]!;
      if (this.#fires.ignited[i]! < Infinity || !ignition) continue;
      if (i !== due && this.#product[i]! < ignition.fluxTimeProduct) continue;
      const around = surroundings[place];
      const layer = around ? (around.layerFlux_W_m2 ?? around.floorFlux_W_m2) : 0;
      const where = this.#hottest(i) ?? ([footprint.x, footprint.y] as const);
      this.#light(i, layer > this.#flux[i]! / 2 ? "layer" : "radiation", where, events);
    }
  }

  /** Place of an item that gets most from one flame; null where none heats it. */
  #hottest(i: number): readonly [number, number] | null {
    let [place, most]: [readonly [number, number] | null, number] = [null, 0];
    for (let j = 0; j < this.items.length; j++) {
      const flux = this.#from(j, i, true);
      if (flux > most) [place, most] = [[at[0]!, at[1]!], flux];
    }
    return place;
  }

  hrr_W(place: string): number {
    return this.items.reduce((sum, item, i) => (item.place === place ? sum + this.hrrOf_W(i) : sum), 0);
  }

  hrrOf_W(item: number): number {
    return this.#fires.hrr_W(item, this.time_s);
  }

  releasedBy_J(item: number): number {
    return this.#fires.released_J(item, this.time_s);
  }

  ignitedAt_s(item: number): number {
    return this.#fires.ignited[item]!;
  }

  heated(item: number): number {
    const { ignition } = this.items[item]!;
    if (this.#fires.ignited[item]! < Infinity) return 1;
    return ignition ? Math.min(1, this.#product[item]! / ignition.fluxTimeProduct) : 0;
  }

  radiantFlux(sheet: number, x_m: number, y_m: number, height_m: number): number {
    let sum = 0;
    for (let j = 0; j < this.items.length; j++) {
      const flame = this.flames[j]!;
      if (!(flame.radiated > 0) || this.items[j]!.sheet !== sheet) continue;
      const flux = flameFlux(flame, x_m, y_m, height_m, null);
      if (flux > LEAST_FLUX) sum += flux * this.#seen(j, x_m, y_m, height_m);
    }
    return sum;
  }

  setOpening(opening: string, share: number): void {
    this.#barriers.setOpen(opening, share);
  }

  setShare(item: number, share: number): void {
    this.#fires.share[item] = share < 0 ? 0 : share > 1 ? 1 : share;
  }

  setSmoke(place: string, smoke: SmokeLayers | null): void {
    if (smoke) this.#smoke.set(place, smoke);
    else this.#smoke.delete(place);
  }

  ignite(item: number): SpreadEvent[] {
    const events: SpreadEvent[] = [];
    if (this.#fires.ignited[item] === Infinity) {
      const { x, y } = this.items[item]!.footprint;
      this.#light(item, "given", [x, y], events);
    }
    return events;
  }
}
