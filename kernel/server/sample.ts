import type { TableDefinition } from "../catalog/table.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { Sample } from "../notebook/api.ts";
import { identifier } from "../notebook/sql-text.ts";

/** The first rows of a table as text, written by the engine itself, so that a page can show any type. */
export async function sampleTable(engine: SqlEngine, table: TableDefinition, limit: number): Promise<Sample> {
  const rows = await textRows(
    engine,
    `${identifier(table.database)}.${identifier(table.name)}`,
    table.columns,
    limit,
  );
  return { columns: table.columns.map(({ name, type }) => ({ name, type })), rows };
}

/** The same of whatever may stand after FROM; its columns are asked of the engine. */
export async function rowsAsText(engine: SqlEngine, source: string, limit: number): Promise<Sample> {
  const described = await engine.query(`SELECT * FROM ${source} LIMIT 0`);
  const columns = described.columns.map(({ name, type }) => ({ name, type }));
  described.release();
  return { columns, rows: await textRows(engine, source, columns, limit) };
}

async function textRows(
  engine: SqlEngine,
  source: string,
  columns: readonly { readonly name: string }[],
  limit: number,
): Promise<(string | null)[][]> {
  const texts = columns.map(({ name }) => `CAST(${identifier(name)} AS VARCHAR)`).join(", ");
  const from = `(SELECT * FROM ${source} LIMIT ${limit})`;
  const result = await engine.query(`SELECT to_json([${texts}])::VARCHAR AS line FROM ${from}`);
  try {
    return await readLines(await result.arrow());
  } finally {
    result.release();
  }
}

async function readLines(arrow: Uint8Array): Promise<(string | null)[][]> {
  const { tableFromIPC } = await import("@uwdata/flechette");
  const lines = tableFromIPC(arrow).getChild("line") as Iterable<string> | undefined;
  return [...(lines ?? [])].map((line) => JSON.parse(line));
}
