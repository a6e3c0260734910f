import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { deserialize, serialize } from "node:v8";
import { inputError, UserError } from "../../notebook/errors.ts";
import { runChild } from "../child.ts";
import type { EngineResult, QueryOptions, SqlEngine } from "../engine.ts";
import { MemoryResult } from "../memory-result.ts";
import { stopped } from "../stop.ts";
import type { Connection } from "./configuration.ts";
import { tableOfColumns } from "./sqlite-columns.ts";
import { type SqliteAnswer, type SqliteRequest, sqliteProgram } from "./sqlite-program.ts";

/** Most bytes of a result. */
const limit = 512 * 2 ** 20;

/** A SQLite file, read only, in SQLite's own SQL. Each query has a process of its own, which ends when it is stopped. */
export class SqliteEngine implements SqlEngine {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async query(
    sql: string,
    params: readonly unknown[] = [],
    { signal }: QueryOptions = {},
  ): Promise<EngineResult> {
    const request = { path: this.#connection.path ?? ":memory:", sql, params: bound(params) };
    const answer = await ask(request, signal ?? new AbortController().signal);
    if ("failure" in answer) throw this.#failed(answer.failure, sql);
    return new MemoryResult(tableOfColumns(answer.names, answer.columns));
  }

  async explain(sql: string, params: readonly unknown[] = []): Promise<string> {
    const result = await this.query(`EXPLAIN QUERY PLAN ${sql}`, params);
    const { tableFromArrow } = await import("../../notebook/table.ts");
    return tableFromArrow(await result.arrow())
      .map((row) => String(row.detail))
      .join("\n");
  }

  close(): void {}

  #failed(message: string, sql: string): UserError {
    const { name } = this.#connection;
    return new UserError({
      kind: "sql",
      message: `${message} (connection "${name}")`,
      ...remedyFor(message),
      ...nearPlace(message, sql),
    });
  }
}

/** Node reads the program and what it is asked from its standard input. */
async function ask(request: SqliteRequest, signal: AbortSignal): Promise<SqliteAnswer> {
  const module = JSON.stringify(createRequire(import.meta.url).resolve("better-sqlite3"));
  const data = JSON.stringify(serialize(request).toString("base64"));
  const input = `const v8 = require("node:v8");
const answer = (${sqliteProgram.toString()})(require(${module}), v8.deserialize(Buffer.from(${data}, "base64")));
process.stdout.write(v8.serialize(answer));`;
  let said = "";
  const onError = (text: string) => {
    said = (said + text).slice(-2000);
  };
  const child = { file: process.execPath, args: ["--input-type=commonjs", "-"], cwd: tmpdir(), input };
  const result = await runChild({ ...child, signal, limit, onError }).catch((error: unknown) => {
    throw signal.aborted ? stopped() : error;
  });
  if (result.tooLong)
    throw inputError("the result is too large to be passed on", "ask for fewer rows: LIMIT …");
  if (result.status !== 0) throw new Error(`the query's process ended: ${said || result.signal}`);
  return deserialize(result.output) as SqliteAnswer;
}

function bound(params: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(params.map((value, index) => [String(index + 1), asSqlite(value, index)]));
}

/** SQLite knows neither booleans nor dates; a date is the text that its own functions read. */
function asSqlite(value: unknown, index: number): unknown {
  if (typeof value === "boolean") return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (value === null || ["number", "bigint", "string"].includes(typeof value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  throw new UserError({
    kind: "sql",
    message: `value ${index + 1} of the query is no number, text, date or bytes, which SQLite cannot take`,
    remedy: "pass JSON.stringify(value), and read it with json_each",
  });
}

function remedyFor(message: string): { remedy?: string } {
  if (/readonly database/.test(message)) return { remedy: "connections are only read" };
  if (/not a database/.test(message)) return { remedy: "check that the file is a SQLite database" };
  if (/more than one statement/.test(message)) return { remedy: "write one statement a cell" };
  return {};
}

/** `near "FORM": syntax error`, if that word stands in the text only once. */
function nearPlace(message: string, sql: string): { line?: number; column?: number } {
  const word = /^near "(.+)": syntax error/.exec(message)?.[1];
  const at = word === undefined ? -1 : sql.indexOf(word);
  if (word === undefined || at < 0 || sql.indexOf(word, at + 1) >= 0) return {};
  const before = sql.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
