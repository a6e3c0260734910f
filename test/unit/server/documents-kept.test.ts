import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import type { Output } from "../../../kernel/notebook/display/output.ts";
import { toCell } from "../../../kernel/notebook/document/notebook.ts";
import { codeHash } from "../../../kernel/outputs/code-hash.ts";
import { OutputStore } from "../../../kernel/outputs/store.ts";
import { Trust } from "../../../kernel/server/trust.ts";
import { coffee, next, TestWorkspace } from "./documents-workspace.ts";

const path = "notebooks/coffee.html";
const text = (value: string): Output[] => [{ type: "text", text: value }];
const cells = [1, 2, 3].map((id) => toCell({ id, source: `cell ${id}` }));
const notebook = { title: "t", cells };

describe("kept outputs", () => {
  const hash = (id: number) => codeHash(toCell({ id, source: `cell ${id}` }));

  it("come back with their bytes, for cells that are the same, also in another process's eyes", () => {
    const { workspace } = new TestWorkspace();
    const [store, other] = [new OutputStore(workspace), new OutputStore(workspace)];
    const table: Output = {
      type: "table",
      table: {
        id: "session-1",
        columns: [{ name: "a", type: "BIGINT" }],
        rowCount: 9,
        head: new Uint8Array([1, 2, 255]),
      },
    };
    store.keep(path, 1, hash(1), [table]);
    store.keep(path, 2, "of another source", text("old"));
    store.keep("notebooks/tea.html", 3, hash(3), text("tea"));
    store.flush();
    expect(other.kept(path, notebook)).toEqual({
      1: { outputs: [{ ...table, table: { ...table.table, id: null } }], at: expect.any(Number) },
    });
    store.close();
    other.close();
  });

  it("depend on source, mode, place, output and database, not on what is only looks", () => {
    const cell = toCell({ id: 1, source: "x", mode: "md" });
    const same = { ...cell, pinned: true, hidden: true, name: "n", id: 2, run: "manual" } as const;
    expect(codeHash(same)).toBe(codeHash(cell));
    const others = [
      { source: "y" },
      { mode: "ts" },
      { place: "kernel" },
      { output: "o" },
      { database: "d" },
    ] as const;
    const hashes = others.map((fields) => codeHash({ ...cell, ...fields }));
    expect(new Set([codeHash(cell), ...hashes]).size).toBe(6);
  });

  it("leave the oldest behind when they grow beyond the limit, and never hold what is too large", () => {
    const { workspace } = new TestWorkspace();
    const store = new OutputStore(workspace, { cell: 1000, total: 1500 });
    store.keep(path, 1, hash(1), text("a".repeat(600)));
    store.keep(path, 2, hash(2), text("b".repeat(600)));
    store.keep(path, 3, hash(3), text("c".repeat(600)));
    expect(Object.keys(store.kept(path, notebook))).toEqual(["2", "3"]);
    store.keep(path, 3, hash(3), text("d".repeat(2000)));
    expect(Object.keys(store.kept(path, notebook))).toEqual(["2"]);
    store.close();
  });

  it("follow a notebook to its new name, and are there when it is opened again", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    const document = await store.open(path);
    document.keep(2, text("2"));
    expect(document.kept()).toEqual({ 2: { outputs: text("2"), at: expect.any(Number) } });
    await store.rename(path, "tea");
    await document.close();
    const again = await store.open("notebooks/tea.html");
    expect(again.kept()).toEqual({ 2: { outputs: text("2"), at: expect.any(Number) } });
    again.edit(again.version, [{ type: "edit", cell: 2, changes: [5, [0, "0"]] }], "a");
    expect(again.kept()).toEqual({});
  });
});

describe("a workspace", () => {
  it.each(["trust.db", "outputs/outputs.db"])("with a damaged %s is opened with a new one", async (name) => {
    const test = new TestWorkspace();
    const file = join(test.workspace.kept, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "this is no database at all ".repeat(100));
    const document = await test.store().open(path);
    document.trust();
    expect(document.trusted).toBe(true);
    expect(readFileSync(`${file}.damaged`, "utf8")).toContain("no database");
  });

  it("in which nothing can be kept is refused with the place and what to do", () => {
    const test = new TestWorkspace();
    rmSync(test.workspace.kept, { recursive: true, force: true });
    writeFileSync(test.workspace.kept, "a file where the folder should be");
    expect(() => test.store()).toThrow(/\.percolate" cannot be made \(EEXIST\)/);
  });

  it("whose outputs cannot be written goes on", () => {
    const test = new TestWorkspace();
    const store = new OutputStore(test.workspace);
    const database = new Database(join(test.workspace.kept, "outputs/outputs.db"));
    database.exec("DROP TABLE shown");
    database.close();
    store.keep(path, 1, "hash", text("1"));
    expect(() => store.flush()).not.toThrow();
    store.close();
  });
});

describe("trust", () => {
  it("is for the exact text, and outlives the process", () => {
    const { workspace } = new TestWorkspace();
    const keyFile = join(workspace.root, "../trust.key");
    const trust = new Trust(workspace, keyFile);
    trust.trust(coffee);
    trust.close();
    const again = new Trust(workspace, keyFile);
    expect([again.isTrusted(coffee), again.isTrusted(`${coffee} `)]).toEqual([true, false]);
    again.close();
  });

  it("does not come along with a workspace of someone else", () => {
    const { workspace } = new TestWorkspace();
    const theirs = new Trust(workspace, join(workspace.root, "../their.key"));
    theirs.trust(coffee);
    theirs.close();
    const mine = new Trust(workspace, join(workspace.root, "../my.key"));
    expect(mine.isTrusted(coffee)).toBe(false);
    mine.close();
  });

  it("lasts as long as the process where no key can be kept", () => {
    const { workspace } = new TestWorkspace();
    const trust = new Trust(workspace, join(workspace.notebooks, "coffee.html", "trust.key"));
    trust.trust(coffee);
    expect(trust.isTrusted(coffee)).toBe(true);
    trust.close();
  });

  it("is there for notebooks made here, and asked for those that came from elsewhere", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    expect((await store.open(path)).trusted).toBe(false);
    expect((await store.open(await store.create({ title: "Mine" }))).trusted).toBe(true);
    expect((await store.open(await store.create({ copyOf: path }))).trusted).toBe(false);
  });

  it("passes to a copy of what is trusted, whatever it is called", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    (await store.open(path)).trust();
    const copies = [
      await store.create({ copyOf: path }),
      await store.create({ copyOf: path, title: "Mine" }),
    ];
    for (const copy of copies) expect((await store.open(copy)).trusted).toBe(true);
  });

  it("goes on with what is saved, once given", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    const document = await store.open(path);
    const told = next(document, (event) => event.type === "trusted");
    document.trust();
    await told;
    document.edit(document.version, [{ type: "title", title: "Tea" }], "a");
    await document.close();
    expect((await store.open(path)).trusted).toBe(true);
  });

  it("does not pass to text that another program wrote", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    const document = await store.open(path);
    document.trust();
    test.write(path, coffee.replace("1 + 1", "stealCookies()"));
    await document.check();
    document.edit(document.version, [{ type: "title", title: "Tea" }], "a");
    await document.close();
    expect((await store.open(path)).trusted).toBe(false);
  });
});
