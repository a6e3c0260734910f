import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { decode, encode } from "../../../kernel/notebook/bridge/codec.ts";
import { toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Failure } from "../../../kernel/notebook/errors.ts";
import type { Answer, CellRequest, Encoded } from "../../../kernel/notebook/protocol.ts";
import { buildKernel } from "./kernel-build.ts";
import { type StartedServer, startTestServer, type Tab } from "./start.ts";

let it: StartedServer;
let built: Awaited<ReturnType<typeof buildKernel>> | undefined;
beforeAll(async () => {
  built = await buildKernel("process", "watchdog");
  it = await startTestServer(built.root);
  await it.enter();
}, 60_000);
afterAll(async () => {
  await it?.close();
  built?.remove();
});

const kernelCell = (id: number, source: string) => ({ id, source, place: "kernel" }) as const;

/** Waits until a kernel cell has a status. */
const reaches = (tab: Tab, cell: number, status: string) =>
  tab.until(() =>
    tab
      .all("event")
      .some(({ event }) => event.type === "status" && event.cell === cell && event.status === status),
  );

const shown = (tab: Tab, cell: number) => tab.shown(cell);

let requests = 0;
async function ask(tab: Tab, request: CellRequest): Promise<Answer> {
  const id = ++requests;
  tab.tell({ type: "request", id, request });
  await tab.until(() => tab.all("answer").some((answer) => answer.id === id));
  return (tab.all("answer").find((answer) => answer.id === id) as { answer: Answer }).answer;
}

async function failureOf(tab: Tab): Promise<string> {
  return (await tab.wait("failure")).failure.message;
}

test("two tabs that type at once end with one text, and so does the file", async () => {
  const path = await it.notebook("Two tabs", { id: 1, source: "middle" });
  const [a, b] = [await it.tab(path), await it.tab(path)];
  a.edit({ type: "edit", cell: 1, changes: [[0, "A "], 6] });
  b.edit({ type: "edit", cell: 1, changes: [6, [0, " B"]] });
  for (const tab of [a, b]) await tab.until(() => tab.all("edited").length >= 2);
  expect(a.notebook).toEqual(b.notebook);
  expect(a.notebook.cells[0]?.source).toBe("A middle B");
  expect(a.all("edited").map(({ client }) => client)).toEqual([a.name, b.name]);
  await a.until(() => a.all("saved").some(({ version }) => version === a.version));
  expect(readFileSync(join(it.folder, path), "utf8")).toContain("A middle B");
  await Promise.all([a.close(), b.close()]);
});

test("one tab feeds the kernel; when it closes, the next one does", async () => {
  const path = await it.notebook("Primary", { id: 1, source: "const x = 1" }, kernelCell(2, "x + 1"));
  const [a, b] = [await it.tab(path), await it.tab(path)];
  expect((await a.wait("opened")).primary).toBe(true);
  expect((await b.wait("opened")).primary).toBe(false);
  const value = (version: number, x: number) =>
    ({ type: "value", name: "x", version, basis: {}, program: 1, value: encode(x) }) as const;
  b.tell({ type: "bridge", message: value(1, 99) });
  a.tell({ type: "bridge", message: { type: "hello", fresh: true } });
  a.tell({ type: "bridge", message: value(1, 41) });
  await a.until(() => shown(a, 2).includes("42"));
  await a.close();
  expect((await b.wait("primary")).primary).toBe(true);
  b.tell({ type: "bridge", message: value(2, 99) });
  await b.until(() => shown(b, 2).includes("100"));
  await b.close();
});

test("a kernel outlives its tab, and one that comes back sees what it shows", async () => {
  const path = await it.notebook("Outlives", kernelCell(1, "const n = Math.random(); display(n)"));
  const first = await it.tab(path);
  await first.until(() => shown(first, 1) !== "null");
  await first.close();
  const second = await it.tab(path);
  const { kernel, program } = await second.wait("opened");
  expect(kernel.state).toBe("ready");
  expect(kernel.events).toContainEqual(expect.objectContaining({ type: "status", cell: 1, status: "done" }));
  expect(kernel.events).toContainEqual(expect.objectContaining({ type: "outputs", cell: 1 }));
  expect(program.cells.map(({ id }) => id)).toEqual([1]);
  await second.close();
});

test("typing runs nothing; running takes the present text", async () => {
  const path = await it.notebook("Typing", kernelCell(1, "1 + 1"));
  const tab = await it.tab(path);
  tab.edit({ type: "edit", cell: 1, changes: [[5, "2000 + 37"]] });
  await tab.until(() => tab.notebook.cells[0]?.source === "2000 + 37");
  expect(tab.all("program")).toEqual([]);
  tab.tell({ type: "run", cells: [1] });
  expect((await tab.wait("program")).change).toMatchObject({ rerun: [1], cells: [{ source: "2000 + 37" }] });
  await tab.until(() => shown(tab, 1).includes("2037"));
  await tab.close();
});

