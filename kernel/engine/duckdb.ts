import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";

/** An in-memory DuckDB that never fetches an extension, and a connection to it. */
export async function openDuckDB(): Promise<{ instance: DuckDBInstance; connection: DuckDBConnection }> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "true",
  });
  return { instance, connection: await instance.connect() };
}
