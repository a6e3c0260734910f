import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Crawl, Home, ReportAnswer, Sample, TableEntry } from "../../../kernel/notebook/api.ts";
import { buildKernel } from "./kernel-build.ts";
import { type StartedServer, startTestServer } from "./start.ts";

let it: StartedServer;
let built: Awaited<ReturnType<typeof buildKernel>> | undefined;
beforeAll(async () => {
  built = await buildKernel("process", "watchdog", "cli");
  it = await startTestServer(built.root);
  await it.enter();
}, 60_000);
afterAll(async () => {
  await it?.close();
  built?.remove();
});

const home = async () => (await it.ask("GET", "/api/home")).json() as Home;

/** Crawls a path of the workspace to the end. */
async function crawl(path: string): Promise<Crawl> {
  const started = (await it.ask("POST", "/api/crawls", { path })).json() as Crawl;
  for (let state = started; ; ) {
    if (state.state !== "running") return state;
    state = (await it.ask("GET", `/api/crawls/${started.id}`)).json() as Crawl;
  }
}

test("a notebook is made, copied, renamed, deleted and brought back", async () => {
  const made = await it.ask("POST", "/api/notebooks", { title: "Sales by day" });
  expect([made.status, made.json()]).toEqual([201, { path: "notebooks/sales-by-day.html" }]);
  const copy = await it.ask("POST", "/api/notebooks", {
    copyOf: "notebooks/sales-by-day.html",
    title: "Other",
  });
  expect(copy.json()).toEqual({ path: "notebooks/other.html" });
  const renamed = await it.ask("POST", "/api/notebooks/rename", {
    path: "notebooks/other.html",
    to: "next.html",
  });
  expect(renamed.json()).toEqual({ path: "notebooks/next.html" });
  const { trash } = (await it.ask("DELETE", "/api/notebooks?path=notebooks/next.html")).json() as {
    trash: string;
  };
  expect(existsSync(join(it.folder, "notebooks/next.html"))).toBe(false);
  const back = await it.ask("POST", "/api/notebooks/restore", { trash });
  expect(back.json()).toEqual({ path: "notebooks/next.html" });
  expect((await home()).notebooks.map(({ path }) => path)).toEqual([
    "notebooks/next.html",
    "notebooks/sales-by-day.html",
  ]);
});

test("what is not as expected is refused with the reason, and changes nothing", async () => {
  const before = await home();
  const bad: [string, string, unknown][] = [
    ["POST", "/api/notebooks", {}],
    ["POST", "/api/notebooks", { title: "  " }],
    ["POST", "/api/notebooks", { copyOf: "../../etc/passwd" }],
    ["POST", "/api/notebooks/rename", { path: "notebooks/none.html", to: "x" }],
    ["DELETE", "/api/notebooks?path=.percolate/catalog.html", undefined],
    ["DELETE", "/api/notebooks", undefined],
    ["POST", "/api/notebooks/restore", { trash: "../../notebooks" }],
    ["POST", "/api/crawls", { path: "" }],
    ["GET", "/api/sample?table=none&limit=1", undefined],
    ["GET", "/api/sample?table=none&limit=x", undefined],
    ["PUT", "/api/files", undefined],
  ];
  for (const [method, path, body] of bad) {
    const answer = await it.ask(method, path, body);
    expect(answer.status, `${method} ${path}`).toBe(400);
    expect(answer.json(), `${method} ${path}`).toMatchObject({ failure: { message: expect.any(String) } });
  }
  expect(await home()).toEqual(before);
});

test("what is not there is 404", async () => {
  for (const path of ["/api/crawls/none", "/api/tables/main/none", "/api/folders?path=/none/at/all"])
    expect((await it.ask("GET", path)).status, path).toBe(404);
  expect((await it.ask("POST", "/api/crawls", { path: "data/none" })).status).toBe(404);
});

test("a body that is no JSON, or too large, is refused", async () => {
  const headers = { cookie: it.cookie, origin: it.origin };
  expect((await it.send("POST", "/api/notebooks", headers, "{")).status).toBe(400);
  const large = JSON.stringify({ title: "x".repeat(5_000_000) });
  expect((await it.send("POST", "/api/notebooks", headers, large)).status).toBe(413);
});

