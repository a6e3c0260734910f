import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { engineOver, read } from "./catalog.ts";

/** node-api's own values, in the shapes that a QueryResult promises. */
function asPromised(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (value instanceof Date || value === null || typeof value !== "object") return value;
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return value.map(asPromised);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asPromised(item)]));
}

async function reference(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const rows = await (await connection.runAndReadAll(sql)).getRowObjectsJS();
  connection.disconnectSync();
  instance.closeSync();
  return rows.map((row) => asPromised(row) as Record<string, unknown>);
}

/** SQL for a value of each type, from an integer `i` and a hash `h` of it (UBIGINT). */
const SAME: Readonly<Record<string, string>> = {
  BOOLEAN: "h % 2 = 0",
  TINYINT: "(h % 256)::INT - 128",
  SMALLINT: "(h % 65536)::INT - 32768",
  INTEGER: "(h % 4294967296)::BIGINT - 2147483648",
  BIGINT: "(h % 9007199254740991)::BIGINT - 4503599627370495",
  UTINYINT: "h % 256",
  USMALLINT: "h % 65536",
  UINTEGER: "h % 4294967296",
  UBIGINT: "h % 9007199254740992",
  HUGEINT: "(h % 9007199254740991)::HUGEINT - 4503599627370495",
  UHUGEINT: "h % 9007199254740992",
  FLOAT: "(h % 100000) / 7",
  DOUBLE: "h / 3",
  "DECIMAL(4,1)": "((h % 9999)::INT - 5000) / 10",
  "DECIMAL(9,3)": "((h % 999999)::INT - 500000) / 1000",
  "DECIMAL(18,2)": "((h % 99999999999)::BIGINT - 50000000000) / 100",
  "DECIMAL(38,4)": "((h % 99999999999)::BIGINT - 50000000000) / 10000",
  VARCHAR: "repeat(chr(32 + (h % 9000)::INT), (h % 40)::INT)",
  BLOB: "encode(repeat('ab' || chr(1), (h % 12)::INT))",
  DATE: "DATE '1900-01-01' + (h % 90000)::INT",
  TIMESTAMP: "TIMESTAMP '1950-01-01' + to_microseconds((h % 4000000000000000)::BIGINT)",
  TIMESTAMP_S: "TIMESTAMP '1950-01-01' + to_seconds((h % 4000000000)::BIGINT)",
  TIMESTAMP_MS: "TIMESTAMP '1950-01-01' + to_milliseconds((h % 4000000000000)::BIGINT)",
  TIMESTAMP_NS: "make_timestamp_ns((h % 4000000000000000000)::BIGINT)",
  TIMESTAMPTZ: "TIMESTAMPTZ '1950-01-01 00:00:00+00' + to_microseconds((h % 4000000000000000)::BIGINT)",
  "ENUM('red', 'grün', '')": "['red', 'grün', ''][(h % 3)::INT + 1]",
  "BIGINT[]": "range((h % 5)::BIGINT)",
  "VARCHAR[][]": "[[i::VARCHAR, NULL], NULL, [], [repeat('x', (h % 30)::INT)]]",
  "DOUBLE[3]": "[i, NULL, h % 7]",
  "STRUCT(a INTEGER, b STRUCT(c VARCHAR, d DATE[]))":
    "{a: i, b: {c: (h % 10)::VARCHAR, d: [DATE '2020-01-01' + (h % 9)::INT]}}",
  INTERVAL: "to_months((h % 30)::INT) + to_days((h % 20)::INT) + to_microseconds((h % 100000000)::BIGINT)",
};

const tableOf = (type: string, expression: string, rows: number, nulls: number) =>
  `SELECT i, CAST(CASE WHEN hash(i * 31) % 100 < ${nulls} THEN NULL ELSE ${expression} END AS ${type}) AS v
   FROM (SELECT i, hash(i + 12345) AS h FROM range(${rows}) t(i)) ORDER BY i`;

for (const [type, expression] of Object.entries(SAME)) {
  test(`${type} comes out as it is in DuckDB`, async () => {
    const engine = await engineOver();
    for (const [rows, nulls] of [
      [1, 0],
      [1, 100],
      [5000, 0],
      [5000, 30],
      [2049, 100],
      [0, 0],
    ] as const) {
      const sql = tableOf(type, expression, rows, nulls);
      const result = await read(engine.query(sql));
      expect(result.toArray()).toEqual(await reference(sql));
    }
  });
}
