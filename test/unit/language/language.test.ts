import { expect, test } from "vitest";
import { desk } from "./start.ts";

test("a name of another cell has its type there: promises awaited, generators and inputs followed", async () => {
  const notebook = await desk();
  const upstream = [
    "const rows = Promise.resolve([{cups: 3, day: 'mon'}]);",
    "const n = view(Inputs.range([0, 10]));",
    "const ticks = (function* () { yield {left: 1}; })();",
    "class Shop { open = true }",
    "interface Cup { sugar: number }",
  ];
  expect(await notebook.labels(...upstream, "rows[0].|")).toEqual(["cups", "day"]);
  expect(await notebook.labels(...upstream, "n.toF|")).toContain("toFixed");
  expect(await notebook.labels(...upstream, "ticks.|")).toEqual(["left"]);
  expect(await notebook.labels(...upstream, "new Shop().|")).toEqual(["open"]);
  expect(await notebook.labels(...upstream, "const c: Cup = null as any; c.|")).toEqual(["sugar"]);
});

test("names of other cells are offered before they are used", async () => {
  const notebook = await desk();
  const labels = await notebook.labels("const flights = [1]", "fli|");
  expect(labels).toContain("flights");
  expect(labels.filter((label) => label.includes("cell-"))).toEqual([]);
});

test("a SQL cell's rows have the columns of its query, and table() those of the catalog", async () => {
  const notebook = await desk();
  const sql = { mode: "sql", output: "rows", source: "SELECT i AS cups, 'a' AS place FROM range(${n}) t(i)" };
  notebook.write("const n = 3", sql, "rows[0].nothing");
  expect(await notebook.underlined(3, 1)).toEqual(["nothing"]);
  expect(await notebook.labels("const n = 3", sql, "rows[0].|")).toEqual(["cups", "place"]);
  expect(await notebook.labels("(await table('coffees'))[0].|")).toEqual(["cups", "day"]);
});

test("options of charts and tables are completed with the columns of their data", async () => {
  const notebook = await desk();
  const rows = "const rows = [{cups: 3, day: 'mon'}]";
  expect(await notebook.labels(rows, 'Plot.plot({marks: [Plot.dot(rows, {x: "|"})]})')).toEqual([
    "cups",
    "day",
  ]);
  expect(
    await notebook.labels(
      rows,
      "Plot.barY(rows.filter((d) => d.cups), Plot.groupX({y: 'count'}, {x: 'da|'}))",
    ),
  ).toEqual(["cups", "day"]);
  expect(await notebook.labels(rows, 'const s = {x: "|"}')).toEqual([]);
});

test("SQL is completed with the catalog, its holes with code, and text not at all", async () => {
  const notebook = await desk();
  const sql = (source: string) => ({ mode: "sql", source });
  expect((await notebook.labels(sql("SELECT | FROM coffees"))).slice(0, 2)).toEqual(["cups", "day"]);
  expect(await notebook.labels(sql("SELECT date_tr|"))).toEqual(["date_trunc"]);
  expect(
    await notebook.labels("const least = 2", sql("SELECT * FROM coffees WHERE cups > ${lea|}")),
  ).toContain("least");
  expect(await notebook.labels({ mode: "md", source: "Some tex|t" })).toEqual([]);
});

test("mistakes across cells are underlined where they are, and gone when they are mended", async () => {
  const notebook = await desk({ "notebooks/lib.ts": "export const double = (n: number) => n * 2;" });
  notebook.write('import {double} from "./lib.ts";', "const x = 'text'", "double(x)", {
    mode: "md",
    source: "It is ${x.nope}.",
  });
  expect(await notebook.underlined(3, 1)).toEqual(["x"]);
  expect(await notebook.underlined(4, 1)).toEqual(["nope"]);
  notebook.write('import {double} from "./lib.ts";', "const x = 1", "double(x)", {
    mode: "md",
    source: "It is ${x.toFixed()}.",
  });
  expect(await notebook.underlined(3, 0)).toEqual([]);
  expect(await notebook.underlined(4, 0)).toEqual([]);
});