test("a dropped file is kept under data, crawled, listed and sampled", async () => {
  const headers = { cookie: it.cookie, origin: it.origin };
  const bytes = Buffer.from("name,cups,day\nArabica,3,2024-01-02\nRobusta,,2024-01-03\n");
  const put = await it.send("PUT", "/api/files?name=drunk.csv", headers, bytes);
  expect([put.status, put.json()]).toEqual([201, { path: "data/drunk.csv" }]);
  expect(readFileSync(join(it.folder, "data/drunk.csv"))).toEqual(bytes);
  const done = await crawl("data/drunk.csv");
  expect(done).toMatchObject({ state: "succeeded", summary: { created: ["main.drunk"], rows: 2 } });
  const tables = (await it.ask("GET", "/api/tables")).json() as TableEntry[];
  expect(tables).toMatchObject([{ database: "main", name: "drunk", rowCount: 2, files: 1 }]);
  expect((await home()).tables).toEqual(tables);
  expect((await it.ask("GET", "/api/tables/main/drunk")).json()).toEqual(tables[0]);
  const sample = (await it.ask("GET", "/api/sample?table=main.drunk&limit=10")).json() as Sample;
  expect(sample.columns.map(({ type }) => type)).toEqual(["VARCHAR", "BIGINT", "DATE"]);
  expect(sample.rows).toEqual([
    ["Arabica", "3", "2024-01-02"],
    ["Robusta", null, "2024-01-03"],
  ]);
});

test("crawls of one database wait for each other, and one can be cancelled while it waits", async () => {
  mkdirSync(join(it.folder, "data/many"));
  for (let file = 0; file < 50; file++)
    writeFileSync(join(it.folder, `data/many/t${file}.csv`), `a,b\n${file},x\n`);
  const [first, second] = (await Promise.all(
    ["data/many", "data"].map(async (path) => (await it.ask("POST", "/api/crawls", { path })).json()),
  )) as [Crawl, Crawl];
  await it.ask("DELETE", `/api/crawls/${second.id}`);
  const ended = async (id: string): Promise<Crawl> => {
    const state = (await it.ask("GET", `/api/crawls/${id}`)).json() as Crawl;
    return state.state === "running" ? ended(id) : state;
  };
  expect((await ended(first.id)).state).toBe("succeeded");
  expect((await ended(second.id)).state).toBe("cancelled");
});

test("a report is made in a process of its own, and names the cells that failed", async () => {
  const path = await it.notebook(
    "Report",
    { id: 1, source: "const n = view(Inputs.range([0, 10], {value: 4, step: 1}))" },
    { id: 2, source: "n * 1000 + 37" },
    { id: 3, source: 'throw new Error("broken")' },
  );
  const answer = await it.ask("POST", "/api/reports", { path, parameters: { n: 7 } });
  const report = answer.json() as ReportAnswer;
  expect(report.ok).toBe(false);
  expect(report.failures).toMatchObject([
    { cell: 3, failure: { message: expect.stringContaining("broken") } },
  ]);
  expect(report.html.replaceAll(/[ ,]/g, "")).toContain("7037");
  const parameters = await it.ask("GET", `/api/parameters?path=${path}`);
  expect(parameters.json()).toMatchObject([{ name: "n", type: "number", default: 4 }]);
  const wrong = await it.ask("POST", "/api/reports", { path, parameters: { m: 1 } });
  expect([wrong.status, wrong.json()]).toMatchObject([
    400,
    { failure: { message: expect.stringContaining('"m"') } },
  ]);
});

test("no report is made of a notebook that is not trusted", async () => {
  writeFileSync(join(it.folder, "notebooks/foreign.html"), "<!doctype html>\n<notebook>\n</notebook>\n");
  const answer = await it.ask("POST", "/api/reports", { path: "notebooks/foreign.html" });
  expect([answer.status, answer.json()]).toMatchObject([
    400,
    { failure: { message: expect.stringContaining("did not come from you") } },
  ]);
});
