import { expect, test } from "vitest";
import { createEngine } from "../../../kernel/engine/duckdb-engine.ts";
import { toFailure } from "../../../kernel/notebook/errors.ts";
import { engineOver, read, Tables } from "./catalog.ts";

const FOREVER = "SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE hash(a.range, b.range) = 1";

test("parameters keep their values and get natural types", async () => {
  const engine = await engineOver();
  const typed = async (value: unknown) => {
    const rows = await read(engine.query("SELECT $1 AS v, typeof($1) AS t", [value]));
    return [rows[0]?.v, rows[0]?.t];
  };
  expect(await typed(7)).toEqual([7, "INTEGER"]);
  expect(await typed(2 ** 40)).toEqual([2 ** 40, "BIGINT"]);
  expect(await typed(1e300)).toEqual([1e300, "DOUBLE"]);
  expect(await typed(0.5)).toEqual([0.5, "DOUBLE"]);
  expect(await typed(Number.NaN)).toEqual([Number.NaN, "DOUBLE"]);
  expect(await typed(2n ** 62n)).toEqual([2n ** 62n, "BIGINT"]);
  expect(await typed(2n ** 100n)).toEqual([2n ** 100n, "HUGEINT"]);
  expect(await typed(true)).toEqual([true, "BOOLEAN"]);
  expect(await typed("it's $1; --\0")).toEqual(["it's $1; --\0", "VARCHAR"]);
  expect(await typed(new Date("1969-12-31T23:59:59.999Z"))).toEqual([new Date(-1), "TIMESTAMP"]);
  expect(await typed(Uint8Array.of(0, 255, 1))).toEqual([Uint8Array.of(0, 255, 1), "BLOB"]);
  expect(await typed([1, null, 2.5])).toEqual([[1, null, 2.5], "DOUBLE[]"]);
  expect(await typed(["a", null])).toEqual([["a", null], "VARCHAR[]"]);
  expect(await typed([[1], [], null])).toEqual([[[1], [], null], "INTEGER[][]"]);
  expect(await typed(new Set([1, 2 ** 40]))).toEqual([[1, 2 ** 40], "BIGINT[]"]);
  expect(await typed(Float64Array.of(1.5, 2.5))).toEqual([[1.5, 2.5], "DOUBLE[]"]);
  expect((await typed(null))[0]).toBe(null);
});

test("an empty array fits columns of any type", async () => {
  const engine = await engineOver();
  for (const column of ["1", "'a'", "DATE '2020-01-01'"]) {
    for (const test of ["IN (SELECT unnest($1))", "= ANY($1)", "IN $1"]) {
      const rows = await read(
        engine.query(`SELECT count(*) AS n FROM (SELECT ${column} AS v) WHERE v ${test}`, [[]]),
      );
      expect(rows[0]).toEqual({ n: 0 });
    }
  }
});

test("what SQL has no type for is refused, naming the parameter", async () => {
  const engine = await engineOver();
  const refusal = (value: unknown) =>
    engine.query("SELECT $1, $2", [1, value]).catch((error) => toFailure(error).message);
  expect(await refusal(undefined)).toBe("SQL parameter $2 is undefined, which SQL has no type for");
  expect(await refusal({ a: 1 })).toBe("SQL parameter $2 is an object (Object), which SQL has no type for");
  expect(await refusal(() => 1)).toBe("SQL parameter $2 is a function, which SQL has no type for");
  expect(await refusal([1, [undefined]])).toBe(
    "SQL parameter $2[1][0] is undefined, which SQL has no type for",
  );
  expect(await refusal(["a", 1])).toBe("SQL parameter $2 is an array of both VARCHAR and INTEGER");
  expect(await refusal(new Date("nonsense"))).toBe("SQL parameter $2 is an invalid Date");
});

test("a text of several statements gives the last one's rows, and changes tell how many rows", async () => {
  const engine = await engineOver();
  const rows = async (sql: string) => (await read(engine.query(sql))).toArray();
  expect(await rows("CREATE TABLE t (n INTEGER)")).toEqual([]);
  expect((await engine.query("CREATE TABLE u (n INTEGER)")).columns).toEqual([]);
  expect(await rows("INSERT INTO t VALUES (1), (2); -- and\n INSERT INTO t VALUES (3);")).toEqual([
    { Count: 1 },
  ]);
  expect(await rows("UPDATE t SET n = n + 1 WHERE n > 1")).toEqual([{ Count: 2 }]);
  expect(await rows("SELECT 1 AS a; SELECT sum(n) AS sum FROM t; ;")).toEqual([{ sum: 8 }]);
  expect(await rows(" -- nothing\n ;")).toEqual([]);
  expect(await rows("SELECT ';' AS a, $$ ; $$ AS b, 'it''s; ' AS c /* ; /* ; */ ; */")).toEqual([
    { a: ";", b: " ; ", c: "it's; " },
  ]);
});

