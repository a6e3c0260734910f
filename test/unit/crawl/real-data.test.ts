import { cpSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { openDuckDB } from "../../../kernel/engine/duckdb.ts";
import { scanSql } from "../../../kernel/engine/scan.ts";
import { Bench } from "./setup.ts";

const packages = resolve(import.meta.dirname, "../../../node_modules");

/** Tables whose rows, all read, are not as many as the catalog says. */
async function miscounted(bench: Bench): Promise<string[]> {
  const { instance, connection } = await openDuckDB();
  const wrong: string[] = [];
  for (const table of bench.catalog.tables()) {
    const read = await connection.runAndReadAll(
      `SELECT count(COLUMNS(*)), count(*) FROM (${scanSql(table)})`,
    );
    if (Number(read.getRows()[0]?.at(-1)) !== table.rowCount) wrong.push(table.name);
  }
  connection.closeSync();
  instance.closeSync();
  return wrong;
}

describe("the data sets that npm packages ship", () => {
  it("of Vega are all read, in every format", { timeout: 60_000 }, async () => {
    const bench = new Bench();
    const summary = await bench.crawl(".", { path: resolve(packages, "vega-datasets/data") });
    expect(summary.failures).toEqual([]);
    expect(summary.ignored).toEqual(["7zip.png", "ffox.png", "flights-200k.arrow", "gimp.png"]);
    expect(bench.schemas()).toMatchObject({
      flights_3m: "date TIMESTAMP, delay BIGINT, distance BIGINT, origin VARCHAR, destination VARCHAR",
      flights_200k: "delay BIGINT, distance BIGINT, time DOUBLE",
      zipcodes:
        "zip_code VARCHAR, latitude DOUBLE, longitude DOUBLE, city VARCHAR, state VARCHAR, county VARCHAR",
      seattle_weather:
        "date DATE, precipitation DOUBLE, temp_max DOUBLE, temp_min DOUBLE, wind DOUBLE, weather VARCHAR",
      unemployment: "id BIGINT, rate DOUBLE",
    });
    expect(bench.catalog.requireTable("flights_3m").rowCount).toBe(3_000_000);
    expect(await miscounted(bench)).toEqual([]);
  });

  it("of Observable are all read, with the header each has", async () => {
    const bench = new Bench();
    cpSync(resolve(packages, "@observablehq/sample-datasets"), bench.folder, { recursive: true });
    const summary = await bench.crawl();
    expect(summary.failures).toEqual([]);
    const csv = bench.catalog.tables().filter((table) => table.format === "csv");
    expect(csv.length).toBeGreaterThan(8);
    expect(csv.map((table) => table.options.header)).not.toContain(false);
    expect(bench.schemas().pizza).toContain("order_date TIMESTAMP WITH TIME ZONE");
    expect(await miscounted(bench)).toEqual([]);
  });
});
