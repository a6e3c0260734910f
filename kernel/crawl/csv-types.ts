import type { Reason } from "../catalog/table.ts";
import { columnReason } from "./column-reason.ts";
import type { ColumnSample } from "./csv-sample.ts";
import type { SniffedColumn } from "./csv-sniff.ts";

export interface Refined {
  readonly columns: readonly SniffedColumn[];
  readonly reasons: readonly Reason[];
}

/** The sniffer's types, except where they would lose digits; each with its reason. */
export function refineTypes(columns: readonly SniffedColumn[], samples: readonly ColumnSample[]): Refined {
  const refined = columns.map((column, i) => refine(column, samples[i]));
  return {
    columns: refined.map(({ name, type }) => ({ name, type })),
    reasons: refined.map(({ name, type, because }) => columnReason(name, type, because)),
  };
}

function refine(
  column: SniffedColumn,
  sample: ColumnSample | undefined,
): SniffedColumn & { because: string } {
  const { name, type } = column;
  if (sample === undefined || sample.values === 0)
    return { name, type: "VARCHAR", because: "the sample has no value in it" };
  if (type === "DOUBLE" && sample.longNumber && !sample.word)
    return {
      name,
      type: "VARCHAR",
      because: `whole numbers such as ${sample.longNumber} have more digits than a number type keeps`,
    };
  if (/INT|DOUBLE/.test(type) && sample.padded)
    return {
      name,
      type: "VARCHAR",
      because: `values such as "${sample.padded}" begin with a zero, as codes do`,
    };
  return { name, type, because: typeReason(type, sample) };
}

function typeReason(type: string, sample: ColumnSample): string {
  if (type === "VARCHAR") return textReason(sample);
  const count = sample.values.toLocaleString("en");
  return `all ${count} sampled values parse as ${kindOf(type)}`;
}

function textReason({ word, padded }: ColumnSample): string {
  if (word !== null) return `values such as ${JSON.stringify(word.slice(0, 40))} are text`;
  if (padded !== null) return `values such as "${padded}" begin with a zero, as codes do`;
  return "its values fit no other type";
}

function kindOf(type: string): string {
  if (/INT/.test(type)) return "whole numbers";
  if (type === "DOUBLE") return "numbers";
  if (type === "BOOLEAN") return "true or false";
  if (type === "DATE") return "dates";
  if (type === "TIME") return "times of day";
  return type.startsWith("TIMESTAMP") ? "times" : type;
}
