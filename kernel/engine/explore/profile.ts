import type { DuckDBConnection } from "@duckdb/node-api";
import { edges, type Frame, frameOf } from "../../notebook/explore/frame.ts";
import { mostTop, type PlainValue, type Profile } from "../../notebook/explore/source.ts";
import { type SqlColumn, textSql, valueSql } from "../../notebook/explore/view-sql.ts";
import { literal } from "../../notebook/sql-text.ts";

/** What all profiles of a column are drawn over: made from the whole table. */
export interface ColumnFrame {
  readonly bins: Frame | null;
  readonly top: readonly PlainValue[];
}

const nothing = { distinct: null, min: null, max: null, mean: null, median: null, bins: [], top: [] };

/** Asks what one column of a table holds. */
export class ColumnProfiler {
  readonly #connection: DuckDBConnection;
  readonly #table: string;
  readonly #column: SqlColumn;

  constructor(connection: DuckDBConnection, table: string, column: SqlColumn) {
    this.#connection = connection;
    this.#table = table;
    this.#column = column;
  }

  async frame(): Promise<ColumnFrame> {
    const { kind } = this.#column;
    if (kind === "text" || kind === "boolean") return { bins: null, top: await this.#mostFrequent() };
    if (kind === "other") return { bins: null, top: [] };
    const of = "FILTER (WHERE isfinite(x))";
    const [row = []] = await this.#rows(
      `SELECT min(x) ${of}, max(x) ${of}, bool_and(x = floor(x)) ${of} FROM (SELECT ${this.#number()} AS x FROM ${this.#table})`,
    );
    const [min, max, whole] = row;
    if (typeof min !== "number" || typeof max !== "number") return { bins: null, top: [] };
    return { bins: frameOf(min, max, kind, whole === true), top: [] };
  }

  async profile(frame: ColumnFrame, where: string | null): Promise<Profile> {
    const { kind } = this.#column;
    const from = `FROM ${this.#table}${where === null ? "" : ` WHERE ${where}`}`;
    if (kind === "other") return { ...(await this.#counts(from, "count(*)")), ...nothing };
    if (kind === "text" || kind === "boolean") return this.#texts(frame, from);
    return this.#figures(frame, from);
  }

  async #counts(from: string, distinct: string): Promise<Pick<Profile, "rows" | "missing" | "distinct">> {
    const value = this.#value();
    const sql = `SELECT count(*)::DOUBLE, count(v)::DOUBLE, (${distinct})::DOUBLE FROM (SELECT ${value} AS v ${from})`;
    const [[rows, present, different] = []] = await this.#rows(sql);
    return { rows: Number(rows), missing: Number(rows) - Number(present), distinct: Number(different) };
  }

  async #texts({ top }: ColumnFrame, from: string): Promise<Profile> {
    const counts = await this.#counts(from, "count(DISTINCT v)");
    const wanted = top.map((value) => (typeof value === "string" ? literal(value) : String(value)));
    if (wanted.length === 0) return { ...nothing, ...counts };
    const found = await this.#rows(
      `SELECT v, count(*)::DOUBLE FROM (SELECT ${this.#value()} AS v ${from}) WHERE v IN (${wanted.join(", ")}) GROUP BY v`,
    );
    const byValue = new Map(found.map(([value, count]) => [value, Number(count)]));
    return { ...nothing, ...counts, top: top.map((value) => ({ value, count: byValue.get(value) ?? 0 })) };
  }

  async #figures({ bins: frame }: ColumnFrame, from: string): Promise<Profile> {
    const counts = await this.#counts(from, "count(DISTINCT v)");
    const of = "FILTER (WHERE isfinite(x))";
    const inner = `(SELECT ${this.#number()} AS x ${from})`;
    const mean = this.#column.kind === "number" ? `avg(x) ${of}` : "NULL";
    const [[min, max, average, median] = []] = await this.#rows(
      `SELECT min(x), max(x), ${mean}, quantile_cont(x, 0.5) ${of} FROM ${inner}`,
    );
    const figures = { min: numeric(min), max: numeric(max), mean: numeric(average), median: numeric(median) };
    return { ...nothing, ...counts, ...figures, bins: frame ? await this.#bins(frame, inner) : [] };
  }

  async #bins(frame: Frame, inner: string) {
    const bin = `least(${frame.bins - 1}, greatest(0, floor((x - (${frame.start})) / ${frame.step})))::INTEGER`;
    const rows = await this.#rows(
      `SELECT ${bin} AS bin, count(*)::DOUBLE FROM ${inner} WHERE isfinite(x) GROUP BY bin`,
    );
    const counts = new Map(rows.map(([index, count]) => [Number(index), Number(count)]));
    return edges(frame).map((edge, index) => ({ ...edge, count: counts.get(index) ?? 0 }));
  }

  async #mostFrequent(): Promise<readonly PlainValue[]> {
    const inner = `(SELECT ${this.#value()} AS v FROM ${this.#table})`;
    const rows = await this.#rows(
      `SELECT v FROM ${inner} WHERE v IS NOT NULL GROUP BY v ORDER BY count(*) DESC, v LIMIT ${mostTop}`,
    );
    return rows.map(([value]) => value as PlainValue);
  }

  #value(): string {
    return this.#column.kind === "text" ? textSql(this.#column) : valueSql(this.#column);
  }

  /** As a DOUBLE: dates in ms. */
  #number(): string {
    const { kind, sql } = this.#column;
    if (kind === "number") return `CAST(${valueSql(this.#column)} AS DOUBLE)`;
    return `CASE WHEN isfinite(${sql}) THEN epoch_ms(CAST(${sql} AS TIMESTAMP))::DOUBLE END`;
  }

  async #rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await (await this.#connection.run(sql)).getRowsJS()) as unknown[][];
  }
}

const numeric = (value: unknown): number | null => (typeof value === "number" ? value + 0 : null);
