import { describe, expect, it } from "vitest";
import { Bench } from "./setup.ts";

describe("the header of a CSV file", () => {
  it.each([
    [
      "typed rows below text",
      "name,cups\nann,1\nbob,2\n",
      "yes, because row 2 parses as BIGINT in column cups where row 1 is text",
    ],
    [
      "a date below text",
      "who,day\nann,2024-01-02\n",
      "yes, because row 2 parses as DATE in column day where row 1 is text",
    ],
    [
      "numbers from the first row on",
      "ann,1\nbob,2\n",
      'no, because row 1 has the value "1", which parses as BIGINT like the rows below it',
    ],
    ["nothing but numbers", "1,2\n3,4\n5,6\n", 'no, because row 1 has the value "1"'],
    [
      "nothing but text",
      "name,city\nann,berlin\nbob,paris\n",
      "yes, because all columns are text, and row 1 has distinct short names",
    ],
    [
      "text that comes again",
      "red,up\nblue,down\nred,down\n",
      'no, because all columns are text, and "red" of row 1 comes again',
    ],
    [
      "the same text twice",
      "x,x\na,b\n",
      "no, because all columns are text, and row 1 has the same text twice",
    ],
    ["years", "country,2019,2020,2021\nde,1,2,3\nfr,4,5,6\n", "yes, because row 1 counts years up"],
    ["gaps in typed columns", "a,b\n,1\n2,\n", "yes, because row 2 parses as BIGINT in column a"],
    ["one row of names", "a,b\n", "yes, because all columns are text"],
    ["one row of values", "1,2024-01-02\n", "no, because"],
  ])("with %s", async (_, text, expected) => {
    const bench = new Bench({ "t.csv": text });
    await bench.crawl();
    expect(bench.because("t", "header")).toContain(expected);
    const lines = text.trim().split("\n").length;
    const { rowCount } = bench.catalog.requireTable("t");
    expect(rowCount).toBe(expected.startsWith("yes") ? lines - 1 : lines);
    expect(await bench.rows("t")).toHaveLength(rowCount ?? -1);
  });

  it("is refused to Glue's all-text files, ours keep their names", async () => {
    const bench = new Bench({ "t.csv": "first,last\nAda,Lovelace\nGrace,Hopper\n" });
    await bench.crawl();
    expect(bench.schemas().t).toBe("first VARCHAR, last VARCHAR");
  });
});
