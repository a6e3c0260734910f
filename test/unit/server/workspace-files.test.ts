import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FileList, FilePreview } from "../../../kernel/notebook/api.ts";
import { type StartedServer, startTestServer } from "./start.ts";

let it: StartedServer;
const outside = join(tmpdir(), `percolate-outside-${process.pid}`);

beforeAll(async () => {
  it = await startTestServer();
  await it.enter();
  mkdirSync(outside);
  writeFileSync(join(outside, "secret.txt"), "secret");
});
afterAll(async () => {
  await it.close();
  rmSync(outside, { recursive: true, force: true });
});

const at = (path: string) => join(it.folder, path);
const q = encodeURIComponent;
const put = (path: string, text: string) => {
  mkdirSync(join(at(path), ".."), { recursive: true });
  writeFileSync(at(path), text);
};
const list = async (path: string) =>
  (await it.ask("GET", `/api/workspace?path=${q(path)}`)).json() as FileList;
const names = async (path: string) => (await list(path)).entries.map(({ name }) => name);
const preview = async (path: string) =>
  (await it.ask("GET", `/api/workspace/preview?path=${q(path)}`)).json() as FilePreview;

/** What is answered, by status and by path or message. */
async function outcome(method: string, url: string, body?: unknown): Promise<[number, string]> {
  const answer = await it.ask(method, url, body);
  const { path, trash, failure } = answer.json() as {
    path?: string;
    trash?: string;
    failure?: { message: string };
  };
  return [answer.status, path ?? trash ?? failure?.message ?? ""];
}
const make = (path: string, kind: "folder" | "file" = "file") =>
  outcome("POST", "/api/workspace", { path, kind });
const move = (path: string, to: string) => outcome("POST", "/api/workspace/move", { path, to });
const remove = (path: string) => outcome("DELETE", `/api/workspace?path=${q(path)}`);
const restore = (trash: string) => outcome("POST", "/api/workspace/restore", { trash });

test("folders come first, in the order of people; what is hidden or not the user's is left out", async () => {
  put("tree/b10.csv", "");
  put("tree/b9.csv", "");
  put("tree/A/x.txt", "");
  put("tree/.hidden", "");
  put("tree/node_modules/x.js", "");
  expect(await names("tree")).toEqual(["A", "b9.csv", "b10.csv"]);
  expect(await names("")).not.toContain(".percolate");
});

test("files and folders are made, but never over others, and with names that every system can hold", async () => {
  expect(await make("new", "folder")).toEqual([201, "new"]);
  expect(await make("new/deep/er.ts")).toEqual([201, "new/deep/er.ts"]);
  expect(await make("new", "folder")).toEqual([400, '"new" exists already']);
  expect(await make("new/deep/er.ts")).toEqual([400, '"new/deep/er.ts" exists already']);
  for (const bad of ["new/a:b", "new/ a", "new/a.", `new/${"x".repeat(300)}`, "new/a\u0001"])
    expect((await make(bad))[0], bad).toBe(400);
});

test("no path leads out of the workspace or into what is closed, for any operation", async () => {
  put("in/a.txt", "a");
  const bad = ["../x", "in/../../x", "/etc/passwd", "C:\\x", "..\\x", ".percolate/x", "in/.git/x", "a\0b"];
  for (const path of [...bad, "node_modules/x", "in/node_modules", ".PERCOLATE/catalog.db"]) {
    expect((await it.ask("GET", `/api/workspace?path=${q(path)}`)).status, path).toBe(400);
    expect((await it.ask("GET", `/api/workspace/file?path=${q(path)}`)).status, path).toBe(400);
    expect((await it.ask("GET", `/api/workspace/preview?path=${q(path)}`)).status, path).toBe(400);
    expect((await make(path))[0], path).toBe(400);
    expect((await make(path, "folder"))[0], path).toBe(400);
    expect((await move(path, "in/stolen"))[0], path).toBe(400);
    expect((await move("in/a.txt", path))[0], path).toBe(400);
    expect((await remove(path))[0], path).toBe(400);
    expect((await outcome("PUT", `/api/workspace/upload?folder=${q(path)}&name=x`))[0], path).toBe(400);
  }
  for (const path of ["", ".", "./"]) expect((await remove(path))[0]).toBe(400);
  expect((await restore("../../notebooks"))[0]).toBe(400);
  expect(readFileSync(at("in/a.txt"), "utf8")).toBe("a");
});

test("links that lead out are neither listed nor followed; deleting one leaves what it leads to", async () => {
  put("links/own.txt", "own");
  symlinkSync(outside, at("links/out"));
  symlinkSync(join(outside, "secret.txt"), at("links/secret.txt"));
  symlinkSync(at(".percolate"), at("links/kept"));
  symlinkSync(at("links"), at("links/round"));
  expect(await names("links")).toEqual(["round", "own.txt"]);
  for (const path of ["links/out/secret.txt", "links/secret.txt", "links/kept/catalog.db"]) {
    expect((await it.ask("GET", `/api/workspace/file?path=${q(path)}`)).status, path).toBe(400);
    expect((await it.ask("GET", `/api/workspace/preview?path=${q(path)}`)).status, path).toBe(400);
  }
  expect((await make("links/out/new.txt"))[0]).toBe(400);
  expect((await move("links/own.txt", "links/out/own.txt"))[0]).toBe(400);
  expect((await remove("links/out/secret.txt"))[0]).toBe(400);
  expect((await remove("links/out"))[0]).toBe(200);
  expect(readFileSync(join(outside, "secret.txt"), "utf8")).toBe("secret");
});

