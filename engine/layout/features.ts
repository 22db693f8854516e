/** Raw features to a draft: every feature is checked by itself here, and everything wrong is gathered. */
import { type Point, polygonsArea, type Segment } from "../geometry/polygon.js";
import { distance } from "../geometry/segment.js";
import { readControl } from "./control.js";
import type { Draft, DraftOpening, DraftRelationship, DraftUnit } from "./draft.js";
import type { Faults } from "./faults.js";
import { chooseFrame } from "./frame.js";
import type { Fixture, Frame, Level, MeasureLine, Repair, Section } from "./layout.js";
import { readLevels } from "./levels.js";
import { TOLERANCES } from "./limits.js";
import { straightLine } from "./lines.js";
import { type Owner, soundPolygons } from "./outlines.js";
import { categoryOf, isFloor, nameOf, readMuster } from "./properties.js";
import type { RawFeature, RawLayout } from "./raw.js";
import { readRelationship } from "./relationships.js";
import { levelOf, readShape, type Shape } from "./shapes.js";

const SHAPES: Readonly<Record<string, "area" | "line">> = {
  unit: "area",
  fixture: "area",
  kiosk: "area",
  section: "area",
  opening: "line",
  line: "line",
};
/** Ceiling of rooms that state none, m; people do not feel it, smoke will. */
const CEILING = 3;
/** Height of openings that state none, m. */
const DOOR_HEIGHT = 2.1;

interface Context {
  readonly raw: RawLayout;
  readonly faults: Faults;
  readonly frame: Frame;
  readonly levels: readonly Level[];
  readonly draft: {
    units: DraftUnit[];
    openings: DraftOpening[];
    fixtures: Fixture[];
    sections: Section[];
    lines: MeasureLine[];
  };
  readonly doubtful: Set<string>;
  readonly repairs: Repair[];
}

/** The draft, or null when nothing can be placed at all; the reasons are in `faults`. */
export function readFeatures(raw: RawLayout, faults: Faults): Draft | null {
  const notices = [...raw.notices];
  checkIds(raw, faults);
  noteUnused(raw, notices);
  const levels = readLevels(raw, faults, notices);
  const shapes = new Map<RawFeature, Shape>();
  const doubtful = new Set<string>();
  for (const feature of raw.features) {
    const wanted = Object.hasOwn(SHAPES, feature.type) ? SHAPES[feature.type] : undefined;
    if (!wanted) continue;
    const shape = readShape(feature, wanted, raw, faults);
    if (shape) shapes.set(feature, shape);
    else doubtful.add(levelOf(feature) ?? "");
  }
  const drawn = [...shapes].map(([feature, shape]) => ({ place: feature.place, points: pointsOf(shape) }));
  const found = chooseFrame(raw.coordinates, drawn, faults);
  if (!found) return null;
  const draft = { units: [], openings: [], fixtures: [], sections: [], lines: [] };
  const context: Context = { raw, faults, frame: found.frame, levels, draft, doubtful, repairs: [] };
  for (const [feature, shape] of shapes) readOne(feature, shape, context);
  const relationships = raw.features.flatMap((f): DraftRelationship[] =>
    f.type === "relationship" ? [readRelationship(f, faults)] : [],
  );
  return {
    format: raw.format,
    name: raw.name,
    attribution: raw.attribution,
    ...found,
    levels,
    ...draft,
    relationships,
    doubtful,
    repairs: context.repairs,
    notices,
  };
}

const pointsOf = (shape: Shape): readonly Point[] => (shape.kind === "line" ? shape.points : shape.polygons.flat(2));

function checkIds(raw: RawLayout, faults: Faults): void {
  const seen = new Map<string, string>();
  for (const feature of raw.features) {
    const other = seen.get(feature.id);
    if (other !== undefined)
      faults.add({ place: feature.place, message: `has the id ${feature.id}, as ${other} has; ids must differ` });
    else seen.set(feature.id, feature.place);
  }
}

/** IMDF's other feature types carry no geometry that walking needs. */
function noteUnused(raw: RawLayout, notices: string[]): void {
  const counts = new Map<string, number>();
  for (const { type } of raw.features)
    if (!(type in SHAPES) && type !== "level" && type !== "relationship") counts.set(type, (counts.get(type) ?? 0) + 1);
  for (const [type, count] of counts) notices.push(`${count} × ${type} not used.`);
}

