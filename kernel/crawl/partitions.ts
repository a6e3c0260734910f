import type { Reason } from "../catalog/table.ts";

/** A file's folders, told apart: `a/year=2024/b/x.csv` is in folders a, b with year = 2024. */
export interface Placement {
  readonly folders: readonly string[];
  readonly partition: Readonly<Record<string, string>>;
}

/** @param relative path with forward slashes, relative to the crawled root. */
export function placementOf(relative: string): Placement {
  const folders: string[] = [];
  const partition: Record<string, string> = {};
  for (const segment of relative.split("/").slice(0, -1)) {
    const at = segment.indexOf("=");
    if (at <= 0) folders.push(segment);
    else partition[segment.slice(0, at)] = decoded(segment.slice(at + 1));
  }
  return { folders, partition };
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

const absent = "__HIVE_DEFAULT_PARTITION__";

/** The type that all values of a partition key have, and why. */
export function partitionType(key: string, values: readonly string[]): { type: string; reason: Reason } {
  const given = [...new Set(values)].filter((value) => value !== absent);
  const [type, because] = judged(given);
  return { type, reason: { about: `partition ${key}`, choice: type, because } };
}

function judged(values: readonly string[]): [type: string, because: string] {
  const example = values[0] ?? "";
  if (values.length > 0 && values.every((value) => /^-?\d{1,18}$/.test(value))) return whole(values);
  if (values.length > 0 && values.every(isDate))
    return ["DATE", `all folder names are dates, such as ${example}`];
  return [
    "VARCHAR",
    `folder names such as "${values.find((value) => !/^\d+$/.test(value)) ?? example}" are text`,
  ];
}

/** "01" … "12" are padded to sort well and count months or days; "00501" is a code whose zeros matter. */
function whole(values: readonly string[]): [type: string, because: string] {
  const padded = values.find((value) => /^0\d/.test(value));
  if (padded === undefined) return ["BIGINT", `all folder names are whole numbers, such as ${values[0]}`];
  if (values.every((value) => value.length === 2))
    return [
      "BIGINT",
      `all folder names are numbers padded to two digits, such as ${padded}; the zero only keeps them in order`,
    ];
  return ["VARCHAR", `folder names such as "${padded}" begin with a zero, as codes do`];
}

function isDate(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}
