import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { failureText, type UserError } from "../../../kernel/notebook/errors.ts";
import { type Described, engineOver, table, temporaryFolder } from "./catalog.ts";

async function shop() {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "s.csv"), "price,day\n1,2020-01-01\n");
  const sales: Described = {
    name: "sales",
    columns: { price: "BIGINT", day: "DATE" },
    files: [join(folder, "s.csv")],
    options: { header: true },
  };
  return engineOver(table(sales), table({ ...sales, database: "shop", name: "orders" }));
}

const messageOf = (query: Promise<unknown>): Promise<string> =>
  query.then(
    () => "no error",
    (error: UserError) => failureText(error.failure),
  );

const CASES: readonly (readonly [string, string])[] = [
  ["SELECT * FROM sale", 'table "sale" not found in database "main" (1:15); did you mean "sales"?'],
  [
    "SELECT *\nFROM\n  shop.order o",
    'table "order" not found in database "shop" (3:3); did you mean "orders"?',
  ],
  ["SELECT * FROM shp.orders", 'table "orders" not found in database "shp" (1:15); write shop.orders'],
  ["INSERT INTO sale VALUES (1)", 'table "sale" not found in database "main" (1:13); did you mean "sales"?'],
  ["SELECT * FROM qqqqqqqqq", 'table "qqqqqqqqq" not found in database "main" (1:15)'],
  ["SELECT prise FROM sales", 'column "prise" not found (1:8); did you mean "price"?'],
  ["SELECT s.prise\nFROM sales s", '"s" has no column "prise" (1:8); did you mean "price"?'],
  ["SELECT '日本語', '🙂', prise FROM sales", 'column "prise" not found (1:21); did you mean "price"?'],
  ["SELECT x.price FROM sales", '"x" is no table of this query (1:8); there is "sales"'],
  ["SELEC 1", 'syntax error at or near "SELEC" (1:1)'],
  ["SELECT 1;\n\n  SELECT (1", "syntax error at end of input (3:12)"],
  ["SELECT 1; SELECT 2;\n SELECT nope FROM sales", 'column "nope" not found (2:9); there is "price", "day"'],
  ["SELECT uper('a')", 'function "uper" not found (1:8); did you mean "upper"?'],
  ["SELECT 'abc", 'unterminated quoted string at or near "\'abc" (1:8)'],
  ["SELECT error('boom')", "boom"],
  ["SELECT $2 + $1", "SQL parameter $2 has no value"],
];

for (const [sql, message] of CASES) {
  test(`${JSON.stringify(sql)} says: ${message}`, async () => {
    const engine = await shop();
    expect(await messageOf(engine.query(sql))).toBe(message);
  });
}

test("the place is right in a line too long for DuckDB to show", async () => {
  const engine = await shop();
  const sql = `SELECT ${"1234567890, ".repeat(30)}prise, ${"1234567890, ".repeat(30)} 1 FROM sales`;
  expect(await messageOf(engine.query(sql))).toBe(`column "prise" not found (1:368); did you mean "price"?`);
});

test("EXPLAIN gives the same places, and a plan where there is no error", async () => {
  const engine = await shop();
  expect(await messageOf(engine.explain("SELECT *\nFROM sale"))).toBe(
    'table "sale" not found in database "main" (2:6); did you mean "sales"?',
  );
  expect(await engine.explain("SELECT price FROM sales WHERE price > $1", [3])).toContain("READ_CSV");
});

test("an error in a view points at nothing in the author's text", async () => {
  const engine = await shop();
  await engine.query("CREATE TABLE t AS SELECT 1 AS a");
  await engine.query("CREATE VIEW v AS SELECT a FROM t");
  await engine.query("ALTER TABLE t RENAME a TO b");
  const error = await engine.query("SELECT 1,\n* FROM v").catch((e: UserError) => e.failure);
  expect(error).toMatchObject({ kind: "sql", message: expect.stringContaining('"a"') });
});

test("nothing is downloaded: unknown functions, extensions and URLs fail at once", async () => {
  const engine = await shop();
  const start = performance.now();
  const says = (sql: string) => messageOf(engine.query(sql));
  expect(await says("SELECT st_point(1, 2)")).toMatch(
    /^function "st_point" belongs to DuckDB's extension "spatial", which is not built in/,
  );
  expect(await says("FROM 'https://example.com/a.csv'")).toMatch(/^this needs DuckDB's extension "httpfs"/);
  expect(await says("FROM 's3://bucket/a.parquet'")).toMatch(/^this needs DuckDB's extension "httpfs"/);
  expect(await says("LOAD spatial")).toMatch(/is not built in/);
  expect(await says("INSTALL httpfs")).toMatch(/^DuckDB's extensions are not downloaded \(1:1\)/);
  expect(await says("FORCE INSTALL spatial FROM community")).toMatch(
    /^DuckDB's extensions are not downloaded/,
  );
  expect(performance.now() - start).toBeLessThan(2000);
});
