import { describe, expect, it } from "vitest";
import { Bench, gzip, parquet } from "./setup.ts";

describe("a CSV file", () => {
  it.each([
    ["commas", "a,b\n1,x\n2,y\n"],
    ["semicolons", "a;b\n1;x\n2;y\n"],
    ["pipes", "a|b\n1|x\n2|y\n"],
    ["Ctrl-A", "a\u0001b\n1\u0001x\n2\u0001y\n"],
    ["tabs", "a\tb\n1\tx\n2\ty\n"],
    ["CR LF", "a,b\r\n1,x\r\n2,y\r\n"],
    ["a byte order mark", "\uFEFFa,b\n1,x\n2,y\n"],
    ["no last line break", "a,b\n1,x\n2,y"],
    ["quotes", '"a","b"\n"1","x"\n"2","y"\n'],
    ["comments and blank lines before it", "# from the till\n\na,b\n1,x\n2,y\n"],
  ])("with %s is read", async (_, text) => {
    const bench = new Bench({ "t.csv": text });
    await bench.crawl();
    expect(bench.schemas()).toEqual({ t: "a BIGINT, b VARCHAR" });
    expect(await bench.rows("t")).toEqual([
      { a: "1", b: "x" },
      { a: "2", b: "y" },
    ]);
  });

  it("keeps delimiters, quotes and line breaks inside quotes, also when the sample has none", async () => {
    const plain = Array.from({ length: 25_000 }, (_, i) => `${i},plain\n`).join("");
    const bench = new Bench({ "t.csv": `id,note\n${plain}25000,"a ""b"", c\nd"\n` });
    await bench.crawl();
    const rows = await bench.rows("t");
    expect(rows.at(-1)).toEqual({ id: "25000", note: 'a "b", c\nd' });
  });

  it("gets types, each with a reason", async () => {
    const bench = new Bench({
      "t.csv": [
        "n,x,day,at,clock,flag,word,none",
        "1,1.5,2024-01-02,2024-01-02 10:00:00,10:00:00,true,ab,",
        "2,2,2024-01-03,2024-01-03 10:00:00,11:00:00,false,cd,",
      ].join("\n"),
    });
    await bench.crawl();
    expect(bench.schemas().t).toBe(
      "n BIGINT, x DOUBLE, day DATE, at TIMESTAMP, clock TIME, flag BOOLEAN, word VARCHAR, none VARCHAR",
    );
    expect(bench.because("t", "column x")).toBe("DOUBLE, because all 2 sampled values parse as numbers");
    expect(bench.because("t", "column word")).toBe('VARCHAR, because values such as "ab" are text');
    expect(bench.because("t", "column none")).toBe("VARCHAR, because the sample has no value in it");
    expect(bench.because("t", "format")).toBe(
      "csv, because content is text with 8 columns; extension agrees",
    );
    expect(bench.because("t", "delimiter")).toBe(
      "comma, because it splits all 3 sampled records into 8 fields",
    );
  });
});

describe("the values of a CSV file", () => {
  it("keep the digits of codes and of numbers too long for a number type", async () => {
    const bench = new Bench({
      "t.csv": "zip,card\n00501,12345678901234567890\n12345,12345678901234567891\n",
    });
    await bench.crawl();
    expect(bench.schemas().t).toBe("zip VARCHAR, card VARCHAR");
    expect(bench.because("t", "column zip")).toContain('"00501" begin with a zero');
    expect(bench.because("t", "column card")).toContain("more digits than a number type keeps");
    expect((await bench.rows("t"))[0]).toEqual({ zip: "00501", card: "12345678901234567890" });
  });

  it("that are dates, but not ISO, are read with their format", async () => {
    const bench = new Bench({ "t.csv": "day,n\n31/12/2024,1\n01/02/2024,2\n" });
    await bench.crawl();
    expect(bench.because("t", "date format")).toContain("%d/%m/%Y, because all sampled dates parse so");
    expect((await bench.rows("t"))[1]).toEqual({ day: "2024-02-01", n: "2" });
  });

  it.each([
    ["latin-1", Buffer.from("drink,n\ncafé,1\nmaté,2\n", "latin1"), "stand singly"],
    ["utf-16", Buffer.from("\uFEFFdrink,n\ncafé,1\nmaté,2\n", "utf16le"), "byte order mark"],
  ])("in %s are read, and the reason says so", async (encoding, bytes, because) => {
    const bench = new Bench({ "t.csv": bytes });
    await bench.crawl();
    expect(await bench.rows("t")).toEqual([
      { drink: "café", n: "1" },
      { drink: "maté", n: "2" },
    ]);
    expect(bench.because("t", "encoding")).toContain(`${encoding}, because`);
    expect(bench.because("t", "encoding")).toContain(because);
  });
});

