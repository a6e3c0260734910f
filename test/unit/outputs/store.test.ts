import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished } from "vitest";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { encode } from "../../../kernel/notebook/bridge/codec.ts";
import { toCell } from "../../../kernel/notebook/document/notebook.ts";
import { codeHash } from "../../../kernel/outputs/code-hash.ts";
import { OutputStore, type ResultKey, type StoreLimits } from "../../../kernel/outputs/store.ts";

const notebook = "notebooks/a.html";
const key = (inputs: string, cell = 1): ResultKey => ({ notebook, cell, code: "code", inputs });
const result = (value: unknown) => ({ at: 5, result: encode({ values: { x: value }, outputs: [] }) });
const cells = [1, 2, 3].map((id) => toCell({ id, source: `cell ${id}` }));
const shown = (text: string) => [{ type: "text", text }] as const;
const hash = (id: number) => codeHash(toCell({ id, source: `cell ${id}` }));

function place() {
  const root = mkdtempSync(join(tmpdir(), "percolate-outputs-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const workspace = workspaceAt(root);
  const open = (limits?: Partial<StoreLimits>) => {
    const store = new OutputStore(workspace, limits);
    onTestFinished(() => store.close());
    return store;
  };
  return { open, file: join(workspace.kept, "outputs/outputs.db") };
}

describe("results of cells that run once", () => {
  it("come back for the same cell, code and inputs, also in another process's eyes", () => {
    const { open } = place();
    const [one, other] = [open(), open()];
    const kept = result(new Float64Array([1, 2]));
    expect(one.recall(key("i"))).toBeNull();
    expect(one.remember(key("i"), kept)).toBe(true);
    expect(other.recall(key("i"))).toEqual(kept);
    expect(other.recall(key("j"))).toBeNull();
    expect(other.recall(key("i", 2))).toBeNull();
    expect(other.recall({ ...key("i"), code: "other" })).toBeNull();
  });

  it("leave the least recently used behind beyond the limit, and never hold what is too large", () => {
    const { open } = place();
    const store = open({ result: 3000, results: 5000 });
    const some = result("x".repeat(1500));
    for (const inputs of ["a", "b", "c"]) store.remember(key(inputs), some);
    store.recall(key("a"));
    store.remember(key("d"), some);
    expect(["a", "b", "c", "d"].filter((inputs) => store.recall(key(inputs)))).toEqual(["a", "c", "d"]);
    expect(store.remember(key("e"), result("x".repeat(4000)))).toBe(false);
    expect(store.recall(key("e"))).toBeNull();
  });

  it("give their room on the disk back when they go", () => {
    const { open, file } = place();
    const store = open({ results: 20 * 2 ** 20 });
    for (let round = 0; round < 8; round++)
      store.remember(key(`${round}`), result(new Uint8Array(8 * 2 ** 20)));
    store.close();
    expect(statSync(file).size).toBeLessThan(24 * 2 ** 20);
  });

  it("follow their notebook to its new name", () => {
    const store = place().open();
    store.remember(key("i"), result(1));
    store.keepHeights(notebook, { 1: 40 });
    store.rename(notebook, "notebooks/b.html");
    expect(store.recall(key("i"))).toBeNull();
    expect(store.recall({ ...key("i"), notebook: "notebooks/b.html" })).toEqual(result(1));
    expect(store.heights("notebooks/b.html")).toEqual({ 1: 40 });
  });
});

it("outputs that were looked at stay longer than those that were not", () => {
  const store = place().open({ cell: 1000, total: 1500 });
  const other = { title: "", cells: cells.slice(1) };
  store.keep(notebook, 1, hash(1), shown("a".repeat(600)));
  store.keep("notebooks/b.html", 2, hash(2), shown("b".repeat(600)));
  expect(Object.keys(store.kept(notebook, { title: "", cells }))).toEqual(["1"]);
  store.keep("notebooks/c.html", 3, hash(3), shown("c".repeat(600)));
  expect(Object.keys(store.kept(notebook, { title: "", cells }))).toEqual(["1"]);
  expect(store.kept("notebooks/b.html", other)).toEqual({});
});

it("heights are kept by cell, the last ones", () => {
  const store = place().open();
  store.keepHeights(notebook, { 1: 30, 2: 400 });
  store.keepHeights(notebook, { 2: 50 });
  expect(store.heights(notebook)).toEqual({ 1: 30, 2: 50 });
  expect(store.heights("notebooks/other.html")).toEqual({});
});

it("a file that gets damaged while it is open is put aside, and begun anew by all who use it", () => {
  const { open, file } = place();
  const [one, other] = [open(), open()];
  for (let cell = 1; cell < 50; cell++) one.remember(key("i", cell), result("x".repeat(5000)));
  other.recall(key("i", 1));
  one.flush();
  const database = new Database(file);
  database.pragma("wal_checkpoint(TRUNCATE)");
  database.close();
  const descriptor = openSync(file, "r+");
  writeSync(descriptor, Buffer.alloc(statSync(file).size - 100, 7), 0, undefined, 100);
  closeSync(descriptor);
  for (const store of [one, other]) {
    for (let cell = 1; cell < 50; cell++) store.recall(key("i", cell));
    expect(store.remember(key("new"), result(2))).toBe(true);
    expect(store.recall(key("new"))).toEqual(result(2));
  }
  expect(readFileSync(`${file}.damaged`).length).toBeGreaterThan(0);
  expect(one.recall(key("new"))).toEqual(result(2));
});

it("a database of another version, or of something else, is made to fit", () => {
  const { open, file } = place();
  open().close();
  const foreign = new Database(file);
  foreign.exec("DROP TABLE shown; CREATE TABLE shown (what TEXT); CREATE TABLE theirs (a)");
  foreign.pragma("user_version = 77");
  foreign.close();
  const store = open();
  expect(store.remember(key("i"), result(1))).toBe(true);
  store.keep(notebook, 1, hash(1), shown("a"));
  expect(Object.keys(store.kept(notebook, { title: "", cells }))).toEqual(["1"]);
});
