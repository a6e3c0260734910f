/** Which rows of keyed columns meet a condition. */
import type { KeyedColumn } from "./keyed-column.ts";
import { placeOf } from "./keyed-column.ts";
import type { ColumnKind } from "./kind.ts";
import type { Pace } from "./pace.ts";
import type { Condition, PlainValue } from "./source.ts";
import { dateSearchText, lower, searchedNumber } from "./values.ts";

/** Whether a key (never NaN) is wanted. */
type Test = (key: number) => boolean;

const never: Test = () => false;

/** Takes out of `mask` (1: in) the rows that do not meet the condition. */
export async function applyCondition(
  mask: Uint8Array,
  column: KeyedColumn,
  kind: ColumnKind,
  condition: Condition,
  missing: (row: number) => boolean,
  pace: Pace,
): Promise<void> {
  if (condition.type === "missing") {
    await pace.each(mask.length, (row) => {
      if (missing(row) !== condition.missing) mask[row] = 0;
    });
    return;
  }
  const test = await testOf(column, kind, condition, pace);
  await pace.each(mask.length, (row) => {
    const key = column.keys[row] as number;
    if (Number.isNaN(key) || !test(key)) mask[row] = 0;
  });
}

/** Puts into `mask` the rows whose value has the search text. */
export async function applySearch(
  mask: Uint8Array,
  column: KeyedColumn,
  kind: ColumnKind,
  search: string,
  pace: Pace,
): Promise<void> {
  const test = await searchTest(column, kind, search.trim(), pace);
  if (test === never) return;
  await pace.each(mask.length, (row) => {
    const key = column.keys[row] as number;
    if (!Number.isNaN(key) && test(key)) mask[row] = 1;
  });
}

/** Whether a column of this kind can have a value with this text, so that it is worth looking. */
export function maySearch(kind: ColumnKind, search: string): boolean {
  if (kind === "number") return searchedNumber(search) !== null;
  if (kind === "date") return /^[\d\-: ]+$/.test(search.trim());
  if (kind === "boolean") return "true false".includes(lower(search.trim()));
  return kind === "text";
}

async function testOf(
  column: KeyedColumn,
  kind: ColumnKind,
  condition: Condition,
  pace: Pace,
): Promise<Test> {
  switch (condition.type) {
    case "range":
      return kind === "number" || kind === "date" ? within(condition) : never;
    case "in":
      return among(new Set(condition.values.map((value) => keyOf(column, kind, value))));
    case "equals":
      return among(new Set([keyOf(column, kind, condition.text)]));
    case "contains":
      return column.texts ? containing(column.texts, condition.text, pace) : never;
    case "missing":
      return never;
  }
}

function within({ from, to, open }: Extract<Condition, { type: "range" }>): Test {
  const [low, high] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
  return open && to !== null ? (key) => key >= low && key < high : (key) => key >= low && key <= high;
}

const among =
  (keys: ReadonlySet<number>): Test =>
  (key) =>
    keys.has(key);

function keyOf({ texts }: KeyedColumn, kind: ColumnKind, value: PlainValue): number {
  if (texts) return typeof value === "string" ? placeOf(texts, value) : -1;
  if (kind === "boolean") return typeof value === "boolean" ? Number(value) : -1;
  return typeof value === "number" ? value : Number.NaN;
}

async function containing(texts: readonly string[], text: string, pace: Pace): Promise<Test> {
  const wanted = lower(text);
  const found = new Uint8Array(texts.length);
  await pace.each(texts.length, (place) => {
    if (lower(texts[place] as string).includes(wanted)) found[place] = 1;
  });
  return (key) => found[key] === 1;
}

async function searchTest(column: KeyedColumn, kind: ColumnKind, search: string, pace: Pace): Promise<Test> {
  if (!maySearch(kind, search)) return never;
  if (column.texts) return containing(column.texts, search, pace);
  if (kind === "number") return among(new Set([searchedNumber(search) ?? Number.NaN]));
  if (kind === "date") return (key) => dateSearchText(key).includes(search);
  const wanted = lower(search);
  return (key) => (key === 1 ? "true" : "false").includes(wanted);
}
