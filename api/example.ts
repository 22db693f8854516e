/** A small order that runs as it stands: a hall with one exit, 40 people. Shown by the API's description, and run by its test. */
const hall = [
  [0, 0],
  [12, 0],
  [12, 8],
  [0, 8],
  [0, 0],
];

export const EXAMPLE_ORDER = {
  layout: {
    type: "FeatureCollection",
    muster: { version: 1, coordinates: "metres", name: "Hall" },
    features: [
      {
        type: "Feature",
        id: "ground",
        feature_type: "level",
        geometry: null,
        properties: { ordinal: 0, name: "Ground floor" },
      },
      {
        type: "Feature",
        id: "hall",
        feature_type: "unit",
        geometry: { type: "Polygon", coordinates: [hall] },
        properties: { category: "room", level_id: "ground", name: "Hall", muster: { ceiling_m: 4 } },
      },
      {
        type: "Feature",
        id: "door",
        feature_type: "opening",
        geometry: {
          type: "LineString",
          coordinates: [
            [12, 3],
            [12, 5],
          ],
        },
        properties: { category: "pedestrian", level_id: "ground", name: "Door", muster: { exit: true } },
      },
    ],
  },
  scenario: {
    muster: 1,
    name: "Leaving the hall",
    duration_min: 5,
    people: [
      { name: "guests", count: 40, start: { in: ["Hall"] }, population: "adults", journey: [{ leave: { by: ["Door"] } }] },
    ],
  },
  seeds: "1..4",
};
