import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { engineOver, read, Tables, table, temporaryFolder } from "./catalog.ts";

const require = createRequire(import.meta.url);
const flights = join(require.resolve("vega-datasets"), "../../data/flights-3m.parquet");

function files(contents: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(contents)) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const csv = { options: { header: true, delim: "," } } as const;

test("a CSV table has the catalog's columns and types, whatever detection would say", async () => {
  const folder = files({ "a.csv": 'zip,note\n01234,"a, ""b"""\n00001,\n' });
  const engine = await engineOver(
    table({
      name: "places",
      columns: { zip: "VARCHAR", note: "VARCHAR" },
      files: [join(folder, "a.csv")],
      ...csv,
    }),
  );
  const rows = await read(engine.query("SELECT * FROM places"));
  expect(rows.toArray()).toEqual([
    { zip: "01234", note: 'a, "b"' },
    { zip: "00001", note: null },
  ]);
});

test("several files, gzip, quotes and glob characters in paths", async () => {
  const folder = files({
    "it's [1]/x*?.csv": "n\n1\n",
    "it's [1]/xyz.csv": "n\n1000\n",
    "b.csv.gz": gzipSync("n\n2\n"),
  });
  const paths = [join(folder, "it's [1]/x*?.csv"), join(folder, "b.csv.gz")];
  const engine = await engineOver(table({ name: "n", columns: { n: "INTEGER" }, files: paths, ...csv }));
  expect((await read(engine.query("SELECT sum(n) AS s FROM n")))[0]).toEqual({ s: 3 });
});

test("JSON as an array, one object, or lines, with nested columns", async () => {
  const folder = files({
    "array.json": '[{"a":1,"b":{"c":[1,2]}},{"a":2}]',
    "one.json": '{"a":3}',
    "lines.ndjson": '{"a":4}\n{"b":{"c":[]},"extra":true}\n',
  });
  const columns = { a: "BIGINT", b: "STRUCT(c BIGINT[])" };
  const engine = await engineOver(
    table({
      name: "j",
      format: "json",
      columns,
      files: [join(folder, "array.json"), join(folder, "one.json")],
    }),
    table({ name: "nd", format: "ndjson", columns, files: [join(folder, "lines.ndjson")] }),
  );
  const rows = await read(engine.query("SELECT * FROM j UNION ALL SELECT * FROM nd ORDER BY a"));
  expect(rows.toArray()).toEqual([
    { a: 1, b: { c: [1, 2] } },
    { a: 2, b: null },
    { a: 3, b: null },
    { a: 4, b: null },
    { a: null, b: { c: [] } },
  ]);
});

test("partition columns come from the folders, typed as the catalog says", async () => {
  const folder = files({
    "year=2023/month=01/a.csv": "v\n1\n",
    "year=2024/month=02/a.csv": "v\n2\n",
  });
  const paths = ["year=2023/month=01/a.csv", "year=2024/month=02/a.csv"].map((path) => join(folder, path));
  const columns = { v: "BIGINT", "year=": "BIGINT", "month=": "VARCHAR" };
  const engine = await engineOver(table({ name: "sales", columns, files: paths, ...csv }));
  const rows = await read(engine.query("SELECT * FROM sales WHERE year = 2024"));
  expect(rows.toArray()).toEqual([{ v: 2, year: 2024, month: "02" }]);
});

test("a Parquet table of three million rows is counted and grouped", async () => {
  const columns = { date: "TIMESTAMP", delay: "BIGINT", origin: "VARCHAR" };
  const engine = await engineOver(table({ name: "flights", format: "parquet", columns, files: [flights] }));
  const count = await read(engine.query("SELECT count(*) AS n, min(date) AS first FROM flights"));
  expect(count[0]?.n).toBe(3_000_000);
  expect(count[0]?.first).toBeInstanceOf(Date);
});

test("a Parquet column is given the catalog's type", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "p.parquet");
  const engine = await engineOver(new Tables());
  await engine.query(`COPY (SELECT 1::SMALLINT AS a, 'x' AS "B c") TO '${path}'`);
  const typed = await engineOver(
    table({ name: "p", format: "parquet", columns: { a: "DOUBLE", "B c": "VARCHAR" }, files: [path] }),
  );
  const rows = await read(typed.query("SELECT typeof(a) AS t, * FROM p"));
  expect(rows.toArray()).toEqual([{ t: "DOUBLE", a: 1, "B c": "x" }]);
});

test("names resolve in their database, without one in main, and without one anywhere if they are unique", async () => {
  const folder = files({ "a.csv": "n\n1\n", "b.csv": "n\n2\n", "c.csv": "n\n3\n" });
  const one = (name: string, database: string, file: string) =>
    table({ name, database, columns: { n: "INTEGER" }, files: [join(folder, file)], ...csv });
  const engine = await engineOver(
    one("sales", "main", "a.csv"),
    one("sales", "shop", "b.csv"),
    one("Odd name", "shop", "c.csv"),
    one("twice", "shop", "a.csv"),
    one("twice", "hr", "b.csv"),
  );
  const first = async (sql: string) => (await read(engine.query(sql)))[0]?.n;
  expect(await first("SELECT * FROM sales")).toBe(1);
  expect(await first("SELECT * FROM SALES")).toBe(1);
  expect(await first('SELECT * FROM "main"."sales"')).toBe(1);
  expect(await first("SELECT * FROM shop.sales")).toBe(2);
  expect(await first('SELECT * FROM "Odd name"')).toBe(3);
  expect(await first('SELECT a.n + b.n AS n FROM shop."Odd name" a, hr.twice b')).toBe(5);
  await expect(engine.query("SELECT * FROM twice")).rejects.toMatchObject({
    failure: {
      message: 'table "twice" not found in database "main"',
      remedy: "write shop.twice or hr.twice",
    },
  });
  const listed = await read(engine.query("SHOW ALL TABLES"));
  expect(listed.map((row) => `${row.schema}.${row.name}`)).toContain("hr.twice");
});

