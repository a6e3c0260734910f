import { type DataType, type Field, type Table, Type, tableFromIPC } from "@uwdata/flechette";
import { UserError } from "./errors.ts";
import { ResultColumn, ResultVector } from "./table-column.ts";
import { readAsPromised } from "./table-decode.ts";
import { jsonValue } from "./table-json.ts";

/** A row as a plain object, one property per column. */
export type ResultRow = Record<string, unknown>;

const MARK = Symbol.for("percolate.QueryResult");

/** Marks results made by any copy of this module. */
export function isQueryResult(value: unknown): value is QueryResult {
  if (typeof value !== "object" || value === null) return false;
  try {
    return MARK in value;
  } catch {
    return false;
  }
}

/** Gives its heirs `result[7]` without a proxy around them: only what is not found elsewhere comes here. */
const Indexed = function Indexed() {} as unknown as new () => { readonly [index: number]: ResultRow };
const isIndex = (key: string | symbol): key is string => typeof key === "string" && /^\d+$/.test(key);
Indexed.prototype = new Proxy(Object.create(Object.prototype), {
  get(target, key, receiver) {
    if (isIndex(key) && receiver instanceof QueryResult) return receiver.at(Number(key));
    return Reflect.get(target, key, receiver);
  },
});

/** From here on a scan of the rows decodes whole columns at once; the first few it takes singly. */
const FEW = 256;

type Visit<T> = (row: ResultRow, index: number, rows: QueryResult) => T;

/**
 * The rows of a query, columnar: an Arrow table for Plot and Arquero, a list of row objects for everything else. Rows
 * are made when looked at, so `rows[5]` or the first screenful cost nothing for the rest. Immutable; `sort`, `filter`
 * and the like give arrays of rows.
 *
 * Integers and DECIMALs are numbers. If a column has a value that a number cannot hold exactly, the whole column is
 * BigInt (or, for DECIMALs with a fraction, text). DATE and TIMESTAMP are `Date`s (UTC; an infinite one is an
 * invalid Date), LIST an array, STRUCT an object, MAP a Map, INTERVAL `{months, days, micros}`, BLOB bytes; TIME, UUID and BIT are text.
 */
export class QueryResult extends Indexed implements Iterable<ResultRow> {
  readonly [MARK] = true;
  /** The Arrow IPC stream that this was made from: send these to make it anew elsewhere. */
  readonly bytes: Uint8Array;
  readonly columns: readonly ResultColumn[];
  /** As of an Arrow table; types of dates as they are read. */
  readonly schema: { readonly fields: readonly { readonly name: string; readonly type: DataType }[] };
  readonly length: number;
  #names: readonly string[];
  #vectors: readonly ResultVector[];
  #emptyRow: ResultRow;

  constructor(bytes: Uint8Array, table: Table) {
    super();
    this.bytes = bytes;
    this.#names = table.schema.fields.map((field) => field.name);
    this.#vectors = table.children.map((column) => new ResultVector(column));
    this.columns = table.schema.fields.map((field) => new ResultColumn(field.name, engineType(field)));
    this.schema = {
      fields: this.#names.map((name, i) => ({ name, type: this.#vectors[i]?.type as DataType })),
    };
    this.length = table.numRows;
    this.#emptyRow = Object.fromEntries(this.#names.map((name) => [name, undefined]));
  }

  get numRows(): number {
    return this.length;
  }

  get numCols(): number {
    return this.#names.length;
  }

  get [Symbol.toStringTag](): string {
    return "QueryResult";
  }

  /** The column of a name; undefined if there is none. */
  getChild(name: string): ResultVector | undefined {
    return this.#vectors[this.#names.indexOf(name)];
  }

  getChildAt(index: number): ResultVector | undefined {
    return this.#vectors[index];
  }

