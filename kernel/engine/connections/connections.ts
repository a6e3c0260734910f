import { existsSync } from "node:fs";
import { inputError } from "../../notebook/errors.ts";
import type { SqlEngine } from "../engine.ts";
import { type Asker, type Connection, findConnection } from "./configuration.ts";
import { DuckDBFileEngine } from "./duckdb-file.ts";
import { SqliteEngine } from "./sqlite-file.ts";

/**
 * The engine of the database that a notebook names. It is opened anew for each query and closed after it: so each
 * sees what is there now, and no other program is kept from writing.
 * @throws UserError when there is no such connection, or no such file
 */
export function connect(name: string, asker: Asker): SqlEngine {
  const connection = findConnection(name, asker);
  checkFile(connection);
  return connection.type === "duckdb" ? new DuckDBFileEngine(connection) : new SqliteEngine(connection);
}

function checkFile({ name, path }: Connection): void {
  if (path === null || existsSync(path)) return;
  throw inputError(
    `connection "${name}": file "${path}" not found`,
    "check the path, or make the database first",
  );
}