test("several statements share the parameters", async () => {
  const engine = await engineOver();
  const rows = await read(
    engine.query("CREATE TABLE t AS SELECT $2 AS a; SELECT a || $1 AS a FROM t", ["x", "y"]),
  );
  expect(rows.toArray()).toEqual([{ a: "yx" }]);
});

test("temporary tables, settings and variables are there for later queries, on whatever connection", async () => {
  const engine = await engineOver();
  await engine.query("CREATE OR REPLACE TEMP TABLE t AS SELECT 1 AS n; SET VARIABLE v = $1", [42]);
  await engine.query("SET VARIABLE v = 43; SET default_null_order = 'nulls_first'");
  const sql = "SELECT n, getvariable('v') AS v FROM (SELECT n FROM t UNION ALL SELECT NULL) ORDER BY n";
  const all = await Promise.all(Array.from({ length: 8 }, () => read(engine.query(sql))));
  for (const rows of all)
    expect(rows.toArray()).toEqual([
      { n: null, v: 43 },
      { n: 1, v: 43 },
    ]);
});

test("a transaction does not outlive its text", async () => {
  const engine = await engineOver();
  await engine.query("CREATE TABLE t (n INTEGER)");
  await engine.query("BEGIN; INSERT INTO t VALUES (1); COMMIT");
  await expect(engine.query("BEGIN; INSERT INTO t VALUES (2)")).rejects.toMatchObject({
    failure: { message: "the transaction is not ended; it was rolled back" },
  });
  await expect(engine.query("BEGIN; INSERT INTO t VALUES (3); SELECT nope FROM t; COMMIT")).rejects.toThrow(
    "nope",
  );
  expect((await read(engine.query("SELECT n FROM t"))).toArray()).toEqual([{ n: 1 }]);
});

test("eight queries at once each get their own answer", async () => {
  const engine = await engineOver();
  const sums = await Promise.all(
    Array.from({ length: 8 }, async (_, k) => {
      const rows = await read(engine.query("SELECT sum(i * $1) AS s FROM range(200000) t(i)", [k]));
      return rows[0]?.s;
    }),
  );
  expect(sums).toEqual(Array.from({ length: 8 }, (_, k) => k * 19999900000));
});

test("a signal stops a query within a second, and the engine goes on", async () => {
  const engine = await engineOver();
  const controller = new AbortController();
  const running = Array.from({ length: 5 }, () => engine.query(FOREVER, [], { signal: controller.signal }));
  const outcomes = Promise.allSettled(running);
  await engine.query("SELECT 1", [], { signal: AbortSignal.abort() }).catch(() => undefined);
  const start = performance.now();
  controller.abort();
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { failure: { kind: "stopped" } } });
  }
  expect(performance.now() - start).toBeLessThan(1000);
  expect((await read(engine.query("SELECT 1 AS one"))).toArray()).toEqual([{ one: 1 }]);
  expect(performance.now() - start).toBeLessThan(2000);
});

test("close ends what runs and what waits as stopped; results in hand can still be let go", async () => {
  const engine = await createEngine(new Tables());
  const held = await engine.query("SELECT i FROM range(5000) t(i)");
  const outcomes = Promise.allSettled(Array.from({ length: 6 }, () => engine.query(FOREVER)));
  engine.close();
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { failure: { kind: "stopped" } } });
  }
  await expect(engine.query("SELECT 1")).rejects.toMatchObject({ failure: { kind: "stopped" } });
  held.release();
});

test("time is UTC, whatever the machine says", async () => {
  const engine = await engineOver();
  const rows = await read(
    engine.query("SELECT current_setting('TimeZone') AS zone, '2020-06-01 00:00:00'::TIMESTAMPTZ AS t"),
  );
  expect(rows[0]).toEqual({ zone: "UTC", t: new Date("2020-06-01T00:00:00Z") });
});

test("a memory limit that is none is refused with the remedy", async () => {
  process.env.PERCOLATE_MEMORY = "lots";
  try {
    await expect(createEngine(new Tables())).rejects.toMatchObject({
      failure: { message: 'PERCOLATE_MEMORY is "lots", which is no amount of memory' },
    });
  } finally {
    delete process.env.PERCOLATE_MEMORY;
  }
});
