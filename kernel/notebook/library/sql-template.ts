import { UserError } from "../errors.ts";

/** SQL text that may stand in a query as it is: an identifier, safely quoted. */
export class SqlText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A value that can stand in a query as text, as `table("main.sales")` does. */
export interface HasSqlText {
  readonly sqlText: SqlText;
}

export interface SqlQuery {
  readonly sql: string;
  /** Values of `$1`, `$2` …, in order. */
  readonly params: readonly unknown[];
}

/**
 * Assembles a tagged template: every value becomes a bound parameter `$n`, the same value the same `$n`; only
 * identifiers made by `identifier` and `tableIdentifier` become text.
 * @throws UserError kind "sql" for a value that no parameter can hold (undefined, function, promise).
 */
export function sqlTemplate(strings: readonly string[], values: readonly unknown[]): SqlQuery {
  const { sql, params } = assemble(strings, values);
  return { sql, params };
}

/** As `sqlTemplate`, with the offset in the query at which each of the strings begins. */
export function assemble(strings: readonly string[], values: readonly unknown[]) {
  const params: unknown[] = [];
  const starts = [0];
  let sql = strings[0] ?? "";
  values.forEach((value, index) => {
    sql += textOf(value)?.text ?? placeholder(checked(value, index), params);
    starts.push(sql.length);
    sql += strings[index + 1] ?? "";
  });
  return { sql, params, starts };
}

function placeholder(value: unknown, params: unknown[]): string {
  const known = params.findIndex((each) => Object.is(each, value));
  return `$${known < 0 ? params.push(value) : known + 1}`;
}

function textOf(value: unknown): SqlText | undefined {
  if (value instanceof SqlText) return value;
  if (typeof value !== "object" || value === null) return undefined;
  const text = (value as Partial<HasSqlText>).sqlText;
  return text instanceof SqlText ? text : undefined;
}

/** A value that cannot be bound; `index` counts the query's values from 0. */
export class Unbindable extends UserError {
  readonly index: number;

  constructor(index: number, problem: string, remedy: string) {
    const message = `value ${index + 1} of the query is ${problem}, which cannot be a parameter`;
    super({ kind: "sql", message, remedy });
    this.index = index;
  }
}

function checked(value: unknown, index: number): unknown {
  const problem = unbindable(value);
  if (!problem) return value;
  throw new Unbindable(index, ...problem);
}

function unbindable(value: unknown): readonly [problem: string, remedy: string] | undefined {
  if (value === undefined) return ["undefined", "use null for a missing value"];
  if (typeof value === "function") return [`a function (${value.name || "anonymous"})`, "call it"];
  if (typeof value === "symbol") return ["a symbol", "use its description"];
  const then = typeof value === "object" && value !== null && (value as { then?: unknown }).then;
  return typeof then === "function" ? ["a promise", "await it first"] : undefined;
}

/** One quoted identifier: `identifier('my "col"')` is `"my ""col"""`. A dot in it is part of the name. */
export function identifier(name: string): SqlText {
  if (typeof name !== "string" || name === "" || name.includes("\0"))
    throw new UserError({
      kind: "sql",
      message: `${JSON.stringify(name) ?? String(name)} is no name of a column or table`,
      remedy: 'give a name as text, such as sql.identifier("price")',
    });
  return new SqlText(`"${name.replaceAll('"', '""')}"`);
}

/** A table's quoted name, `"db"."name"`; a name without a dot stands alone. */
export function tableIdentifier(name: string): SqlText {
  if (typeof name !== "string") return identifier(name);
  return new SqlText(
    name
      .split(".")
      .map((part) => identifier(part).text)
      .join("."),
  );
}
