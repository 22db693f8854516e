/** CFAST input files into buildings: every reference file reads, values are SI, every fault is named. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MusterError } from "../../../engine/errors.js";
import type { CfastModel } from "../../../engine/fire/cfast/model.js";
import { readCfast } from "../../../engine/fire/cfast/read.js";
import { OUTSIDE } from "../../../engine/fire/zone/building.js";

const reference = fileURLToPath(new URL("../../reference/fire/", import.meta.url));
const files = readdirSync(reference, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".in"));
const read = (name: string): CfastModel => readCfast(readFileSync(join(reference, name), "utf8"));

test("all inputs of the study and of NIST's verification and validation read", () => {
  expect(files.length).toBeGreaterThanOrEqual(46);
  for (const name of files) {
    const { building, end_s } = read(name);
    expect(building.compartments.length, name).toBeGreaterThan(0);
    expect(end_s, name).toBeGreaterThan(0);
    expect(JSON.stringify(building), name).not.toMatch(/null/);
  }
});

test("a room with a roof vent that opens by time", () => {
  const { title, end_s, spreadsheet_s, building, notices } = read("cfast/c05_ceiling_vent.in");
  expect([title.slice(0, 12), end_s, spreadsheet_s, notices]).toEqual(["12x12x6 hall", 600, 5, []]);
  expect(building.ambient).toEqual({
    pressure_Pa: 101325,
    interiorTemperature_K: 293.15,
    exteriorTemperature_K: 293.15,
    relativeHumidity: 0.5,
  });
  expect(building.materials[1]).toEqual({
    id: "CONC",
    conductivity_W_mK: 1.75,
    density_kg_m3: 2200,
    specificHeat_J_kgK: 1000,
    emissivity: 0.94,
  });
  expect(building.compartments[0]).toMatchObject({ id: "Hall", width_m: 12, depth_m: 12, height_m: 6, floor_m: 0, kind: "room" });
  expect(building.compartments[0]!.ceiling).toEqual([{ material: 1, thickness_m: 0.15 }]);
  expect(building.wallVents).toEqual([
    { id: "Door", from: 0, to: OUTSIDE, sill_m: 0, soffit_m: 2.2, width_m: 2, opening: { by: "time", table: [[0, 1]] } },
  ]);
  expect(building.horizontalVents).toEqual([
    {
      id: "Roof",
      above: OUTSIDE,
      below: 0,
      area_m2: 4,
      shape: "square",
      opening: {
        by: "time",
        table: [
          [120, 0],
          [121, 1],
        ],
      },
    },
  ]);
  const [fire] = building.fires;
  expect(fire).toMatchObject({ id: "F", x_m: 6, y_m: 6, radiativeFraction: 0.35, ignition: { by: "time", time_s: 0 } });
  expect(fire!.fuel).toEqual({ carbon: 3, hydrogen: 8, oxygen: 0, nitrogen: 0, chlorine: 0, heatOfCombustion_J_kg: 46e6 });
  expect(fire!.hrr_W.at(-1)).toEqual([600, 2e6]);
  expect(fire!.yields.soot[0]).toEqual([0, 0.05]);
});

test("fans with cut-off and filter, floors of storeys, corridors, shafts, furnace", () => {
  expect(read("cfast/c04_mech_exhaust.in").building.fans[0]).toMatchObject({
    from: 0,
    to: OUTSIDE,
    flow_m3_s: 3,
    fromHeight_m: 3.8,
    cutoffBegin_Pa: 999999,
    cutoffEnd_Pa: 1e6,
    opening: { by: "time", table: [[0, 1]] },
  });
  expect(read("nist/verification/Species/Trace_Species_3.in").building.fans[1]!.filter).toEqual([
    [0, 0],
    [1, 1],
  ]);
  const stair = read("cfast/c07_stairwell_3_floors.in").building;
  expect(stair.compartments.map(({ floor_m }) => floor_m)).toEqual([0, 0, 3, 3, 6, 6]);
  expect(stair.horizontalVents.map(({ above, below }) => [above, below])).toEqual([
    [2, 0],
    [4, 2],
  ]);
  expect(read("nist/validation/ATF_Corridors_100_kW.in").building.compartments.map(({ kind }) => kind)).toEqual([
    "corridor",
    "room",
    "corridor",
  ]);
  expect(
    read("nist/verification/Mass_Balance/species_mass_4.in").building.compartments.every(({ kind }) => kind === "shaft"),
  ).toBe(true);
  expect(read("nist/verification/Radiation/radiation_2.in").diagnostics!.furnace_K).toEqual([
    [0, 773.15],
    [10000, 773.15],
  ]);
});

test("directions of targets: words of CFAST along x for front and back", () => {
  const { targets } = read("nist/verification/Radiation/radiation_1.in").building;
  expect(targets[0]).toMatchObject({ normal: [-1, 0, 0], depth_m: 0.00075, thickness_m: 0.0015, shape: "plate" });
  const [slanted] = read("nist/validation/ATF_Corridors_100_kW.in").building.targets;
  expect(Math.hypot(...slanted!.normal)).toBeCloseTo(1, 12);
  expect(slanted!.normal[0]).toBeCloseTo(0.7173, 3);
  const one = read("nist/verification/Target/target_1.in").building.targets[0];
  expect(one).toMatchObject({ adiabatic: true, convection_W_m2K: [3, 5] });
});

const base = `&HEAD VERSION=7700 TITLE='t' /
&TIME SIMULATION=100 SPREADSHEET=10 /
&MATL ID='G' CONDUCTIVITY=0.16 DENSITY=790 SPECIFIC_HEAT=0.9 THICKNESS=0.016 /
&COMP ID='R' DEPTH=4 HEIGHT=3 WIDTH=4 CEILING_MATL_ID='G' WALL_MATL_ID='G','G' WALL_THICKNESS=0.01 FLOOR_MATL_ID='OFF' /
`;

function problems(text: string): string[] {
  try {
    readCfast(text);
  } catch (error) {
    if (error instanceof MusterError) return error.problems.map(({ place, message }) => `${place}: ${message}`);
    throw error;
  }
  return [];
}

test("layers of a wall: own thickness or that of the material", () => {
  const [room] = readCfast(base).building.compartments;
  expect(room!.walls).toEqual([
    { material: 0, thickness_m: 0.01 },
    { material: 0, thickness_m: 0.016 },
  ]);
  expect(room!.ceiling).toEqual([{ material: 0, thickness_m: 0.016 }]);
  expect(room!.floor).toBe("adiabatic");
});

test("triggers by targets, detectors of the three kinds, heat through shared floors", () => {
  const { building, notices } = readCfast(`${base}&COMP ID='U' DEPTH=4 HEIGHT=3 WIDTH=4 ORIGIN=0,0,3 /
&DEVC ID='T1' TYPE='PLATE' COMP_ID='R' MATL_ID='G' LOCATION=1,1,1 SURFACE_ORIENTATION='F' /
&DEVC ID='S1' TYPE='SPRINKLER' COMP_ID='R' LOCATION=2,2,2.9 SETPOINT=74 RTI=100 SPRAY_DENSITY=7E-5 /
&DEVC ID='S2' TYPE='SPRINKLER' COMP_ID='R' LOCATION=2,2,2.9 /
&DEVC ID='H1' TYPE='HEAT_DETECTOR' COMP_ID='R' LOCATION=2,2,2.9 /
&DEVC ID='O1' TYPE='SMOKE_DETECTOR' COMP_ID='R' LOCATION=2,2,2.9 SETPOINTS=8,10 /
&VENT TYPE='WALL' ID='W' COMP_IDS='OUTSIDE','R' BOTTOM=1 TOP=2 WIDTH=1 CRITERION='TEMPERATURE' SETPOINT=150 DEVC_ID='T1' PRE_FRACTION=0 POST_FRACTION=0.5 /
&FIRE ID='F' COMP_ID='R' FIRE_ID='C' LOCATION=3,1 IGNITION_CRITERION='FLUX' SETPOINT=10 DEVC_ID='T1' /
&CHEM ID='C' CARBON=1 HYDROGEN=4 HEAT_OF_COMBUSTION=50000 RADIATIVE_FRACTION=0.3 HRR=50 AREA=0.2 /
&CONN TYPE='FLOOR' COMP_ID='U' COMP_IDS='R' /
&SLCF DOMAIN='2-D' /
`);
  expect(building.wallVents[0]).toMatchObject({
    from: 0,
    to: OUTSIDE,
    opening: { by: "device", before: 0, after: 0.5, device: { kind: "target-temperature", target: 0, temperature_K: 423.15 } },
  });
  expect(building.fires[0]).toMatchObject({
    hrr_W: [[0, 50_000]],
    ignition: { by: "device", device: { kind: "target-flux", target: 0, flux_W_m2: 10_000 } },
  });
  expect(building.targets[0]!.normal.map((value) => Number(value.toFixed(4)))).toEqual([0.8944, 0, -0.4472]);
  expect(building.detectors).toMatchObject([
    { id: "S1", kind: "sprinkler", rti: 100, activation_K: 347.15, sprayDensity_m_s: 7e-5 },
    { id: "S2", kind: "heat", rti: 50 },
    { id: "H1", kind: "heat" },
    { id: "O1", kind: "smoke", obscuration_1_m: 0.1, smoulderingObscuration_1_m: 0.08 },
  ]);
  expect(building.heatPaths).toEqual([
    { compartment: 1, surface: "floor", to: 0, share: 1 },
    { compartment: 0, surface: "ceiling", to: 1, share: 1 },
  ]);
  expect(notices.map((text) => text.replace(/ .*: /, " … "))).toEqual([
    "line … asks for a slice file for Smokeview, which Muster does not write",
    "line … adiabatic, as in CFAST",
    "line … adiabatic, as in CFAST",
    "line … adiabatic, as in CFAST",
    "line … it reports and does not cut the fire, as in CFAST",
  ]);
});

test("all problems of a file at once, with line, key, value and limit", () => {
  const text = `&HEAD VERSION=6000 /
&TIME SIMULATION=0 SPREADSHEET=10 /
&MATL ID='G' CONDUCTIVITY=0 DENSITY=790 SPECIFIC_HEAT=0.9 /
&COMP ID='R' DEPTH=-4 HEIGHT=3 WIDTH=4 COLOUR='red'
  WALL_MATL_ID='WOOD' CEILING_MATL_ID='G' /
&COMP ID='R' DEPTH=4 HEIGHT=3 WIDTH=4 HALL=1 /
&VENT TYPE='WALL' ID='D' COMP_IDS='R','S' BOTTOM=0 HEIGHT=2 WIDTH=1 /
&VENT TYPE='DOOR' ID='E' COMP_IDS='R','OUTSIDE' /
&VENT TYPE='WALL' ID='H' COMP_IDS='R','OUTSIDE' BOTTOM=2 HEIGHT=2 WIDTH=1 T=0,5,3 F=0,1,1 /
&FIRE ID='F' COMP_ID='R' FIRE_ID='C' LOCATION=9,1 /
&CHEM ID='C' CARBON=1 HYDROGEN=4 HRR=1000 AREA=0.05 FLAMING_TRANSITION_TIME=5 /
&RAMP ID='A' T=0 F=1 /
&WIND SPEED=3 /
&DIAG CONVECTION_SUB_MODEL='OFF' /
&TAIL /
`;
  expect(problems(text)).toMatchInlineSnapshot(`
    [
      "line 1, &HEAD: VERSION is 6000, read are 7000 to 8999 (CFAST 7 and 8)",
      "line 2, &TIME: SIMULATION is 0 s, must be above 0",
      "line 3, &MATL 'G': CONDUCTIVITY is 0 W/(m K), must be above 0",
      "line 4, &COMP 'R': DEPTH is -4 m, must be above 0",
      "line 4, &COMP 'R': COLOUR is not a key that Muster knows here (known: ID, FYI, DEPTH, HEIGHT, WIDTH, ORIGIN, GRID, HALL, SHAFT, CEILING_MATL_ID, WALL_MATL_ID, FLOOR_MATL_ID, CEILING_THICKNESS, WALL_THICKNESS, FLOOR_THICKNESS, CROSS_SECT_AREAS, CROSS_SECT_HEIGHTS, LEAK_AREA_RATIO, LEAK_AREA)",
      "line 4, &COMP 'R': CEILING_THICKNESS is missing, and material 'G' has no THICKNESS",
      "line 5, &COMP 'R': WALL_MATL_ID names 'WOOD', which is no &MATL of this file",
      "line 6, &COMP 'R': HALL is 1, must be a logical value",
      "line 6, &COMP 'R': ID is "R", which an earlier group of this kind has",
      "line 7, &VENT 'D': COMP_IDS names 'S', which is no &COMP of this file",
      "line 8, &VENT 'E': TYPE is 'DOOR', must be one of WALL, CEILING, FLOOR, MECHANICAL",
      "line 9, &VENT 'H': T goes back from 5 to 3 s",
      "line 9, &VENT 'H': HEIGHT ends 4 m above the floor of 'R', which is 3 m high",
      "line 10, &FIRE 'F': LOCATION is outside its compartment: x is 9 m, allowed are 0 to 4 m",
      "line 11, &CHEM 'C': burns with 5.38 MW/m3 at 1000 kW on 0.0500 m2; real fires stay below 4 MW/m3: is AREA too small?",
      "line 11, &CHEM 'C': FLAMING_TRANSITION_TIME is above 0: Muster does not change a fire from smouldering to flaming",
      "line 12, &RAMP: is not read (CFAST stops at it too): give T and F in &VENT, CROSS_SECT_AREAS in &COMP",
      "line 13, &WIND: is no group that Muster reads (known: &HEAD, &TIME, &INIT, &MISC, &MATL, &COMP, &VENT, &FIRE, &CHEM, &TABL, &DEVC, &CONN, &DIAG, &TAIL)",
      "line 14, &DIAG: CONVECTION_SUB_MODEL is 'OFF'; Muster does not leave this part of the model out",
    ]
  `);
});

test("a material named by nothing is told with its line", () => {
  expect(problems(base.replace("CEILING_MATL_ID='G'", "CEILING_MATL_ID=''"))).toContain(
    "line 4, &COMP 'R': CEILING_MATL_ID is empty, needs an ID of &MATL or 'OFF'",
  );
});

test("damaged files are read or refused with their faults, nothing else", () => {
  const texts = files.map((name) => readFileSync(join(reference, name), "utf8"));
  const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const put = fc.constantFrom(
    "",
    "&",
    "/",
    "'",
    ",",
    "=",
    "(",
    "!",
    "\n",
    "\0",
    "é",
    "-1",
    "1e30",
    "1e400",
    "NaN",
    "''",
    ".TRUE.",
    "3*2",
    "1,2,3",
  );
  const damage = fc.record({ at: share, cut: fc.nat({ max: 30 }), put });
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.array(damage, { minLength: 1, maxLength: 3 }), (text, damages) => {
      for (const { at, cut, put } of damages) {
        const from = Math.floor(at * text.length);
        text = text.slice(0, from) + put + text.slice(from + cut);
      }
      problems(text);
    }),
    { numRuns: 500, seed: 5 },
  );
});

test("a file that is nothing of the kind", () => {
  expect(problems("hello")).toEqual([
    ": has no &HEAD: it is not an input file of CFAST 7 or 8",
    ": has no &TIME",
    ": has no &COMP: there is no compartment",
  ]);
});
