/**
 * Layout: what a plan says, in local metres, frozen. x points east, y points north, z up.
 * One unit is a room for walkers and later a compartment for smoke; one opening is a door for walkers and later a vent.
 */
import type { Point, Polygon, Ring, Segment } from "../geometry/polygon.js";

export type { Point, Polygon, Ring, Segment };

export interface Level {
  readonly id: string;
  readonly name: string;
  /** 0 = ground, as in IMDF. */
  readonly ordinal: number;
  /** Floor height above the local zero, m. */
  readonly elevation: number;
  readonly outdoor: boolean;
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly category: string;
  readonly polygons: readonly Polygon[];
  readonly walkable: boolean;
  /** m; null under the open sky. */
  readonly ceilingHeight: number | null;
  /** "walled": its outline is a wall except at openings. "open": joins other open units of its level without a wall. */
  readonly boundary: "walled" | "open";
}

export type OpeningState = "open" | "closed";

export interface OpeningControl {
  /** Prescribed greatest flow over the effective width, persons/(m s). */
  readonly greatestSpecificFlow?: number;
  /** Strip at each side that is not used, m. */
  readonly boundaryLayer?: number;
  /** Into or out of the layout, for openings that lead outside. */
  readonly oneWay?: "in" | "out";
  /** People who pass at one time, and the time of each, s. */
  readonly turnstile?: { readonly lanes: number; readonly service: number };
}

export interface Opening {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly category: string;
  readonly line: Segment;
  /** Clear width, m (length of the line unless the file says less). */
  readonly width: number;
  /** m */
  readonly height: number;
  /** m */
  readonly sill: number;
  /** "forward" lets people pass only from the left of the line to its right, seen along the line; "backward" the other way. */
  readonly direction: "both" | "forward" | "backward";
  readonly state: OpeningState;
  /** true: leads out of the layout; who crosses it has left. */
  readonly exit: boolean;
  /** Ids of the one or two units it joins. */
  readonly units: readonly string[];
  /** What the plan says about passing it beyond its geometry; a scenario may say otherwise. */
  readonly control?: OpeningControl;
}

export interface Fixture {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly category: string;
  readonly polygon: Polygon;
}

/** A named zone: entry, waiting, measuring. Has no walls. */
export interface Section {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly category: string;
  readonly polygons: readonly Polygon[];
}

/** A measuring line. */
export interface MeasureLine {
  readonly id: string;
  readonly name: string;
  readonly level: string;
  readonly line: Segment;
}

export type ConnectionKind = "stairs" | "ramp" | "escalator";

export interface FlightWalk {
  /** Depth and height of a step, m. */
  readonly tread?: number;
  readonly riser?: number;
  /** Speed of the belt of an escalator along its slope, m/s. */
  readonly speed?: number;
  /** Share of the people who stand on it. */
  readonly standingShare?: number;
  /** Most people an hour. */
  readonly capacity?: number;
}

/** A flight between two levels: walked on a sheet of its own, entered and left through two portals. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly kind: ConnectionKind;
  /** Unit whose plan outline is the flight. */
  readonly unit: string;
  readonly lower: { readonly level: string; readonly line: Segment };
  readonly upper: { readonly level: string; readonly line: Segment };
  /** Vertical rise, m. */
  readonly rise: number;
  readonly direction: "both" | "up" | "down";
  /** What the plan says of its steps and its belt; a scenario may say otherwise. */
  readonly walk?: FlightWalk;
}

/** What a plan says of a lift; a scenario may say otherwise. */
export interface LiftDrive {
  /** Persons. */
  readonly capacity?: number;
  /** m/s, m/s2 */
  readonly speed?: number;
  readonly acceleration?: number;
  /** s: doors opening, doors closing, doors open at least. */
  readonly doorOpen?: number;
  readonly doorClose?: number;
  readonly dwell?: number;
}

/** A lift: its car has a sheet of its own on every level where it stops, each joined to the floor by a portal. */
export interface Lift {
  readonly id: string;
  readonly name: string;
  /** Unit whose outline is the car. */
  readonly unit: string;
  /** The lowest first. */
  readonly landings: readonly { readonly level: string; readonly opening: string; readonly line: Segment }[];
  readonly drive: LiftDrive;
}

/**
 * One walkable surface with walls of its own: the floor of a level, or the flight of a connection.
 * People on different sheets never see or touch each other, except across a portal.
 */
export interface Sheet {
  readonly id: string;
  readonly name: string;
  /** Level id; for a flight the lower level. */
  readonly level: string;
  readonly kind: "floor" | ConnectionKind | "lift";
  /** Id of the connection or lift, for flights and cars. */
  readonly connection: string | null;
  /** Disjoint floor pieces, fixtures cut out. */
  readonly regions: readonly Polygon[];
  /** 4 per wall [ax, ay, bx, by, ...], m. Openings and portals are cut out of the walls, whatever their state. */
  readonly walls: Float64Array;
}

/** A line where people may pass from `sheetA` to `sheetB` (indices into `sheets`); equal for an opening inside one level. */
export interface Gate {
  /** Opening id, or `connection id/lower` and `/upper` for portals. */
  readonly id: string;
  readonly kind: "opening" | "portal";
  /** Id of the opening it was drawn as. */
  readonly opening: string;
  readonly line: Segment;
  readonly sheetA: number;
  readonly sheetB: number;
  readonly exit: boolean;
  readonly direction: "both" | "forward" | "backward";
  readonly state: OpeningState;
}

export interface Repair {
  readonly place: string;
  readonly level: string;
  readonly what: string;
  /** m or m2, as `what` says. */
  readonly size: number;
  readonly at: Point;
}

/** Floors that openings and flights join, closed ones too. */
export interface FloorPart {
  /** m² */
  readonly area: number;
  readonly levels: readonly string[];
  /** A corner of it, m. */
  readonly at: Point;
  /** Ids of the openings that lead out of it. */
  readonly exits: readonly string[];
}

export interface ImportReport {
  readonly format: "geojson" | "imdf" | "wkt";
  /** Size of the bounding box, m. */
  readonly extent: readonly [number, number];
  /** Floor of all sheets, flights in plan, m². */
  readonly area: number;
  /** By falling area; more than one means that people cannot get from everywhere to everywhere. */
  readonly parts: readonly FloorPart[];
  readonly repairs: readonly Repair[];
  /** Things worth knowing that change nothing: what was not used and why. */
  readonly notices: readonly string[];
}

/** How local metres map back: lon/lat of the local zero for projected files, or the offset taken off metre coordinates. */
export type Frame =
  | { readonly kind: "lonlat"; readonly lon: number; readonly lat: number }
  | { readonly kind: "metres"; readonly x: number; readonly y: number };

export interface Layout {
  readonly name: string;
  /** Notice that must travel with every output, such as a map licence; empty where there is none. */
  readonly attribution: string;
  readonly frame: Frame;
  readonly levels: readonly Level[];
  readonly units: readonly Unit[];
  readonly openings: readonly Opening[];
  readonly fixtures: readonly Fixture[];
  readonly sections: readonly Section[];
  readonly lines: readonly MeasureLine[];
  readonly connections: readonly Connection[];
  readonly lifts: readonly Lift[];
  readonly sheets: readonly Sheet[];
  readonly gates: readonly Gate[];
  readonly report: ImportReport;
}
