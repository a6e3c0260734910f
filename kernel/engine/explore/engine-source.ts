import type { DuckDBMaterializedResult } from "@duckdb/node-api";
import { fromColumnar, type TableData } from "../../notebook/display/table-data.ts";
import { kindOf } from "../../notebook/explore/kind.ts";
import type { FileType } from "../../notebook/explore/requests.ts";
import {
  isWhole,
  type Profile,
  type SourceColumn,
  type Span,
  type View,
} from "../../notebook/explore/source.ts";
import { conditionSql, orderSql, type SqlColumn } from "../../notebook/explore/view-sql.ts";
import { tableFromArrow } from "../../notebook/table.ts";
import type { ResultSource } from "../engine.ts";
import { DuckDBResult } from "../result.ts";
import { fileOf, writtenFile } from "./file.ts";
import { KeptTable, type Work } from "./kept-table.ts";
import { type ColumnFrame, ColumnProfiler } from "./profile.ts";

const keptOrders = 3;

/** A result in the engine, looked at by queries: no row comes into JavaScript that is not asked for. */
export class EngineSource implements ResultSource {
  readonly columns: readonly SourceColumn[];
  readonly rowCount: number;
  readonly #work: Work;
  readonly #result: DuckDBResult;
  readonly #table: KeptTable;
  readonly #sql: readonly SqlColumn[];
  readonly #frames = new Map<number, ColumnFrame>();
  /** Row numbers of the last views in their order, in the engine too. */
  readonly #orders = new Map<string, Promise<DuckDBResult>>();

  constructor(work: Work, result: DuckDBResult) {
    this.#work = work;
    this.#result = result;
    this.#table = new KeptTable(work, result);
    this.rowCount = result.rowCount;
    this.columns = result.columns.map(({ name, type }) => ({ name, type, kind: kindOf(type) }));
    this.#sql = this.columns.map((column, index) => ({ ...column, sql: `c${index}` }));
  }

  async count(view: View, signal?: AbortSignal): Promise<number> {
    const where = conditionSql(this.#sql, view);
    if (where === null) return this.rowCount;
    if (view.sort.length > 0) return this.count({ ...view, sort: [] }, signal);
    return (await this.#order(view, signal)).rowCount;
  }

  async page(view: View, rows: Span, columns: Span, signal?: AbortSignal): Promise<TableData> {
    const result = tableFromArrow(await this.#pageBytes(view, rows, columns, signal));
    const shown = this.columns.slice(columns.from, columns.to);
    const getChild = (name: string) => result.getChild(name);
    return fromColumnar({ columns: shown, length: result.length, getChild });
  }

  async encodedPage(view: View, rows: Span, columns: Span, signal?: AbortSignal) {
    return { arrow: await this.#pageBytes(view, rows, columns, signal) };
  }

  /** Arrow IPC stream bytes, the columns under their own names. */
  async #pageBytes(view: View, rows: Span, columns: Span, signal?: AbortSignal): Promise<Uint8Array> {
    const limit = Math.max(0, rows.to - rows.from);
    if (isWhole(view)) return this.#result.page(rows.from, limit, columns);
    const order = await this.#order(view, signal);
    const ids =
      tableFromArrow(await order.page(rows.from, limit))
        .getChildAt(0)
        ?.toArray() ?? [];
    const result = new DuckDBResult(await this.#fetch(Array.from(ids, Number), columns, signal));
    try {
      return await result.page(
        0,
        result.rowCount,
        undefined,
        this.#result.columns.slice(columns.from, columns.to),
      );
    } finally {
      result.release();
    }
  }

  async profile(column: number, view: View, signal?: AbortSignal): Promise<Profile> {
    const found = this.#sql[column];
    if (!found) throw new Error(`there is no column ${column}`);
    const table = await this.#table.name();
    return this.#work(signal, async (connection) => {
      const profiler = new ColumnProfiler(connection, table, found);
      const frame = this.#frames.get(column) ?? (await profiler.frame());
      this.#frames.set(column, frame);
      return profiler.profile(frame, conditionSql(this.#sql, view));
    });
  }

  /** All rows of a view as a file's bytes. @throws UserError when they are too many */
  async file(view: View, as: FileType, signal?: AbortSignal): Promise<Uint8Array> {
    const table = await this.#table.name();
    const names = this.#result.columns.map(({ name }) => name);
    const query = `${fileOf(names, table)}${this.#clauses(view)}`;
    return this.#work(signal, (connection) => writtenFile(connection, query, as));
  }

  release(): void {
    for (const order of this.#orders.values())
      void order.then((result) => result.release()).catch(() => undefined);
    this.#orders.clear();
    this.#table.release();
  }

  async #order(view: View, signal?: AbortSignal): Promise<DuckDBResult> {
    const key = JSON.stringify(view);
    const known = await this.#orders.get(key)?.catch(() => undefined);
    if (known) return known;
    const made = this.#ordered(view, signal);
    this.#orders.set(key, made);
    made.catch(() => this.#orders.delete(key));
    this.#forgetOrders();
    return made;
  }

  #forgetOrders(): void {
    for (const [key, order] of this.#orders) {
      if (this.#orders.size <= keptOrders) return;
      this.#orders.delete(key);
      void order.then((result) => result.release()).catch(() => undefined);
    }
  }

  async #ordered(view: View, signal?: AbortSignal): Promise<DuckDBResult> {
    const table = await this.#table.name();
    const sql = `SELECT rowid FROM ${table}${this.#clauses(view)}`;
    return new DuckDBResult(await this.#work(signal, (connection) => connection.run(sql)));
  }

  #clauses(view: View): string {
    const where = conditionSql(this.#sql, view);
    const order = orderSql(this.#sql, view);
    return `${where === null ? "" : ` WHERE ${where}`} ORDER BY ${order === null ? "" : `${order}, `}rowid`;
  }

  async #fetch(
    ids: readonly number[],
    columns: Span,
    signal?: AbortSignal,
  ): Promise<DuckDBMaterializedResult> {
    const table = await this.#table.name();
    const shown = this.#sql.slice(columns.from, columns.to).map(({ sql }) => `t.${sql}`);
    const list = `[${ids.join()}]::BIGINT[]`;
    const wanted = `SELECT unnest(${list}) AS id, generate_subscripts(${list}, 1) AS place`;
    const sql = `SELECT ${shown.join()} FROM (${wanted}) w JOIN ${table} t ON t.rowid = w.id ORDER BY w.place`;
    return this.#work(signal, (connection) => connection.run(sql));
  }
}