  /** A row, from the end if the index is negative; undefined if there is none. */
  at(index: number): ResultRow | undefined {
    const at = index < 0 ? index + this.length : index;
    if (!(at >= 0 && at < this.length)) return undefined;
    return this.#row(
      this.#vectors.map((vector) => [vector.at(at)]),
      0,
    );
  }

  get(index: number): ResultRow | undefined {
    return this.at(index);
  }

  *[Symbol.iterator](): Generator<ResultRow> {
    const few = Math.min(this.length, FEW);
    for (let i = 0; i < few; i++) yield this.at(i) as ResultRow;
    if (few === this.length) return;
    const arrays = this.#vectors.map((vector) => vector.toArray());
    for (let i = few; i < this.length; i++) yield this.#row(arrays, i);
  }

  *entries(): Generator<[number, ResultRow]> {
    let index = 0;
    for (const row of this) yield [index++, row];
  }

  toArray(): ResultRow[] {
    return [...this];
  }

  forEach(visit: Visit<void>): void {
    for (const [index, row] of this.entries()) visit(row, index, this);
  }

  map<T>(visit: Visit<T>): T[] {
    const values: T[] = [];
    for (const [index, row] of this.entries()) values.push(visit(row, index, this));
    return values;
  }

  flatMap<T>(visit: Visit<T | readonly T[]>): T[] {
    const lists = this.map(visit);
    return lists.flat() as T[];
  }

  filter(test: Visit<unknown>): ResultRow[] {
    const rows: ResultRow[] = [];
    for (const [index, row] of this.entries()) if (test(row, index, this)) rows.push(row);
    return rows;
  }

  find(test: Visit<unknown>): ResultRow | undefined {
    for (const [index, row] of this.entries()) if (test(row, index, this)) return row;
    return undefined;
  }

  findIndex(test: Visit<unknown>): number {
    for (const [index, row] of this.entries()) if (test(row, index, this)) return index;
    return -1;
  }

  some(test: Visit<unknown>): boolean {
    return this.findIndex(test) >= 0;
  }

  every(test: Visit<unknown>): boolean {
    return !this.some((row, index) => !test(row, index, this));
  }

  /** As of arrays: without `initial`, the first row is where it starts. */
  reduce<T>(join: (value: T, row: ResultRow, index: number) => T, ...initial: [T] | []): T {
    const rows = this.toArray() as unknown[];
    const step = (value: unknown, row: unknown, index: number) => join(value as T, row as ResultRow, index);
    return (initial.length === 0 ? rows.reduce(step) : rows.reduce(step, initial[0])) as T;
  }

  slice(start = 0, end = this.length): ResultRow[] {
    const from = start < 0 ? Math.max(0, start + this.length) : start;
    const to = Math.min(end < 0 ? end + this.length : end, this.length);
    if (to - from > this.length / 2) return this.toArray().slice(from, to);
    return Array.from({ length: Math.max(0, to - from) }, (_, i) => this.at(from + i) as ResultRow);
  }

  /** A sorted copy. */
  sort(compare?: (a: ResultRow, b: ResultRow) => number): ResultRow[] {
    return this.toArray().sort(compare);
  }

  /** Rows as JSON can hold them: Maps as objects, BigInts as text, bytes as arrays of numbers. */
  toJSON(): ResultRow[] {
    return this.map((row) => jsonValue(row) as ResultRow);
  }

  #row(columns: readonly ArrayLike<unknown>[], index: number): ResultRow {
    // A copy keeps its shape, and a column named "__proto__" is an ordinary property of it.
    const row: ResultRow = { ...this.#emptyRow };
    const names = this.#names;
    for (let i = 0; i < names.length; i++) row[names[i] as string] = columns[i]?.[index];
    return row;
  }
}

/**
 * Reads the bytes of an Arrow IPC stream, without copying them where they are aligned.
 * @throws UserError kind "transfer" if they are none.
 */
export function tableFromArrow(bytes: Uint8Array): QueryResult {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const table = decoded(aligned);
  for (const column of table.children) for (const batch of column.data) readAsPromised(batch);
  return new QueryResult(aligned, table);
}

function decoded(bytes: Uint8Array): Table {
  try {
    if (bytes.length === 0) throw new Error("there are no bytes");
    const options = { useDate: true, useBigInt: true, useDecimalInt: true, useMap: true };
    return tableFromIPC(bytes, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError({ kind: "transfer", message: `these bytes are no Arrow table: ${reason}` });
  }
}

function engineType(field: Field): string {
  const given = (field.metadata as Map<string, string> | null | undefined)?.get("type");
  return given ?? Object.entries(Type).find(([, id]) => id === field.type.typeId)?.[0] ?? "";
}
