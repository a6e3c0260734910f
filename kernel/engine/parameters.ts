import {
  BIGINT,
  BLOB,
  BOOLEAN,
  blobValue,
  DOUBLE,
  DuckDBListType,
  DuckDBListValue,
  type DuckDBPreparedStatement,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  HUGEINT,
  INTEGER,
  LIST,
  listValue,
  SQLNULL,
  TIMESTAMP,
  VARCHAR,
} from "@duckdb/node-api";
import { inputError } from "../notebook/errors.ts";
import type { Statement } from "./statements.ts";

interface Bound {
  readonly type: DuckDBType;
  readonly value: DuckDBValue;
}

/** A text whose parameters are `$1` … `$n` without gaps, as DuckDB wants them, and which of the given each one is. */
export interface Numbered {
  readonly text: string;
  /** The author's number of `$1`, `$2` … */
  readonly positions: readonly number[];
}

/**
 * Renumbers the parameters of one statement of several, which may use only some. No word moves.
 * @param text the statement's, or one of the same length
 * @throws UserError kind "input" for a parameter that has no value.
 */
export function numberParameters(text: string, { tokens, start }: Statement, given: number): Numbered {
  const used = tokens.filter((token) => token.kind === "parameter");
  const numbers = used.map(({ value }, i) => (value === "?" ? i + 1 : Number(value.slice(1))));
  numbers.forEach((number, i) => {
    if (!(number >= 1 && number <= given)) throw inputError(`SQL parameter ${used[i]?.value} has no value`);
  });
  const positions = [...new Set(numbers)].sort((a, b) => a - b);
  let renumbered = text;
  used.forEach((token, i) => {
    if (token.value === "?") return;
    const name = `$${positions.indexOf(numbers[i] ?? 0) + 1}`.padEnd(token.end - token.start);
    renumbered = renumbered.slice(0, token.start - start) + name + renumbered.slice(token.end - start);
  });
  return { text: renumbered, positions };
}

/**
 * Binds what a prepared statement needs. Integers become INTEGER or BIGINT, other numbers DOUBLE, bigints BIGINT or
 * HUGEINT, Dates TIMESTAMP (UTC), Uint8Arrays BLOB, arrays and sets LIST (empty ones fit any element type).
 * @throws UserError kind "input" for a value that SQL has no type for, naming the parameter.
 */
export function bindParameters(
  statement: DuckDBPreparedStatement,
  positions: readonly number[],
  params: readonly unknown[],
): void {
  positions.forEach((position, i) => {
    const { type, value } = bound(params[position - 1], `$${position}`);
    statement.bindValue(i + 1, value, type);
  });
}

function bound(value: unknown, name: string): Bound {
  if (value === null) return { type: SQLNULL, value: null };
  if (typeof value === "boolean") return { type: BOOLEAN, value };
  if (typeof value === "number") return boundNumber(value);
  if (typeof value === "bigint") return boundBigint(value, name);
  if (typeof value === "string") return { type: VARCHAR, value };
  if (value instanceof Date) return boundDate(value, name);
  if (value instanceof Uint8Array) return { type: BLOB, value: blobValue(value) };
  const items = elements(value);
  if (items) return boundList(items, name);
  throw inputError(
    `SQL parameter ${name} is ${describe(value)}, which SQL has no type for`,
    "pass a number, string, boolean, Date, bytes, null, or an array of these",
  );
}

function boundNumber(value: number): Bound {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return { type: DOUBLE, value };
  return value === (value | 0) ? { type: INTEGER, value } : { type: BIGINT, value: BigInt(value) };
}

function boundBigint(value: bigint, name: string): Bound {
  if (BigInt.asIntN(64, value) === value) return { type: BIGINT, value };
  if (BigInt.asIntN(128, value) === value) return { type: HUGEINT, value };
  throw inputError(`SQL parameter ${name} is the integer ${value}, which needs more than 128 bits`);
}

function boundDate(value: Date, name: string): Bound {
  const time = value.getTime();
  if (Number.isNaN(time)) throw inputError(`SQL parameter ${name} is an invalid Date`);
  return { type: TIMESTAMP, value: new DuckDBTimestampValue(BigInt(time) * 1000n) };
}

function elements(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (value instanceof Set) return [...value];
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as number[]);
  return undefined;
}

const RANK: readonly DuckDBType[] = [INTEGER, BIGINT, HUGEINT, DOUBLE];

function boundList(items: readonly unknown[], name: string): Bound {
  const parts = items.map((item, i) => bound(item, `${name}[${i}]`));
  const type = parts.map((part) => part.type).reduce((a, b) => common(a, b, name), SQLNULL as DuckDBType);
  return { type: LIST(type), value: listValue(parts.map((part) => as(type, part.value))) };
}

function common(a: DuckDBType, b: DuckDBType, name: string): DuckDBType {
  if (a === SQLNULL || a.toString() === b.toString()) return b;
  if (b === SQLNULL) return a;
  if (a instanceof DuckDBListType && b instanceof DuckDBListType) {
    return LIST(common(a.valueType, b.valueType, name));
  }
  const [i, j] = [RANK.indexOf(a), RANK.indexOf(b)];
  if (i >= 0 && j >= 0) return RANK[Math.max(i, j)] as DuckDBType;
  throw inputError(`SQL parameter ${name} is an array of both ${a} and ${b}`, "give its elements one type");
}

function as(type: DuckDBType, value: DuckDBValue): DuckDBValue {
  if (type === DOUBLE && typeof value === "bigint") return Number(value);
  if ((type === BIGINT || type === HUGEINT) && typeof value === "number") return BigInt(value);
  if (type instanceof DuckDBListType && value instanceof DuckDBListValue) {
    return listValue(value.items.map((item) => as(type.valueType, item)));
  }
  return value;
}

function describe(value: unknown): string {
  if (value === undefined) return "undefined";
  if (typeof value !== "object" || value === null) return `a ${typeof value}`;
  return `an object (${value.constructor?.name ?? "no class"})`;
}
