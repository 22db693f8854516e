/**
 * What the zone model calculates: compartments, openings, fans, fires, targets and detectors as plain data, SI throughout.
 * Everything refers to everything else by index into the list of its kind. Heights are metres above the floor of the compartment
 * named; only `floor_m` is above the datum of the building. Plan places x, y are metres from the compartment's corner of least x and y.
 */

/** Index that stands for the outside air. */
export const OUTSIDE = -1;

/** Points [time, value], times ascending; linear between points, the end values hold beyond them. */
export type TimeTable = readonly (readonly [number, number])[];

export interface FireBuilding {
  readonly ambient: Ambient;
  readonly materials: readonly Material[];
  readonly compartments: readonly Compartment[];
  readonly wallVents: readonly WallVent[];
  readonly horizontalVents: readonly HorizontalVent[];
  readonly fans: readonly Fan[];
  readonly fires: readonly Fire[];
  readonly targets: readonly Target[];
  readonly detectors: readonly Detector[];
  /** Heat that leaves a surface of one compartment through its back into another; a surface not named here backs on the outside. */
  readonly heatPaths: readonly HeatPath[];
  readonly options?: BuildingOptions;
}

export interface Ambient {
  /** Absolute pressure at the datum, Pa; 20,000 to 120,000. */
  readonly pressure_Pa: number;
  /** Air in the building at the start, K; 230 to 330. */
  readonly interiorTemperature_K: number;
  /** Air outside, K; 230 to 330. */
  readonly exteriorTemperature_K: number;
  /** 0 to 1. */
  readonly relativeHumidity: number;
}

export interface BuildingOptions {
  /** Mass fraction of oxygen below which flames go out; 0 to 0.23; default 0.15 (CFAST Technical Reference Guide, NIST TN 1889v1, combustion chemistry). */
  readonly lowerOxygenLimit?: number;
  /** All surfaces adiabatic, whatever they are made of. Default false. */
  readonly adiabatic?: boolean;
  /** Wall fires entrain as half a fire of twice the strength (factor about 0.63). Default false: see docs/models/fire-zone.md. */
  readonly wallPlume?: boolean;
  /** Temperature above which fuel that comes through an opening burns where it meets air, K; default 100 K above the interior (CFAST User's Guide). */
  readonly gasIgnition_K?: number;
  /** Longest step, s; default 1. */
  readonly longestStep_s?: number;
}

export interface Material {
  readonly id: string;
  readonly conductivity_W_mK: number;
  readonly density_kg_m3: number;
  readonly specificHeat_J_kgK: number;
  /** 0 to 1. */
  readonly emissivity: number;
}

/** One layer of a surface. */
export interface SurfaceLayer {
  /** Index into `materials`. */
  readonly material: number;
  readonly thickness_m: number;
}

/** Layers from the room outwards (1 to 6), or no loss at all. */
export type Surface = "adiabatic" | readonly SurfaceLayer[];

export interface Compartment {
  readonly id: string;
  /** Height of the floor above the datum, m. */
  readonly floor_m: number;
  /** Extent along x, m. */
  readonly width_m: number;
  /** Extent along y, m. */
  readonly depth_m: number;
  readonly height_m: number;
  /** Plan area at heights above the floor, ascending [height m, area m2], for spaces that widen or narrow (atria, lofts); default width x depth everywhere. */
  readonly areaByHeight?: TimeTable;
  readonly ceiling: Surface;
  readonly walls: Surface;
  readonly floor: Surface;
  /** Leak to the outside: m2 of leak per m2 of wall or floor. */
  readonly leakage?: { readonly walls: number; readonly floor: number };
  /**
   * "shaft": one well-mixed zone (stairwell, lift shaft); "corridor": ceiling jets flow along it (detectors and targets);
   * default "room". A tall stairwell that is not mixed is best one compartment per storey joined by horizontal vents.
   */
  readonly kind?: "room" | "shaft" | "corridor";
}

/** What opens and closes a vent or sets the speed of a fan: a share from 0 (shut) to 1. */
export type Opening =
  /** Set from outside by `openness`; `initial` until then. */
  | { readonly by: "share"; readonly initial: number }
  /** Share over time since the start. */
  | { readonly by: "time"; readonly table: TimeTable }
  /** From `before` to `after` within `duration_s` (default 1 s) once the device has acted. */
  | {
      readonly by: "device";
      readonly device: DeviceRef;
      readonly before: number;
      readonly after: number;
      readonly duration_s?: number;
    };

/** A target that reaches a set point or a detector that activates. */
export type DeviceRef =
  | { readonly kind: "target-temperature"; readonly target: number; readonly temperature_K: number }
  | { readonly kind: "target-flux"; readonly target: number; readonly flux_W_m2: number }
  | { readonly kind: "detector"; readonly detector: number };

/** A door, window or slit in a wall. */
export interface WallVent {
  readonly id: string;
  /** Compartment whose floor `sill_m` and `soffit_m` are measured from. */
  readonly from: number;
  /** Compartment or OUTSIDE. */
  readonly to: number;
  readonly sill_m: number;
  readonly soffit_m: number;
  readonly width_m: number;
  readonly opening: Opening;
  /** 0 to 1; default 0.7. */
  readonly dischargeCoefficient?: number;
  /** Pressure of wind on the outer side, Pa, positive towards the building; only where `to` is OUTSIDE. */
  readonly windPressure_Pa?: number;
  /** Middle of the opening in `from`, m; where known (door jet fires as targets see them). */
  readonly at?: readonly [number, number];
}

