import { describe, expect, it } from "vitest";
import { Bench, parquet } from "./setup.ts";

const sales = (n: number) => `item,price\ncoffee,${n}.5\ntea,${n}\n`;

describe("folders and tables", () => {
  it("a file at the root is a table with its own name, also beside others like it", async () => {
    const bench = new Bench({ "jan.csv": sales(1), "feb.csv": sales(2) });
    await bench.crawl();
    expect(Object.keys(bench.schemas())).toEqual(["feb", "jan"]);
    expect(bench.because("jan", "table")).toBe('1 file, because file "jan.csv": it lies at the root');
  });

  it("files of one folder with the same columns are one table with the folder's name", async () => {
    const bench = new Bench({ "sales/jan.csv": sales(1), "sales/feb.csv": sales(2) });
    const summary = await bench.crawl();
    expect(summary.created).toEqual(["main.sales"]);
    expect(bench.catalog.requireTable("sales").rowCount).toBe(4);
    expect((await bench.rows("sales")).map((row) => row.price)).toEqual([2.5, 2, 1.5, 1]);
    expect(bench.because("sales", "table")).toContain(
      "its 2 files have the same format and compatible columns",
    );
  });

  it("files of one folder with other columns keep their own names", async () => {
    const bench = new Bench({ "shop/people.csv": "id,name\n1,ann\n", "shop/orders.csv": "order,sum\n1,2\n" });
    await bench.crawl();
    expect(Object.keys(bench.schemas())).toEqual(["orders", "people"]);
  });

  it("a single file in a folder keeps its name, unless that says nothing", async () => {
    const bench = new Bench({
      "a/people.csv": "id,name\n1,ann\n",
      "logs/2024-01.csv": sales(1),
      "b/data.json": '[{"x":1}]',
    });
    await bench.crawl();
    expect(Object.keys(bench.schemas())).toEqual(["b", "logs", "people"]);
  });

  it("formats are not mixed in one table", async () => {
    const bench = new Bench({
      "s/a.csv": sales(1),
      "s/b.csv": sales(2),
      "s/c.json": '[{"item":"x","price":1}]',
    });
    await bench.crawl();
    expect(bench.catalog.tables().map((t) => [t.name, t.format, t.files.length])).toEqual([
      ["c", "json", 1],
      ["s", "csv", 2],
    ]);
  });

  it("gzipped and plain files are one table", async () => {
    const { gzip } = await import("./setup.ts");
    const bench = new Bench({ "s/a.csv": sales(1), "s/b.csv.gz": gzip(sales(2)) });
    await bench.crawl();
    expect(await bench.rows("s")).toHaveLength(4);
  });
});

