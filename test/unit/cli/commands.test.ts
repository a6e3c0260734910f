import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommandLine } from "../../../kernel/cli/program.ts";

const root = mkdtempSync(join(tmpdir(), "percolate-cli-"));
const at = (name: string) => join(root, name);

const notebook = (cells: string) =>
  `<!doctype html>\n<notebook>\n  <title>Sums</title>\n${cells}</notebook>\n`;
const ts = (id: number, source: string, attributes = "") =>
  `  <script id="${id}" type="text/x-typescript"${attributes}>\n    ${source.replaceAll("\n", "\n    ")}\n  </script>\n`;

const inputs = [
  'const factor = view(Inputs.range([1, 10], {label: "Factor", step: 1, value: 2}))',
  'const loud = view(Inputs.toggle({label: "Loud"}))',
  'const colours = view(Inputs.checkbox(["red", "green"], {label: "Colours"}))',
  'const report = view(Inputs.text({label: "Report"}))',
];

beforeAll(() => {
  mkdirSync(at("notebooks"));
  const cells = inputs.map((source, i) => ts(i + 1, source)).join("");
  const shown = ts(9, "['factor', factor, 'loud', loud, colours, report].join(' ')", ' name="all"');
  writeFileSync(at("notebooks/sums.html"), notebook(cells + shown));
  const failing =
    ts(1, "const a = 1;\nconst b = a.c.d;", ' name="broken"') + ts(2, "b + 1") + ts(3, '"fine"');
  writeFileSync(at("notebooks/failing.html"), notebook(failing));
});
afterAll(() => rmSync(root, { recursive: true }));

async function percolate(...args: string[]) {
  const said = { out: "", log: "" };
  const saying = (stream: "out" | "log") => async (text: string) => {
    said[stream] += text.endsWith("\n") ? text : `${text}\n`;
  };
  const terminal = { out: saying("out"), log: saying("log"), progress: () => {}, columns: 100, color: false };
  const status = await runCommandLine(args, terminal);
  return { status, ...said };
}

