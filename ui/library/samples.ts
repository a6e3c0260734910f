import aapl from "@observablehq/sample-datasets/aapl.csv?url";
import alphabet from "@observablehq/sample-datasets/alphabet.csv?url";
import cars from "@observablehq/sample-datasets/cars.csv?url";
import citywages from "@observablehq/sample-datasets/citywages.csv?url";
import diamonds from "@observablehq/sample-datasets/diamonds.csv?url";
import flare from "@observablehq/sample-datasets/flare.csv?url";
import industries from "@observablehq/sample-datasets/industries.csv?url";
import miserables from "@observablehq/sample-datasets/miserables.json?url";
import olympians from "@observablehq/sample-datasets/olympians.csv?url";
import penguins from "@observablehq/sample-datasets/penguins.csv?url";
import pizza from "@observablehq/sample-datasets/pizza.csv?url";
import weather from "@observablehq/sample-datasets/weather.csv?url";
import { inputError } from "../../kernel/notebook/errors.ts";
import { readSample, type SampleName } from "../../kernel/notebook/library/samples.ts";

const urls: Readonly<Record<SampleName, string>> = {
  aapl,
  alphabet,
  cars,
  citywages,
  diamonds,
  flare,
  industries,
  miserables,
  olympians,
  penguins,
  pizza,
  weather,
};

/** A sample data set, from this server. */
export async function loadSample(name: SampleName): Promise<unknown> {
  const response = await fetch(urls[name]);
  if (!response.ok) throw inputError(`sample data ${name} could not be read (HTTP ${response.status})`);
  return await readSample(name, await response.text());
}
