/**
 * World: layout and scenario compiled once into flat arrays over shared buffers, read-only for all workers.
 *
 * Two grids share one origin and lie on all sheets alike, so that a step across a portal keeps its plan coordinates:
 * - the *raster* (edge `cell`, 0.25 m): its nodes are the cells whose centre is floor; travel-time fields live on nodes;
 * - the *neighbour grid* (edge BIN, 1.5 m): people and walls are listed by bin.
 */
import type { Seeds, WalkingGraph } from "../geometry/travel-time.js";
import type { Polygon, Segment } from "../layout/layout.js";
import type { LiftWay } from "../scenario/lift-rules.js";
import type { ModelSettings } from "../scenario/models.js";
import type { ArrivalInterval, Distribution, Population } from "../scenario/scenario.js";
import type { StairLaw } from "../scenario/stair-laws.js";

/** Edge of a bin of the neighbour grid, m: half of the 3 m that people look ahead. */
export const BIN = 1.5;
/** Bins around each sheet that stay empty, so that neighbour loops need no bounds. */
export const BIN_MARGIN = 2;

export interface SheetGrid {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly kind: "floor" | "stairs" | "ramp" | "escalator" | "lift";
  /** Lower left corner of the sheet's raster, m. */
  readonly x0: number;
  readonly y0: number;
  readonly nx: number;
  readonly ny: number;
  /** Where the sheet's raster begins in `World.raster`. */
  readonly first: number;
  /** Bins: lower left corner (m, margin included), columns, rows, first index. */
  readonly bx0: number;
  readonly by0: number;
  readonly bnx: number;
  readonly bny: number;
  readonly firstBin: number;
  /** Unit vector in plan that leads up a flight; (0, 0) on floors. */
  readonly upX: number;
  readonly upY: number;
  /** Factor on speeds on stairs by the pitch of the steps. */
  readonly pitch: number;
  /** A moving belt: its speed in plan, m/s, and the share of people who stand on it; null where nothing moves. */
  readonly belt: { readonly speed: number; readonly standingShare: number } | null;
}

/** Rules of passage of a gate: see crowd/hold-back.ts. */
export interface GateControl {
  /** Least time between two passages, s: 1 over the prescribed greatest flow; 0 where there is none. */
  readonly interval_s: number;
  /** true: leads onto a moving belt. */
  readonly belt: boolean;
  readonly turnstile: { readonly lanes: number; readonly service_s: Distribution } | null;
}

/** A line in the plan that is a wall for some and a passage for others, by its state, direction and the walker's exit. */
export interface WorldGate {
  readonly id: string;
  readonly line: Segment;
  readonly sheetA: number;
  readonly sheetB: number;
  readonly portal: boolean;
  readonly exit: boolean;
  readonly direction: "both" | "forward" | "backward";
  readonly open: boolean;
  /** Clear width, m; people wider than it cannot pass. */
  readonly width: number;
  /** true: leads onto stairs or an escalator. */
  readonly stepped: boolean;
  /** Door of a lift: which landing of World.lifts, whether the car is left of the line, who uses it; absent at all other gates. */
  readonly door?: { readonly lift: number; readonly landing: number; readonly carLeft: boolean; readonly stepFreeOnly: boolean };
  /** What holds people back before it; absent where nothing does. */
  readonly control?: GateControl;
  /** Slots of `graph.neighbours` (4 * node + side) that cross the line from its left to its right, and the other way. */
  readonly forwardEdges: Int32Array;
  readonly backwardEdges: Int32Array;
}

export interface Area {
  readonly name: string;
  readonly sheets: readonly number[];
  readonly polygons: readonly Polygon[];
  /** Nodes whose centre is inside. */
  readonly nodes: Int32Array;
}

/** Something to walk to. */
export interface Destination {
  readonly name: string;
  readonly seeds: Seeds;
  /** Exit gate that each seed belongs to, or -1: a shut exit draws nobody. Empty where no seed has one. */
  readonly seedGates: Int32Array;
  /** Arrived when inside this area; null for exits by openings and for queues. */
  readonly area: Area | null;
  /** Gates that let people of this destination out. */
  readonly exitGates: readonly number[];
  /** Areas in which people of this destination leave, with their index in `World.exits`. */
  readonly exitAreas: readonly { readonly area: Area; readonly exit: number }[];
}