describe("percolate run", () => {
  test("runs with the defaults and says so", async () => {
    const { status, out } = await percolate("run", at("notebooks/sums.html"));
    expect(status).toBe(0);
    expect(out).toMatch(/^Sums: 5 cells done in [\d.]+ s\n$/);
  });

  test("takes parameters, also those named like its own options, and prints one JSON object", async () => {
    const words = ["--factor", "3", "--loud", "--colours", "red,green", "--param", "report=r.html", "--json"];
    const { status, out } = await percolate("run", at("notebooks/sums.html"), ...words);
    expect(status).toBe(0);
    const summary = JSON.parse(out);
    expect(summary.parameters).toEqual({
      factor: 3,
      loud: true,
      colours: ["red", "green"],
      report: "r.html",
    });
    expect(summary.ok).toBe(true);
  });

  test("takes everything after -- as parameters", async () => {
    const { out } = await percolate("run", at("notebooks/sums.html"), "--json", "--", "--report", "r.html");
    expect(JSON.parse(out).parameters.report).toBe("r.html");
  });

  test("lists parameters with type, default, allowed values and label", async () => {
    const { status, out } = await percolate("run", at("notebooks/sums.html"), "--list-parameters");
    expect(status).toBe(0);
    expect(out).toMatch(/--factor +number +2 +1 to 10 in steps of 1 +Factor/);
    expect(out).toMatch(/--colours +list +.*red, green +Colours/);
    const { parameters } = JSON.parse(
      (await percolate("run", at("notebooks/sums.html"), "--list-parameters", "--json")).out,
    );
    expect(parameters.map((p: { name: string }) => p.name)).toEqual(["factor", "loud", "colours", "report"]);
  });

  test("names the failing cell, leaves with 1, and still writes the report", async () => {
    const report = at("failing-report.html");
    const { status, out, log } = await percolate("run", at("notebooks/failing.html"), "--report", report);
    expect(status).toBe(1);
    expect(log).toMatch(/^failing\.html, cell 1 "broken", 2:15: TypeError: .*reading 'd'/m);
    expect(log).toContain("\n  2 | const b = a.c.d;\n    |               ^\n");
    expect(log).toContain("1 more cell uses a failed one");
    expect(out).toContain("2 of 3 cells failed");
    const html = readFileSync(report, "utf8");
    expect(html).toContain("One cell failed");
    expect(html).toContain('<a href="#cell-1">');
    expect(html).toContain("fine");
    expect(readdirSync(root).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("percolate run refuses", () => {
  test.each([
    ["an unknown parameter", ["--fcator", "3"], "did you mean --factor?"],
    ["a value of the wrong type", ["--factor", "many"], "factor"],
    ["a value outside of the limits", ["--factor", "11"], "from 1 to 10"],
    ["a value that is not allowed", ["--colours", "red,blue"], "blue"],
    ["a report in no folder", ["--report", "/nowhere/at/all.html"], "does not exist"],
    ["a workspace that is none", ["--workspace", "/nowhere"], "is not a folder"],
  ])("%s, before any cell runs", async (_, words, said) => {
    const { status, out, log } = await percolate("run", at("notebooks/sums.html"), ...words);
    expect(status).toBe(2);
    expect(out).toBe("");
    expect(log).toContain(said);
    expect(log).not.toContain("    at ");
  });

  test("a notebook that is missing or a folder, or comes after the parameters", async () => {
    const missing = await percolate("run", at("notebooks/sum.html"));
    expect(missing.status).toBe(2);
    expect(missing.log).toContain("sums.html?");
    expect((await percolate("run", at("notebooks"))).log).toContain("is a folder");
    expect((await percolate("run", "--factor", "3", at("notebooks/sums.html"))).log).toContain(
      "notebook is missing",
    );
  });

  test("a file that is no notebook", async () => {
    writeFileSync(at("other.html"), "<p>just a page</p>");
    const { status, log } = await percolate("run", at("other.html"));
    expect([status, log]).toEqual([2, expect.stringContaining("percolate: ")]);
  });
});

test("percolate export writes one file that needs nothing else", async () => {
  const { status, out } = await percolate("export", at("notebooks/sums.html"), "--out", at("sums-out.html"));
  expect([status, out.trim()]).toEqual([0, at("sums-out.html")]);
  expect(readFileSync(at("sums-out.html"), "utf8")).toContain("factor 2 loud false");
});

describe("percolate crawl and tables", () => {
  test("makes tables, and names what it could not read", async () => {
    mkdirSync(at("raw"));
    writeFileSync(at("raw/cups.csv"), "day,cups\n2025-01-01,3\n2025-01-02,4\n");
    writeFileSync(at("raw/broken.parquet"), "this is no parquet");
    const { status, out, log } = await percolate("crawl", at("raw"), "--workspace", root);
    expect(status).toBe(1);
    expect(out).toContain("new        main.cups");
    expect(log).toContain("broken.parquet");
    const listed = await percolate("tables", "--workspace", root);
    expect(listed.out).toMatch(/main\.cups +2 .* csv +day, cups/);
    expect(JSON.parse((await percolate("tables", "--workspace", root, "--json")).out).tables).toHaveLength(1);
  });

  test("refuses a path that is not there", async () => {
    expect((await percolate("crawl", at("nothing"))).status).toBe(2);
  });
});

describe("percolate new", () => {
  test("makes a notebook once, named after its title", async () => {
    const { status, out } = await percolate("new", "Größe & Gewicht", "--workspace", root);
    expect([status, out.trim()]).toEqual([0, at("notebooks/grosse-gewicht.html").replace("grosse", "große")]);
    expect(readFileSync(out.trim(), "utf8")).toContain("<title>Größe &amp; Gewicht</title>");
    expect((await percolate("new", "Größe & Gewicht", "--workspace", root)).log).toContain("exists already");
  });

  test("copies a template", async () => {
    const { out } = await percolate("new", "My table", "--template", "explore-table", "--workspace", root);
    expect(readFileSync(out.trim(), "utf8")).toContain("<title>My table</title>");
    const unknown = await percolate("new", "Other", "--template", "explore-tables", "--workspace", root);
    expect([unknown.status, unknown.log]).toEqual([
      2,
      expect.stringContaining('did you mean "explore-table"?'),
    ]);
    expect(existsSync(at("notebooks/other.html"))).toBe(false);
  });
});

describe("percolate", () => {
  test("tells its version, and helps with each command", async () => {
    expect((await percolate("--version")).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    for (const command of ["start", "run", "export", "crawl", "tables", "new"]) {
      const { status, out } = await percolate(command, "--help");
      expect([command, status]).toEqual([command, 0]);
      expect(out).toContain(`Usage: percolate ${command}`);
    }
  });

  test("refuses what it does not know, with a suggestion", async () => {
    const { status, log } = await percolate("rum");
    expect([status, log]).toEqual([2, expect.stringContaining("Did you mean run?")]);
    expect((await percolate("tables", "--jsn")).status).toBe(2);
    expect((await percolate("start", "--port", "no")).status).toBe(2);
    expect((await percolate("export", at("notebooks/sums.html"))).status).toBe(2);
  });
});
