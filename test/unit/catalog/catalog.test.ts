import { describe, expect, it } from "vitest";
import { failureText, UserError } from "../../../kernel/notebook/errors.ts";
import { catalogAt, definition, temporaryFolder } from "./setup.ts";

const put = (...tables: ReturnType<typeof definition>[]) => ({ put: tables, remove: [] });

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof UserError) return failureText(thrown.failure);
    throw thrown;
  }
  throw new Error("did not throw");
}

describe("tables", () => {
  it("come back as they were put, with a version and a time", () => {
    const catalog = catalogAt(temporaryFolder());
    const sales = definition("sales");
    catalog.commitTables(put(sales));
    const { version, updatedAt, ...rest } = catalog.requireTable("sales");
    const { version: _, updatedAt: __, ...expected } = sales;
    expect(rest).toEqual(expected);
    expect(version).toBe(1);
    expect(Date.parse(updatedAt)).toBeGreaterThan(Date.now() - 60_000);
  });

  it("survive closing and opening", () => {
    const folder = temporaryFolder();
    const first = catalogAt(folder);
    first.commitTables(put(definition("sales")));
    const before = first.tables();
    first.close();
    expect(catalogAt(folder).tables()).toEqual(before);
  });

  it("keep old versions, also after removal, and never repeat a version number", () => {
    const catalog = catalogAt(temporaryFolder());
    catalog.commitTables(put(definition("sales", { rowCount: 1 })));
    catalog.commitTables(put(definition("sales", { rowCount: 2 })));
    catalog.commitTables({ put: [], remove: [{ database: "main", name: "sales" }] });
    catalog.commitTables(put(definition("sales", { rowCount: 3 })));
    const versions = catalog.versions("main", "sales");
    expect(versions.map((v) => [v.version, v.definition?.rowCount ?? null])).toEqual([
      [4, 3],
      [3, null],
      [2, 2],
      [1, 1],
    ]);
  });

  it("that are put unchanged make no new version", () => {
    const catalog = catalogAt(temporaryFolder());
    catalog.commitTables(put(definition("sales")));
    catalog.commitTables(put(definition("sales")));
    expect(catalog.versions("main", "sales")).toHaveLength(1);
  });
});

describe("a change of tables", () => {
  it("is committed all or none", () => {
    const catalog = catalogAt(temporaryFolder());
    catalog.commitTables(put(definition("old")));
    const cyclic: Record<string, string> = {};
    Object.defineProperty(cyclic, "bad", {
      enumerable: true,
      get: () => {
        throw new Error("boom");
      },
    });
    const broken = { ...definition("broken"), options: cyclic };
    expect(() =>
      catalog.commitTables({ put: [definition("new"), broken], remove: [{ database: "main", name: "old" }] }),
    ).toThrow("boom");
    expect(catalog.tables().map((t) => t.name)).toEqual(["old"]);
    expect(catalog.search("new", 10)).toEqual([]);
  });

  it("takes names as one whatever the case of letters, as in SQL", () => {
    const catalog = catalogAt(temporaryFolder());
    catalog.commitTables(put(definition("Sales")));
    catalog.commitTables(put(definition("sales", { rowCount: 7 })));
    expect(catalog.tables().map((t) => t.name)).toEqual(["sales"]);
    expect(catalog.table("MAIN", "SALES")?.rowCount).toBe(7);
  });

  it("shows in the list of databases", () => {
    const catalog = catalogAt(temporaryFolder());
    catalog.commitTables(put(definition("a"), definition("b"), definition("a", { database: "shop" })));
    expect(catalog.databases()).toEqual([
      { name: "main", tables: 2 },
      { name: "shop", tables: 1 },
    ]);
  });
});

describe("the cached list of tables", () => {
  it("is the same object until something changes", () => {
    const catalog = catalogAt(temporaryFolder());
    catalog.commitTables(put(definition("a")));
    expect(catalog.tables()).toBe(catalog.tables());
  });

  it("changes version with each commit, also one of another connection", () => {
    const folder = temporaryFolder();
    const mine = catalogAt(folder);
    const other = catalogAt(folder);
    const seen = new Set([mine.version()]);
    mine.commitTables(put(definition("a")));
    seen.add(mine.version());
    other.commitTables(put(definition("b")));
    seen.add(mine.version());
    expect(seen.size).toBe(3);
    expect(mine.tables().map((t) => t.name)).toEqual(["a", "b"]);
    expect(mine.version()).toBe(mine.version());
  });
});

