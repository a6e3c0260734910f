import {
  DuckDBArrayType,
  DuckDBDecimalType,
  DuckDBEnumType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBUnionType,
  DuckDBTypeId as Id,
} from "@duckdb/node-api";
import {
  binary,
  type DataType,
  dateDay,
  float32,
  float64,
  int8,
  int16,
  int32,
  TimeUnit,
  timestamp,
  uint8,
  uint16,
  uint32,
  utf8,
} from "@uwdata/flechette";
import type { ColumnEncoder } from "./encoder.ts";
import { EnumEncoder } from "./enumeration.ts";
import { BooleanEncoder, FixedEncoder, NullEncoder } from "./fixed.ts";
import { IntervalEncoder } from "./interval.ts";
import { ArrayEncoder, ListEncoder, StructEncoder, UnionEncoder } from "./nested.ts";
import { RenderedEncoder } from "./rendered.ts";
import { TextEncoder16 } from "./text.ts";
import { type Physical, WideEncoder } from "./wide.ts";

/** Types whose bytes are the same in DuckDB and Arrow. */
const FIXED: Readonly<Partial<Record<Id, readonly [() => DataType, number]>>> = {
  [Id.TINYINT]: [int8, 1],
  [Id.SMALLINT]: [int16, 2],
  [Id.INTEGER]: [int32, 4],
  [Id.UTINYINT]: [uint8, 1],
  [Id.USMALLINT]: [uint16, 2],
  [Id.UINTEGER]: [uint32, 4],
  [Id.FLOAT]: [float32, 4],
  [Id.DOUBLE]: [float64, 8],
  [Id.DATE]: [dateDay, 4],
  [Id.TIMESTAMP]: [() => timestamp(TimeUnit.MICROSECOND), 8],
  [Id.TIMESTAMP_TZ]: [() => timestamp(TimeUnit.MICROSECOND, "UTC"), 8],
  [Id.TIMESTAMP_S]: [() => timestamp(TimeUnit.SECOND), 8],
  [Id.TIMESTAMP_MS]: [() => timestamp(TimeUnit.MILLISECOND), 8],
  [Id.TIMESTAMP_NS]: [() => timestamp(TimeUnit.NANOSECOND), 8],
};

const WIDE: Readonly<Partial<Record<Id, Physical>>> = {
  [Id.BIGINT]: "int64",
  [Id.UBIGINT]: "uint64",
  [Id.HUGEINT]: "int128",
  [Id.UHUGEINT]: "uint128",
};

/** The encoder for a DuckDB type. `rows` is how many are expected; more or fewer are fine. */
export function encoderFor(type: DuckDBType, rows: number): ColumnEncoder {
  const fixed = FIXED[type.typeId];
  if (fixed) return new FixedEncoder(fixed[0](), fixed[1], rows);
  const wide = WIDE[type.typeId];
  if (wide) return new WideEncoder(wide, 0, rows);
  return nestedEncoder(type, rows) ?? otherEncoder(type, rows);
}

function nestedEncoder(type: DuckDBType, rows: number): ColumnEncoder | undefined {
  if (type instanceof DuckDBListType) return new ListEncoder(encoderFor(type.valueType, 0), rows, false);
  if (type instanceof DuckDBMapType) {
    const entry = [encoderFor(type.keyType, 0), encoderFor(type.valueType, 0)];
    return new ListEncoder(new StructEncoder(["key", "value"], entry, 0), rows, true);
  }
  if (type instanceof DuckDBArrayType) {
    return new ArrayEncoder(encoderFor(type.valueType, rows * type.length), type.length, rows);
  }
  const each = (types: readonly DuckDBType[]) => types.map((child) => encoderFor(child, rows));
  if (type instanceof DuckDBStructType)
    return new StructEncoder(type.entryNames, each(type.entryTypes), rows);
  if (type instanceof DuckDBUnionType) return new UnionEncoder(type.memberTags, each(type.memberTypes));
  return undefined;
}

function otherEncoder(type: DuckDBType, rows: number): ColumnEncoder {
  if (type instanceof DuckDBDecimalType) return new WideEncoder(decimalStorage(type.width), type.scale, rows);
  if (type instanceof DuckDBEnumType) return new EnumEncoder(type.values, rows);
  switch (type.typeId) {
    case Id.BOOLEAN:
      return new BooleanEncoder(rows);
    case Id.VARCHAR:
      return new TextEncoder16(utf8(), rows, true);
    case Id.BLOB:
      return new TextEncoder16(binary(), rows, false);
    case Id.INTERVAL:
      return new IntervalEncoder(rows);
    case Id.SQLNULL:
      return new NullEncoder();
    default:
      return new RenderedEncoder(type, rows);
  }
}

function decimalStorage(width: number): Physical {
  if (width <= 4) return "int16";
  if (width <= 9) return "int32";
  return width <= 18 ? "int64" : "int128";
}