describe("files of one table", () => {
  it("give a column the type that takes the values of all files", async () => {
    const bench = new Bench({
      "s/a.csv": "id,n\n1,1\n",
      "s/b.csv": "id,n\n2,1.5\n",
      "s/c.csv": "id,n\n3,\n",
    });
    await bench.crawl();
    expect(bench.schemas().s).toBe("id BIGINT, n DOUBLE");
    expect(bench.because("s", "column n")).toBe(
      'DOUBLE, because "s/b.csv" has DOUBLE, the files before it BIGINT',
    );
    expect((await bench.rows("s")).map((row) => row.n)).toEqual([1, 1.5, null]);
  });

  it("share 70 % of their columns, and are read by column name", async () => {
    const bench = new Bench({
      "s/a.csv": "a,b,c,d\n1,2,3,x\n",
      "s/b.csv": "d,c,b,a,e\ny,6,5,4,7\n",
      "s/other.csv": "p,q,a\n1,2,3\n",
    });
    await bench.crawl();
    expect(bench.schemas()).toEqual({
      other: "p BIGINT, q BIGINT, a BIGINT",
      s: "a BIGINT, b BIGINT, c BIGINT, d VARCHAR, e BIGINT",
    });
    expect(bench.because("s", "column e")).toBe(
      'BIGINT, because "s/b.csv" has it; other files lack it and give NULL',
    );
    expect(await bench.rows("s")).toEqual([
      { a: "1", b: "2", c: "3", d: "x", e: null },
      { a: "4", b: "5", c: "6", d: "y", e: "7" },
    ]);
  });

  it("may differ by a column in Parquet and JSON too", async () => {
    const columns = "1 AS a, 2 AS b, 3 AS c, 4 AS d";
    const bench = new Bench({
      "p/1.parquet": await parquet(`SELECT ${columns}`),
      "p/2.parquet": await parquet(`SELECT 'x' AS e, ${columns}`),
      "j/1.json": '[{"a":1,"b":2,"c":3}]',
      "j/2.json": '[{"c":3,"b":2,"a":1,"z":[1]}]',
    });
    await bench.crawl();
    expect(bench.schemas()).toEqual({
      j: "a BIGINT, b BIGINT, c BIGINT, z BIGINT[]",
      p: "a INTEGER, b INTEGER, c INTEGER, d INTEGER, e VARCHAR",
    });
    expect((await bench.rows("p")).map((row) => row.e)).toEqual([null, "x"]);
    expect((await bench.rows("j")).map((row) => row.z)).toEqual([null, ["1"]]);
  });

  it("do not have dates of different formats", async () => {
    const bench = new Bench({ "s/a.csv": "d,n\n2024-01-31,1\n", "s/b.csv": "d,n\n31/01/2024,1\n" });
    await bench.crawl();
    expect(Object.keys(bench.schemas())).toEqual(["a", "b"]);
  });
});

describe("key=value folders", () => {
  it("are partition columns of one table, named after the folder above them", async () => {
    const bench = new Bench({
      "sales/year=2024/month=01/a.csv": sales(1),
      "sales/year=2024/month=02/a.csv": sales(2),
      "sales/year=2025/month=12/b.csv": sales(3),
    });
    const summary = await bench.crawl();
    expect(summary.created).toEqual(["main.sales"]);
    expect(bench.schemas().sales).toBe("item VARCHAR, price DOUBLE, year BIGINT/, month BIGINT/");
    expect(bench.because("sales", "partition year")).toBe(
      "BIGINT, because all folder names are whole numbers, such as 2024",
    );
    expect(bench.because("sales", "partition month")).toContain("padded to two digits, such as 01");
    const rows = await bench.rows("sales");
    expect(rows.map((row) => `${row.year}-${row.month}`)).toEqual([
      "2024-1",
      "2024-1",
      "2024-2",
      "2024-2",
      "2025-12",
      "2025-12",
    ]);
    expect(bench.catalog.requireTable("sales").files[0]?.partition).toEqual({ year: "2024", month: "01" });
  });

  it.each([
    ["dates", ["2024-01-01", "2024-01-02"], "DATE"],
    ["codes", ["00501", "10115"], "VARCHAR"],
    ["words", ["de", "fr"], "VARCHAR"],
    ["numbers and words", ["1", "x"], "VARCHAR"],
    ["numbers and none", ["1", "__HIVE_DEFAULT_PARTITION__"], "BIGINT"],
    ["escaped text", ["a%20b", "c%2Fd"], "VARCHAR"],
  ])("of %s have a fitting type", async (_, values, type) => {
    const bench = new Bench(
      Object.fromEntries(values.map((value, i) => [`t/k=${value}/x.csv`, `a\n${i}\n`])),
    );
    await bench.crawl();
    expect(bench.schemas().t).toBe(`a BIGINT, k ${type}/`);
    expect((await bench.rows("t")).map((row) => row.k)).toEqual(
      values.map((value) => (value.startsWith("__") ? null : decodeURIComponent(value))),
    );
  });

  it("may gain columns as time goes on, however many: older files give NULL", async () => {
    const bench = new Bench({
      "sales/year=2023/a.csv": "id,v\n1,2\n",
      "sales/year=2024/a.csv": "id,v,city,note\n3,4.5,Bonn,x\n",
    });
    await bench.crawl();
    expect(bench.schemas()).toEqual({
      sales: "id BIGINT, v DOUBLE, city VARCHAR, note VARCHAR, year BIGINT/",
    });
    expect(await bench.rows("sales")).toEqual([
      { id: "1", v: 2, city: null, note: null, year: "2023" },
      { id: "3", v: 4.5, city: "Bonn", note: "x", year: "2024" },
    ]);
  });

  it("at the root give the table the root's name", async () => {
    const bench = new Bench({ "data/year=2024/x.csv": sales(1) });
    await bench.crawl("data");
    expect(Object.keys(bench.schemas())).toEqual(["data"]);
  });

  it("win over a column of the files with the same name", async () => {
    const bench = new Bench({
      "p/year=2024/x.parquet": await parquet("SELECT 1 AS a, 1999 AS year"),
      "c/year=2024/x.csv": "a,year,b\n1,1999,x\n",
    });
    await bench.crawl();
    expect(bench.schemas()).toEqual({ c: "a BIGINT, b VARCHAR, year BIGINT/", p: "a INTEGER, year BIGINT/" });
    expect((await bench.rows("p"))[0]).toEqual({ a: 1, year: "2024" });
    expect((await bench.rows("c"))[0]).toEqual({ a: "1", b: "x", year: "2024" });
  });
});

