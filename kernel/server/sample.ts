import type { TableDefinition } from "../catalog/table.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { Sample } from "../notebook/api.ts";

/** The first rows of a table as text, written by the engine itself, so that a page can show any type. */
export async function sampleTable(engine: SqlEngine, table: TableDefinition, limit: number): Promise<Sample> {
  const names = table.columns.map((column) => quoted(column.name));
  const texts = names.map((name) => `CAST(${name} AS VARCHAR)`).join(", ");
  const from = `(SELECT * FROM ${quoted(table.database)}.${quoted(table.name)} LIMIT ${limit})`;
  const result = await engine.query(`SELECT to_json([${texts}])::VARCHAR AS line FROM ${from}`);
  try {
    const rows = await readLines(await result.arrow());
    return { columns: table.columns.map(({ name, type }) => ({ name, type })), rows };
  } finally {
    result.release();
  }
}

async function readLines(arrow: Uint8Array): Promise<(string | null)[][]> {
  const { tableFromIPC } = await import("@uwdata/flechette");
  const lines = tableFromIPC(arrow).getChild("line") as Iterable<string> | undefined;
  return [...(lines ?? [])].map((line) => JSON.parse(line));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
