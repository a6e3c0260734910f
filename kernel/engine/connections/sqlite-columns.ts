/** Columns of SQLite, whose values may be of any type, as columns of a table. */
import {
  binary,
  type Column,
  columnFromArray,
  type DataType,
  field,
  float64,
  int32,
  int64,
  Table,
  tableToIPC,
  utf8,
} from "@uwdata/flechette";
import { type QueryResult, tableFromArrow } from "../../notebook/table.ts";

export function tableOfColumns(
  names: readonly string[],
  columns: readonly (readonly unknown[])[],
): QueryResult {
  const seen = new Map<string, number>();
  const made = columns.map(columnOf);
  const fields = made.map(({ type, column }, index) =>
    field(unique(names[index] ?? "", seen), column.type, true, new Map([["type", type]]) as never),
  );
  const schema = { version: 4, endianness: 0, fields, metadata: null } as const;
  const children = made.map(({ column }) => column);
  const bytes = tableToIPC(new Table(schema as never, children), { format: "stream" });
  if (!bytes) throw new Error("the rows could not be encoded");
  return tableFromArrow(bytes);
}

/** Two columns of one name: `a`, `a:1`, as the engine has it. */
function unique(name: string, seen: Map<string, number>): string {
  const before = seen.get(name) ?? 0;
  seen.set(name, before + 1);
  return before === 0 ? name : unique(`${name}:${before}`, seen);
}

interface MadeColumn {
  /** As SQLite calls it. */
  readonly type: string;
  readonly column: Column<unknown>;
}

/** Integers are integers, all numbers are numbers; where types are mixed, all become text. */
function columnOf(values: readonly unknown[]): MadeColumn {
  const kinds = new Set(values.filter((value) => value !== null).map(kindOf));
  const [only = "TEXT"] = kinds;
  if (kinds.size > 1) {
    const numbers = !kinds.has("TEXT") && !kinds.has("BLOB");
    return numbers ? made("REAL", values, Number, float64()) : made("TEXT", values, textOf, utf8());
  }
  if (only === "INTEGER") return integers(values);
  if (only === "REAL") return made(only, values, Number, float64());
  return only === "BLOB" ? made(only, values, same, binary()) : made(only, values, String, utf8());
}

function kindOf(value: unknown): "INTEGER" | "REAL" | "TEXT" | "BLOB" {
  if (typeof value === "bigint") return "INTEGER";
  if (typeof value === "number") return "REAL";
  return typeof value === "string" ? "TEXT" : "BLOB";
}

/** Numbers, unless there is one that a number cannot hold: then all are BigInt. */
function integers(values: readonly unknown[]): MadeColumn {
  const largest = values.reduce<number>((most, value) => Math.max(most, Math.abs(Number(value ?? 0))), 0);
  if (largest > Number.MAX_SAFE_INTEGER) return made("INTEGER", values, same, int64());
  return made("INTEGER", values, Number, largest < 2 ** 31 ? int32() : float64());
}

function made(
  type: string,
  values: readonly unknown[],
  convert: (value: unknown) => unknown,
  arrow: DataType,
): MadeColumn {
  const converted = values.map((value) => (value === null ? null : convert(value)));
  return { type, column: columnFromArray(converted, arrow) as Column<unknown> };
}

const same = (value: unknown) => value;

function textOf(value: unknown): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
}
