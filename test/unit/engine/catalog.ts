import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type {
  CatalogColumn,
  TableDefinition,
  TableFormat,
  TableSource,
} from "../../../kernel/catalog/table.ts";
import { createEngine, type DuckDBEngine } from "../../../kernel/engine/duckdb-engine.ts";
import type { EngineResult } from "../../../kernel/engine/engine.ts";
import { type QueryResult, tableFromArrow } from "../../../kernel/notebook/table.ts";

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "percolate-engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Described {
  readonly name: string;
  readonly database?: string;
  readonly format?: TableFormat;
  /** `{city: "VARCHAR"}`; a name that ends in "=" is a partition column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly options?: TableDefinition["options"];
  readonly version?: number;
  readonly source?: string | null;
}

export function table(described: Described): TableDefinition {
  const {
    name,
    database = "main",
    format = "csv",
    files,
    options = {},
    version = 1,
    source = null,
  } = described;
  const columns: CatalogColumn[] = Object.entries(described.columns).map(([column, type]) => ({
    name: column.replace(/=$/, ""),
    type,
    partition: column.endsWith("="),
  }));
  return {
    ...{ name, database, format, columns, options, version, source },
    files: files.map((path) => ({
      path,
      bytes: statSync(path).size,
      modified: 0,
      rowCount: null,
      partition: {},
    })),
    ...{ rowCount: null, bytes: 0, updatedAt: "", reasons: [] },
  };
}

/** A catalog in memory whose tables can be replaced. */
export class Tables implements TableSource {
  #version = 1;
  #tables: readonly TableDefinition[];

  constructor(...tables: readonly TableDefinition[]) {
    this.#tables = tables;
  }

  version(): number {
    return this.#version;
  }

  tables(): readonly TableDefinition[] {
    return this.#tables;
  }

  become(...tables: readonly TableDefinition[]): void {
    this.#version++;
    this.#tables = tables;
  }
}

/** An engine that is closed after the test. */
export async function engineOver(...tables: readonly TableDefinition[] | [Tables]): Promise<DuckDBEngine> {
  const source =
    tables[0] instanceof Tables ? tables[0] : new Tables(...(tables as readonly TableDefinition[]));
  const engine = await createEngine(source);
  onTestFinished(() => engine.close());
  return engine;
}

/** All rows, through Arrow, as the user of a SQL cell has them. */
export async function read(result: Promise<EngineResult> | EngineResult): Promise<QueryResult> {
  return tableFromArrow(await (await result).arrow());
}
