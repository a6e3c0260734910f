import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { Catalog } from "../../../kernel/catalog/catalog.ts";
import type { TableDefinition } from "../../../kernel/catalog/table.ts";
import { type CrawlOptions, crawl } from "../../../kernel/crawl/crawl.ts";
import { openDuckDB } from "../../../kernel/engine/duckdb.ts";
import { scanSql } from "../../../kernel/engine/scan.ts";
import type { CrawlSummary } from "../../../kernel/notebook/api.ts";
import { failureText } from "../../../kernel/notebook/errors.ts";
import { catalogAt, temporaryFolder } from "../catalog/setup.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A workspace's catalog, a folder with files, and what one does with them. */
export class Bench {
  readonly folder = temporaryFolder();
  readonly catalog: Catalog = catalogAt(temporaryFolder());

  constructor(files: Files = {}) {
    this.write(files);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(files: Files): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), content);
    }
  }

  remove(name: string): void {
    rmSync(this.path(name), { recursive: true });
  }

  crawl(name = ".", options: Partial<CrawlOptions> = {}): Promise<CrawlSummary> {
    return crawl({ catalog: this.catalog, path: this.path(name), ...options });
  }

  /** `{people: "id BIGINT, name VARCHAR"}`; partition columns end in "/". */
  schemas(): Record<string, string> {
    const columns = (table: TableDefinition) =>
      table.columns.map(({ name, type, partition }) => `${name} ${type}${partition ? "/" : ""}`).join(", ");
    return Object.fromEntries(this.catalog.tables().map((table) => [table.name, columns(table)]));
  }

  /** `because` of the reason about a topic. */
  because(table: string, about: string): string {
    const reason = this.catalog.requireTable(table).reasons.find((known) => known.about === about);
    return reason ? `${reason.choice}, because ${reason.because}` : "no reason";
  }

  /** All rows of a table, read as the engine reads them. */
  async rows(name: string): Promise<readonly Record<string, unknown>[]> {
    return query(scanSql(this.catalog.requireTable(name)));
  }
}

export async function query(sql: string): Promise<readonly Record<string, unknown>[]> {
  const { instance, connection } = await openDuckDB();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** `{"bad.csv": "problem; remedy"}` */
export function failuresOf(summary: CrawlSummary): Record<string, string> {
  return Object.fromEntries(summary.failures.map(({ path, failure }) => [path, failureText(failure)]));
}

export function gzip(text: string): Uint8Array {
  return gzipSync(text);
}

/** The bytes of a Parquet file with the rows of a query. */
export async function parquet(sql: string): Promise<Uint8Array> {
  const { readFileSync } = await import("node:fs");
  const path = join(temporaryFolder(), "made.parquet");
  await query(`COPY (${sql}) TO '${path}' (FORMAT parquet)`);
  return readFileSync(path);
}

/** Gives up root's rights, which permissions do not bind, until the test ends. */
export function asOrdinaryUser(): void {
  if (process.getuid?.() !== 0 || !process.seteuid) return;
  process.seteuid(65534);
  onTestFinished(() => process.seteuid?.(0));
}
