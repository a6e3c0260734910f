import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { prepareWorkspace, type Workspace, workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { connect } from "../../../kernel/engine/connections/connections.ts";
import { tableFromArrow } from "../../../kernel/notebook/table.ts";

let workspace: Workspace;
let notebook: string;

beforeEach(async () => {
  workspace = workspaceAt(mkdtempSync(join(tmpdir(), "percolate-connections-")));
  prepareWorkspace(workspace);
  mkdirSync(workspace.notebooks);
  notebook = join(workspace.notebooks, "test.html");
});

afterEach(() => rmSync(workspace.root, { recursive: true, force: true }));

function sqlite(path: string, ...statements: string[]): void {
  const database = new Database(join(workspace.root, path));
  for (const statement of statements) database.exec(statement);
  database.close();
}

async function duckdb(path: string, ...statements: string[]): Promise<void> {
  const instance = await DuckDBInstance.create(join(workspace.root, path));
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.disconnectSync();
  instance.closeSync();
}

const configure = (connections: object) =>
  writeFileSync(join(workspace.kept, "connections.json"), JSON.stringify(connections));

async function rows(name: string, sql: string, ...params: unknown[]) {
  const result = await connect(name, { workspace, notebook }).query(sql, params);
  return tableFromArrow(await result.arrow()).toArray();
}

const shop = [
  "CREATE TABLE sale (id INTEGER, item TEXT, price REAL, day DATE, photo BLOB, note)",
  "INSERT INTO sale VALUES (1, 'cup', 2.5, '2024-01-01', x'00ff', 1), (2, 'pot', 7, NULL, NULL, 'two')",
];

describe.each(["sqlite", "duckdb"])("a %s file", (type) => {
  beforeEach(async () => {
    configure({ shop: { type, path: "shop.file" } });
    const statements =
      type === "sqlite"
        ? shop
        : shop.map((text) =>
            text.replace(", note)", ", note TEXT)").replace("x'00ff'", "'\\x00\\xff'::BLOB"),
          );
    if (type === "sqlite") sqlite("shop.file", ...statements);
    else await duckdb("shop.file", ...statements);
  });

  test("gives rows of numbers, text and bytes", async () => {
    const [first, second] = await rows("shop", "SELECT id, item, price, photo FROM sale ORDER BY id");
    expect(first).toEqual({ id: 1, item: "cup", price: 2.5, photo: Uint8Array.of(0, 255) });
    expect(second).toEqual({ id: 2, item: "pot", price: 7, photo: null });
  });

  test("takes values as parameters, however often they stand in the text", async () => {
    const found = await rows(
      "shop",
      "SELECT item, $2 AS said FROM sale WHERE item = $1 OR item = $1",
      "pot",
      "it's",
    );
    expect(found).toEqual([{ item: "pot", said: "it's" }]);
  });

  test("gives no rows of nothing, and columns of one name apart", async () => {
    expect(await rows("shop", "SELECT * FROM sale WHERE id > 5")).toEqual([]);
    expect(await rows("shop", "SELECT id, id FROM sale WHERE id = 1")).toEqual([{ id: 1, "id:1": 1 }]);
  });

  test("is only read", async () => {
    await expect(rows("shop", "DELETE FROM sale")).rejects.toThrow(/read-?only/i);
    expect(await rows("shop", "SELECT count(*) AS n FROM sale")).toEqual([{ n: 2 }]);
  });

  test("tells what is wrong with a query, and where", async () => {
    await expect(rows("shop", "SELECT *\n  FORM sale")).rejects.toMatchObject({
      failure: { kind: "sql", line: 2, column: type === "sqlite" ? 3 : expect.any(Number) },
    });
    await expect(rows("shop", "SELECT * FROM sales")).rejects.toThrow(/sales/);
  });

  test("shows what another program wrote since", async () => {
    const add = "INSERT INTO sale (id) VALUES (3)";
    await rows("shop", "SELECT 1 AS a");
    if (type === "sqlite") sqlite("shop.file", add);
    else await duckdb("shop.file", add);
    expect(await rows("shop", "SELECT count(*) AS n FROM sale")).toEqual([{ n: 3 }]);
  });

  test("stops a query that would go on for ever", async () => {
    const stop = new AbortController();
    const endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i % 10) AS m FROM n";
    const query = connect("shop", { workspace, notebook }).query(endless, [], { signal: stop.signal });
    setTimeout(() => stop.abort(), 100);
    await expect(query).rejects.toMatchObject({ failure: { kind: "stopped" } });
  });

  test("explains a query", async () => {
    const plan = await connect("shop", { workspace, notebook }).explain("SELECT * FROM sale");
    expect(plan).toMatch(/scan/i);
  });
});

