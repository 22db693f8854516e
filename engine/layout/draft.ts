/** A layout between reading and building: typed features in local metres with sound outlines, not yet cut or joined. */
import type { Polygon, Segment } from "../geometry/polygon.js";
import type {
  Fixture,
  FlightWalk,
  Frame,
  ImportReport,
  Level,
  LiftDrive,
  MeasureLine,
  Opening,
  Section,
  Unit,
} from "./layout.js";
import type { Repairs } from "./repairs.js";

/** An opening before its place on the outlines is known. */
export type DraftOpening = Omit<Opening, "exit" | "units" | "line"> & {
  readonly place: string;
  readonly line: Segment;
  readonly statedExit: boolean | undefined;
};

export interface DraftRelationship {
  readonly place: string;
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly direction: string | undefined;
  readonly origin: string | null;
  readonly destination: string | null;
  readonly intermediary: readonly string[];
  readonly rise: number | undefined;
  readonly walk?: FlightWalk;
  readonly drive?: LiftDrive;
}

export interface DraftUnit extends Unit {
  readonly place: string;
  readonly polygons: readonly Polygon[];
}

export interface Draft {
  readonly format: ImportReport["format"];
  readonly name: string;
  readonly attribution: string;
  readonly frame: Frame;
  readonly extent: readonly [number, number];
  readonly levels: readonly Level[];
  readonly units: readonly DraftUnit[];
  readonly openings: readonly DraftOpening[];
  readonly fixtures: readonly Fixture[];
  readonly sections: readonly Section[];
  readonly lines: readonly MeasureLine[];
  readonly relationships: readonly DraftRelationship[];
  /** Levels with a unit that was refused; what touches it cannot be judged. */
  readonly doubtful: Set<string>;
  readonly repairs: Repairs;
  readonly notices: string[];
}
