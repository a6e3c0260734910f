import { expect, test } from "vitest";
import { completeSql, type SqlNames } from "../../../kernel/language/sql-complete.ts";

const column = (name: string, type = "BIGINT") => ({ name, type });
const names: SqlNames = {
  tables: [
    { database: "main", name: "orders", columns: [column("id"), column("total price", "DOUBLE")] },
    { database: "shop", name: "sales", columns: [column("day", "DATE"), column("amount")] },
  ],
  functions: [{ name: "date_trunc", detail: "(part, date)" }],
};

/** Labels at the `|`. */
function labels(text: string): string[] {
  const at = text.indexOf("|");
  const found = completeSql(text.replace("|", ""), at, names);
  return (found?.items ?? []).filter(({ kind }) => kind !== "keyword").map(({ label }) => label);
}

test("tables stand after FROM and JOIN, databases and queries of WITH among them", () => {
  expect(labels("SELECT * FROM |")).toEqual(["orders", "shop.sales", "main", "shop"]);
  expect(labels("SELECT * FROM orders, |")).toEqual(["orders", "shop.sales", "main", "shop"]);
  expect(labels("WITH big AS (SELECT 1) SELECT * FROM bi|")).toEqual(["big"]);
  expect(labels("SELECT * FROM shop.|")).toEqual(["sales"]);
});

test("columns of the statement's tables come first, also before FROM is reached", () => {
  expect(labels("SELECT | FROM orders").slice(0, 3)).toEqual(["id", "total price", "orders"]);
  expect(labels("SELECT am| FROM shop.sales")).toEqual(["amount"]);
  expect(labels("SELECT * FROM orders WHERE i|")).toContain("id");
  expect(labels("SELECT 1; SELECT d| FROM shop.sales").slice(0, 1)).toEqual(["day"]);
});

test("a name and a dot give the columns of what it stands for", () => {
  expect(labels("SELECT s.| FROM orders o JOIN shop.sales AS s ON true")).toEqual(["day", "amount"]);
  expect(labels("SELECT o.to| FROM orders o")).toEqual(["total price"]);
  expect(labels("SELECT nobody.| FROM orders o")).toEqual([]);
});

test("names that need quotes get them, and text is left alone", () => {
  const found = completeSql("SELECT tot FROM orders", 10, names);
  expect(found?.items[0]).toMatchObject({ label: "total price", insert: '"total price"' });
  expect(labels("SELECT 'or| FROM orders'")).toEqual([]);
  expect(labels("SELECT date_t|")).toEqual(["date_trunc"]);
});
