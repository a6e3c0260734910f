/** Views as SQL, over columns under whatever names they have there. */

import { literal, timestamp } from "../sql-text.ts";
import { mayBeNaN } from "./kind.ts";
import type { Condition, PlainValue, SourceColumn, View } from "./source.ts";
import { lower, searchedNumber } from "./values.ts";

export interface SqlColumn extends SourceColumn {
  /** As it stands in SQL: `"amount"`. */
  readonly sql: string;
}

/** What a row must be; null for every row. */
export function conditionSql(columns: readonly SqlColumn[], { filters, search }: View): string | null {
  const text = search.trim();
  const parts = filters.map(({ column, condition }) => {
    const found = columns[column];
    return found ? filterSql(found, condition) : "false";
  });
  if (text !== "") parts.push(searchSql(columns, text));
  return parts.length === 0 ? null : parts.join("\n  AND ");
}

/** What rows are ordered by, without the words ORDER BY; null for none. */
export function orderSql(columns: readonly SqlColumn[], { sort }: View): string | null {
  const parts = sort.flatMap(({ column, descending }) => {
    const found = columns[column];
    return found && found.kind !== "other"
      ? [`${comparedSql(found)} ${descending ? "DESC" : "ASC"} NULLS LAST`]
      : [];
  });
  return parts.length === 0 ? null : parts.join(", ");
}

/** A column's value, NULL where it is missing. */
export function valueSql({ sql, type, kind }: SqlColumn): string {
  if (kind === "number" && mayBeNaN(type)) return `nullif(${sql}, 'NaN')`;
  return kind === "date" ? `CASE WHEN isfinite(${sql}) THEN ${sql} END` : sql;
}

/** Texts are compared as such, also those of an ENUM. */
function comparedSql(column: SqlColumn): string {
  return column.kind === "text" ? textSql(column) : valueSql(column);
}

export function textSql({ sql, type }: SqlColumn): string {
  return /^VARCHAR$/i.test(type) ? sql : `CAST(${sql} AS VARCHAR)`;
}

function filterSql(column: SqlColumn, condition: Condition): string {
  switch (condition.type) {
    case "missing":
      return `${valueSql(column)} IS ${condition.missing ? "" : "NOT "}NULL`;
    case "contains":
      return column.kind === "text" ? containsSql(textSql(column), condition.text) : "false";
    case "equals":
      return column.kind === "text" ? `${textSql(column)} = ${literal(condition.text)}` : "false";
    case "range":
      return rangeSql(column, condition);
    case "in":
      return inSql(column, condition.values);
  }
}

const containsSql = (text: string, part: string) => `contains(lower(${text}), ${literal(lower(part))})`;

function rangeSql(column: SqlColumn, { from, to, open }: Extract<Condition, { type: "range" }>): string {
  const { sql, kind } = column;
  if (kind !== "number" && kind !== "date") return "false";
  if (from === null && to === null) return `${valueSql(column)} IS NOT NULL`;
  const bound = kind === "date" ? timestamp : String;
  const low = from === null ? [] : [`${sql} >= ${bound(from)}`];
  const high = to === null ? [] : [`${sql} ${open ? "<" : "<="} ${bound(to)}`];
  // What is infinite or no number lies beyond all bounds.
  const finite =
    kind === "date"
      ? [`isfinite(${sql})`]
      : mayBeNaN(column.type) && to === null
        ? [`NOT isnan(${sql})`]
        : [];
  const needed = kind === "date" && from !== null && to !== null ? [] : finite;
  return parenthesized([...low, ...high, ...needed], " AND ");
}

function inSql(column: SqlColumn, values: readonly PlainValue[]): string {
  const wanted = values.flatMap((value) => valueLiteral(column, value) ?? []);
  if (wanted.length === 0) return "false";
  return `${column.kind === "text" ? textSql(column) : column.sql} IN (${wanted.join(", ")})`;
}

function valueLiteral({ kind }: SqlColumn, value: PlainValue): string | null {
  if (kind === "text") return typeof value === "string" ? literal(value) : null;
  if (kind === "boolean") return typeof value === "boolean" ? String(value) : null;
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  if (kind === "date") return timestamp(value);
  return kind === "number" ? String(value) : null;
}

function searchSql(columns: readonly SqlColumn[], search: string): string {
  return parenthesized(
    columns.flatMap((column) => searchOne(column, search) ?? []),
    " OR ",
  );
}

function searchOne(column: SqlColumn, search: string): string | null {
  const { sql, kind } = column;
  if (kind === "text") return containsSql(textSql(column), search);
  if (kind === "boolean")
    return "true false".includes(lower(search)) ? containsSql(`CAST(${sql} AS VARCHAR)`, search) : null;
  const number = searchedNumber(search);
  if (kind === "number") return number === null ? null : `${sql} = ${number}`;
  if (kind !== "date" || !/^[\d\-: ]+$/.test(search)) return null;
  return `contains(strftime(CAST(${sql} AS TIMESTAMP), '%Y-%m-%d %H:%M:%S'), ${literal(search)})`;
}

function parenthesized(parts: readonly string[], joiner: string): string {
  if (parts.length === 0) return "false";
  return parts.length === 1 ? (parts[0] ?? "false") : `(${parts.join(joiner)})`;
}
