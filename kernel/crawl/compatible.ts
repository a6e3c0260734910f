import type { FileColumn, FileShape } from "../catalog/crawled-files.ts";
import { commonType, fallbackType } from "./types.ts";

/** Share of the columns (by name, with types of one kind) that two files of one table have in common at least. */
export const neededShare = 0.7;

/**
 * May both files be read as one table, by column name?
 * @param partitioned they lie in `key=value` folders of one table, which gains or loses columns as time goes on
 */
export function compatible(a: FileShape, b: FileShape, partitioned = false): boolean {
  if (a.format !== b.format || !sameReading(a, b)) return false;
  if (a.options.header === false) return a.columns.length === b.columns.length && share(a, b) === 1;
  if (fallbackType(a.format) === undefined && conflicts(a, b)) return false;
  return share(a, b) >= neededShare || (partitioned && !conflicts(a, b) && within(a, b));
}

/** All columns of the one that has fewer are in the other. */
function within(a: FileShape, b: FileShape): boolean {
  const [fewer, more] = a.columns.length <= b.columns.length ? [a, b] : [b, a];
  return fewer.columns.every((column) => columnOf(more, column.name) !== undefined);
}

function share(a: FileShape, b: FileShape): number {
  const fitting = a.columns.filter((column) => {
    const other = columnOf(b, column.name);
    return other && typesOf(column, other) !== undefined;
  });
  return fitting.length / Math.max(a.columns.length, b.columns.length, 1);
}

function conflicts(a: FileShape, b: FileShape): boolean {
  return a.columns.some((column) => {
    const other = columnOf(b, column.name);
    return other !== undefined && typesOf(column, other) === undefined;
  });
}

/** SQL does not tell names apart by case. */
export function columnOf(
  shape: { readonly columns: readonly FileColumn[] },
  name: string,
): FileColumn | undefined {
  return shape.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
}

/** The common type of two columns; a column without values takes the other's. */
export function typesOf(a: FileColumn, b: FileColumn): string | undefined {
  if (a.empty) return b.type;
  return b.empty ? a.type : commonType(a.type, b.type);
}

/** One call of the reader has one set of options. */
function sameReading(a: FileShape, b: FileShape): boolean {
  const plain = ({ dateformat: _, timestampformat: __, ...rest }: FileShape["options"]) =>
    JSON.stringify(Object.entries(rest).sort());
  return (
    plain(a.options) === plain(b.options) &&
    agree(dateFormat(a, "dateformat", "DATE"), dateFormat(b, "dateformat", "DATE")) &&
    agree(dateFormat(a, "timestampformat", "TIMESTAMP"), dateFormat(b, "timestampformat", "TIMESTAMP"))
  );
}

function dateFormat(shape: FileShape, option: string, type: string): unknown {
  const used = shape.columns.some((column) => column.type === type);
  return shape.options[option] ?? (used ? "ISO" : undefined);
}

function agree(a: unknown, b: unknown): boolean {
  return a === undefined || b === undefined || a === b;
}
