import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Workspace } from "../../../kernel/catalog/workspace.ts";
import { prepareExamples } from "../../../kernel/cli/workspace.ts";
import { parseNotebook } from "../../../kernel/notebook/document/file.ts";
import { failureText } from "../../../kernel/notebook/errors.ts";
import { renderReport } from "../../../kernel/reports/report.ts";
import { runHeadless } from "../../../kernel/session/headless.ts";

let workspace: Workspace;
const root = mkdtempSync(join(tmpdir(), "examples-"));

beforeAll(async () => {
  workspace = await prepareExamples(root);
}, 60_000);
afterAll(() => rmSync(root, { recursive: true }));

async function run(file: string, parameters: Readonly<Record<string, unknown>> = {}) {
  const path = join(workspace.root, file);
  const notebook = parseNotebook(readFileSync(path, "utf8"));
  const result = await runHeadless({ workspace, notebook, path, parameters });
  const failures = result.cells.flatMap(({ cell, failure }) =>
    failure ? [`cell ${cell.id}: ${failureText(failure)}`] : [],
  );
  return { notebook, result, failures, html: renderReport({ notebook, result, source: path, root }) };
}

test.each(["notebooks/coffee.html", "notebooks/flights.html", "notebooks/names.html"])(
  "%s runs without a failed cell",
  async (file) => {
    const { failures, result } = await run(file);
    expect(failures).toEqual([]);
    expect(result.ok).toBe(true);
  },
);

test("the coffee diary finds what was built into its data", async () => {
  const { html } = await run("notebooks/coffee.html", { hour: 16 });
  const minutes = Number(/goes with (\d+) minutes less sleep/.exec(html)?.[1]);
  expect(minutes).toBeGreaterThan(15);
  expect(minutes).toBeLessThan(60);
});

const tables = ["birdstrikes", "brews", "co2", "coffees", "flights", "penguins", "weather"];

test.each(tables)("the template explores %s without a failed cell", async (table) => {
  const { failures, html } = await run("templates/explore-table.html", { table });
  expect(failures).toEqual([]);
  expect(html).toContain("<svg");
});

test("the template explores tables that are empty, narrow, of one value, or oddly named", async () => {
  const odd = {
    "no-rows.csv": "id,name,when\n",
    "one-column.csv": "only\n3\n4\n4\n",
    "constant.csv": "a,b\n1,x\n1,x\n1,x\n",
    "odd-names.csv": '"a ""quoted""",select,x.y,größe %,"it\'s"\n1,2,3,4,z\n2,1,5,4,z\n3,7,8,,y\n',
    "not-finite.csv": "a,b,c\n1,NaN,2\n2,inf,3\n3,1.5,5\n4,-inf,6\n5,2.5,NaN\n",
    "missing.ndjson": '{"a": null, "b": 1}\n{"a": null, "b": null}\n',
  };
  mkdirSync(join(workspace.data, "odd"));
  for (const [name, text] of Object.entries(odd)) writeFileSync(join(workspace.data, "odd", name), text);
  const { openCatalog } = await import("../../../kernel/catalog/catalog.ts");
  const { crawl } = await import("../../../kernel/crawl/crawl.ts");
  const catalog = openCatalog(workspace);
  const { created } = await crawl({ catalog, path: join(workspace.data, "odd"), database: "odd" });
  catalog.close();
  expect(created.length).toBeGreaterThan(3);
  for (const table of created) {
    const { failures } = await run("templates/explore-table.html", { table });
    expect(failures, table).toEqual([]);
  }
}, 60_000);

test("no report of an example needs anything from outside, or runs anything", async () => {
  for (const file of [
    "notebooks/coffee.html",
    "notebooks/flights.html",
    "notebooks/names.html",
    "templates/explore-table.html",
  ]) {
    const { html } = await run(file);
    expect(html).not.toMatch(/<script|javascript:|\son\w+=|@import/i);
    expect(html).not.toMatch(/\ssrc="(?!data:)/i);
    const addresses = [...html.matchAll(/<(\w+)[^>]*?\shref="([^"]*)"/g)];
    for (const [, tag, address] of addresses)
      expect(tag === "a" || address?.startsWith("#"), address).toBe(true);
    expect(html.match(/url\((?!["']?(#|data:))/gi)).toBeNull();
  }
});

test("preparing again changes nothing and takes no time", async () => {
  const manifest = join(root, ".percolate", "shipped.json");
  const before = readFileSync(manifest, "utf8");
  const began = performance.now();
  await prepareExamples(root);
  expect(performance.now() - began).toBeLessThan(50);
  expect(readFileSync(manifest, "utf8")).toBe(before);
});

test("a notebook that the user edited or deleted stays so, and one that ships anew replaces an untouched copy", async () => {
  const fresh = mkdtempSync(join(tmpdir(), "examples-"));
  try {
    await prepareExamples(fresh);
    const [coffee, flights] = [join(fresh, "notebooks/coffee.html"), join(fresh, "notebooks/flights.html")];
    const manifest = join(fresh, ".percolate", "shipped.json");
    const shipped = JSON.parse(readFileSync(manifest, "utf8"));
    const text = readFileSync(coffee, "utf8");
    rmSync(flights);
    // As if an older version had been shipped and copied, and edited in the one case.
    const { createHash } = await import("node:crypto");
    const older = { sha256: createHash("sha256").update("older").digest("hex"), stamp: "5 1" };
    for (const name of Object.keys(shipped.files)) shipped.files[name].stamp = "5 1";
    shipped.files["notebooks/coffee.html"] = older;
    shipped.files["templates/explore-table.html"] = older;
    writeFileSync(manifest, JSON.stringify(shipped));
    writeFileSync(coffee, "older");
    writeFileSync(join(fresh, "templates/explore-table.html"), "edited");
    await prepareExamples(fresh);
    expect(readFileSync(coffee, "utf8")).toBe(text);
    expect(readFileSync(join(fresh, "templates/explore-table.html"), "utf8")).toBe("edited");
    expect(() => readFileSync(flights)).toThrow("ENOENT");
  } finally {
    rmSync(fresh, { recursive: true });
  }
}, 60_000);
