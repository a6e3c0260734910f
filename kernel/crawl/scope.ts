import { sep } from "node:path";
import type { TableDefinition } from "../catalog/table.ts";

/**
 * The tables that a crawl of `path` answers for: those of the database that were found by crawling and whose files
 * all lie at or under `path`, but for those with files in a folder that could not be listed this time.
 */
export function tablesInScope(
  tables: readonly TableDefinition[],
  database: string,
  path: string,
  unlisted: readonly string[],
): TableDefinition[] {
  return tables.filter(
    (table) =>
      table.database.toLowerCase() === database.toLowerCase() &&
      table.source !== null &&
      table.files.length > 0 &&
      table.files.every((file) => isWithin(file.path, path)) &&
      !table.files.some((file) => unlisted.some((folder) => isWithin(file.path, folder))),
  );
}

/** A part of a folder crawled before is grouped as it was then: seen from that folder. */
export function groupingRoot(scope: readonly TableDefinition[], root: string): string {
  const enclosing = scope.map((table) => table.source ?? root).filter((source) => isWithin(root, source));
  return enclosing.reduce((a, b) => (b.length < a.length ? b : a), root);
}

/** `path` is `folder` or lies under it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
