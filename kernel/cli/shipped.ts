import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A file that ships, and where it goes in the workspace of the examples. */
export interface Shipped {
  readonly source: string;
  /** Relative to the workspace, with forward slashes. */
  readonly target: string;
  /** Data are restored when deleted; notebooks that the user deleted stay deleted. */
  readonly data: boolean;
}

/** Public data of the vega-datasets package: see notebooks/data/README.md for sources and licences. */
const publicData: readonly (readonly [file: string, target: string])[] = [
  ["flights-3m.parquet", "flights.parquet"],
  ["penguins.json", "penguins.json"],
  ["seattle-weather.csv", "weather.csv"],
  ["birdstrikes.csv", "birdstrikes.csv"],
  ["co2-concentration.csv", "co2.csv"],
];

/** Everything that ships, in a fixed order. Data sets that are not installed are left out. */
export function shippedFiles(root: string): readonly Shipped[] {
  const vega = join(root, "node_modules", "vega-datasets", "data");
  return [
    ...notebooksIn(root, "notebooks"),
    ...notebooksIn(root, "templates"),
    ...dataIn(root),
    ...publicData.map(([file, target]) => ({
      source: join(vega, file),
      target: `data/${target}`,
      data: true,
    })),
  ].filter((file) => existsSync(file.source));
}

function notebooksIn(root: string, folder: string): Shipped[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith(".html"));
  return names.sort().map((name) => ({
    source: join(root, folder, name),
    target: `${folder}/${name}`,
    data: false,
  }));
}

function dataIn(root: string): Shipped[] {
  const folder = join(root, "notebooks", "data");
  return ["README.md", "coffee/brews.ndjson", "coffee/coffees.csv", "coffee/notes.txt"].map((name) => ({
    source: join(folder, name),
    target: `data/${name}`,
    data: true,
  }));
}
