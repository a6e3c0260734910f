import { basename, relative, sep } from "node:path";
import type { Reason, TableDefinition } from "../catalog/table.ts";
import { type Draft, draftOf } from "./draft.ts";
import { type GroupedFile, groupFiles } from "./group.ts";
import { freeName, tableName } from "./names.ts";
import { groupingRoot, isWithin, tablesInScope } from "./scope.ts";

export interface Found {
  /** The crawled path, absolute. */
  readonly path: string;
  /** The folder that the files' relative paths start from. */
  readonly root: string;
  readonly database: string;
  readonly files: readonly GroupedFile[];
  /** Folders that could not be listed, absolute. */
  readonly unlisted: readonly string[];
}

export interface Plan {
  readonly put: readonly TableDefinition[];
  readonly remove: readonly { readonly database: string; readonly name: string }[];
  /** Tables that were there before, by lower-case name. */
  readonly before: ReadonlyMap<string, TableDefinition>;
}

/** From the files found and the tables there are to the tables there shall be. */
export function planTables(found: Found, tables: readonly TableDefinition[]): Plan {
  const scope = tablesInScope(tables, found.database, found.path, found.unlisted);
  const root = groupingRoot(scope, found.root);
  const files = found.files.map((file) => seenFrom(root, file));
  const drafts = groupFiles(files, basename(root)).map(draftOf);
  const before = matched(drafts, scope);
  const taken = takenNames(tables, found.database, scope, before);
  const put = drafts.map((draft) => named(draft, before.get(draft), found, taken));
  const kept = new Set([...before.values()].map((table) => table.name.toLowerCase()));
  return {
    put,
    remove: scope.filter((table) => !kept.has(table.name.toLowerCase())),
    before: new Map(scope.map((table) => [table.name.toLowerCase(), table])),
  };
}

function seenFrom(root: string, { file, shape }: GroupedFile): GroupedFile {
  return { shape, file: { ...file, relative: relative(root, file.path).split(sep).join("/") } };
}

/** A table stays what it was called: it is the draft with which it shares most files. */
function matched(drafts: readonly Draft[], scope: readonly TableDefinition[]): Map<Draft, TableDefinition> {
  const owners = new Map(scope.flatMap((table) => table.files.map((file) => [file.path, table] as const)));
  const pairs = drafts.flatMap((draft) => overlaps(draft, owners));
  const result = new Map<Draft, TableDefinition>();
  const used = new Set<TableDefinition>();
  for (const { draft, table } of pairs.sort((a, b) => b.shared - a.shared)) {
    if (result.has(draft) || used.has(table)) continue;
    result.set(draft, table);
    used.add(table);
  }
  return result;
}

function overlaps(draft: Draft, owners: ReadonlyMap<string, TableDefinition>) {
  const counts = new Map<TableDefinition, number>();
  for (const { file } of draft.group.files) {
    const table = owners.get(file.path);
    if (table) counts.set(table, (counts.get(table) ?? 0) + 1);
  }
  return [...counts].map(([table, shared]) => ({ draft, table, shared }));
}

function takenNames(
  tables: readonly TableDefinition[],
  database: string,
  scope: readonly TableDefinition[],
  before: ReadonlyMap<Draft, TableDefinition>,
): Map<string, string> {
  const staying = new Set(before.values());
  const names = new Map<string, string>();
  for (const table of tables) {
    const here = table.database.toLowerCase() === database.toLowerCase();
    if (here && (staying.has(table) || !scope.includes(table)))
      names.set(table.name.toLowerCase(), table.source ?? "a table that a notebook wrote");
  }
  return names;
}

function named(
  draft: Draft,
  before: TableDefinition | undefined,
  found: Found,
  taken: Map<string, string>,
): TableDefinition {
  const wanted = tableName(draft.group.name);
  const name = before?.name ?? freeName(wanted, new Set(taken.keys()));
  const source = before?.source && isWithin(found.path, before.source) ? before.source : found.path;
  const reasons = [...draft.definition.reasons, ...nameReasons(wanted, name, before, taken)];
  taken.set(name.toLowerCase(), found.path);
  return { ...draft.definition, database: found.database, name, source, reasons, version: 0, updatedAt: "" };
}

function nameReasons(
  wanted: string,
  name: string,
  before: TableDefinition | undefined,
  taken: ReadonlyMap<string, string>,
): Reason[] {
  if (name === wanted) return [];
  const kept = before?.reasons.filter((reason) => reason.about === "name") ?? [];
  if (before)
    return kept.length > 0 ? kept : [{ about: "name", choice: name, because: "it had this name before" }];
  const because = `the name "${wanted}" is taken by a table from ${taken.get(wanted.toLowerCase())}`;
  return [{ about: "name", choice: name, because }];
}
