import type { TableData } from "../display/table-data.ts";
import { compareTexts, sortTexts } from "./order.ts";
import type { Pace } from "./pace.ts";
import type { SourceColumn } from "./source.ts";
import { numberOf, textOf } from "./values.ts";

/**
 * A column with a number for each row that sorts as its value does: the number itself, a date's ms, 0 or 1, or the place
 * of a text among all texts of the column in order. NaN for missing values.
 */
export interface KeyedColumn {
  readonly keys: Float64Array;
  /** The column's texts in order, each once; null for other columns. */
  readonly texts: readonly string[] | null;
}

export async function keyedColumn(
  data: TableData,
  index: number,
  { kind }: SourceColumn,
  pace: Pace,
): Promise<KeyedColumn> {
  if (kind === "text") return keyedTexts(data, index, pace);
  const keys = new Float64Array(data.length).fill(Number.NaN);
  if (kind !== "other")
    await pace.each(data.length, (row) => {
      keys[row] = numberOf(data.value(row, index), kind);
    });
  return { keys, texts: null };
}

async function keyedTexts(data: TableData, index: number, pace: Pace): Promise<KeyedColumn> {
  const codes = new Map<string, number>();
  const keys = new Float64Array(data.length);
  await pace.each(data.length, (row) => {
    const text = textOf(data.value(row, index));
    if (text !== null && !codes.has(text)) codes.set(text, codes.size);
    keys[row] = text === null ? Number.NaN : (codes.get(text) as number);
  });
  const texts = [...codes.keys()];
  await sortTexts(texts, pace);
  const places = new Float64Array(texts.length);
  await pace.each(texts.length, (place) => {
    places[codes.get(texts[place] as string) as number] = place;
  });
  await pace.each(keys.length, (row) => {
    const code = keys[row] as number;
    if (!Number.isNaN(code)) keys[row] = places[code] as number;
  });
  return { keys, texts };
}

/** The place of a text among sorted ones; -1 if it is none of them. */
export function placeOf(texts: readonly string[], text: string): number {
  let [low, high] = [0, texts.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const order = compareTexts(texts[middle] as string, text);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
