import type { TableData } from "../display/table-data.ts";
import { type KeyedColumn, keyedColumn } from "./keyed-column.ts";
import { type ColumnKind, kindOf } from "./kind.ts";
import { applyCondition, applySearch, maySearch } from "./memory-filter.ts";
import { type ColumnFrame, columnFrame, profileOf } from "./memory-profile.ts";
import { sortRows } from "./order.ts";
import { Pace } from "./pace.ts";
import type { Filter, Profile, SourceColumn, Span, TableSource, View } from "./source.ts";

/** Bytes of keyed columns that are kept for the next question. */
const mostKept = 64 * 2 ** 20;
const keptOrders = 4;

/** A table whose rows are in memory: the work is done in short slices. */
export class MemorySource implements TableSource {
  readonly columns: readonly SourceColumn[];
  readonly rowCount: number;
  readonly #data: TableData;
  readonly #slice: number;
  readonly #keyed = new Map<number, KeyedColumn>();
  readonly #frames = new Map<number, ColumnFrame>();
  /** Rows of the last views, by what makes them. */
  readonly #orders = new Map<string, Uint32Array | null>();

  /** @param slice ms of work without rest */
  constructor(data: TableData, slice = 8) {
    this.#data = data;
    this.#slice = slice;
    this.rowCount = data.length;
    this.columns = data.columns.map(({ name, type }) => ({ name, type, kind: kindOf(type) }));
  }

  async count(view: View, signal?: AbortSignal): Promise<number> {
    const rows = await this.#filtered(view, this.#pace(signal));
    return rows?.length ?? this.rowCount;
  }

  async page(view: View, rows: Span, columns: Span, signal?: AbortSignal): Promise<TableData> {
    const order = await this.#ordered(view, this.#pace(signal));
    const from = Math.max(0, rows.from);
    const to = Math.min(rows.to, order?.length ?? this.rowCount);
    const rowAt = (row: number) => (order ? (order[from + row] as number) : from + row);
    return {
      columns: this.columns.slice(columns.from, columns.to),
      length: Math.max(0, to - from),
      value: (row, column) => this.#data.value(rowAt(row), columns.from + column),
    };
  }

  async profile(column: number, view: View, signal?: AbortSignal): Promise<Profile> {
    const pace = this.#pace(signal);
    const kind = this.#kind(column);
    const keyed = await this.#column(column, pace);
    const frame = this.#frames.get(column) ?? (await columnFrame(keyed, kind, pace));
    this.#frames.set(column, frame);
    const rows = await this.#filtered(view, pace);
    return await profileOf(keyed, kind, frame, rows, this.#missing(column, keyed), pace);
  }

  /** Rows of a view in its order; null: all as they are. */
  async #ordered(view: View, pace: Pace): Promise<Uint32Array | null> {
    if (view.sort.length === 0) return this.#filtered(view, pace);
    return this.#remembered(JSON.stringify(view), async () => {
      const rows =
        (await this.#filtered(view, pace))?.slice() ??
        Uint32Array.from({ length: this.rowCount }, (_, row) => row);
      for (const { column, descending } of [...view.sort].reverse())
        await sortRows(rows, (await this.#column(column, pace)).keys, descending, pace);
      return rows;
    });
  }

  async #filtered({ filters, search }: View, pace: Pace): Promise<Uint32Array | null> {
    const text = search.trim();
    if (filters.length === 0 && text === "") return null;
    return this.#remembered(JSON.stringify([filters, text]), async () => {
      const mask = new Uint8Array(this.rowCount).fill(text === "" ? 1 : 0);
      if (text !== "") await this.#search(mask, text, pace);
      for (const filter of filters) await this.#filter(mask, filter, pace);
      return rowsOf(mask, pace);
    });
  }

  async #search(mask: Uint8Array, text: string, pace: Pace): Promise<void> {
    for (const [index, { kind }] of this.columns.entries())
      if (maySearch(kind, text)) await applySearch(mask, await this.#column(index, pace), kind, text, pace);
  }

  async #filter(mask: Uint8Array, { column, condition }: Filter, pace: Pace): Promise<void> {
    const keyed = await this.#column(column, pace);
    const missing = this.#missing(column, keyed);
    await applyCondition(mask, keyed, this.#kind(column), condition, missing, pace);
  }

  async #remembered(key: string, make: () => Promise<Uint32Array | null>): Promise<Uint32Array | null> {
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    const made = await make();
    this.#orders.set(key, made);
    const [oldest] = this.#orders.keys();
    if (this.#orders.size > keptOrders && oldest !== undefined) this.#orders.delete(oldest);
    return made;
  }

  async #column(index: number, pace: Pace): Promise<KeyedColumn> {
    const known = this.#keyed.get(index);
    if (known) return known;
    const made = await keyedColumn(this.#data, index, this.#at(index), pace);
    const room = Math.max(1, Math.floor(mostKept / Math.max(1, 8 * this.rowCount)));
    for (const oldest of this.#keyed.keys()) if (this.#keyed.size >= room) this.#keyed.delete(oldest);
    this.#keyed.set(index, made);
    return made;
  }

  #missing(column: number, { keys }: KeyedColumn): (row: number) => boolean {
    if (this.#kind(column) !== "other") return (row) => Number.isNaN(keys[row]);
    return (row) => (this.#data.value(row, column) ?? null) === null;
  }

  #kind(column: number): ColumnKind {
    return this.#at(column).kind;
  }

  #at(column: number): SourceColumn {
    return this.columns[column] ?? { name: "", type: "", kind: "other" };
  }

  #pace(signal?: AbortSignal): Pace {
    return new Pace(signal, this.#slice);
  }
}

async function rowsOf(mask: Uint8Array, pace: Pace): Promise<Uint32Array> {
  const rows = new Uint32Array(mask.length);
  let length = 0;
  await pace.each(mask.length, (row) => {
    if (mask[row]) rows[length++] = row;
  });
  return rows.slice(0, length);
}
