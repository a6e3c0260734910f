import { utimesSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Bench } from "./setup.ts";

const people = "id,name\n1,ann\n2,bob\n";
const nothing = { created: [], updated: [], unchanged: [], removed: [], failures: [] };

describe("crawling again", () => {
  it("with nothing changed reads nothing and changes no version", async () => {
    const bench = new Bench({ "people.csv": people, "s/a.json": '[{"x":1}]', "s/b.json": '[{"x":2}]' });
    await bench.crawl();
    const before = bench.catalog.tables();
    const summary = await bench.crawl();
    expect(summary).toMatchObject({ ...nothing, unchanged: ["main.people", "main.s"] });
    expect(bench.catalog.tables()).toEqual(before);
  });

  it("does not open files whose size and time are the same", async () => {
    const bench = new Bench({ "people.csv": people });
    const time = new Date(1_700_000_000_000);
    utimesSync(bench.path("people.csv"), time, time);
    await bench.crawl();
    bench.write({ "people.csv": people.replace("ann", "eve").replace("id", "no") });
    utimesSync(bench.path("people.csv"), time, time);
    expect((await bench.crawl()).unchanged).toEqual(["main.people"]);
    expect((await bench.crawl(".", { everything: true })).updated).toEqual(["main.people"]);
    expect(bench.schemas().people).toBe("no BIGINT, name VARCHAR");
  });

  it("takes what is new, changed and gone, and nothing else", async () => {
    const bench = new Bench({ "keep.csv": people, "change.csv": people, "go.csv": people });
    await bench.crawl();
    bench.write({ "change.csv": "id,name,age\n1,ann,7\n", "new.csv": people });
    bench.remove("go.csv");
    expect(await bench.crawl()).toMatchObject({
      created: ["main.new"],
      updated: ["main.change"],
      unchanged: ["main.keep"],
      removed: ["main.go"],
      failures: [],
    });
    expect(Object.keys(bench.schemas())).toEqual(["change", "keep", "new"]);
    expect(bench.catalog.versions("main", "change").map((v) => v.version)).toEqual([2, 1]);
  });

  it("joins new files to their table, and shrinks it when files go", async () => {
    const bench = new Bench({ "s/a.csv": people, "s/b.csv": people });
    await bench.crawl();
    bench.write({ "s/c.csv": people });
    expect((await bench.crawl()).updated).toEqual(["main.s"]);
    expect(await bench.rows("s")).toHaveLength(6);
    bench.remove("s/a.csv");
    expect((await bench.crawl()).updated).toEqual(["main.s"]);
    expect(await bench.rows("s")).toHaveLength(4);
    bench.remove("s");
    expect((await bench.crawl()).removed).toEqual(["main.s"]);
  });
});

describe("a table that is crawled again", () => {
  it("keeps the name it has", async () => {
    const bench = new Bench({ "sales/2024.csv": people, "misc/customers.csv": people });
    await bench.crawl();
    expect(Object.keys(bench.schemas())).toEqual(["customers", "sales"]);
    bench.write({ "sales/2025.csv": people, "misc/customers-2.csv": people });
    await bench.crawl();
    expect(Object.keys(bench.schemas())).toEqual(["customers", "sales"]);
    bench.remove("sales/2024.csv");
    await bench.crawl();
    expect(Object.keys(bench.schemas())).toEqual(["customers", "sales"]);
    expect((await bench.crawl()).unchanged).toHaveLength(2);
  });

  it("goes when its file has become unreadable, and comes back when that is mended", async () => {
    const bench = new Bench({ "t.csv": people });
    await bench.crawl();
    bench.write({ "t.csv": `${people}3\n` });
    const summary = await bench.crawl();
    expect(summary.removed).toEqual(["main.t"]);
    expect(summary.failures.map(({ path }) => path)).toEqual(["t.csv"]);
    bench.write({ "t.csv": `${people}3,eve\n` });
    expect((await bench.crawl()).created).toEqual(["main.t"]);
    expect(bench.catalog.versions("main", "t").map((v) => v.definition?.rowCount ?? null)).toEqual([
      3,
      null,
      2,
    ]);
  });
});

describe("crawls of several paths", () => {
  it("do not touch each other's tables; an equal name gets a suffix with a reason", async () => {
    const bench = new Bench({ "one/people.csv": people, "two/people.csv": "a,b\n1,2\n" });
    await bench.crawl("one");
    const second = await bench.crawl("two");
    expect(second).toMatchObject({ created: ["main.people_2"], removed: [], updated: [] });
    expect(bench.because("people_2", "name")).toBe(
      `people_2, because the name "people" is taken by a table from ${bench.path("one")}`,
    );
    bench.remove("two/people.csv");
    expect((await bench.crawl("two")).removed).toEqual(["main.people_2"]);
    expect(Object.keys(bench.schemas())).toEqual(["people"]);
    bench.write({ "two/people.csv": "a,b\n1,2\n" });
    await bench.crawl("two");
    expect((await bench.crawl("two")).unchanged).toEqual(["main.people_2"]);
  });

  it("of a folder take over the tables of files in it that were crawled alone", async () => {
    const bench = new Bench({ "data/people.csv": people });
    await bench.crawl("data/people.csv");
    bench.write({ "data/orders.csv": people });
    const summary = await bench.crawl("data");
    expect(summary.created).toEqual(["main.orders"]);
    expect(Object.keys(bench.schemas())).toEqual(["orders", "people"]);
  });

  it("of one file in a crawled folder refresh its table", async () => {
    const bench = new Bench({ "data/people.csv": people, "data/orders.csv": people });
    await bench.crawl("data");
    bench.write({ "data/people.csv": `${people}3,eve\n` });
    expect(await bench.crawl("data/people.csv")).toMatchObject({ ...nothing, updated: ["main.people"] });
    expect(bench.catalog.requireTable("people")).toMatchObject({ rowCount: 3, source: bench.path("data") });
  });

  it("of a folder in a crawled folder group as before", async () => {
    const bench = new Bench({ "data/s/a.csv": people, "data/s/b.csv": people });
    await bench.crawl("data");
    bench.write({ "data/s/c.csv": people });
    expect(await bench.crawl("data/s")).toMatchObject({ ...nothing, updated: ["main.s"] });
  });

  it("into several databases are apart", async () => {
    const bench = new Bench({ "people.csv": people });
    await bench.crawl();
    expect((await bench.crawl(".", { database: "shop" })).created).toEqual(["shop.people"]);
    expect(bench.catalog.databases()).toEqual([
      { name: "main", tables: 1 },
      { name: "shop", tables: 1 },
    ]);
  });

  it("leave tables alone that no crawl made", async () => {
    const bench = new Bench({ "people.csv": people });
    const { definition } = await import("../catalog/setup.ts");
    const own = definition("people", { source: null, files: [] });
    bench.catalog.commitTables({ put: [own], remove: [] });
    expect((await bench.crawl()).created).toEqual(["main.people_2"]);
    expect(bench.because("people_2", "name")).toContain("a table that a notebook wrote");
    expect(bench.catalog.table("main", "people")?.source).toBe(null);
  });

  it("are recorded, with their summaries", async () => {
    const bench = new Bench({ "people.csv": people });
    const summary = await bench.crawl();
    expect(bench.catalog.crawls()).toMatchObject([{ state: "succeeded", path: bench.folder, summary }]);
  });
});
