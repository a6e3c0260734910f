import type { FileColumn, FileShape } from "../catalog/crawled-files.ts";
import type { Reason } from "../catalog/table.ts";
import { columnReason, columnTopic } from "./column-reason.ts";
import { columnOf, typesOf } from "./compatible.ts";
import type { GroupedFile } from "./group.ts";
import { fallbackType } from "./types.ts";

export interface Merged {
  readonly options: FileShape["options"];
  readonly columns: readonly FileColumn[];
  readonly reasons: readonly Reason[];
}

/** One definition for all files of a table: columns by name, each with a type that takes every file's values. */
export function mergeShapes(files: readonly GroupedFile[]): Merged {
  const [first, ...others] = files;
  if (first === undefined) throw new Error("a table has at least one file");
  const columns = first.shape.columns.map((column) => ({ ...column }));
  const notes = new Map<string, Reason>();
  for (const file of others)
    for (const column of file.shape.columns) mergeColumn(columns, column, file, notes);
  const reasons = first.shape.reasons.filter((reason) => !notes.has(reason.about));
  return {
    options: mergedOptions(files, columns),
    columns,
    reasons: [...reasons, ...notes.values()],
  };
}

function mergeColumn(
  columns: { name: string; type: string; empty?: boolean }[],
  column: FileColumn,
  file: GroupedFile,
  notes: Map<string, Reason>,
): void {
  const known = columns.find(({ name }) => name.toLowerCase() === column.name.toLowerCase());
  if (known === undefined) {
    columns.push({ ...column });
    notes.set(columnTopic(column.name), newColumn(column, file));
    return;
  }
  const type = typesOf(known, column) ?? fallbackType(file.shape.format) ?? "VARCHAR";
  if (type !== known.type) notes.set(columnTopic(known.name), changedType(known, column, type, file));
  known.type = type;
  if (known.empty && !column.empty) delete known.empty;
}

function newColumn(column: FileColumn, { file }: GroupedFile): Reason {
  return columnReason(
    column.name,
    column.type,
    `"${file.relative}" has it; other files lack it and give NULL`,
  );
}

function changedType(known: FileColumn, column: FileColumn, type: string, { file }: GroupedFile): Reason {
  const before = known.empty ? "the files before it have no value" : `the files before it ${known.type}`;
  return columnReason(known.name, type, `"${file.relative}" has ${column.type}, ${before}`);
}

/** Files that differ in their columns are read by name, not by position. JSON always is. */
function mergedOptions(files: readonly GroupedFile[], columns: readonly FileColumn[]): FileShape["options"] {
  const options = Object.assign({}, ...files.map(({ shape }) => shape.options));
  const positional = files[0]?.shape.format === "csv" || files[0]?.shape.format === "parquet";
  const uniform = files.every(({ shape }) => sameOrder(shape, columns));
  return positional && !uniform ? { ...options, union_by_name: true } : options;
}

function sameOrder(shape: FileShape, columns: readonly FileColumn[]): boolean {
  if (shape.options.header === false) return true;
  return (
    shape.columns.length === columns.length &&
    columns.every((column, i) => columnOf(shape, column.name) === shape.columns[i])
  );
}
