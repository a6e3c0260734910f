import { afterAll, beforeAll, expect, test } from "vitest";
import { createEngine, type DuckDBEngine } from "../../../kernel/engine/duckdb-engine.ts";
import type { EngineSource } from "../../../kernel/engine/explore/engine-source.ts";
import type { DuckDBResult } from "../../../kernel/engine/result.ts";
import { fromColumnar } from "../../../kernel/notebook/display/table-data.ts";
import { MemorySource } from "../../../kernel/notebook/explore/memory-source.ts";
import { wholeView } from "../../../kernel/notebook/explore/source.ts";
import { tableFromArrow } from "../../../kernel/notebook/table.ts";
import { answers, Random, randomTableSql, randomView } from "./random-table.ts";

let engine: DuckDBEngine;

beforeAll(async () => {
  engine = await createEngine({ version: () => 1, tables: () => [] });
});

afterAll(() => engine.close());

/** The same rows in the engine and in memory. */
async function both(sql: string): Promise<readonly [EngineSource, MemorySource]> {
  const result = (await engine.query(sql)) as DuckDBResult;
  const rows = tableFromArrow(await result.arrow());
  return [result.explore() as EngineSource, new MemorySource(fromColumnar(rows))];
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  "the engine and memory answer the same about a random table (seed %i)",
  async (seed) => {
    const random = new Random(seed);
    const [inEngine, inMemory] = await both(randomTableSql(random));
    for (let round = 0; round < 6; round++) {
      const view = round === 0 ? wholeView : randomView(random, inEngine);
      expect(await answers(inMemory, view), JSON.stringify(view)).toEqual(await answers(inEngine, view));
    }
    inEngine.release();
  },
);

test("equal rows keep their order, and missing values come last either way", async () => {
  for (const source of await both(
    "SELECT * FROM (VALUES (2, 'a'), (NULL, 'b'), (1, 'c'), (2, 'd'), (1, 'e')) t(n, name)",
  )) {
    const names = async (descending: boolean) => {
      const view = { ...wholeView, sort: [{ column: 0, descending }] };
      const page = await source.page(view, { from: 0, to: 9 }, { from: 1, to: 2 });
      return Array.from({ length: page.length }, (_, row) => page.value(row, 0)).join("");
    };
    expect(await names(false)).toBe("ceadb");
    expect(await names(true)).toBe("adceb");
  }
});

test("the bins of a view are those of the whole table, whole numbers that are few have one each", async () => {
  for (const source of await both("SELECT (i % 4)::INTEGER AS n FROM range(100) t(i)")) {
    const { bins } = await source.profile(0, {
      ...wholeView,
      filters: [{ column: 0, condition: { type: "range", from: 1, to: 2 } }],
    });
    expect(bins).toEqual(
      [0, 1, 2, 3].map((n) => ({ from: n, to: n + 1, count: n === 1 || n === 2 ? 25 : 0 })),
    );
  }
});

test("what is no longer wanted ends, and the next question is answered", async () => {
  for (const source of await both("SELECT hash(i) AS h FROM range(200000) t(i)")) {
    const controller = new AbortController();
    const view = { ...wholeView, sort: [{ column: 0, descending: true }] };
    const page = source.page(view, { from: 0, to: 1 }, { from: 0, to: 1 }, controller.signal);
    controller.abort();
    await expect(page).rejects.toMatchObject({ failure: { kind: "stopped" } });
    expect((await source.page(view, { from: 0, to: 1 }, { from: 0, to: 1 })).length).toBe(1);
  }
});

test("files have the view's rows in its order under their own names", async () => {
  const [source] = await both(`SELECT i AS "the ""i""", 'n' || i AS name FROM range(5) t(i)`);
  const view = {
    sort: [{ column: 0, descending: true }],
    filters: [{ column: 0, condition: { type: "range", from: 1, to: 3 } }],
    search: "",
  } as const;
  const csv = new TextDecoder().decode(await source.file(view, "csv"));
  expect(csv).toBe('"the ""i""",name\n3,n3\n2,n2\n1,n1\n');
  const parquet = await source.file(view, "parquet");
  expect(new TextDecoder().decode(parquet.subarray(0, 4))).toBe("PAR1");
});

test("a table of a thousand columns gives those that are asked for", async () => {
  const columns = Array.from({ length: 1000 }, (_, i) => `(i * ${i})::BIGINT AS c_${i}`);
  for (const source of await both(`SELECT ${columns.join(", ")} FROM range(50) t(i)`)) {
    const view = { ...wholeView, sort: [{ column: 999, descending: true }] };
    const page = await source.page(view, { from: 0, to: 2 }, { from: 997, to: 999 });
    expect(page.columns.map(({ name }) => name)).toEqual(["c_997", "c_998"]);
    expect([page.value(0, 0), page.value(1, 1)]).toEqual([49 * 997, 48 * 998]);
  }
});

test("every type that the engine has can be looked at", async () => {
  const sql = `SELECT {'a b': 1} s, MAP{'a': 1} m, uuid() u, INTERVAL 1 DAY i, '1'::BIT b, now() n, TIME '10:00' t, '{}'::JSON j,
    union_value(a := 1) un, [1, 2]::INT[2] ar, TIMESTAMP_NS '2020-01-01' ns, 1::HUGEINT h, NULL empty, TIMESTAMP_S '2020-01-01' s2,
    '\\x00'::BLOB bl, 1::UBIGINT ub, 'x'::ENUM('x', 'y''z') e, 1::FLOAT f, TIMETZ '10:00:00+01' tz`;
  const source = (await engine.query(sql)).explore();
  for (let column = 0; column < source.columns.length; column++) {
    const profile = await source.profile(column, { ...wholeView, sort: [{ column, descending: true }] });
    expect(profile.rows).toBe(1);
    const view = { ...wholeView, sort: [{ column, descending: true }], search: "1" };
    expect(await source.count(view)).toBeLessThan(2);
  }
});