describe("a reference to a table", () => {
  const catalog = () => {
    const made = catalogAt(temporaryFolder());
    made.commitTables(
      put(
        definition("sales", { database: "shop" }),
        definition("people", { database: "shop" }),
        definition("people", { database: "club" }),
      ),
    );
    return made;
  };

  it.each(["sales", "shop.sales", 'shop."sales"', "SHOP.Sales", " sales "])("may be written %j", (ref) => {
    expect(catalog().requireTable(ref).name).toBe("sales");
  });

  it.each([
    ["shop.sale", 'table "sale" not found in database "shop"; did you mean "sales"?'],
    ["sale", 'table "sale" not found in the catalog; did you mean "sales"?'],
    ["shp.sales", 'database "shp" not found; did you mean "shop"?'],
    ["club.zzzzzz", 'table "zzzzzz" not found in database "club"; there is "people"'],
    ["people", 'table "people" is in databases "club" and "shop"; write "club.people" or "shop.people"'],
  ])("%j that means none or several is told so", (ref, message) => {
    expect(messageOf(() => catalog().requireTable(ref))).toBe(message);
  });

  it("in an empty catalog says how to add data", () => {
    expect(messageOf(() => catalogAt(temporaryFolder()).requireTable("x"))).toContain("percolate crawl PATH");
  });
});

describe("search", () => {
  const column = (name: string) => ({ name, type: "VARCHAR", partition: false });
  const catalog = () => {
    const made = catalogAt(temporaryFolder());
    made.commitTables(
      put(
        definition("customer_link", { columns: [column("id")] }),
        definition("orders", { columns: [column("newCustomerId"), column("Größe")] }),
        definition("xxlinkyy", { columns: [column("a")] }),
      ),
    );
    return made;
  };
  const names = (text: string) =>
    catalog()
      .search(text, 10)
      .map((hit) => hit.name);

  it("finds words of names and columns by their beginning, names first", () => {
    expect(names("cust")).toEqual(["customer_link", "orders"]);
    expect(names("link")).toEqual(["customer_link"]);
    expect(names("customer link")).toEqual(["customer_link"]);
    expect(names("grosse")).toEqual([]);
    expect(names("große")).toEqual(["orders"]);
    expect(names("GRÖSSE")).toEqual([]);
  });

  it("names the columns that match", () => {
    expect(catalog().search("customer", 10)[1]).toEqual({
      database: "main",
      name: "orders",
      columns: ["newCustomerId"],
    });
  });

  it.each(["", "  ", '"', "*", "NOT", "a OR", "(", "co:l", "'; DROP TABLE tables; --"])(
    "takes %j as plain text",
    (text) => {
      expect(() => catalog().search(text, 10)).not.toThrow();
    },
  );

  it("forgets removed tables and obeys the limit", () => {
    const made = catalog();
    expect(made.search("c", 1)).toHaveLength(1);
    made.commitTables({ put: [], remove: [{ database: "main", name: "customer_link" }] });
    expect(made.search("link", 10)).toEqual([]);
  });
});

describe("crawl records", () => {
  it("are listed latest first and replaced by id", () => {
    const catalog = catalogAt(temporaryFolder());
    const record = (id: string, startedAt: string, state: "running" | "cancelled") => ({
      id,
      path: "/d",
      database: "main",
      state,
      startedAt,
      endedAt: null,
      summary: null,
      failure: null,
    });
    catalog.recordCrawl(record("a", "2026-01-01", "running"));
    catalog.recordCrawl(record("b", "2026-01-02", "running"));
    catalog.recordCrawl(record("a", "2026-01-01", "cancelled"));
    expect(catalog.crawls().map((c) => [c.id, c.state])).toEqual([
      ["b", "running"],
      ["a", "cancelled"],
    ]);
  });
});
