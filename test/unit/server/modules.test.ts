import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { ModuleGraphs } from "../../../kernel/modules/graphs.ts";
import { decode } from "../../../kernel/notebook/bridge/codec.ts";
import type { CellRequest, PageModule } from "../../../kernel/notebook/protocol.ts";
import { PageModules } from "../../../kernel/server/page-modules.ts";
import { packages } from "../modules/setup.ts";
import { type StartedServer, startTestServer, type Tab } from "./start.ts";

let it: StartedServer;
let tab: Tab;
let path: string;
beforeAll(async () => {
  it = await startTestServer();
  await it.enter();
  for (const [name, text] of Object.entries(packages)) write(name, text);
  path = await it.notebook("Modules", { id: 1, source: "1" });
  tab = await it.tab(path);
});
afterAll(() => it.close());

function write(name: string, text: string): void {
  mkdirSync(dirname(join(it.folder, name)), { recursive: true });
  writeFileSync(join(it.folder, name), text);
}

let requests = 1000;
async function find(specifier: string, rest: Partial<CellRequest> = {}): Promise<PageModule | string> {
  const id = ++requests;
  const request = { type: "module", specifier, as: null, from: null, ...rest } as CellRequest;
  tab.tell({ type: "request", id, request });
  await tab.until(() => tab.all("answer").some((answer) => answer.id === id));
  const answer = tab.all("answer").find((each) => each.id === id)?.answer;
  if (!answer) throw new Error("no answer");
  return "ok" in answer
    ? (decode(answer.ok) as PageModule)
    : `${answer.failure.message}; ${answer.failure.remedy}`;
}

async function urlOf(specifier: string): Promise<string> {
  const found = await find(specifier);
  if (typeof found === "string" || found.kind === "own") throw new Error(JSON.stringify(found));
  return found.url;
}

const get = (url: string, headers = {}) => {
  const { pathname, host } = new URL(url);
  return it.send("GET", pathname, { host, origin: "null", ...headers });
};

test("a module comes as JavaScript of the same lines, for the opaque origin, under a path that holds a secret", async () => {
  write("notebooks/lib/a.ts", 'import {b} from "./b.ts";\nexport const a: number = b;\n');
  write("notebooks/lib/b.ts", "export const b = 1 as const;");
  const url = await urlOf("./lib/a.ts");
  expect(url).toMatch(
    /^http:\/\/localhost:\d+\/modules\/[\w-]{43}\/local\/[\w-]{22}\/notebooks\/lib\/a\.ts$/,
  );
  const { status, headers, text } = await get(url);
  expect(status).toBe(200);
  expect(headers["content-type"]).toContain("text/javascript");
  expect(headers["access-control-allow-origin"]).toBe("*");
  expect(text.split("\n")[1]).toBe("export const a         = b;");
  expect(text).toContain("//# sourceURL=notebooks/lib/a.ts");
  const next = /from "([^"]+)"/.exec(text)?.[1] ?? "";
  expect((await get(next)).text).toContain("export const b = 1");
  expect((await get(url, { origin: "http://evil.example" })).status).toBe(403);
  expect((await get(url.replace(/modules\/[\w-]+/, `modules/${"x".repeat(43)}`))).status).toBe(404);
});

test("an edit gives new addresses to the module and its importers, to no others", async () => {
  write("notebooks/one.ts", "export const one = 1");
  write("notebooks/two.ts", 'export {one} from "./one.ts"');
  write("notebooks/three.ts", "export const three = 3");
  const all = async () => [await urlOf("./one.ts"), await urlOf("./two.ts"), await urlOf("./three.ts")];
  const before = await all();
  expect(await all()).toEqual(before);
  write("notebooks/one.ts", "export const one = 11");
  const after = await all();
  expect(after.map((url, index) => url === before[index])).toEqual([false, false, true]);
  expect((await get(before[0] ?? "")).text).toContain("one = 1\n");
});

test("packages are modules of their own, bundled; CommonJS is told", async () => {
  expect(await find("cjs-only")).toMatchObject({ kind: "common" });
  const esm = await find("npm:esm-only@1");
  expect(esm).toMatchObject({
    kind: "module",
    url: expect.stringContaining("node_modules/esm-only/index.js"),
  });
  const { text } = await get(await urlOf("esm-only"));
  expect(text).toContain("data:text/javascript");
  expect(decodeURIComponent(text)).toContain("/node_modules/counter/index.js");
  const common = await get(await urlOf("cjs-only"));
  expect(common.text).toMatch(
    /import \$required0 from "http[^"]+counter\/index\.js"|import \$required0 from "data:/,
  );
  expect((await get(await urlOf("two-ways"))).text).toContain('"page"');
  expect(await find("d3")).toEqual({ kind: "own", name: "d3" });
  expect(await find("https://example.com/x.js")).toEqual({ kind: "module", url: "https://example.com/x.js" });
});

