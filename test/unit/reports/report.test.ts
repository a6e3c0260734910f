import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import katex from "katex";
import { afterAll, describe, expect, test } from "vitest";
import type { Output } from "../../../kernel/notebook/display/output.ts";
import { type CellSpec, toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import { parseInto } from "../../../kernel/reports/dom.ts";
import { renderReport } from "../../../kernel/reports/report.ts";

const folder = mkdtempSync(join(tmpdir(), "report-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Shown = readonly [cell: Omit<CellSpec, "id">, html: string, failure?: Failure];

const html = (text: string): Output => ({ type: "html", html: text });

function report(
  cells: readonly Shown[],
  options: { code?: "pinned" | "all" | "none"; source?: string; root?: string } = {},
) {
  const results = cells.map(([spec, text, failure], index) => ({
    cell: toCell({ id: index + 1, ...spec }),
    status: failure ? ("failed" as const) : ("done" as const),
    outputs: text ? [html(text)] : [],
    ms: 1,
    ...(failure ? { failure } : {}),
  }));
  const result = {
    cells: results,
    parameters: { table: "flights", when: new Date("2025-03-01"), many: ["a", "b"], loud: false },
    ok: results.every((cell) => cell.status === "done"),
    stopped: false,
    startedAt: "2025-06-03T12:02:00.000Z",
    ms: 1834,
  };
  const notebook = { title: "Sales <2025>", cells: results.map(({ cell }) => cell) };
  const text = renderReport({ notebook, result, ...options });
  return { text, page: parseInto("div", text) };
}

test("a report tells title, moment, duration and every parameter", () => {
  const { text, page } = report([[{ mode: "md" }, "<p>hello</p>"]]);
  expect(text).toContain("<title>Sales &lt;2025&gt;</title>");
  expect(page.querySelector("h1")?.textContent).toBe("Sales <2025>");
  expect(page.querySelector("time")?.getAttribute("datetime")).toBe("2025-06-03T12:02:00.000Z");
  expect(page.querySelector(".facts")?.textContent).toContain("ran in 1.8 s");
  expect(page.querySelector(".parameters")?.textContent).toBe("tableflightswhen2025-03-01manya, bloudno");
});

test("a parameter stands under its label", () => {
  const source = 'const table = view(Inputs.text({label: "Table to explore"}))';
  expect(report([[{ source }, ""]]).page.querySelector("dt")?.textContent).toBe("Table to explore");
});

test("outputs stand in the order of the cells; cells that show nothing leave no gap", () => {
  const { page } = report([
    [{}, "<p>one</p>"],
    [{}, ""],
    [{ hidden: true }, "<p>hidden</p>"],
    [{}, "<p>four</p>"],
  ]);
  const sections = [...(page.querySelector("main")?.querySelectorAll("section") ?? [])];
  expect(sections.map((section) => [section.id, section.textContent?.trim()])).toEqual([
    ["cell-1", "one"],
    ["cell-4", "four"],
  ]);
});

test("what failed is told at the top with links, and again in its place", () => {
  const failure = {
    kind: "sql",
    message: 'table "sale" <b>not</b> found',
    remedy: "did you mean sales?",
    line: 2,
    column: 5,
  } as const;
  const upstream = { kind: "upstream", message: "x", cells: [1] } as const;
  const { page } = report([
    [{ name: "sums" }, "<p>first part</p>", failure],
    [{}, "", upstream],
  ]);
  expect(page.querySelector(".failures a")?.getAttribute("href")).toBe("#cell-1");
  expect(page.querySelector(".failures")?.textContent).toContain(
    'Cell 1, sums: table "sale" <b>not</b> found',
  );
  expect(page.querySelector("main .failure")?.textContent).toContain("line 2:5");
  expect(page.querySelector("main .failure")?.textContent).toContain("did you mean sales?");
  expect(page.querySelector("main")?.textContent).toContain("first part");
  expect(page.querySelector(".waiting a")?.getAttribute("href")).toBe("#cell-1");
});

test("code is shown for pinned cells, for all, or for none", () => {
  const cells: Shown[] = [
    [{ pinned: true, source: "1 < 2" }, "<p>a</p>"],
    [{ source: "hidden code" }, "<p>b</p>"],
  ];
  const shown = (code: "pinned" | "all" | "none") =>
    [...report(cells, { code }).page.querySelectorAll("pre code")].map((element) => element.textContent);
  expect(shown("pinned")).toEqual(["1 < 2"]);
  expect(shown("all")).toEqual(["1 < 2", "hidden code"]);
  expect(shown("none")).toEqual([]);
});

test("there is one first heading, and headings below keep their order", () => {
  const { page } = report([
    [{ mode: "md" }, "<h1>Sales &lt;2025&gt;</h1><h2>Part</h2>"],
    [{ mode: "md" }, "<h2>Part</h2><h3>Detail</h3>"],
  ]);
  const headings = [...page.querySelectorAll("h1, h2, h3")].map(
    (heading) => `${heading.localName} ${heading.id}`,
  );
  expect(headings).toEqual(["h1 ", "h2 section-part", "h2 section-part-2", "h3 section-detail"]);
});

test("a chart gets a role and a name, from its caption or its axes", () => {
  const axes = '<g aria-label="x-axis label"><text>Delay →</text></g><g aria-label="bar"><rect></rect></g>';
  const { page } = report([
    [{}, `<figure><h2>By hour</h2><svg width="640">${axes}</svg></figure>`],
    [{}, `<svg width="640">${axes}</svg>`],
  ]);
  const labels = [...page.querySelectorAll("svg")].map((svg) => [
    svg.getAttribute("role"),
    svg.getAttribute("aria-label"),
  ]);
  expect(labels).toEqual([
    ["img", "By hour"],
    ["img", "Chart: bar; Delay"],
  ]);
});

test("images of the workspace are carried inside, and no others", () => {
  const outside = mkdtempSync(join(tmpdir(), "outside-"));
  writeFileSync(join(outside, "secret.png"), "secret");
  mkdirSync(join(folder, "notebooks"));
  writeFileSync(join(folder, "plan.png"), "picture");
  writeFileSync(join(folder, "notes.txt"), "no picture");
  symlinkSync(join(outside, "secret.png"), join(folder, "link.png"));
  const images = [
    "../plan.png",
    "../link.png",
    `${outside}/secret.png`,
    "../notes.txt",
    "../none.png",
    "%",
    "//x.example/a.png",
  ];
  const shown = images.map((src) => `<img src="${src}" alt="${src}">`).join("");
  const { text } = report([[{}, shown]], { source: join(folder, "notebooks/a.html"), root: folder });
  expect(text.match(/src="[^"]*"/g)).toEqual([
    `src="data:image/png;base64,${Buffer.from("picture").toString("base64")}"`,
  ]);
  expect(text).toContain("[image not included: ../link.png]");
  rmSync(outside, { recursive: true });
});

test("nothing may run in a report, nor be fetched", () => {
  const { text } = report([[{}, '<p onclick="x()">a<script>x()</script></p>']]);
  expect(text).toContain("Content-Security-Policy\" content=\"default-src 'none'");
  expect(text.slice(text.indexOf("<main>"))).not.toMatch(/script|onclick/);
});

test("control characters in outputs do not make the file binary", () => {
  const { text } = report([[{}, "<p>a\0b\u0001c\td</p>"]]);
  expect(text).toContain("a\ufffdb\ufffdc\td");
});

describe("TeX in a report", () => {
  const maths = (source: string) => `<p>${katex.renderToString(source, { output: "html" })}</p>`;
  const fonts = (text: string) =>
    Array.from(
      text.matchAll(/@font-face\{[^}]*?(KaTeX_\w+)[^}]*?font-style:(\w+);font-weight:(\d+)/g),
      (face) => face.slice(1, 4).join(" "),
    );

  test("carries its style sheet and the fonts that it is set in, within the file", () => {
    const { text } = report([[{ mode: "tex" }, maths("x^2 \\in \\mathbb{R}")]]);
    expect(fonts(text)).toEqual(["KaTeX_AMS normal 400", "KaTeX_Main normal 400", "KaTeX_Math italic 400"]);
    expect(text).toContain("font-src data:");
    expect(text).not.toMatch(/url\((?!data:)/);
  });

  test("has the cuts that bold and italic text is set in", () => {
    const { text } = report([[{ mode: "tex" }, maths("\\textbf{\\textit{a}} \\mathbf{b}")]]);
    expect(fonts(text)).toEqual([
      "KaTeX_Main normal 700",
      "KaTeX_Main italic 700",
      "KaTeX_Main italic 400",
      "KaTeX_Main normal 400",
    ]);
  });

  test("costs nothing where there is none", () => {
    expect(report([[{ mode: "md" }, "<p>katex</p>"]]).text).not.toContain("KaTeX");
  });

  test("keeps the roots and rules that are drawn, unnamed", () => {
    const { page } = report([[{ mode: "tex" }, maths("\\sqrt{x}")]]);
    expect(page.querySelector(".katex svg path")).not.toBeNull();
    expect(page.querySelector(".katex svg")?.hasAttribute("role")).toBe(false);
  });
});