test("moving overwrites nothing, and a folder does not go into itself", async () => {
  put("mv/a.txt", "a");
  put("mv/b.txt", "b");
  put("mv/sub/c.txt", "c");
  expect(await move("mv/a.txt", "mv/b.txt")).toEqual([400, '"mv/b.txt" exists already']);
  expect(await move("mv/a.txt", "mv/sub/a2.txt")).toEqual([200, "mv/sub/a2.txt"]);
  expect((await move("mv/sub", "mv/sub/inner"))[0]).toBe(400);
  expect((await move("mv/sub", "mv/b.txt"))[0]).toBe(400);
  expect(await move("mv/sub", "mv2/sub")).toEqual([200, "mv2/sub"]);
  expect(await names("mv2/sub")).toEqual(["a2.txt", "c.txt"]);
  expect((await move("mv/gone.txt", "mv/x.txt"))[0]).toBe(400);
});

test("what is deleted comes back where it was, or beside what is there now", async () => {
  put("del/f/a.txt", "a");
  put("del/b.csv", "b");
  const [, folder] = await remove("del/f");
  const [, file] = await remove("del/b.csv");
  expect(await names("del")).toEqual([]);
  put("del/b.csv", "newer");
  expect(await restore(file)).toEqual([200, "del/b-2.csv"]);
  expect(await restore(folder)).toEqual([200, "del/f"]);
  expect(readFileSync(at("del/f/a.txt"), "utf8")).toBe("a");
  expect((await restore(file))[0]).toBe(400);
});

test("tabs of a notebook stay with it when it or its folder is moved", async () => {
  const path = await it.notebook("Moving", { id: 1, source: "1" });
  const tab = await it.tab(path);
  expect((await move(path, "notebooks/moved.html"))[1]).toBe("notebooks/moved.html");
  expect(await tab.wait("moved")).toEqual({ type: "moved", path: "notebooks/moved.html" });
  expect(await move("notebooks", "books")).toEqual([200, "books"]);
  expect(await tab.wait("moved")).toEqual({ type: "moved", path: "books/moved.html" });
  tab.edit({ type: "edit", cell: 1, changes: [1, [0, "2345"]] });
  await tab.wait("saved");
  expect(readFileSync(at("books/moved.html"), "utf8")).toContain("12345");
  expect(existsSync(at("notebooks/moved.html"))).toBe(false);
  const [status, trash] = await remove("books");
  expect(status).toBe(200);
  expect((await tab.wait("failure")).failure.message).toBe('"books" was deleted');
  expect((await restore(trash))[1]).toBe("books");
  await tab.close();
});

test("data is looked into by the engine, with types; what is not what its name says is shown as text", async () => {
  put("look/a.csv", "day,cups\n2024-01-01,3\n2024-01-02,\n");
  put("look/b.ndjson", '{"a": 1, "b": "x"}\n{"a": 2, "b": null}\n');
  put("look/it's [1].csv", "x\n1\n");
  put("look/bad.parquet", "no parquet at all");
  put("look/c.ts", "export const a = 1;\n");
  put("look/empty.csv", "");
  writeFileSync(at("look/d.bin"), Buffer.from([0, 1, 2, 255]));
  put("look/p.svg", "<svg/>");
  expect(await preview("look/a.csv")).toMatchObject({
    kind: "table",
    columns: [
      { name: "day", type: "DATE" },
      { name: "cups", type: "BIGINT" },
    ],
    rows: [
      ["2024-01-01", "3"],
      ["2024-01-02", null],
    ],
    more: false,
  });
  expect(await preview("look/b.ndjson")).toMatchObject({
    kind: "table",
    rows: [
      ["1", "x"],
      ["2", null],
    ],
  });
  expect(await preview("look/it's [1].csv")).toMatchObject({ kind: "table", rows: [["1"]] });
  expect(await preview("look/bad.parquet")).toMatchObject({ kind: "text", text: "no parquet at all" });
  expect(await preview("look/c.ts")).toMatchObject({ kind: "text", more: false });
  expect(await preview("look/empty.csv")).toMatchObject({ kind: "text", text: "" });
  expect(await preview("look/d.bin")).toMatchObject({ kind: "binary", bytes: 4 });
  expect(await preview("look/p.svg")).toMatchObject({ kind: "image" });
});

test("a file is had as a download that no page of this origin can be", async () => {
  put("down/x.html", "<script>alert(1)</script>");
  const answer = await it.ask("GET", "/api/workspace/file?path=down/x.html");
  expect(answer.text).toContain("alert");
  expect(answer.headers["content-disposition"]).toBe("attachment; filename*=UTF-8''x.html");
  expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
  expect((await it.ask("GET", "/api/workspace/file?path=down")).status).toBe(404);
});

test("an upload lands in its folder, beside what is there", async () => {
  put("up/a.csv", "old");
  const headers = { cookie: it.cookie, origin: it.origin };
  const answer = await it.send("PUT", "/api/workspace/upload?folder=up&name=a.csv", headers, "new");
  expect(answer.json()).toEqual({ path: "up/a-2.csv" });
  expect((await names("up")).sort()).toEqual(["a-2.csv", "a.csv"]);
});
