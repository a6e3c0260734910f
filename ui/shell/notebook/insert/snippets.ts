// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the snippets are what authors write
import type { Snippet } from "./snippet.ts";

const ts = (source: string) => [{ mode: "ts", source }] as const;
const sql = (output: string, source: string) => [{ mode: "sql", output, source }] as const;

/** Rows for a query that has no table yet. */
const orders = `(VALUES ('Ada', 'mon', 3), ('Ada', 'tue', 5), ('Bo', 'mon', 2)) AS orders(who, day, cups)`;

const inputs: readonly Snippet[] = [
  {
    id: "slider",
    title: "Slider",
    words: "range number input",
    names: ["amount"],
    cells: ts('const amount = view(Inputs.range([0, 100], { label: "Amount", step: 1, value: 50 }));'),
    select: "Amount",
  },
  {
    id: "select",
    title: "Select",
    words: "dropdown choice input",
    names: ["choice"],
    cells: ts('const choice = view(Inputs.select(["one", "two", "three"], { label: "Choice" }));'),
    select: '"one", "two", "three"',
  },
  {
    id: "radio",
    title: "Radio buttons",
    words: "choice option input",
    names: ["option"],
    cells: ts('const option = view(Inputs.radio(["day", "week"], { label: "Per", value: "day" }));'),
    select: '"day", "week"',
  },
  {
    id: "checkbox",
    title: "Checkboxes",
    words: "several choice input",
    names: ["chosen"],
    cells: ts('const chosen = view(Inputs.checkbox(["a", "b", "c"], { label: "Show", value: ["a"] }));'),
    select: '"a", "b", "c"',
  },
  {
    id: "toggle",
    title: "Toggle",
    words: "switch yes no boolean input",
    names: ["on"],
    cells: ts('const on = view(Inputs.toggle({ label: "On", value: true }));'),
    select: "On",
  },
  {
    id: "text",
    title: "Text field",
    words: "string input",
    names: ["words"],
    cells: ts(
      'const words = view(Inputs.text({ label: "Words", placeholder: "Type something", submit: true }));',
    ),
    select: "Words",
  },
  {
    id: "number",
    title: "Number field",
    words: "input",
    names: ["count"],
    cells: ts('const count = view(Inputs.number([0, Infinity], { label: "Count", step: 1, value: 10 }));'),
    select: "Count",
  },
  {
    id: "date-range",
    title: "Date range",
    words: "day from to calendar input",
    names: ["days"],
    cells: ts(
      `const days = view(
  Inputs.form({
    from: Inputs.date({ label: "From", value: "2026-01-01" }),
    to: Inputs.date({ label: "To", value: "2026-12-31" }),
  }),
);`,
    ),
    select: "2026-01-01",
  },
  {
    id: "button",
    title: "Button",
    words: "click press input",
    names: ["presses"],
    cells: ts('const presses = view(Inputs.button("Go"));'),
    select: "Go",
  },
  {
    id: "search",
    title: "Search field over rows",
    words: "find filter input",
    names: ["found"],
    cells: ts("const found = view(Inputs.search(penguins));"),
    select: "penguins",
  },
  {
    id: "table-input",
    title: "Table to choose rows from",
    words: "select rows input",
    names: ["picked"],
    cells: ts("const picked = view(Inputs.table(penguins, { required: false }));"),
    select: "penguins",
  },
];