test("a package with several ways in is left in its files, so that these share their state", async () => {
  const main = await get(await urlOf("many"));
  const sub = await get(await urlOf("many/sub"));
  const addresses = (text: string) => [...text.matchAll(/"(http[^"]+)"/g)].map(([, url]) => url);
  const state = addresses(main.text).find((url) => url?.endsWith("/many/state.js"));
  expect(state).toBeDefined();
  expect(addresses(sub.text)).toContain(state);
  expect(addresses(sub.text)).toContain(await urlOf("many"));
  expect((await get(state ?? "")).text).toContain('{env: "production"}');
  const facts = addresses(main.text).find((url) => url?.endsWith("facts.json")) ?? "";
  expect((await get(facts)).text).toContain("export default JSON.parse");
});

test("what is wrong is an answer with file, line, column and remedy", async () => {
  write("notebooks/bad.ts", "\nexport const a = ;");
  expect(await find("./bad.ts")).toContain('notebooks/bad.ts:2:18: unexpected ";"');
  write("notebooks/needs.ts", '\n import {readFileSync} from "node:fs";');
  expect(await find("./needs.ts")).toMatch(
    /notebooks\/needs\.ts:2:2: module "node:fs" is Node's.*place="kernel"/,
  );
  expect(await find("nothing-like-it")).toContain("npm install nothing-like-it");
  write("node_modules/broken/package.json", '{"name": "broken", "main": "x.js"}');
  write("node_modules/broken/x.js", "export const a = ;");
  expect(await find("broken")).toContain("node_modules/broken/x.js cannot be bundled for the page");
  write("node_modules/lacking/package.json", '{"name": "lacking", "type": "module", "main": "x.js"}');
  write("node_modules/lacking/x.js", 'export * from "not-there"');
  expect(await find("lacking")).toContain('package "not-there" is not installed');
});

test("nothing outside the workspace, hidden or kept by Percolate can be had, by any of the ways", async () => {
  write(".percolate/secrets", "hush");
  symlinkSync("/etc/passwd", join(it.folder, "notebooks/passwd.json"));
  symlinkSync(join(it.folder, ".percolate/secrets"), join(it.folder, "notebooks/secrets.txt"));
  for (const name of [
    "../.percolate/secrets?raw",
    "../../../etc/passwd",
    "/etc/passwd",
    "file:///etc/passwd",
    "./passwd.json",
    "./secrets.txt?raw",
  ])
    expect(await find(name), name).toMatch(/outside of the workspace|hidden|absolute path/);
  const base = (await urlOf("./one.ts")).replace(/local\/.*/, "");
  for (const way of ["file/", "package/x/"])
    for (const name of [
      ".percolate/secrets",
      "notebooks/secrets.txt",
      "..%2f..%2fetc%2fpasswd",
      "%2fetc%2fpasswd",
      "notebooks/passwd.json",
      "notebooks%2f..%2f.percolate%2fsecrets",
      "node_modules%2f..%2f.percolate%2fsecrets",
    ]) {
      const { status, text } = await get(`${base}${way}${name}`);
      expect([way + name, status >= 400, text.includes("hush") || text.includes("root:")]).toEqual([
        way + name,
        true,
        false,
      ]);
    }
  expect((await get(`${base}file/notebooks/one.ts`)).text).toContain("one = 11");
});

test("a closed notebook's addresses give nothing more", async () => {
  const workspace = workspaceAt(it.folder);
  const modules = new PageModules(new ModuleGraphs(it.folder), workspace);
  const secret = modules.open();
  const request = { type: "module", specifier: "./one.ts", as: null, from: null } as const;
  const found = await modules.find(request, "http://x", join(it.folder, "notebooks/n.html"));
  if (found.kind === "own") throw new Error("a file was asked for");
  const path = found.url.slice("http://x/".length);
  expect((await modules.response(secret, path, "http://x")).status).toBe(200);
  modules.close(secret);
  await expect(modules.response(secret, path, "http://x")).rejects.toThrow("not found");
});

test("the addresses end with the notebook's session, and nothing is given out before trust", async () => {
  const url = await urlOf("./one.ts");
  await tab.close();
  await it.server.close();
  await expect(get(url)).rejects.toThrow();
  it = await startTestServer();
  await it.enter();
  write(
    "notebooks/foreign.html",
    '<!doctype html><notebook><title>F</title><script id="1" type="module">1</script></notebook>',
  );
  write("notebooks/one.ts", "export const one = 1");
  tab = await it.tab("notebooks/foreign.html");
  tab.tell({
    type: "request",
    id: 1,
    request: { type: "module", specifier: "./one.ts", as: null, from: null },
  });
  expect((await tab.wait("failure")).failure.remedy).toContain("trust it");
  await tab.close();
});
