import { fromArrow, from as fromRows } from "arquero";
import * as d3 from "d3";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { isQueryResult, type QueryResult, tableFromArrow } from "../../../kernel/notebook/table.ts";
import { engineOver, read } from "./catalog.ts";

const SQL = `SELECT i AS n, CASE WHEN i % 5 = 0 THEN NULL ELSE i / 2 END AS half, ['red', 'green', 'blue'][i % 3 + 1] AS color,
  TIMESTAMP '2024-01-01' + to_hours(i) AS t, DATE '2024-01-01' + i::INT AS day, i % 2 = 0 AS even FROM range(1000) t(i)`;

const sample = async (sql = SQL): Promise<QueryResult> => read((await engineOver()).query(sql));

async function plot() {
  const { document } = parseHTML("<html><body></body></html>");
  const Plot = await import("@observablehq/plot");
  return { Plot, document: document as unknown as Document };
}

test("rows are read by index, in loops, by spreading and by array methods", async () => {
  const rows = await sample();
  expect(rows.length).toBe(1000);
  expect(rows[0]).toEqual({
    n: 0,
    half: null,
    color: "red",
    t: new Date("2024-01-01"),
    day: new Date("2024-01-01"),
    even: true,
  });
  expect(rows[999]?.n).toBe(999);
  expect(rows[1000]).toBeUndefined();
  expect(rows.at(-1)?.n).toBe(999);
  expect(rows.at(-1001)).toBeUndefined();
  expect([...rows].length).toBe(1000);
  expect(Array.from(rows)[500]).toEqual(rows[500]);
  expect(rows.map((row, i) => (row.n as number) + i)[998]).toBe(1996);
  expect(rows.flatMap((row) => (row.even ? [row.n, row.n] : [])).slice(0, 4)).toEqual([0, 0, 2, 2]);
  expect(rows.filter((row) => row.even).length).toBe(500);
  expect(rows.reduce((sum, row) => sum + (row.n as number), 0)).toBe(499500);
  expect(rows.slice(997).map((row) => row.n)).toEqual([997, 998, 999]);
  expect(rows.slice(-3, -1).map((row) => row.n)).toEqual([997, 998]);
  expect(rows.slice(0, 999).length).toBe(999);
  expect(rows.find((row) => row.n === 700)).toEqual(rows[700]);
  expect(rows.findIndex((row) => row.n === 700)).toBe(700);
  expect(rows.some((row) => row.n === 999)).toBe(true);
  expect(rows.every((row) => (row.n as number) >= 0)).toBe(true);
  expect(rows.sort((a, b) => (b.n as number) - (a.n as number))[0]?.n).toBe(999);
  expect(rows[0]?.n).toBe(0);
  expect([...rows.entries()][3]?.[0]).toBe(3);
  const seen: unknown[] = [];
  rows.forEach((row) => {
    seen.push(row.n);
  });
  expect(seen.length).toBe(1000);
});

test("rows are plain objects: they spread, clone and serialise", async () => {
  const rows = await sample("SELECT 1 AS a, [1, 2] AS l, {x: 1} AS s, 9223372036854775807 AS b");
  expect({ ...rows[0], c: 3 }).toEqual({ a: 1, l: [1, 2], s: { x: 1 }, b: 2n ** 63n - 1n, c: 3 });
  expect(structuredClone(rows[0])).toEqual(rows[0]);
  expect(JSON.stringify(rows)).toBe('[{"a":1,"l":[1,2],"s":{"x":1},"b":"9223372036854775807"}]');
});

test("columns come with name and type, and say their name as text", async () => {
  const rows = await sample("SELECT 1 AS a, 'x' AS b");
  expect(rows.columns).toEqual([
    { name: "a", type: "INTEGER" },
    { name: "b", type: "VARCHAR" },
  ]);
  expect(`${rows.columns}`).toBe("a,b");
  expect(isQueryResult(rows)).toBe(true);
  expect([isQueryResult([]), isQueryResult(null), isQueryResult({ columns: [] })]).toEqual([
    false,
    false,
    false,
  ]);
});

test("the bytes make the same rows elsewhere, wherever they lie", async () => {
  const rows = await sample();
  const shifted = new Uint8Array(rows.bytes.length + 3).subarray(3);
  shifted.set(rows.bytes);
  expect(tableFromArrow(shifted).toArray()).toEqual(rows.toArray());
  expect(() => tableFromArrow(Uint8Array.of(1, 2, 3))).toThrow(/no Arrow table/);
  expect(() => tableFromArrow(new Uint8Array(0))).toThrow(/no Arrow table/);
});

test("a statement without rows gives an empty result of no columns", async () => {
  const rows = await sample("SELECT 1; CREATE TABLE t (a INTEGER)");
  expect([rows.length, rows.columns, [...rows], JSON.stringify(rows)]).toEqual([0, [], [], "[]"]);
});