test("a large value is fetched apart, once", async () => {
  const path = await it.notebook("Large", kernelCell(1, "const big = new Float64Array(100_000).fill(7)"), {
    id: 2,
    source: "big.length",
  });
  const tab = await it.tab(path);
  tab.tell({ type: "bridge", message: { type: "hello", fresh: true } });
  const isValue = ({ message }: { message: { type: string } }) => message.type === "value";
  await tab.until(() => tab.all("bridge").some(isValue));
  const { message } = tab.all("bridge").find(isValue) as { message: { value: Encoded } };
  const [part] = message.value.parts;
  if (!part || !("url" in part)) throw new Error("the part was sent inline");
  expect(part.bytes).toBe(800_000);
  expect(new URL(part.url).hostname).toBe("localhost");
  const { pathname } = new URL(part.url);
  const headers = { host: new URL(part.url).host, origin: "null" };
  const fetched = await it.send("GET", pathname, headers);
  expect([fetched.status, fetched.headers["content-length"]]).toEqual([200, "800000"]);
  expect((await it.send("GET", pathname, headers)).status).toBe(404);
  await tab.close();
});

test("a file of the notebook's folder is fetched by range under a path that cannot be guessed", async () => {
  const path = await it.notebook("Files", { id: 1, source: "1" });
  writeFileSync(join(it.folder, "notebooks/a.csv"), "0123456789");
  const tab = await it.tab(path);
  const answer = await ask(tab, { type: "file", path: "a.csv" });
  if (!("ok" in answer)) throw new Error(answer.failure.message);
  const { url, name, bytes } = decode(answer.ok) as { url: string; name: string; bytes: number };
  expect([name, bytes]).toEqual(["a.csv", 10]);
  const part = await it.send("GET", new URL(url).pathname, { origin: "null", range: "bytes=2-3" });
  expect([part.status, part.text, part.headers["content-type"]]).toEqual([
    206,
    "23",
    "text/csv; charset=utf-8",
  ]);
  expect(await ask(tab, { type: "file", path: "../../etc/passwd" })).toHaveProperty("failure");
  await tab.close();
});

test("a query of a browser cell is answered as Arrow", async () => {
  const path = await it.notebook("Query", { id: 1, source: "1" });
  const tab = await it.tab(path);
  const query = {
    type: "query",
    sql: "SELECT 40 + $1::INT AS n",
    params: encode([2]),
    database: null,
  } as const;
  const answer = await ask(tab, query);
  if (!("ok" in answer)) throw new Error(answer.failure.message);
  expect((decode(answer.ok) as { arrow: Uint8Array }).arrow.byteLength).toBeGreaterThan(0);
  expect(await ask(tab, { ...query, sql: "SELEC 1" })).toMatchObject({ failure: { kind: "sql" } });
  await tab.close();
});

test("a notebook from elsewhere runs nothing until it is trusted", async () => {
  const text =
    '<!doctype html>\n<notebook>\n  <script id="1" type="text/x-typescript" place="kernel">40 + 2</script>\n</notebook>\n';
  writeFileSync(join(it.folder, "notebooks/elsewhere.html"), text);
  const tab = await it.tab("notebooks/elsewhere.html");
  expect(await tab.wait("opened")).toMatchObject({ trusted: false, program: { cells: [] } });
  tab.tell({ type: "run", cells: [1] });
  expect(await failureOf(tab)).toContain("did not come from you");
  tab.tell({ type: "request", id: 1, request: { type: "tables" } });
  expect(await failureOf(tab)).toContain("did not come from you");
  tab.tell({ type: "trust" });
  await tab.wait("trusted");
  await tab.until(() => shown(tab, 1).includes("42"));
  await tab.close();
});

test("a process that dies is told to the tab with the reason", async () => {
  const path = await it.notebook("Dies", kernelCell(1, "1"), kernelCell(2, "2"));
  const tab = await it.tab(path);
  await reaches(tab, 1, "done");
  tab.edit({ type: "edit", cell: 2, changes: [[1, "process.exit(3)"]] });
  tab.tell({ type: "run", cells: [2] });
  await tab.until(() => tab.all("kernel").some(({ state }) => state === "dead"));
  expect(tab.all("kernel").at(-1)?.failure?.message).toContain("status 3");
  tab.edit({ type: "delete", cell: 2 });
  tab.tell({ type: "restart" });
  await tab.until(() => tab.all("kernel").at(-1)?.state === "ready");
  await tab.close();
});