export interface Exit {
  readonly name: string;
  readonly width_m: number | null;
  /** Gate index, or -1 for an exit area. */
  readonly gate: number;
}

/** One server with the spots of its lane, 2 per spot [x, y, …], the first at the server, the last at the tail. */
export interface Lane {
  readonly spots: Float32Array;
}

export interface Queue {
  readonly name: string;
  readonly gate: number;
  readonly sheet: number;
  readonly lanes: readonly Lane[];
  readonly service_s: Distribution;
  readonly meanService_s: number;
  /** Where people walk to before they join a lane. */
  readonly destination: number;
}

/** One level at which a lift stops. */
export interface Landing {
  readonly level: string;
  readonly gate: number;
  /** Sheets of the floor before the doors, and of the car behind them. */
  readonly floor: number;
  readonly car: number;
  readonly carLeft: boolean;
  /** m */
  readonly elevation: number;
  /** Middle of the doors, m, and unit vector into the car. */
  readonly x: number;
  readonly y: number;
  readonly inX: number;
  readonly inY: number;
  /** Node of the car just behind the doors. */
  readonly node: number;
  /** Clear width of the doors, m. */
  readonly width: number;
  /** Rows of places before the doors. */
  readonly rows: readonly Lane[];
  /** Bins of the floor from which people are called to a place. */
  readonly bins: Int32Array;
}

/** A lift that runs: see crowd/lifts.ts. */
export interface WorldLift {
  readonly id: string;
  readonly name: string;
  readonly way: LiftWay;
  /** The lowest first. */
  readonly landings: readonly Landing[];
  /** 3 per place in the car [x, y, distance from its wall, …], m. */
  readonly spots: Float32Array;
  /** Distance of two people in it, as a share of both radii, at which its capacity finds room. */
  readonly closeness: number;
  /** s, from landing a to b: [a * landings + b]. */
  readonly rides: Float64Array;
}

export type PlanStage =
  | { readonly kind: "go"; readonly destination: number }
  | { readonly kind: "queue"; readonly queues: readonly number[] }
  | { readonly kind: "stay"; readonly destination: number; readonly for_s: Distribution | null; readonly until_s: number | null }
  | {
      readonly kind: "choose";
      readonly destinations: readonly number[];
      readonly weights: readonly number[];
      readonly share: number;
      readonly stay_s: Distribution;
    }
  | {
      readonly kind: "leave";
      readonly destinations: readonly number[];
      readonly shares: readonly number[];
      /** How exits are weighed by expected time; null: they are not. Destinations are then single exits. */
      readonly expected: ExpectedChoice | null;
      /** Whether the nearest is taken, else one is drawn by shares. */
      readonly nearest: boolean;
    };

/** See crowd/exit-choice.ts. */
export interface ExpectedChoice {
  /** Share of the expected time that another exit must save. */
  readonly gain: number;
  /** Weight of what others in sight do, 0: none. */
  readonly follow: number;
  /** By destination: whether the group knows the exit. */
  readonly familiar: readonly boolean[];
}

/** A marshal who sends people from some exits to another. */
export interface Redirect {
  readonly at_s: number;
  /** Infinity: to the end. */
  readonly until_s: number;
  /** By group. */
  readonly groups: readonly boolean[];
  /** Destinations that are one of the exits. */
  readonly from: readonly number[];
  /** Destinations that are sets of exits with one of them among them. */
  readonly sets: readonly number[];
  readonly to: number;
  readonly share: number;
  /** Where it is heard; null: everywhere. */
  readonly area: Area | null;
  readonly what: string;
}

/** Where people of a group appear. */
export interface Entry {
  readonly name: string;
  readonly share: number;
  readonly sheet: number;
  /** Opening by which people come in, or -1 for an area; while it is shut they wait outside. */
  readonly gate: number;
  /** Node centres where a person may be put. */
  readonly nodes: Int32Array;
}

