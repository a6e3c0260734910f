import { expect, test } from "vitest";
import type { EngineResult } from "../../../kernel/engine/engine.ts";
import { type QueryResult, tableFromArrow } from "../../../kernel/notebook/table.ts";
import { engineOver, read } from "./catalog.ts";

const valuesOf = async (sql: string): Promise<unknown[]> => {
  const rows = await read((await engineOver()).query(`SELECT v FROM (VALUES ${sql}) t(v)`));
  return rows.map((row) => row.v);
};

test("counts and sums are numbers", async () => {
  const engine = await engineOver();
  const sql =
    "SELECT count(*) AS n, sum(i) AS sum, sum((i / 100)::DECIMAL(9,2)) AS d, sum((i / 10)::DECIMAL(18,1)) AS e FROM range(1000) t(i)";
  expect((await read(engine.query(sql)))[0]).toEqual({ n: 1000, sum: 499500, d: 4995, e: 49950 });
});

test("a column with an integer that numbers cannot hold is BigInt as a whole, whatever its width", async () => {
  const limit = 9007199254740991n;
  expect(await valuesOf(`(1::BIGINT), (${limit}), (NULL), (-${limit})`)).toEqual([
    1,
    2 ** 53 - 1,
    null,
    1 - 2 ** 53,
  ]);
  expect(await valuesOf(`(1::BIGINT), (NULL), (${limit + 1n})`)).toEqual([1n, null, limit + 1n]);
  expect(await valuesOf("(1::BIGINT), (-9223372036854775808), (9223372036854775807)")).toEqual([
    1n,
    -(2n ** 63n),
    2n ** 63n - 1n,
  ]);
  expect(await valuesOf("(1::UBIGINT), (18446744073709551615)")).toEqual([1n, 2n ** 64n - 1n]);
  const huge = 2n ** 127n - 1n;
  expect(await valuesOf(`(-3::HUGEINT), (${huge}), (-${huge}), (NULL)`)).toEqual([-3n, huge, -huge, null]);
  expect(await valuesOf("(1::UHUGEINT), (340282366920938463463374607431768211455)")).toEqual([
    1n,
    2n ** 128n - 1n,
  ]);
});

test("the change to BigInt may come after thousands of rows", async () => {
  const engine = await engineOver();
  const sql =
    "SELECT CASE WHEN i = 9000 THEN 9223372036854775807 WHEN i % 7 = 0 THEN NULL ELSE -i END AS v FROM range(10000) t(i)";
  const rows = await read(engine.query(sql));
  expect(rows.map((row) => row.v)).toEqual(
    Array.from({ length: 10000 }, (_, i) => (i === 9000 ? 2n ** 63n - 1n : i % 7 === 0 ? null : -BigInt(i))),
  );
});

test("a DECIMAL beyond what numbers tell apart is exact text, or BigInt without a fraction", async () => {
  expect(await valuesOf("(0.1::DECIMAL(18,1)), (-450359962737049.5)")).toEqual([0.1, -450359962737049.5]);
  expect(await valuesOf("(0.01::DECIMAL(18,2)), (NULL), (-9999999999999999.99)")).toEqual([
    "0.01",
    null,
    "-9999999999999999.99",
  ]);
  expect(await valuesOf("(1::DECIMAL(38,0)), (99999999999999999999999999999999999999)")).toEqual([
    1n,
    10n ** 38n - 1n,
  ]);
  expect(await valuesOf("(0.00000000000000000000000000000123::DECIMAL(38,32))")).toEqual([1.23e-30]);
});

test("types without a JavaScript value come as the text that DuckDB shows", async () => {
  const engine = await engineOver();
  const row = (
    await read(
      engine.query(`SELECT TIME '12:34:56.789' AS time, TIMETZ '12:34:56+02' AS timetz,
        '01234567-89ab-cdef-0123-456789abcdef'::UUID AS uuid, '0101'::BIT AS bit,
        '{"a": [1, null]}'::JSON AS json, {a: 1, b: ['x']}::VARIANT AS variant`),
    )
  )[0];
  expect(row).toEqual({
    time: "12:34:56.789",
    timetz: "12:34:56+02",
    uuid: "01234567-89ab-cdef-0123-456789abcdef",
    bit: "0101",
    json: '{"a": [1, null]}',
    variant: '{"a":1,"b":["x"]}',
  });
});

test("maps are Maps, unions their value, and both may be null", async () => {
  const engine = await engineOver();
  const rows = await read(
    engine.query(`SELECT * FROM (VALUES
      (MAP {'a': 1, 'b': NULL}, 1::UNION(n INTEGER, s VARCHAR)),
      (MAP {}, 'x'),
      (NULL, NULL)) t(m, u)`),
  );
  expect(rows.map((row) => row.m)).toEqual([
    new Map([
      ["a", 1],
      ["b", null],
    ]),
    new Map(),
    null,
  ]);
  expect(rows.map((row) => row.u)).toEqual([1, "x", null]);
  expect(JSON.stringify(rows)).toBe('[{"m":{"a":1,"b":null},"u":1},{"m":{},"u":"x"},{"m":null,"u":null}]');
});

