/** Muster's engine: pure steps from text to plain data. What is not exported here is internal. */

export { charts } from "./chart/charts.js";
export { ERRORS, type ErrorCode, MusterError, type Problem } from "./errors.js";
export { type CfastTable, cfastRooms, readCfastTable } from "./fire/fields/cfast-table.js";
export { addFields, layFields, startField } from "./fire/fields/combine.js";
export { exitSigns } from "./fire/fields/exit-signs.js";
export { type ByteSource, sourceOf } from "./fire/fields/fds/bytes.js";
export { type FdsField, type FdsFieldOptions, fdsField } from "./fire/fields/fds/field.js";
export { type FdsFiles, type FdsRun, openFds } from "./fire/fields/fds/run.js";
export { type FdsIndex, readSmv } from "./fire/fields/fds/smv.js";
export { type FdsTableData, readFdsTable } from "./fire/fields/fds/table.js";
export { type Air, type AirQuantity, ambientAir, type SmokeField } from "./fire/fields/field.js";
export { type LayerFieldOptions, type LayerRooms, layerField, type RoomAir } from "./fire/fields/layers.js";
export { floorHeights, unitAt } from "./fire/fields/places.js";
export { planGrid, signLossMap, signMap, visibilityMap } from "./fire/fields/sign-map.js";
export { type Eye, meanExtinction, type Sight, type Sign, sightOf } from "./fire/fields/signs.js";
export { zoneRooms } from "./fire/fields/zone-rooms.js";
export { asphyxiantRate, type DoseLaw, narcosisRate } from "./fire/tenability/asphyxiants.js";
export { addDose, addDoses, causeOf, createDoses, type DoseSettings, type Doses } from "./fire/tenability/dose.js";
export { convectiveRate, heatRate, radiantRate } from "./fire/tenability/heat.js";
export { irritantConcentration } from "./fire/tenability/irritants.js";
export { SPEED_LAWS, type SpeedLaw, speedInSmoke } from "./fire/tenability/speed.js";
export { thresholdOf } from "./fire/tenability/susceptibility.js";
export { opticalDensity, visibility } from "./fire/tenability/visibility.js";
export {
  expected as expectedMeasurement,
  type FireModel,
  type UncertainQuantity,
  type Uncertainty,
  uncertainty,
} from "./fire/uncertainty.js";
export {
  type Ambient,
  type BuildingOptions,
  type Compartment,
  type Detector,
  type DeviceRef,
  type Fan,
  type Fire,
  type FireBuilding,
  type Fuel,
  type HeatDetector,
  type HeatPath,
  type HorizontalVent,
  type Material,
  type Opening,
  OUTSIDE,
  type SmokeDetector,
  type Sprinkler,
  type Surface,
  type SurfaceLayer,
  type Target,
  type TimeTable,
  type WallVent,
} from "./fire/zone/building.js";
export { createZoneModel } from "./fire/zone/create.js";
export { runZone, type ZoneHistory } from "./fire/zone/run.js";
export {
  type FireState,
  FUEL,
  type LayerAir,
  SPECIES,
  type Species,
  type ZoneBalance,
  type ZoneDevices,
  type ZoneModel,
  type ZoneState,
  type ZoneStatus,
} from "./fire/zone/zone-model.js";
export type { Layout } from "./layout/layout.js";
export { fromLonLat, toLonLat } from "./layout/project.js";
export { type LayoutInput, readLayout } from "./layout/read.js";
export type { DensityMap, Measures } from "./measure/measures.js";
export { createRecorder } from "./measure/recorder.js";
export { classicDensity, type MeasurementArea, meanSpeedInArea, rowsInside } from "./measure/trajectory/area.js";
export type { CutOff } from "./measure/trajectory/convex-cell.js";
export { type Floor, measuredFloor } from "./measure/trajectory/floor.js";
export {
  type CrossingPolicy,
  type Crossings,
  countedCrossings,
  type FlowWindow,
  flowFirstToLast,
  flowWindows,
  type MeasurementLine,
  passedBy,
  rawCrossings,
} from "./measure/trajectory/line-crossings.js";
export { type FrameSeries, type Statistics, statisticsOf } from "./measure/trajectory/series.js";
export { readArea, readLine } from "./measure/trajectory/shapes.js";
export { type BorderPolicy, individualSpeed, type SpeedOptions, type Speeds } from "./measure/trajectory/speed.js";
export { type SteadyOptions, type SteadyState, steadyState } from "./measure/trajectory/steady.js";
export { type VoronoiOptions, type VoronoiResult, type VoronoiSeries, voronoi } from "./measure/trajectory/voronoi.js";
export { type Random, stream } from "./random.js";
export type { Frame, RunEvent, RunInfo, RunResult, RunSink } from "./run/records.js";
export { type RunOptions, run } from "./run/run.js";
export { checkScenario } from "./scenario/check.js";
export { readScenario } from "./scenario/read.js";
export type { Scenario } from "./scenario/scenario.js";
export { readTrajectoryText } from "./trajectory/read.js";
export { collectTrajectory, type TrajectoryCollector } from "./trajectory/simulated.js";
export { framesBetween, rowsWhere, type Trajectory } from "./trajectory/trajectory.js";
export { joinRuns } from "./warn/ensemble.js";
export type { EnsembleReport, RunReport } from "./warn/report.js";
export { riskGeoJson } from "./warn/risk/geojson.js";
export { createWarner } from "./warn/warner.js";
export type { EnsembleWarning, RiskArea, Warning } from "./warn/warnings.js";
export { compileWorld } from "./world/compile.js";
export type { World } from "./world/world.js";