function readOne(feature: RawFeature, shape: Shape, context: Context): void {
  const { draft, faults, frame, doubtful } = context;
  const level = findLevel(feature, context);
  const owner: Owner = { place: feature.place, level: level?.id };
  const base = { id: feature.id, name: nameOf(feature), level: level?.id ?? "", category: categoryOf(feature) };
  if (shape.kind === "line") {
    const line = straightLine(shape.points, frame, owner, faults);
    if (feature.type === "line") readMuster(feature, faults);
    if (feature.type === "opening") {
      const opening = readOpening(feature, line, base, context);
      if (opening && level) draft.openings.push(opening);
    } else if (line && level) draft.lines.push({ id: base.id, name: base.name, level: base.level, line });
    return;
  }
  const polygons = soundPolygons(shape.polygons, frame, owner, context);
  const muster = readMuster(feature, faults);
  if (feature.type === "unit") {
    if (polygons) checkArea(feature, polygonsArea(polygons), owner, faults);
    else doubtful.add(base.level);
    const ceiling = muster.number("ceiling_m");
    const boundary = muster.text("boundary") === "open" ? "open" : "walled";
    const ceilingHeight = ceiling === undefined ? (level?.outdoor ? null : CEILING) : ceiling;
    const walkable = muster.flag("walkable") ?? isFloor(base.category);
    if (polygons && level) draft.units.push({ ...base, place: feature.place, polygons, walkable, ceilingHeight, boundary });
  } else if (polygons && level) {
    if (feature.type === "section") draft.sections.push({ ...base, polygons });
    else
      for (const [k, polygon] of polygons.entries())
        draft.fixtures.push({ ...base, id: k === 0 ? base.id : `${base.id}#${k + 1}`, polygon });
  }
}

/** The level a feature names, or the only one there is where it names none. */
function findLevel(feature: RawFeature, { levels, faults }: Context): Level | null {
  const id = levelOf(feature);
  if (levels.length === 0) return null;
  if (id === undefined) {
    if (levels.length === 1) return levels[0]!;
    faults.add({ place: feature.place, message: `has no level_id; the layout has ${levels.length} levels` });
    return null;
  }
  const level = levels.find((candidate) => candidate.id === id);
  if (!level) faults.add({ place: feature.place, message: `names level ${id}, which does not exist`, level: id });
  return level ?? null;
}

function readOpening(
  feature: RawFeature,
  line: Segment | null,
  base: { id: string; name: string; level: string; category: string },
  { faults }: Context,
): DraftOpening | null {
  const muster = readMuster(feature, faults);
  if (!line) return null;
  const length = distance(line[0], line[1]);
  const width = muster.number("width_m") ?? length;
  if (width > length + TOLERANCES.snap) {
    faults.add({
      place: feature.place,
      message: `muster.width_m is ${width}, but the line is ${length.toFixed(3)} m long`,
      level: base.level,
      value: width,
      limit: length,
    });
    return null;
  }
  if (width < TOLERANCES.leastOpening) {
    faults.add({
      place: feature.place,
      message: `has a clear width of ${width.toFixed(3)} m, nobody can pass; limit ${TOLERANCES.leastOpening} m`,
      level: base.level,
      value: width,
      limit: TOLERANCES.leastOpening,
    });
    return null;
  }
  const direction = muster.text("direction");
  return {
    ...base,
    place: feature.place,
    line,
    width: Math.min(width, length),
    height: muster.number("height_m") ?? DOOR_HEIGHT,
    sill: muster.number("sill_m") ?? 0,
    direction: direction === "forward" || direction === "backward" ? direction : "both",
    state: muster.text("state") === "closed" ? "closed" : "open",
    statedExit: muster.flag("exit"),
    ...readControl(feature, muster, faults),
  };
}

/** A file may state the area that its maker means (m²); another area tells of swapped axes or wrong units. */
function checkArea(feature: RawFeature, area: number, owner: Owner, faults: Faults): void {
  const expected = feature.properties.expectedArea_m2;
  if (expected === undefined) return;
  const level = owner.level === undefined ? {} : { level: owner.level };
  if (typeof expected !== "number" || !(expected > 0)) {
    faults.add({
      place: owner.place,
      message: `expectedArea_m2 is ${JSON.stringify(expected)}; must be a number above 0`,
      ...level,
    });
    return;
  }
  if (Math.abs(area - expected) <= TOLERANCES.area * expected) return;
  faults.add({
    place: owner.place,
    message: `has ${area.toFixed(1)} m², but expects ${expected} m² (expectedArea_m2, limit ±0.5 %); longitude and latitude may be swapped, or the units wrong`,
    value: area,
    limit: expected,
    ...level,
  });
}
