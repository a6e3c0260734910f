import { basename } from "node:path";

/** What a file's name leads one to expect. The content decides; the name only says what would be a surprise. */
export interface NameHint {
  /** "data" promises a table of any text format; "other" is some other kind of file. */
  readonly expects: "csv" | "json" | "parquet" | "data" | "other";
  readonly extension: string;
  readonly gzip: boolean;
}

const expectations: Readonly<Record<string, NameHint["expects"]>> = {
  csv: "csv",
  tsv: "csv",
  tab: "csv",
  psv: "csv",
  ssv: "csv",
  json: "json",
  ndjson: "json",
  jsonl: "json",
  geojson: "json",
  topojson: "json",
  parquet: "parquet",
  pq: "parquet",
  parq: "parquet",
  txt: "data",
  dat: "data",
  data: "data",
  log: "data",
  out: "data",
  "": "data",
};

export function hintOf(path: string): NameHint {
  const name = basename(path).toLowerCase();
  const gzip = name.endsWith(".gz") || name.endsWith(".gzip");
  const plain = gzip ? name.replace(/\.gz(ip)?$/, "") : name;
  const extension = plain.includes(".") ? plain.slice(plain.lastIndexOf(".") + 1) : "";
  return { expects: expectations[extension] ?? "other", extension, gzip };
}

/** The name without folders, `.gz` and extension: "sales-2024" of "x/sales-2024.csv.gz". */
export function stemOf(path: string): string {
  const name = basename(path).replace(/\.gz(ip)?$/i, "");
  return name.replace(/(?<=.)\.[^.]*$/, "");
}