test("SQLite: integers stay exact, mixed columns are text, booleans and dates are passed as it has them", async () => {
  sqlite("shop.db", ...shop);
  configure({ shop: { type: "sqlite", path: "shop.db" } });
  expect(await rows("shop", "SELECT 9007199254740993 AS a")).toEqual([{ a: 9007199254740993n }]);
  expect(await rows("shop", "SELECT note FROM sale ORDER BY id")).toEqual([{ note: "1" }, { note: "two" }]);
  const { columns } = await connect("shop", { workspace, notebook }).query(
    "SELECT id, item, price FROM sale",
  );
  expect(columns.map(({ type }) => type)).toEqual(["INTEGER", "TEXT", "REAL"]);
  const [given] = await rows(
    "shop",
    "SELECT $1 AS yes, date($2) AS day, typeof($3) AS kind",
    true,
    new Date(0),
    5n,
  );
  expect(given).toEqual({ yes: 1, day: "1970-01-01", kind: "integer" });
  await expect(rows("shop", "SELECT $1", [1])).rejects.toThrow("SQLite cannot take");
});

test("names that Notebook Kit knows without configuration are known here", async () => {
  expect(await rows("duckdb", "SELECT 1 AS a")).toEqual([{ a: 1 }]);
  expect(await rows("sqlite", "SELECT 1 AS a")).toEqual([{ a: 1 }]);
  sqlite("notebooks/beside.db", "CREATE TABLE t AS SELECT 2 AS a");
  await duckdb("notebooks/beside.duckdb", "CREATE TABLE t AS SELECT 3 AS a");
  expect(await rows("beside.db", "SELECT a FROM t")).toEqual([{ a: 2 }]);
  expect(await rows("beside.duckdb", "SELECT a FROM t")).toEqual([{ a: 3 }]);
});

test("Notebook Kit's own configuration beside the notebook is read; the workspace's comes first", async () => {
  mkdirSync(join(workspace.notebooks, ".observable"));
  const kit = join(workspace.notebooks, ".observable", "databases.json");
  writeFileSync(
    kit,
    JSON.stringify({ shop: { type: "sqlite", path: "beside.db" }, far: { type: "postgres", host: "x" } }),
  );
  sqlite("notebooks/beside.db", "CREATE TABLE t AS SELECT 'beside' AS a");
  sqlite("own.db", "CREATE TABLE t AS SELECT 'own' AS a");
  expect(await rows("shop", "SELECT a FROM t")).toEqual([{ a: "beside" }]);
  configure({ shop: { type: "sqlite", path: "own.db" } });
  expect(await rows("shop", "SELECT a FROM t")).toEqual([{ a: "own" }]);
  await expect(rows("far", "SELECT 1")).rejects.toThrow('connection "far" is of type "postgres"');
});

test("an unknown name gets the known ones, and how to add one", async () => {
  configure({ shop: { type: "sqlite", path: "shop.db" }, lake: { type: "duckdb" } });
  const failure = await rows("shpo", "SELECT 1").catch((error) => error.failure);
  expect(failure.message).toBe('connection "shpo" not found: connections are shop, lake');
  expect(failure.remedy).toContain('did you mean "shop"?');
  expect(failure.remedy).toContain("connections.json");
});

test.each([
  ["{", "cannot be read"],
  ["[]", "cannot be read"],
  ['{"shop": {"path": "a.db"}}', "shop.type"],
])("a configuration of %s is refused", async (text, message) => {
  writeFileSync(join(workspace.kept, "connections.json"), text);
  await expect(rows("shop", "SELECT 1")).rejects.toThrow(message);
});

test("a file that is missing, or no database, is told", async () => {
  configure({
    a: { type: "sqlite", path: "none.db" },
    b: { type: "sqlite", path: "text" },
    c: { type: "duckdb", path: "text" },
  });
  writeFileSync(join(workspace.root, "text"), "no database at all, but text that is long enough".repeat(20));
  await expect(rows("a", "SELECT 1")).rejects.toThrow(/none\.db" not found/);
  await expect(rows("b", "SELECT * FROM t")).rejects.toThrow("file is not a database");
  await expect(rows("c", "SELECT 1")).rejects.toThrow("cannot be opened");
});