test("d3 takes the rows as they are", async () => {
  const rows = await sample();
  expect(d3.max(rows, (d) => d.n as number)).toBe(999);
  expect(d3.mean(rows, (d) => d.half as number)).toBeCloseTo(250);
  expect(d3.extent(rows, (d) => d.t as Date)[0]).toEqual(new Date("2024-01-01"));
  expect(d3.group(rows, (d) => d.color).get("green")?.length).toBe(333);
  expect(
    d3
      .rollup(
        rows,
        (v) => v.length,
        (d) => d.even,
      )
      .get(true),
  ).toBe(500);
  expect(d3.sort(rows, (d) => -(d.n as number))[0]?.n).toBe(999);
  expect(d3.bin().value((d) => (d as unknown as { n: number }).n)(rows as never).length).toBeGreaterThan(5);
});

test("Arquero takes it as Arrow and as rows", async () => {
  const rows = await sample();
  expect(
    fromRows(rows as never)
      .rollup({ m: "d => op.mean(d.n)" } as never)
      .get("m", 0),
  ).toBeDefined();
  const table = fromArrow(rows as never);
  expect(table.numRows()).toBe(1000);
  expect(table.get("t", 1)).toEqual(new Date("2024-01-01T01:00:00Z"));
  expect(table.groupby("color").count().objects()).toEqual([
    { color: "red", count: 334 },
    { color: "green", count: 333 },
    { color: "blue", count: 333 },
  ]);
});

test("Plot takes it as an Arrow table: numbers, nulls, text and dates", async () => {
  const { Plot, document } = await plot();
  const rows = await sample();
  const chart = Plot.plot({
    document,
    color: { legend: false },
    marks: [
      Plot.dot(rows as never, { x: "t", y: "half", fill: "color" }),
      Plot.lineY(rows as never, { x: "day", y: "n" }),
    ],
  });
  expect(chart.querySelectorAll("circle").length).toBe(800);
  expect((chart as unknown as { scale(name: string): { type: string } }).scale("x").type).toBe("utc");
  expect(chart.querySelectorAll("path").length).toBeGreaterThan(0);
});

test("Plot groups, bins, stacks, facets and calls functions over it", async () => {
  const { Plot, document } = await plot();
  const rows = (await sample()) as never;
  const count = (mark: unknown, selector: string, options = {}) =>
    Plot.plot({ document, marks: [mark as never], ...options }).querySelectorAll(selector).length;
  expect(count(Plot.barY(rows, Plot.groupX({ y: "count" }, { x: "color" })), "g[aria-label=bar] rect")).toBe(
    3,
  );
  expect(
    count(Plot.rectY(rows, Plot.binX({ y: "mean" }, { x: "t", y: "n" } as never)), "g[aria-label=rect] rect"),
  ).toBeGreaterThan(3);
  expect(count(Plot.dot(rows, { x: (d: { n: number }) => d.n * 2, y: "n" } as never), "circle")).toBe(1000);
  expect(count(Plot.dot(rows, { x: "n", y: "n", fx: "color" }), "circle")).toBe(1000);
  expect(
    count(Plot.barX(rows, { x: "n", y: "color", fill: "even" } as never), "g[aria-label=bar] rect"),
  ).toBe(1000);
  expect(
    count(Plot.tickX(rows, { x: "n", filter: "even", sort: "n" } as never), "g[aria-label=tick] line"),
  ).toBe(500);
});

test("Inputs.table shows it with its columns, dates as dates", async () => {
  const { window } = parseHTML("<html><body></body></html>");
  const globals = globalThis as unknown as Record<string, unknown>;
  const names = ["document", "Node", "NodeList", "HTMLCollection", "Event", "HTMLElement", "Element"];
  const before = names.map((name) => globals[name]);
  for (const name of names) globals[name] = (window as unknown as Record<string, unknown>)[name] ?? class {};
  try {
    const Inputs = await import("@observablehq/inputs" as string);
    const form = Inputs.table(await sample(), { rows: 5 }) as Element;
    expect([...form.querySelectorAll("th")].slice(1).map((th) => th.textContent)).toEqual([
      "n",
      "half",
      "color",
      "t",
      "day",
      "even",
    ]);
    expect(form.querySelector("tbody tr")?.textContent).toContain("2024-01-01");
    expect(form.querySelector("tbody tr")?.textContent).toContain("red");
  } finally {
    names.forEach((name, i) => {
      globals[name] = before[i];
    });
  }
});

test("a million rows of three columns are there at once, and looking at some decodes only those", async () => {
  const engine = await engineOver();
  const result = await engine.query("SELECT i, i / 3 AS x, 'text ' || i AS s FROM range(1000000) t(i)");
  const bytes = await result.arrow();
  let least = Infinity;
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    const rows = tableFromArrow(bytes);
    const some = [
      rows[999_999]?.s,
      rows.at(-2)?.i,
      rows.slice(5, 7).length,
      rows.find((row) => row.i === 20)?.s,
    ];
    least = Math.min(least, performance.now() - start);
    expect(some).toEqual(["text 999999", 999_998, 2, "text 20"]);
  }
  expect(least).toBeLessThan(50);
});