/** An opening in a ceiling or floor. */
export interface HorizontalVent {
  readonly id: string;
  /** Compartment above the opening, or OUTSIDE for a roof vent. */
  readonly above: number;
  /** Compartment below the opening, or OUTSIDE for a hole in the lowest floor. */
  readonly below: number;
  readonly area_m2: number;
  readonly shape: "round" | "square";
  readonly opening: Opening;
}

/** A fan with its duct ends as grilles; it keeps its volume flow up to `cutoffBegin_Pa` against it and stops at `cutoffEnd_Pa`. */
export interface Fan {
  readonly id: string;
  /** Compartment it draws from, or OUTSIDE. */
  readonly from: number;
  /** Compartment it blows into, or OUTSIDE. */
  readonly to: number;
  readonly flow_m3_s: number;
  /** Middle of each grille above the floor of its compartment, m. */
  readonly fromHeight_m: number;
  readonly toHeight_m: number;
  readonly fromArea_m2: number;
  readonly toArea_m2: number;
  /** Grilles in walls ("vertical") draw from what lies across their height, those in ceilings or floors from a thin slice. Default "vertical". */
  readonly fromOrientation?: "vertical" | "horizontal";
  readonly toOrientation?: "vertical" | "horizontal";
  /** Default 200 and 300 Pa. */
  readonly cutoffBegin_Pa?: number;
  readonly cutoffEnd_Pa?: number;
  readonly opening: Opening;
  /** Share of soot and trace that the filter holds back over time, 0 to 1. */
  readonly filter?: TimeTable;
}

/** C_n H_m O_p N_q Cl_r. */
export interface Fuel {
  readonly carbon: number;
  readonly hydrogen: number;
  readonly oxygen: number;
  readonly nitrogen: number;
  readonly chlorine: number;
  readonly heatOfCombustion_J_kg: number;
}

export interface Fire {
  readonly id: string;
  readonly compartment: number;
  readonly x_m: number;
  readonly y_m: number;
  readonly fuel: Fuel;
  /** Share of the heat that leaves as radiation, 0 to 1. */
  readonly radiativeFraction: number;
  /** Tables over the time since ignition. */
  readonly hrr_W: TimeTable;
  /** Height of the burning surface above the floor, m. */
  readonly height_m: TimeTable;
  readonly area_m2: TimeTable;
  /** kg per kg of fuel burnt. HCl follows from the fuel's chlorine: all of it. */
  readonly yields: { readonly co: TimeTable; readonly soot: TimeTable; readonly hcn: TimeTable; readonly trace: TimeTable };
  /** Begins at a time, when a device acts, or when `ignite` is called from outside. */
  readonly ignition:
    | { readonly by: "time"; readonly time_s: number }
    | { readonly by: "device"; readonly device: DeviceRef }
    | { readonly by: "outside" };
  /** Its soot counts as that of a smouldering fire (lower extinction per mass). Default false. */
  readonly smouldering?: boolean;
}

/** A small body or person that is heated. The devices module works out its temperature and flux. */
export interface Target {
  readonly id: string;
  readonly compartment: number;
  readonly at: readonly [number, number, number];
  /** Outward normal of its front, unit length. */
  readonly normal: readonly [number, number, number];
  readonly material: number;
  readonly thickness_m: number;
  readonly shape: "plate" | "cylinder";
  /** Depth below the front at which its temperature is reported, m. */
  readonly depth_m: number;
  /** Heat transfer coefficients of front and back, W/(m2 K); default natural convection by orientation. */
  readonly convection_W_m2K?: readonly [number, number];
  /** Takes the adiabatic surface temperature instead of being heated through its thickness. Default false. */
  readonly adiabatic?: boolean;
}

export type Detector = HeatDetector | SmokeDetector | Sprinkler;

interface AnyDetector {
  readonly id: string;
  readonly compartment: number;
  readonly at: readonly [number, number, number];
}

export interface HeatDetector extends AnyDetector {
  readonly kind: "heat";
  /** Response time index, (m s)^1/2. */
  readonly rti: number;
  readonly activation_K: number;
}

export interface SmokeDetector extends AnyDetector {
  readonly kind: "smoke";
  /** Obscuration at which it acts, share per metre (0.08 = 8 %/m). */
  readonly obscuration_1_m: number;
  /** Where flaming and smouldering smoke set it off differently. */
  readonly smoulderingObscuration_1_m?: number;
}

export interface Sprinkler extends AnyDetector {
  readonly kind: "sprinkler";
  readonly rti: number;
  readonly activation_K: number;
  /** Water on the floor below, m/s (= m3 per m2 and s). */
  readonly sprayDensity_m_s: number;
}

/** The back of a surface faces another compartment instead of the outside. */
export interface HeatPath {
  readonly compartment: number;
  readonly surface: "ceiling" | "walls" | "floor";
  readonly to: number;
  /** Share of the surface, 0 to 1; the shares of a surface add up to at most 1, the rest faces the outside. */
  readonly share: number;
}