test("SQL of a notebook that is not trusted is not shown to the engine until it is", async () => {
  const notebook = await desk();
  const cells = [{ mode: "sql", output: "rows", source: "SELECT 1 AS cups" }, "rows[0].nothing"] as const;
  notebook.trusted = false;
  notebook.write(...cells, "nobody");
  expect(await notebook.underlined(3, 1)).toEqual(["nobody"]);
  expect(notebook.problems.get(2) ?? []).toEqual([]);
  notebook.trusted = true;
  notebook.write(...cells, "nobody");
  expect(await notebook.underlined(2, 1)).toEqual(["nothing"]);
});

test("SQL mistakes are found before anything runs, under the wrong word", async () => {
  const notebook = await desk();
  notebook.write("const n = 3", { mode: "sql", source: "SELECT i,\n  wrong + ${n}\nFROM range(3) t(i)" });
  expect(await notebook.underlined(2, 1)).toEqual(["wrong"]);
});

test("hover, signature and definition tell of other cells", async () => {
  const notebook = await desk();
  const first = "/** How many. */\nfunction add(a: number, b = 2) { return a + b; }";
  expect(await notebook.ask("hover", first, "ad|d(1)")).toMatchObject({
    text: expect.stringContaining("How many"),
  });
  expect(await notebook.ask("signature", first, "add(1, |)")).toMatchObject({
    label: "add(a: number, b?: number): number",
  });
  expect(await notebook.ask("definition", first, "a|dd(1)")).toEqual({ cell: 1, from: 26, to: 29 });
});

test("a name is renamed in all cells, in code, SQL and text", async () => {
  const notebook = await desk();
  const cells = [
    "const n| = 1;",
    { mode: "sql", source: "SELECT ${n} AS n" },
    { mode: "md", source: "n is ${n + 1}" },
    "const shown = {n}; ((n) => n)(2)",
  ] as const;
  expect(await notebook.ask("references", ...cells)).toEqual([
    { cell: 1, from: 6, to: 7 },
    { cell: 2, from: 9, to: 10 },
    { cell: 3, from: 7, to: 8 },
    { cell: 4, from: 15, to: 16 },
  ]);
  const edits = [
    { cell: 1, from: 6, to: 7, insert: "count" },
    { cell: 2, from: 9, to: 10, insert: "count" },
    { cell: 3, from: 7, to: 8, insert: "count" },
    { cell: 4, from: 15, to: 16, insert: "n: count" },
  ];
  expect(await notebook.rename("count", ...cells)).toEqual({ edits, output: null });
  const query = { mode: "sql", output: "rows", source: "SELECT 1 AS n" };
  expect(await notebook.rename("table", query, "rows|.length")).toEqual({
    edits: [{ cell: 2, from: 0, to: 4, insert: "table" }],
    output: { cell: 1, name: "table" },
  });
  expect(await notebook.rename(null, "((m) => m|)(2)")).toEqual({ from: 8, to: 9 });
  await expect(notebook.rename("1x", ...cells)).rejects.toThrow("not a name");
  await expect(notebook.rename("shown", ...cells)).rejects.toThrow("cell 4");
});

test("code is laid out, objects at the start of a cell stay objects, and an import is offered", async () => {
  const notebook = await desk();
  notebook.write("const  a=[1,2]", "{a: 1}", { mode: "js", source: "const x = {}; x.anything()" }, "zzz()");
  expect(await notebook.answer({ type: "format", cell: 1 })).toContainEqual(
    expect.objectContaining({ insert: " " }),
  );
  expect(await notebook.underlined(4, 1)).toEqual(["zzz"]);
  expect(notebook.problems.get(2) ?? []).toEqual([]);
  expect(notebook.problems.get(3) ?? []).toEqual([]);
});

test("a language server that is killed starts again", async () => {
  const notebook = await desk();
  expect(await notebook.labels("[1].fl|")).toContain("flatMap");
  process.kill(notebook.service.pid ?? 0, "SIGKILL");
  await expect.poll(() => notebook.service.pid).toBeUndefined();
  expect(await notebook.labels("[1].fl|")).toContain("flatMap");
});
