/** Observable's sample data sets: name → file of @observablehq/sample-datasets. */
export const samples = {
  aapl: "aapl.csv",
  alphabet: "alphabet.csv",
  cars: "cars.csv",
  citywages: "citywages.csv",
  diamonds: "diamonds.csv",
  flare: "flare.csv",
  industries: "industries.csv",
  miserables: "miserables.json",
  olympians: "olympians.csv",
  penguins: "penguins.csv",
  pizza: "pizza.csv",
  weather: "weather.csv",
} as const;

export type SampleName = keyof typeof samples;

/** Rows with numbers and dates as such; `miserables` is a graph. */
export async function readSample(name: SampleName, text: string): Promise<unknown> {
  if (name === "miserables") return JSON.parse(text);
  const { csvParse, autoType } = await import("d3");
  return csvParse(text, autoType);
}