test("a deleted notebook says so to its tabs", async () => {
  const path = await it.notebook("Deleted", { id: 1, source: "1" });
  const tab = await it.tab(path);
  await it.ask("DELETE", `/api/notebooks?path=${path}`);
  expect(await failureOf(tab)).toContain("was deleted");
  await tab.close();
});

test("messages that are none are refused, and the rest goes on", async () => {
  const path = await it.notebook("Garbage", { id: 1, source: "1" });
  const tab = await it.tab(path);
  for (const garbage of [null, {}, { type: "nonsense" }, { type: "edit", base: -1, operations: [] }, [1]]) {
    tab.tell(garbage as never);
    expect(await failureOf(tab)).toContain("not understood");
  }
  tab.edit({ type: "edit", cell: 1, changes: [999, [0, "x"]] });
  await tab.wait("failure");
  tab.edit({ type: "insert", cell: toCell({ id: 2, source: "2" }), after: 1 });
  await tab.until(() => tab.notebook.cells.length === 2);
  await tab.close();
});

test("a notebook that is not there, or does not parse, is a failure with the reason", async () => {
  const none = await it.tab("notebooks/none.html");
  expect(await failureOf(none)).toContain("not found");
  writeFileSync(join(it.folder, "notebooks/bad.html"), "<p>not a notebook");
  const bad = await it.tab("notebooks/bad.html");
  expect(await failureOf(bad)).toContain("bad.html");
  await Promise.all([none.close(), bad.close()]);
});

test.each([
  ["no JSON", "{x"],
  ["nothing", ""],
  ["a number", "5"],
  ["brackets without end", "[".repeat(100_000)],
  ["bytes that are no frame", Buffer.from([255, 255, 255, 255, 1, 2])],
  ["a message of no known type", '{"type":"__proto__"}'],
])("a socket that sends %s is told so, and goes on", async (_, frame) => {
  const headers = { cookie: it.cookie, origin: it.origin };
  const socket = new WebSocket(`ws://${it.host}/api/socket`, { headers });
  await once(socket, "open");
  for (let round = 0; round < 2; round++) {
    socket.send(frame);
    const [data] = await once(socket, "message");
    const { failure } = JSON.parse(String(data)) as { failure: Failure };
    expect(failure).toMatchObject({ kind: "input", message: expect.stringContaining("the page sent") });
    expect(failure.stack).toBeUndefined();
  }
  socket.close();
  await once(socket, "close");
});

test("without a tab, kernel cells go on with the last values that the page gave", async () => {
  const path = await it.notebook(
    "Last values",
    { id: 1, source: "const n = 1" },
    kernelCell(
      2,
      "for (let i = 0; i < 1000; i++) { display(n * 1000 + i); await new Promise((go) => setTimeout(go, 10)) }",
    ),
  );
  const first = await it.tab(path);
  first.tell({ type: "bridge", message: { type: "hello", fresh: true } });
  const [opened] = first.all("opened");
  first.tell({
    type: "bridge",
    message: {
      type: "value",
      name: "n",
      version: 1,
      basis: {},
      program: opened?.program.version ?? 0,
      value: encode(7),
    },
  });
  await first.until(() => shown(first, 2).includes("7001"));
  await first.close();
  // A tab that only looks: it gives no values.
  for (let events = ""; !events.includes("7010"); ) {
    const tab = await it.tab(path);
    events = JSON.stringify(tab.all("opened")[0]?.kernel.events);
    await tab.close();
  }
});

test("a socket that is cut again and again loses no event: each new one begins with all that was", async () => {
  const path = await it.notebook(
    "Cut",
    kernelCell(
      1,
      "for (let i = 0; i < 60; i++) { console.log('line ' + i); await new Promise((go) => setTimeout(go, 15)) }",
    ),
  );
  const lines = (tab: Tab) =>
    [...(tab.all("opened")[0]?.kernel.events ?? []), ...tab.all("event").map(({ event }) => event)].flatMap(
      (event) => (event.type === "console" ? [event.text] : []),
    );
  const expected = Array.from({ length: 60 }, (_, i) => `line ${i}`);
  let tab = await it.tab(path);
  for (let cut = 1; cut <= 4; cut++) {
    await tab.until(() => lines(tab).length >= 10 * cut);
    expect(lines(tab)).toEqual(expected.slice(0, lines(tab).length));
    tab.cut();
    tab = await it.tab(path);
  }
  await tab.until(() => lines(tab).length === 60);
  expect(lines(tab)).toEqual(expected);
  await tab.close();
});
