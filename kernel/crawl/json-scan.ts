import { UserError } from "../notebook/errors.ts";
import { identifier, literal } from "../notebook/sql-text.ts";
import type { ReadContext } from "./read-context.ts";
import { readerCall } from "./sql.ts";

export type JsonOptions = Readonly<Record<string, string | number | boolean>>;

export interface JsonColumn {
  readonly name: string;
  readonly type: string;
}

export const sampledRecords = 100_000;

export async function describeJson(
  context: ReadContext,
  options: JsonOptions,
  sample: number,
): Promise<JsonColumn[]> {
  const call = readerCall("read_json", context.file.path, { ...options, sample_size: sample });
  const rows = await context.reader.rows(`DESCRIBE FROM ${call}`);
  return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
}

export interface ScannedJson {
  readonly columns: readonly JsonColumn[];
  readonly rows: number;
  /** Names of the columns whose values are text here and numbers or the like there. */
  readonly mixed: ReadonlySet<string>;
  /** Every record was looked at for the schema. */
  readonly whole: boolean;
}

/** Where a record beyond the sample does not fit, every record is looked at after all. */
export async function scanJson(
  context: ReadContext,
  options: JsonOptions,
  columns: readonly JsonColumn[],
  whole: boolean,
): Promise<ScannedJson> {
  try {
    const late = whole ? 0 : await unknownKeys(context, options, columns);
    if (late === 0) return { ...(await fitted(context, options, columns)), whole };
  } catch (thrown) {
    if (whole || context.signal?.aborted || thrown instanceof UserError) throw thrown;
  }
  return { ...(await fitted(context, options, await describeJson(context, options, -1))), whole: true };
}

/** DuckDB says HUGEINT of numbers below and above zero; nearly always BIGINT takes them too. */
async function fitted(context: ReadContext, options: JsonOptions, described: readonly JsonColumn[]) {
  const { columns, mixed } = await withoutJson(context, options, described);
  const smaller = columns.map(({ name, type }) => ({ name, type: type.replaceAll("HUGEINT", "BIGINT") }));
  try {
    return { columns: smaller, mixed, rows: await count(context, options, smaller) };
  } catch (thrown) {
    if (context.signal?.aborted || columns.every(({ type }, i) => type === smaller[i]?.type)) throw thrown;
    return { columns, mixed, rows: await count(context, options, columns) };
  }
}

/** A column of numbers and texts is text; JSON stays where there are objects or lists among them. */
async function withoutJson(context: ReadContext, options: JsonOptions, columns: readonly JsonColumn[]) {
  const mixed = columns.filter(({ type }) => type === "JSON");
  if (mixed.length === 0) return { columns, mixed: new Set<string>() };
  const nested = mixed.map(({ name }) => `bool_or(json_type(${identifier(name)}) IN ('OBJECT', 'ARRAY'))`);
  const [row] = await context.reader.rows(
    `SELECT ${nested.map((test, i) => `${test} AS n${i}`).join(", ")} FROM ${readerCall("read_json", context.file.path, options, mixed)}`,
  );
  const text = new Set(mixed.filter((_, i) => row?.[`n${i}`] === false).map(({ name }) => name));
  const plain = columns.map(({ name, type }) => ({ name, type: text.has(name) ? "VARCHAR" : type }));
  return { columns: plain, mixed: text };
}

async function count(
  context: ReadContext,
  options: JsonOptions,
  columns: readonly JsonColumn[],
): Promise<number> {
  const counts = columns.map((column, i) => `count(${identifier(column.name)}) AS c${i}`);
  const [row] = await context.reader.rows(
    `SELECT ${["count(*) AS rows", ...counts].join(", ")} FROM ${readerCall("read_json", context.file.path, options, columns)}`,
    (fraction) => context.onFraction(0.3 + 0.7 * fraction),
  );
  return Number(row?.rows ?? 0);
}

/** Records with a key that the sample did not have. */
async function unknownKeys(
  context: ReadContext,
  options: JsonOptions,
  columns: readonly JsonColumn[],
): Promise<number> {
  if (options.records === "false") return 0;
  const known = `[${columns.map((column) => literal(column.name)).join(", ")}]`;
  const records = readerCall("read_json", context.file.path, { ...options, records: "false" }, [
    { name: "json", type: "JSON" },
  ]);
  const [row] = await context.reader.rows(
    `SELECT count(*) FILTER (WHERE NOT list_has_all(${known}, json_keys(json))) AS late FROM ${records}`,
  );
  return Number(row?.late ?? 0);
}