test("infinite dates are invalid, infinite numbers infinite", async () => {
  expect(await valuesOf("('infinity'::DATE)")).toEqual([new Date(Number.NaN)]);
  expect(await valuesOf("('-infinity'::TIMESTAMP), ('2020-01-01')")).toEqual([
    new Date(Number.NaN),
    new Date("2020-01-01"),
  ]);
  expect(await valuesOf("('-inf'::DOUBLE), ('nan'::DOUBLE)")).toEqual([-Infinity, Number.NaN]);
});

test("text of any length and content survives, repeated or not", async () => {
  const engine = await engineOver();
  const texts = [
    "",
    "\ufeffa\0b",
    "twelve bytes",
    "thirteen byte",
    "ünïcödé 日本語 🙂",
    "x".repeat(3_000_000),
    "'\"\\\n",
  ];
  const unnested = await read(engine.query("SELECT unnest($1) AS v", [[...texts, null]]));
  expect(unnested.map((row) => row.v)).toEqual([...texts, null]);
  const sql =
    "SELECT ($1)[(i * 7919) % 5 + 1] || CASE WHEN i % 3 = 0 THEN '' ELSE (i % $2)::VARCHAR END AS v FROM range(20000) t(i)";
  for (const distinct of [3, 19000]) {
    const rows = await read(engine.query(sql, [texts, distinct]));
    const expected = (i: number) => `${texts[(i * 7919) % 5]}${i % 3 === 0 ? "" : i % distinct}`;
    expect(rows.map((row) => row.v)).toEqual(Array.from({ length: 20000 }, (_, i) => expected(i)));
  }
});

test("columns of one name stay apart", async () => {
  const rows = await read((await engineOver()).query('SELECT 1 AS a, 2 AS a, 4 AS "__proto__"'));
  expect(rows.columns.map(String)).toEqual(["a", "a:1", "__proto__"]);
  expect(Object.entries(rows[0] ?? {})).toEqual([
    ["a", 1],
    ["a:1", 2],
    ["__proto__", 4],
  ]);
});

test("types of the engine travel with the columns", async () => {
  const rows = await read(
    (await engineOver()).query("SELECT 1::DECIMAL(9,2) AS d, [1::BIGINT] AS l, now() AS t"),
  );
  expect(rows.columns.map((column) => ({ ...column }))).toEqual([
    { name: "d", type: "DECIMAL(9,2)" },
    { name: "l", type: "BIGINT[]" },
    { name: "t", type: "TIMESTAMP WITH TIME ZONE" },
  ]);
});

const page = async (result: EngineResult, offset: number, limit: number): Promise<QueryResult> =>
  tableFromArrow(await result.page(offset, limit));

test("pages at odd places are the rows there, also where chunks are uneven", async () => {
  const engine = await engineOver();
  for (const sql of [
    "SELECT i, 'row ' || i AS s FROM range(30000) t(i)",
    "SELECT i, 'row ' || i AS s FROM range(30000) t(i) WHERE hash(i) % 3 = 0",
    "SELECT i % 9001 AS i, min('row ' || i) AS s FROM range(30000) t(i) GROUP BY 1",
  ]) {
    const result = await engine.query(sql);
    const all = (await page(result, 0, result.rowCount)).toArray();
    expect(all.length).toBe(result.rowCount);
    for (const [offset, limit] of [
      [5000, 3],
      [0, 1],
      [2047, 2],
      [2048, 2048],
      [1, 9999],
      [8999, 50_000],
      [99_999, 5],
      [-5, 3],
    ] as const) {
      const start = Math.max(0, offset);
      expect((await page(result, offset, limit)).toArray()).toEqual(all.slice(start, start + limit));
    }
    result.release();
    await expect(result.page(0, 1)).rejects.toMatchObject({ failure: { kind: "input" } });
  }
});

test("lists and structs page like the rest", async () => {
  const engine = await engineOver();
  const result = await engine.query(
    "SELECT i, range(i % 4) AS l, {x: i, y: [i::VARCHAR]} AS s FROM range(9999) t(i)",
  );
  expect((await page(result, 4095, 3)).toArray()).toEqual(
    [4095, 4096, 4097].map((i) => ({ i, l: [0, 1, 2].slice(0, i % 4), s: { x: i, y: [String(i)] } })),
  );
});

test("a page of a large result costs by its length", async () => {
  const engine = await engineOver();
  const result = await engine.query("SELECT i, i * 2 AS j, i::VARCHAR AS s FROM range(2000000) t(i)");
  const timed = async (work: () => Promise<unknown>) => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  const all = await timed(() => result.arrow());
  const pages = await timed(async () => {
    for (let i = 0; i < 20; i++) await result.page(100_000 * i, 100);
  });
  expect(pages).toBeLessThan(all);
});
