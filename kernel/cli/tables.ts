import type { Command } from "commander";
import type { TableDefinition } from "../catalog/table.ts";
import { findWorkspace } from "./find-workspace.ts";
import { helpBelow } from "./help.ts";
import { type Exit, exit } from "./outcome.ts";
import type { Terminal } from "./terminal.ts";
import { byteText, countText, textTable } from "./text-table.ts";

interface TablesFlags {
  readonly json?: boolean;
  readonly workspace?: string;
}

export function addTables(program: Command, terminal: Terminal, done: (status: Exit) => void): void {
  program
    .command("tables")
    .summary("list the tables of the catalog")
    .description("Lists the tables of the workspace's catalog, with rows, size and columns.")
    .option("--json", "print one JSON object on standard output, and nothing else there")
    .option("--workspace <folder>", "workspace whose catalog is listed")
    .addHelpText("after", helpBelow(["tables", "tables --json"], { 0: "listed", 2: "wrong use" }))
    .action(async (flags: TablesFlags) => done(await listTables(flags, terminal)));
}

async function listTables(flags: TablesFlags, terminal: Terminal): Promise<Exit> {
  const workspace = await findWorkspace(flags.workspace, process.cwd());
  const { openCatalog } = await import("../catalog/catalog.ts");
  const catalog = openCatalog(workspace);
  try {
    const tables = catalog.tables();
    await terminal.out(flags.json ? JSON.stringify({ tables: tables.map(entry) }) : tableList(tables));
  } finally {
    catalog.close();
  }
  return exit.ok;
}

function tableList(tables: readonly TableDefinition[]): string {
  if (!tables.length) return "The catalog has no tables yet: percolate crawl PATH finds some.";
  const rows = tables.map((table) => [
    `${table.database}.${table.name}`,
    table.rowCount === null ? "?" : countText(table.rowCount),
    byteText(table.bytes),
    table.format,
    table.columns.map((column) => column.name).join(", "),
  ]);
  return textTable(["table", "rows", "size", "format", "columns"], rows, [1, 2]);
}

function entry({
  database,
  name,
  format,
  columns,
  rowCount,
  bytes,
  source,
  updatedAt,
  files,
}: TableDefinition) {
  return { database, name, format, columns, rowCount, bytes, files: files.length, source, updatedAt };
}