describe("a CSV file of another kind", () => {
  it.each(["t.csv.gz", "t.tsv.gz", "t.csv"])("in gzip named %s is read", async (name) => {
    const bench = new Bench({ [name]: gzip("a,b\n1,x\n") });
    await bench.crawl();
    expect(bench.schemas()).toEqual({ t: "a BIGINT, b VARCHAR" });
    expect(await bench.rows("t")).toEqual([{ a: "1", b: "x" }]);
  });

  it("of one column, or of a header alone, is a table", async () => {
    const bench = new Bench({ "one.csv": "name\nann\nbob\n", "header.csv": "a,b\n" });
    await bench.crawl();
    expect(bench.schemas()).toEqual({ one: "name VARCHAR", header: "a VARCHAR, b VARCHAR" });
    expect(bench.catalog.requireTable("header").rowCount).toBe(0);
  });

  it("of 1,500 columns is read in good time, and each column gets its own type", async () => {
    const kinds = ["BIGINT", "VARCHAR", "DATE"];
    const row = (values: readonly string[]) =>
      Array.from({ length: 1500 }, (_, i) => values[i % 3]).join(",");
    const names = Array.from({ length: 1500 }, (_, i) => `c${i}`).join(",");
    const bench = new Bench({
      "wide.csv": `${names}\n${row(["7", "x", "2024-01-02"])}\n${row(["8", "y", ""])}\n`,
    });
    const { ms } = await bench.crawl();
    expect(ms).toBeLessThan(15_000);
    const { columns, rowCount } = bench.catalog.requireTable("wide");
    expect(rowCount).toBe(2);
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual(
      Array.from({ length: 1500 }, (_, i) => `c${i} ${kinds[i % 3]}`),
    );
  });

  it("is read whatever characters its path has", async () => {
    const bench = new Bench({ "a[1] it's *?.csv": "a,b\n1,x\n", "año/ünï.csv": "c,d\n1,x\n" });
    await bench.crawl();
    expect(bench.schemas()).toEqual({ a_1_it_s: "a BIGINT, b VARCHAR", ünï: "c BIGINT, d VARCHAR" });
    expect(await bench.rows("a_1_it_s")).toHaveLength(1);
  });
});

describe("what a plain cast would lose beyond the sample", () => {
  const beyond = (value: string, last: string) =>
    `id,v\n${Array.from({ length: 21_000 }, (_, i) => `${i},${value}\n`).join("")}21000,${last}\n`;

  it.each([
    ["the time of a date", "2024-01-02", "2024-01-02 10:30:00", "TIMESTAMP"],
    ["the offset of a time", "2024-01-02 10:00:00", "2024-01-02 10:00:00+02", "VARCHAR"],
    ["the zeros of a code", "10115", "00501", "VARCHAR"],
    ["digits of a long number", "1", "12345678901234567890", "VARCHAR"],
    ["the word for a truth value", "true", "maybe", "VARCHAR"],
  ])("%s is kept", async (_, value, last, type) => {
    const bench = new Bench({ "t.csv": beyond(value, last) });
    await bench.crawl();
    expect(bench.schemas().t).toBe(`id BIGINT, v ${type}`);
    expect(bench.because("t", "column v")).toContain(`line 21,002 has "${last}"`);
  });
});

