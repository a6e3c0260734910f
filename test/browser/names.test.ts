// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are cells
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, kernelCell, notebookFile, sandbox, startApp } from "./app.ts";

/** Each cell uses names of the library; what it must show is a selector and, where it matters, a text. */
const cells: readonly (readonly [
  source: string | readonly [string, string],
  shows: string,
  text?: string,
])[] = [
  [['type="application/x-tex"', "\\sqrt{${1 + 1}} \\in \\mathbb{R}"], ".katex-display .katex"],
  [['type="text/vnd.graphviz"', "digraph { a -> ${'b'} }"], "svg .node", "a"],
  [['type="text/markdown"', "so ${tex`x^2`} is"], "p .katex"],
  ["mermaid`graph LR; A[Start] --> B[End]`", "svg[id^=mermaid] .node", "Start"],
  ["mermaid`sequenceDiagram\n  Ann->>Bob: hello`", "svg[id^=mermaid] text", "Ann"],
  [
    "vl.markBar().data([{a: 1, b: 'x'}]).encode(vl.x().fieldN('b'), vl.y().fieldQ('a')).render()",
    "svg.marks text",
  ],
  [
    'const box = display(html`<div style="width:300px;height:200px">`);\necharts.init(box).setOption({animation: false, xAxis: {data: ["a"]}, yAxis: {}, series: [{type: "bar", data: [1]}]});',
    "canvas",
  ],
  [
    'const div = display(html`<div style="height:200px">`);\nconst map = L.map(div).setView([51, 0], 9);\nL.geoJSON({type: "Point", coordinates: [0, 51]}).addTo(map);',
    ".leaflet-container img.leaflet-marker-icon",
  ],
  [
    'const place = display(html`<div>`);\nReactDOM.createRoot(place).render(React.createElement("b", null, "hi"));',
    "b",
    "hi",
  ],
  ["_.sum([1, 2]) + typeof topojson.feature + aq.from([{a: 1}]).numRows()", ".pc-output", "3function1"],
  ["[penguins.length, miserables.nodes.length, diamonds.length].join()", ".pc-output", "344,77,53940"],
  ["await Promises.delay(1, DOM.uid('a').href)", ".pc-output", "#O-a-1"],
  [
    "const file = FileAttachment('cups.csv');\ndisplay([file.name, file.size, (await file.csv({typed: 'auto'}))[0].cups, (await fetch(file.href)).ok].join())",
    ".pc-output",
    "cups.csv,22,3,true",
  ],
  ["(await FileAttachment('page.html').html()).querySelector('b').textContent", ".pc-output", "there"],
  ["FileAttachment('cup.csv')", ".pc-output"],
  ["Object.keys(Generators).join() + typeof dark", ".pc-output", "dark,input,now,observe,queue,widthboolean"],
  [[kernelCell, "tex`\\frac{a}{b}`"], ".katex .mfrac"],
];

const failing = cells.findIndex(([source]) => source === "FileAttachment('cup.csv')") + 1;

let app: App;
let page: Page;
const requests: string[] = [];

beforeAll(async () => {
  app = await startApp({
    "notebooks/names.html": notebookFile(
      "Names",
      cells.map(([source]) => source),
    ),
    "notebooks/later.html": notebookFile("Later", [
      ...Array.from({ length: 30 }, (_, row) => `html\`<div style="height:200px">${row}</div>\``),
      "await visibility('seen')",
    ]),
    "notebooks/cups.csv": "day,cups\n2024-01-02,3\n",
    "notebooks/page.html": "<p>hello <b>there</b></p>",
  });
  page = await app.open("about:blank");
  page.context().on("request", (request) => requests.push(request.url()));
  await openNotebook("names");
}, 60_000);

afterAll(async () => app.close());

async function openNotebook(name: string): Promise<void> {
  await page.goto(new URL(`/notebook?path=notebooks/${name}.html`, app.url).href);
  await page.getByRole("button", { name: "Trust and run" }).click();
}

const outputOf = (id: number) => sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);

test.each(cells.map(([source, shows, text], index) => [index + 1, source, shows, text] as const))(
  "cell %i shows what it names: %s",
  async (id, _, shows, text) => {
    if (id === failing) return;
    const found = outputOf(id).locator(shows).first();
    await found.waitFor({ state: "attached", timeout: 20_000 });
    if (text) await expect.poll(async () => outputOf(id).textContent()).toContain(text);
  },
);

test("a file that is missing is an error where it is named", async () => {
  await cell(page, failing).getByText('file "cup.csv" not found').waitFor();
});

test("TeX is set in its own fonts, in the page's opaque origin", async () => {
  const loaded = () =>
    outputOf(1)
      .locator(".katex")
      .first()
      .evaluate(async (element) => {
        await element.ownerDocument.fonts.ready;
        return [...element.ownerDocument.fonts]
          .filter((face) => face.status === "loaded")
          .map((face) => face.family);
      });
  await expect.poll(loaded).toEqual(expect.arrayContaining(["KaTeX_Main", "KaTeX_AMS"]));
});

test("nothing is asked of any other server", () => {
  const hosts = requests.filter((url) => /^(http|ws)/.test(url)).map((url) => new URL(url).hostname);
  expect(new Set(hosts)).toEqual(new Set(["127.0.0.1", "localhost"]));
});

test("visibility waits until the cell's output is on the screen", async () => {
  await openNotebook("later");
  const last = sandbox(page).locator('.pc-cell[data-cell="31"]');
  await sandbox(page).locator('.pc-cell[data-cell="1"]').getByText("0").waitFor();
  expect(await last.textContent()).not.toContain("seen");
  await cell(page, 31).scrollIntoViewIfNeeded();
  await last.getByText("seen").waitFor();
}, 30_000);