test("a table that the catalog changes, renames or drops is so in the next query", async () => {
  const folder = files({ "a.csv": "n\n1\n", "b.csv": "n,m\n2,x\n" });
  const a = table({ name: "t", columns: { n: "INTEGER" }, files: [join(folder, "a.csv")], ...csv });
  const b = table({
    name: "t",
    columns: { n: "INTEGER", m: "VARCHAR" },
    files: [join(folder, "b.csv")],
    ...csv,
  });
  const tables = new Tables(a);
  const engine = await engineOver(tables);
  expect((await read(engine.query("SELECT * FROM t"))).toArray()).toEqual([{ n: 1 }]);
  await engine.query("CREATE VIEW doubled AS SELECT n * 2 AS n FROM t");
  tables.become({ ...b, version: 2 });
  expect((await read(engine.query("SELECT n FROM doubled"))).toArray()).toEqual([{ n: 4 }]);
  expect((await read(engine.query("SELECT * FROM t"))).toArray()).toEqual([{ n: 2, m: "x" }]);
  tables.become({ ...b, name: "u" });
  await expect(engine.query("SELECT * FROM t")).rejects.toMatchObject({ failure: { kind: "sql" } });
  expect((await read(engine.query("SELECT * FROM u"))).length).toBe(1);
  tables.become({ ...a, database: "other" }, { ...b, database: "main" });
  expect((await read(engine.query("SELECT * FROM t"))).toArray()).toEqual([{ n: 2, m: "x" }]);
  tables.become();
  await expect(engine.query("SELECT * FROM other.t")).rejects.toMatchObject({ failure: { kind: "sql" } });
});

test("a file that is gone is named, with the remedy; tables that are not asked for do not matter", async () => {
  const folder = files({ "a.csv": "n\n1\n", "b[1].csv": "n\n2\n" });
  const one = (name: string, file: string) =>
    table({ name, columns: { n: "INTEGER" }, files: [join(folder, file)], source: folder, ...csv });
  const engine = await engineOver(one("a", "a.csv"), one("b", "b[1].csv"));
  await engine.query("SELECT * FROM b");
  rmSync(join(folder, "b[1].csv"));
  const gone = {
    message: `file "${join(folder, "b[1].csv")}" of table "b" is gone`,
    remedy: `crawl again: ${folder}`,
  };
  await expect(engine.query("SELECT 1,\n n FROM b")).rejects.toMatchObject({
    failure: { ...gone, line: 2, column: 9 },
  });
  rmSync(join(folder, "a.csv"));
  await expect(engine.query("SELECT * FROM a")).rejects.toMatchObject({
    failure: { message: `file "${join(folder, "a.csv")}" of table "a" is gone`, line: 1, column: 15 },
  });
  expect((await read(engine.query("SELECT 1 AS a"))).toArray()).toEqual([{ a: 1 }]);
  writeFileSync(join(folder, "a.csv"), "n\n7\n");
  expect((await read(engine.query("SELECT * FROM a"))).toArray()).toEqual([{ n: 7 }]);
});

test("a file whose content is not what the catalog says gives an error that names it", async () => {
  const folder = files({ "a.csv": "n\n1\n", "x.parquet": "no parquet" });
  const path = join(folder, "a.csv");
  const engine = await engineOver(
    table({ name: "a", columns: { n: "INTEGER" }, files: [path], ...csv }),
    table({ name: "x", format: "parquet", columns: { n: "INTEGER" }, files: [join(folder, "x.parquet")] }),
  );
  await engine.query("SELECT * FROM a");
  writeFileSync(path, "n\nseven\n");
  await expect(engine.query("SELECT * FROM a")).rejects.toMatchObject({
    failure: {
      kind: "sql",
      message: `line 2 of file "${path}" does not fit its table: in column "n". Could not convert string "seven" to 'INTEGER'`,
      remedy: "correct the line (seven), or crawl again if the file has changed",
    },
  });
  await expect(engine.query("SELECT * FROM x")).rejects.toMatchObject({
    failure: { message: expect.stringMatching(/table "x" of database "main" cannot be read: .*x\.parquet/) },
  });
});

test("a table of the user's own hides the catalog's only where it was first", async () => {
  const folder = files({ "a.csv": "n\n1\n" });
  const tables = new Tables();
  const engine = await engineOver(tables);
  await engine.query("CREATE TABLE t AS SELECT 5 AS n");
  tables.become(table({ name: "t", columns: { n: "INTEGER" }, files: [join(folder, "a.csv")], ...csv }));
  expect((await read(engine.query("SELECT * FROM t"))).toArray()).toEqual([{ n: 5 }]);
  renameSync(join(folder, "a.csv"), join(folder, "b.csv"));
});

test("a table without files has its columns and no rows", async () => {
  const engine = await engineOver(
    table({ name: "empty", columns: { n: "INTEGER", s: "VARCHAR" }, files: [] }),
  );
  const rows = await read(engine.query("SELECT * FROM empty"));
  expect(rows.columns.map(({ name, type }) => [name, type])).toEqual([
    ["n", "INTEGER"],
    ["s", "VARCHAR"],
  ]);
  expect(rows.length).toBe(0);
});