const charts: readonly Snippet[] = [
  {
    id: "bar",
    title: "Bar chart",
    words: "plot count",
    cells: ts(
      'Plot.plot({ marks: [Plot.barY(penguins, Plot.groupX({ y: "count" }, { x: "species" })), Plot.ruleY([0])] })',
    ),
    select: "penguins",
  },
  {
    id: "line",
    title: "Line chart",
    words: "plot time series",
    cells: ts('Plot.plot({ y: { grid: true }, marks: [Plot.lineY(aapl, { x: "Date", y: "Close" })] })'),
    select: "aapl",
  },
  {
    id: "area",
    title: "Area chart",
    words: "plot time series",
    cells: ts(
      'Plot.plot({ y: { grid: true }, marks: [Plot.areaY(aapl, { x: "Date", y: "Close", fillOpacity: 0.3 }), Plot.ruleY([0])] })',
    ),
    select: "aapl",
  },
  {
    id: "scatter",
    title: "Scatter plot",
    words: "dots points chart",
    cells: ts(
      `Plot.plot({
  grid: true,
  color: { legend: true },
  marks: [Plot.dot(penguins, { x: "culmen_length_mm", y: "culmen_depth_mm", stroke: "species", tip: true })],
})`,
    ),
    select: "penguins",
  },
  {
    id: "histogram",
    title: "Histogram",
    words: "distribution bins chart plot",
    cells: ts(
      'Plot.plot({ marks: [Plot.rectY(penguins, Plot.binX({ y: "count" }, { x: "body_mass_g" })), Plot.ruleY([0])] })',
    ),
    select: "penguins",
  },
  {
    id: "box",
    title: "Box plot",
    words: "distribution quartile chart",
    cells: ts('Plot.plot({ marks: [Plot.boxY(penguins, { x: "species", y: "body_mass_g" })] })'),
    select: "penguins",
  },
  {
    id: "heatmap",
    title: "Heatmap",
    words: "cells matrix chart plot",
    cells: ts(
      `Plot.plot({
  color: { legend: true },
  marks: [Plot.cell(penguins, Plot.group({ fill: "count" }, { x: "island", y: "species" }))],
})`,
    ),
    select: "penguins",
  },
  {
    id: "facets",
    title: "Small multiples",
    words: "facets chart plot",
    cells: ts(
      `Plot.plot({
  grid: true,
  marks: [Plot.frame(), Plot.dot(penguins, { x: "culmen_length_mm", y: "body_mass_g", fx: "species" })],
})`,
    ),
    select: "penguins",
  },
];

const queries: readonly Snippet[] = [
  {
    id: "group-by",
    title: "Group by",
    words: "sql aggregate sum count",
    names: ["groups"],
    cells: sql(
      "groups",
      `SELECT who, count(*) AS days, sum(cups) AS cups\nFROM ${orders}\nGROUP BY ALL\nORDER BY cups DESC`,
    ),
    select: orders,
  },
  {
    id: "pivot",
    title: "Pivot",
    words: "sql wide crosstab columns",
    names: ["wide"],
    cells: sql(
      "wide",
      `WITH long AS (SELECT * FROM ${orders})\nPIVOT long ON day USING sum(cups) GROUP BY who`,
    ),
    select: orders,
  },
  {
    id: "unpivot",
    title: "Unpivot",
    words: "sql long melt rows",
    names: ["long"],
    cells: sql(
      "long",
      `WITH wide AS (SELECT * FROM (VALUES ('Ada', 3, 5), ('Bo', 2, 4)) AS cups(who, mon, tue))
UNPIVOT wide ON COLUMNS(* EXCLUDE who) INTO NAME day VALUE cups`,
    ),
    select: "(VALUES ('Ada', 3, 5), ('Bo', 2, 4)) AS cups(who, mon, tue)",
  },
  {
    id: "join",
    title: "Join",
    words: "sql combine tables",
    names: ["joined"],
    cells: sql(
      "joined",
      `SELECT orders.*, people.town
FROM ${orders}
LEFT JOIN (VALUES ('Ada', 'Ghent'), ('Bo', 'Oslo')) AS people(who, town) USING (who)`,
    ),
    select: orders,
  },
  {
    id: "window",
    title: "Running total",
    words: "sql window over partition cumulative",
    names: ["totals"],
    cells: sql("totals", `SELECT *, sum(cups) OVER (PARTITION BY who ORDER BY day) AS total\nFROM ${orders}`),
    select: orders,
  },
  {
    id: "sql-parameter",
    title: "Query with a slider",
    words: "sql parameter input",
    names: ["least", "enough"],
    cells: [
      {
        mode: "ts",
        source: 'const least = view(Inputs.range([0, 10], { label: "At least", step: 1, value: 3 }));',
      },
      { mode: "sql", output: "enough", source: `SELECT *\nFROM ${orders}\nWHERE cups >= \${least}` },
    ],
    select: "At least",
  },
];

