import type { CatalogColumn, Reason, TableDefinition, TableFile } from "../catalog/table.ts";
import { columnReason } from "./column-reason.ts";
import type { Group, GroupedFile } from "./group.ts";
import { mergeShapes } from "./merge.ts";
import { partitionType, placementOf } from "./partitions.ts";

/** What a crawl found: a definition but for its name in the catalog. */
export interface Draft {
  readonly group: Group;
  readonly definition: Omit<TableDefinition, "database" | "name" | "version" | "updatedAt" | "source">;
}

export function draftOf(group: Group): Draft {
  const merged = mergeShapes(group.files);
  const keys = group.partitionKeys.map((key) => ({ key, ...partitionType(key, valuesOf(group, key)) }));
  const own = merged.columns.filter((column) => !keys.some(({ key }) => sameName(key, column.name)));
  const hidden = merged.columns
    .filter((column) => !own.includes(column))
    .map((column) => hiddenReason(column.name));
  const columns: CatalogColumn[] = [
    ...own.map(({ name, type }) => ({ name, type, partition: false })),
    ...keys.map(({ key, type }) => ({ name: key, type, partition: true })),
  ];
  const [first] = group.files;
  if (first === undefined) throw new Error("a group has at least one file");
  return {
    group,
    definition: {
      format: first.shape.format,
      options: hidden.length > 0 ? { ...merged.options, ...byName(first) } : merged.options,
      columns,
      files: group.files.map(tableFile),
      rowCount: sum(group.files, ({ shape }) => shape.rowCount),
      bytes: sum(group.files, ({ file }) => file.bytes),
      reasons: [tableReason(group), ...merged.reasons, ...keys.map(({ reason }) => reason), ...hidden],
    },
  };
}

/** Columns that the files have and the table has not are passed over only when reading goes by name. */
function byName({ shape }: GroupedFile): { union_by_name?: true } {
  return shape.format === "csv" ? { union_by_name: true } : {};
}

function tableReason(group: Group): Reason {
  const count = group.files.length;
  return {
    about: "table",
    choice: count === 1 ? "1 file" : `${count.toLocaleString("en")} files`,
    because: group.because,
  };
}

function hiddenReason(name: string): Reason {
  return columnReason(
    name,
    "from the folder",
    "a folder level has the same name as this column of the files",
  );
}

function valuesOf(group: Group, key: string): string[] {
  return group.files.map(({ file }) => placementOf(file.relative).partition[key] ?? "");
}

function tableFile({ file, shape }: GroupedFile): TableFile {
  const { partition } = placementOf(file.relative);
  return { path: file.path, bytes: file.bytes, modified: file.modified, rowCount: shape.rowCount, partition };
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function sum(files: readonly GroupedFile[], of: (file: GroupedFile) => number): number {
  return files.reduce((total, file) => total + of(file), 0);
}
