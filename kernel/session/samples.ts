import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { readSample, type SampleName, samples } from "../notebook/library/samples.ts";

const require = createRequire(import.meta.url);

/** A sample data set, from its package. */
export async function loadSample(name: SampleName): Promise<unknown> {
  const path = require.resolve(`@observablehq/sample-datasets/${samples[name]}`);
  return await readSample(name, await readFile(path, "utf8"));
}