describe("the examples of AWS Glue's guide", () => {
  it("(a) year, month and day folders: one table with three keys, as in Glue, but typed", async () => {
    const files: Record<string, string> = {};
    for (const month of ["Jan", "Feb"])
      for (const day of [1, 2]) files[`sales/year=2019/month=${month}/day=${day}/f.csv`] = sales(day);
    const bench = new Bench(files);
    await bench.crawl();
    expect(bench.schemas()).toEqual({
      sales: "item VARCHAR, price DOUBLE, year BIGINT/, month VARCHAR/, day BIGINT/",
    });
    expect(bench.catalog.requireTable("sales").files).toHaveLength(4);
  });

  it("(b) plain folders: Glue makes one table with keys partition_0, partition_1; ours is a table per folder", async () => {
    const bench = new Bench({
      "folder1/table1/partition1/a.csv": sales(1),
      "folder1/table1/partition1/b.csv": sales(2),
      "folder1/table1/partition2/a.csv": sales(3),
      "folder1/table1/partition2/b.csv": sales(4),
    });
    await bench.crawl();
    expect(Object.keys(bench.schemas())).toEqual(["partition1", "partition2"]);
  });

  it("(c) folders with different columns: two tables, as in Glue, but the folder's key stays a column", async () => {
    const bench = new Bench({
      "t/year=2017/f.json": '{"A":1,"B":2}',
      "t/year=2018/f.json": '{"C":3,"D":4}',
    });
    await bench.crawl();
    expect(bench.schemas()).toEqual({
      year_2017: "A BIGINT, B BIGINT, year BIGINT/",
      year_2018: "C BIGINT, D BIGINT, year BIGINT/",
    });
  });
});

describe("names", () => {
  it("are made such that SQL takes them without quotes", async () => {
    const one = "a,b\n1,2\n";
    const bench = new Bench({
      "2024 sales!.csv": one,
      "--.csv": one,
      "Größe.csv": one,
      "Sales-Q1.tsv.csv": one,
    });
    await bench.crawl();
    expect(Object.keys(bench.schemas()).sort()).toEqual(["Größe", "Sales_Q1_tsv", "t_2024_sales", "table_1"]);
  });

  it("that two files want get a suffix, and the reason says so", async () => {
    const bench = new Bench({
      "sales.csv": "a,b\n1,2\n",
      "sales.json": '[{"c":1}]',
      "Sales.tsv": "d\te\n1\t2\n",
    });
    await bench.crawl();
    expect(Object.keys(bench.schemas()).sort()).toEqual(["Sales", "sales_2", "sales_3"]);
    expect(bench.because("sales_2", "name")).toContain('the name "sales" is taken by a table from');
  });
});
