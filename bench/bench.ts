/** `npm run bench -- NAME`: seeded benchmarks. Prints machine and versions first. */
import { cpus } from "node:os";
import { benchCrowd } from "./crowd.js";
import { benchFestival } from "./festival.js";
import { benchFire } from "./fire.js";
import { benchMeasure } from "./measure.js";
import { benchModels } from "./models.js";
import { benchPeersModels } from "./peers-models.js";
import { benchTwoFloors } from "./two-floors.js";

const benches: Record<string, () => void | Promise<void>> = {
  crowd: benchCrowd,
  festival: benchFestival,
  fire: benchFire,
  measure: benchMeasure,
  models: benchModels,
  "peers-models": benchPeersModels,
  "two-floors": benchTwoFloors,
};
const name = process.argv[2] ?? "";
const bench = benches[name];
if (!bench) {
  console.error(`bench ${name || "(none)"} is not known; known: ${Object.keys(benches).join(", ")}`);
  process.exitCode = 2;
} else {
  console.log(`${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, Node ${process.version}`);
  await bench();
}
