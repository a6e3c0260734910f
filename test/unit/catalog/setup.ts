import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Catalog, openCatalog } from "../../../kernel/catalog/catalog.ts";
import type { TableDefinition } from "../../../kernel/catalog/table.ts";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "percolate-test-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A catalog that is closed when the test ends. */
export function catalogAt(folder: string): Catalog {
  const catalog = openCatalog(workspaceAt(folder));
  onTestFinished(() => catalog.close());
  return catalog;
}

/** A table definition with the parts that a test does not care about filled in. */
export function definition(name: string, changes: Partial<TableDefinition> = {}): TableDefinition {
  return {
    database: "main",
    name,
    format: "csv",
    options: { delim: ",", header: true },
    columns: [
      { name: "id", type: "BIGINT", partition: false },
      { name: "year", type: "BIGINT", partition: true },
    ],
    files: [
      {
        path: `/d/year=2024/${name}.csv`,
        bytes: 10,
        modified: 1.5,
        rowCount: 2,
        partition: { year: "2024" },
      },
    ],
    rowCount: 2,
    bytes: 10,
    version: 0,
    updatedAt: "",
    source: "/d",
    reasons: [{ about: "header", choice: "yes", because: "row 2 parses as BIGINT in column id" }],
    ...changes,
  };
}