describe("a value that does not fit the sampled type", () => {
  const rows = (last: string) =>
    `id,price\n${Array.from({ length: 30_000 }, (_, i) => `${i},${i}\n`).join("")}${last}\n`;

  it("widens its column to text, and the reason names line and value", async () => {
    const bench = new Bench({ "t.csv": rows("30000,n/a") });
    await bench.crawl();
    expect(bench.schemas().t).toBe("id BIGINT, price VARCHAR");
    expect(bench.because("t", "column price")).toBe(
      'VARCHAR, because line 30,002 has "n/a", which is no BIGINT as the values before it are',
    );
    expect(bench.catalog.requireTable("t").rowCount).toBe(30_001);
    expect((await bench.rows("t")).at(-1)).toEqual({ id: "30000", price: "n/a" });
  });

  it("that is a fraction among whole numbers makes the column DOUBLE", async () => {
    const bench = new Bench({ "t.csv": rows("30000,1.5") });
    await bench.crawl();
    expect(bench.schemas().t).toBe("id BIGINT, price DOUBLE");
  });

  it("widens as many columns as need it", async () => {
    const bench = new Bench({ "t.csv": rows("x,1.5\n1,y") });
    await bench.crawl();
    expect(bench.schemas().t).toBe("id VARCHAR, price VARCHAR");
    expect(bench.catalog.requireTable("t").rowCount).toBe(30_002);
  });
});

describe("a JSON file", () => {
  it.each([
    ["t.json", '[{"a":1,"b":"x"},{"a":2,"b":"y"}]'],
    ["t.json", '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'],
    ["t.ndjson", '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'],
    ["t.jsonl.gz", gzip('{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n')],
    ["t.json.gz", gzip('[{"a":1,"b":"x"},{"a":2,"b":"y"}]')],
    ["t.json", '{\n  "a": 1,\n  "b": "x"\n}\n{\n  "a": 2,\n  "b": "y"\n}\n'],
    ["t.csv", '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'],
    ["t.log", '{"a":1,"b":"x"}\n{"a":2,"b":"y"}\n'],
  ])("%s with %j is read by its content", async (name, content) => {
    const bench = new Bench({ [name]: content });
    await bench.crawl();
    expect(bench.schemas()).toEqual({ t: "a BIGINT, b VARCHAR" });
    expect(await bench.rows("t")).toEqual([
      { a: "1", b: "x" },
      { a: "2", b: "y" },
    ]);
  });

  it("of one object is one row, nested types and all", async () => {
    const bench = new Bench({ "t.json": '{"a":{"x":[1,2],"y":{"z":"2024-01-02"}},"b":null}' });
    await bench.crawl();
    expect(bench.schemas().t).toBe("a STRUCT(x BIGINT[], y STRUCT(z DATE)), b JSON");
    expect(await bench.rows("t")).toHaveLength(1);
  });

  it("of plain values is one column", async () => {
    const bench = new Bench({ "t.json": "[1, -2, 3]" });
    await bench.crawl();
    expect(bench.schemas()).toEqual({ t: "json BIGINT" });
    expect((await bench.rows("t")).map((row) => row.json)).toEqual(["1", "-2", "3"]);
  });

  it("whose values are numbers here and text there is text", async () => {
    const bench = new Bench({ "t.json": '[{"title":"Up"},{"title":300}]' });
    await bench.crawl();
    expect(bench.schemas().t).toBe("title VARCHAR");
    expect(bench.because("t", "column title")).toContain("several kinds");
    expect(await bench.rows("t")).toEqual([{ title: "Up" }, { title: "300" }]);
  });
});

describe("a Parquet file", () => {
  it.each(["t.parquet", "t.pq", "t.csv", "t.bin"])("named %s is read by its content", async (name) => {
    const bench = new Bench({ [name]: await parquet("SELECT 1::INTEGER AS a, 'x' AS b, [1.5] AS c") });
    await bench.crawl();
    expect(bench.schemas().t).toBe("a INTEGER, b VARCHAR, c DECIMAL(2,1)[]");
    expect(bench.catalog.requireTable("t").rowCount).toBe(1);
    expect(await bench.rows("t")).toEqual(
      [{ a: 1, b: "x", c: [1.5] }].map((row) => expect.objectContaining({ a: row.a })),
    );
  });
});