export interface PlanGroup {
  readonly name: string;
  readonly count: number;
  readonly population: Population;
  readonly pre_movement_s: Distribution;
  /** Whether people keep behind whoever is ahead: see `Group.single_file`. */
  readonly singleFile: boolean;
  /** How its people are drawn into social groups; groups of one pool mix. null: everybody is alone. */
  readonly social: { readonly pool: string; readonly sizes: readonly number[]; readonly shares: readonly number[] } | null;
  /** Factor on the time gap that people keep: see `Group.motivation`. */
  readonly gapFactor: number;
  readonly stages: readonly PlanStage[];
  /** Whether people begin the stages again after the last one. */
  readonly repeats: boolean;
  /** People put in at the start, anywhere in these entries. */
  readonly start: readonly Entry[];
  readonly arrivals: { readonly entries: readonly Entry[]; readonly intervals: readonly ArrivalInterval[] } | null;
  readonly agents: readonly { x: number; y: number; sheet: number; speed: number | null; radius: number | null }[];
}

export interface WallLists {
  /** 4 per wall [ax, ay, bx, by], m; all sheets. */
  readonly walls: Float32Array;
  /** Per bin: first entry in `list`; one more at the end. */
  readonly start: Int32Array;
  /** Wall index, or -1 - gate for a gate. */
  readonly list: Int32Array;
}

/** Bins of other sheets that a bin sees across a portal. */
export interface Seams {
  readonly start: Int32Array;
  readonly bins: Int32Array;
}

export interface World {
  readonly cell: number;
  readonly x0: number;
  readonly y0: number;
  readonly sheets: readonly SheetGrid[];
  readonly stairs: StairLaw;
  /** Node of each raster cell, or -1. */
  readonly raster: Int32Array;
  readonly nodeX: Float32Array;
  readonly nodeY: Float32Array;
  readonly nodeSheet: Uint16Array;
  /** 1 where a wall stands within 0.35 m of the centre, so that a person in the cell may be on the other side. */
  readonly nearWall: Uint8Array;
  /** All gates passable. */
  readonly graph: WalkingGraph;
  readonly gates: readonly WorldGate[];
  readonly wallLists: WallLists;
  readonly seams: Seams;
  readonly binCount: number;
  readonly destinations: readonly Destination[];
  /**
   * Clear widths, m, rising, that some people of the scenario are too wide for. A person wider than k of them is of class k,
   * and finds the gates with these widths shut.
   */
  readonly narrow: readonly number[];
  /** true: somebody uses no stairs, and the classes exist twice, the second time with stairs and escalators shut. */
  readonly stepFree: boolean;
  /** Body width of the slimmest person that may appear, m: gates narrower than this are shut to all. */
  readonly slimmest: number;
  /** Body width of the widest person that may appear, m. */
  readonly widest: number;
  /** Fields of the layout's first state: `class * destinations.length + destination` (wayClassOf). */
  readonly fields: readonly Field[];
  readonly exits: readonly Exit[];
  readonly queues: readonly Queue[];
  readonly lifts: readonly WorldLift[];
  /** Lifts that stop or start, sorted by time. */
  readonly liftEvents: readonly { at_s: number; lift: number; runs: boolean; what: string }[];
  readonly groups: readonly PlanGroup[];
  /** Gates to open or close, sorted by time. */
  readonly events: readonly { at_s: number; gate: number; open: boolean; what: string }[];
  /** Sorted by time. */
  readonly redirects: readonly Redirect[];
  readonly stops: readonly { at_s: number; groups: readonly number[] }[];
  readonly floorArea: number;
  /** Said before the run starts: what the scenario asks for and cannot fully have. */
  readonly notices: readonly string[];
  readonly model: ModelSettings;
}

export interface Field {
  /** s at 1 m/s on the level, per node. */
  readonly time: Float32Array;
  /** 4 per node [gx, gy, time, 0]: unit vector of steepest descent and the time again, so that a walker reads one cache line. */
  readonly flow: Float32Array;
}

/** Node of the raster cell that holds (x, y), or -1. */
export function nodeAt(world: Pick<World, "sheets" | "raster" | "cell">, sheet: number, x: number, y: number): number {
  const grid = world.sheets[sheet]!;
  const ix = Math.floor((x - grid.x0) / world.cell);
  const iy = Math.floor((y - grid.y0) / world.cell);
  if (ix < 0 || iy < 0 || ix >= grid.nx || iy >= grid.ny) return -1;
  return world.raster[grid.first + iy * grid.nx + ix]!;
}

/** Bin of the neighbour grid that holds (x, y); positions of people always lie inside the sheet's bins. */
export function binAt(grid: SheetGrid, x: number, y: number): number {
  return grid.firstBin + Math.floor((y - grid.by0) / BIN) * grid.bnx + Math.floor((x - grid.bx0) / BIN);
}
