// Imports go one way (docs/decisions/0001-house.md): each folder may import only what stands left of it.
const order = [
  "geometry",
  "layout",
  "scenario",
  "world",
  ["crowd", "fire"],
  "run",
  "trajectory",
  "measure",
  "warn",
  "chart",
  "verify",
];
const allowedBefore = (i) => order.slice(0, i).flat();
const rules = order.flatMap((step, i) =>
  [step].flat().map((name) => ({
    name: `one-way-${name}`,
    severity: "error",
    from: { path: `^engine/${name}/` },
    to: {
      path: "^engine/",
      pathNot: `^engine/(${[name, ...allowedBefore(i)].join("|")})/|^engine/(units|errors|random|maths)\\.ts$${["warn", "chart", "verify"].includes(name) ? "|^engine/forecast/" : ""}`,
    },
  })),
);
module.exports = {
  forbidden: [
    ...rules,
    {
      name: "roots-are-roots",
      severity: "error",
      from: { path: "^engine/(units|errors|random|maths)\\.ts$" },
      to: { path: "^engine/[a-z]+/" },
    },
    {
      name: "forecast-alone",
      severity: "error",
      from: { path: "^engine/forecast/" },
      to: { path: "^engine/", pathNot: "^engine/forecast/|^engine/(units|errors|random|maths)\\.ts$" },
    },
    { name: "engine-knows-no-edge", severity: "error", from: { path: "^engine/" }, to: { path: "^(workers|api|cli)/" } },
    { name: "engine-is-pure", severity: "error", from: { path: "^engine/" }, to: { dependencyTypes: ["core"] } },
    { name: "workers-know-engine-only", severity: "error", from: { path: "^workers/" }, to: { path: "^(api|cli)/" } },
    { name: "api-and-cli-apart", severity: "error", from: { path: "^api/" }, to: { path: "^cli/" } },
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
  ],
  options: { doNotFollow: { path: "node_modules" }, tsPreCompilationDeps: true, tsConfig: { fileName: "tsconfig.json" } },
};