const code: readonly Snippet[] = [
  {
    id: "file",
    title: "Read a file",
    words: "csv json parquet attachment load",
    names: ["rows"],
    cells: ts('const rows = await FileAttachment("data.csv").csv({ typed: true });'),
    select: "data.csv",
  },
  {
    id: "fetch",
    title: "Fetch from the web",
    words: "http url api json request",
    names: ["answer"],
    cells: ts(
      `const response = await fetch("https://example.com/data.json");
if (!response.ok) throw new Error(\`HTTP \${response.status}\`);
const answer = await response.json();`,
    ),
    select: "https://example.com/data.json",
  },
  {
    id: "progress",
    title: "Loop with a progress bar",
    words: "for iterate long",
    names: ["results"],
    cells: ts(
      `const results: number[] = [];
for (const item of progress(Array.from({ length: 20 }, (_, index) => index))) {
  results.push(item * item);
}`,
    ),
    select: "Array.from({ length: 20 }, (_, index) => index)",
  },
  {
    id: "group",
    title: "Group rows in TypeScript",
    words: "rollup aggregate d3",
    names: ["byGroup"],
    cells: ts("const byGroup = d3.rollups(penguins, (rows) => rows.length, (row) => row.species);"),
    select: "penguins",
  },
  {
    id: "ticker",
    title: "Clock",
    words: "generator timer interval tick animation",
    names: ["ticks"],
    cells: ts(
      `const ticks = (async function* () {
  for (let tick = 0; tick < 60; tick++) {
    yield tick;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
})();`,
    ),
    select: "60",
  },
  {
    id: "state",
    title: "State that cells can change",
    words: "mutable counter",
    names: ["counter", "increase"],
    cells: ts(
      `const counter = Mutable(0);
const increase = () => void counter.value++;`,
    ),
    select: "0",
  },
];

const prose: readonly Snippet[] = [
  {
    id: "heading",
    title: "Heading",
    words: "markdown section title",
    cells: [{ mode: "md", source: "## Heading" }],
    select: "Heading",
  },
  {
    id: "note-table",
    title: "Table in text",
    words: "markdown",
    cells: [{ mode: "md", source: "| name | value |\n| --- | ---: |\n| one | 1 |\n| two | 2 |" }],
    select: "one",
  },
  {
    id: "formula",
    title: "Formula",
    words: "tex maths latex equation",
    cells: [{ mode: "tex", source: "\\bar{x} = \\frac{1}{n} \\sum_{i=1}^{n} x_i" }],
    select: "\\bar{x}",
  },
  {
    id: "diagram",
    title: "Diagram",
    words: "graphviz dot flow",
    cells: [{ mode: "dot", source: "digraph {\n  rankdir=LR\n  files -> table -> chart\n}" }],
    select: "files -> table -> chart",
  },
];

interface SnippetGroup {
  readonly title: string;
  /** What its icon is, if not the language's. */
  readonly icon?: string;
  readonly snippets: readonly Snippet[];
}

/** Snippets that come with Percolate, by what they are about. Each runs as it stands, on data that come with it. */
export const snippetGroups: readonly SnippetGroup[] = [
  { title: "Inputs", icon: "input", snippets: inputs },
  { title: "Charts", icon: "chart", snippets: charts },
  { title: "Queries", snippets: queries },
  { title: "Code", snippets: code },
  { title: "Text", snippets: prose },
];
