import { mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { difference } from "../../../kernel/notebook/document/difference.ts";
import { parseNotebook } from "../../../kernel/notebook/document/file.ts";
import { toCell } from "../../../kernel/notebook/document/notebook.ts";
import type { Operation } from "../../../kernel/notebook/document/operations.ts";
import type { OpenDocument } from "../../../kernel/server/documents.ts";
import { coffee, edited, failed, saved, TestWorkspace } from "./documents-workspace.ts";

const path = "notebooks/coffee.html";
const title = (text: string): Operation => ({ type: "title", title: text });
const source = (document: OpenDocument, index: number) => document.notebook.cells[index]?.source;

describe("opening a notebook", () => {
  it("gives one document to all who ask", async () => {
    const store = new TestWorkspace().store();
    const [one, two] = await Promise.all([
      store.open(path),
      store.open("notebooks/../notebooks/coffee.html"),
    ]);
    expect(two).toBe(one);
    expect(one.notebook).toEqual(parseNotebook(coffee));
    expect(one.path).toBe(path);
  });

  it.each([
    ["../coffee.html", /not in this workspace/],
    ["/etc/passwd.html", /not in this workspace/],
    ["notebooks/../../x.html", /not in this workspace/],
    ["..\\x.html", /not in this workspace/],
    [".percolate/trash/x.html", /not in this workspace/],
    ["notebooks/\0.html", /not in this workspace/],
    ["", /not in this workspace/],
    ["notebooks/coffee.txt", /does not end in .html/],
    ["notebooks/cofee.html", /not found/],
    ["nowhere/coffee.html", /not found/],
  ])("refuses %j", async (wrong, message) => {
    await expect(new TestWorkspace().store().open(wrong)).rejects.toThrow(message);
  });

  it("says which name may be meant", async () => {
    await expect(new TestWorkspace().store().open("notebooks/cofee.html")).rejects.toMatchObject({
      failure: { remedy: 'did you mean "coffee.html"?' },
    });
  });

  it("does not follow links out of the workspace", async () => {
    const test = new TestWorkspace();
    symlinkSync(dirname(test.workspace.root), test.path("notebooks/up"));
    test.write("../secret.html", coffee);
    test.write("data.txt", coffee);
    symlinkSync(test.path("data.txt"), test.path("notebooks/data.html"));
    const store = test.store();
    await expect(store.open("notebooks/up/secret.html")).rejects.toThrow(/not in this workspace/);
    await expect(store.open("notebooks/data.html")).rejects.toThrow(/does not end in .html/);
    await expect(store.rename(path, "notebooks/up/coffee.html")).rejects.toThrow(/not in this workspace/);
  });

  it.each([
    ["an empty file", "", /"notebooks\/bad.html": the file is empty/],
    ["bytes that are not UTF-8", Buffer.from("<notebook>caf\xe9</notebook>", "latin1"), /not UTF-8/],
    ["a picture", Buffer.from("\x89PNG\r\n\0\0", "latin1"), /not text|not UTF-8/],
    ["half a notebook", coffee.slice(0, 120), /never closed/],
  ])("refuses %s and names it", async (_, bytes, message) => {
    const test = new TestWorkspace();
    test.write("notebooks/bad.html", bytes);
    await expect(test.store().open("notebooks/bad.html")).rejects.toThrow(message);
  });

  it("can be tried again after a failure", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    test.write(path, "");
    await expect(store.open(path)).rejects.toThrow(/empty/);
    test.write(path, coffee);
    expect((await store.open(path)).notebook.title).toBe("Coffee");
  });
});

describe("editing", () => {
  it("is saved soon, and changes only what changed", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    const done = saved(document);
    document.edit(document.version, [title("Tea")], "a");
    await done;
    expect(test.read(path)).toBe(coffee.replace("<title>Coffee", "<title>Tea"));
    expect(readdirSync(test.workspace.notebooks)).toEqual(["coffee.html"]);
  });

  it("is saved while typing goes on", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    const done = saved(document);
    let typed = 0;
    const typing = setInterval(() => document.edit(document.version, [title(`T${++typed}`)], "a"), 20);
    await done;
    clearInterval(typing);
    expect(parseNotebook(test.read(path)).title).toMatch(/^T\d+$/);
  });

  it("carries an edit over what came since its base, and tells all", async () => {
    const document = await new TestWorkspace().store().open(path);
    const base = document.version;
    document.edit(base, [{ type: "edit", cell: 2, changes: [[0, "a"], 5] }], "a");
    const heard = edited(document);
    const answer = document.edit(base, [{ type: "edit", cell: 2, changes: [5, [0, "b"]] }], "b");
    expect(answer).toEqual({
      version: base + 2,
      operations: [{ type: "edit", cell: 2, changes: [6, [0, "b"]] }],
    });
    expect(await heard).toEqual({ type: "edited", client: "b", ...answer });
    expect(source(document, 1)).toBe("a1 + 1b");
  });

  it("refuses a base that it does not know, and a change that does not fit, and stays as it was", async () => {
    const document = await new TestWorkspace().store().open(path);
    const before = document.notebook;
    expect(() => document.edit(document.version - 1, [title("x")], "a")).toThrow(/too far behind/);
    expect(() => document.edit(document.version + 1, [title("x")], "a")).toThrow(/too far behind/);
    expect(() => document.edit(3, [title("x")], "a")).toThrow(/too far behind/);
    const wrong: Operation = { type: "edit", cell: 2, changes: [99] };
    expect(() => document.edit(document.version, [title("x"), wrong], "a")).toThrow(/99 characters/);
    expect(document.notebook).toBe(before);
  });

  it("keeps the file's mode and a link to it", async () => {
    const test = new TestWorkspace();
    await chmod(test.path(path), 0o640);
    symlinkSync("coffee.html", test.path("notebooks/link.html"));
    const document = await test.store().open("notebooks/link.html");
    document.edit(document.version, [title("Tea")], "a");
    await document.flush();
    expect(statSync(test.path(path)).mode & 0o777).toBe(0o640);
    expect(parseNotebook(test.read("notebooks/link.html")).title).toBe("Tea");
    expect(document.path).toBe(path);
  });

  it("is saved when the document is closed, and a new one opens after that", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    const document = await store.open(path);
    document.edit(document.version, [title("Tea")], "a");
    await document.close();
    expect(parseNotebook(test.read(path)).title).toBe("Tea");
    expect(() => document.edit(document.version, [title("x")], "a")).toThrow(/closed/);
    expect(await store.open(path)).not.toBe(document);
  });
});

describe("a folder that cannot be written", () => {
  it("gives a failure once, keeps the text, and is tried again with the next edit", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    renameSync(test.workspace.notebooks, `${test.workspace.notebooks}-away`);
    const failure = failed(document);
    document.edit(document.version, [title("Tea")], "a");
    expect(await failure).toMatchObject({ failure: { message: expect.stringContaining(path) } });
    await document.flush();
    expect(document.failure?.remedy).toContain("kept here");
    renameSync(`${test.workspace.notebooks}-away`, test.workspace.notebooks);
    const done = saved(document);
    document.edit(document.version, [title("Green tea")], "a");
    await done;
    expect(document.failure).toBeNull();
    expect(parseNotebook(test.read(path)).title).toBe("Green tea");
  });

  it.skipIf(!process.seteuid)("names the read-only folder and what to do", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    await chmod(test.workspace.notebooks, 0o555);
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65534);
    document.edit(document.version, [title("Tea")], "a");
    await document.flush();
    if (root) process.seteuid?.(0);
    await chmod(test.workspace.notebooks, 0o755);
    expect(document.failure).toMatchObject({
      message: `cannot save "${path}": its folder is read-only (EACCES)`,
      remedy: expect.stringContaining("make the folder writable"),
    });
    expect(test.read(path)).toBe(coffee);
    expect(readdirSync(test.workspace.notebooks)).toEqual(["coffee.html"]);
  });

  it("leaves the text in the trash folder when the document must close", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    rmSync(test.workspace.notebooks, { recursive: true });
    document.edit(document.version, [title("Tea")], "a");
    const heard: string[] = [];
    document.on((event) => void (event.type === "failure" && heard.push(String(event.failure.remedy))));
    await document.close();
    const kept = /its text is in (\S+)/.exec(heard.at(-1) ?? "")?.[1] ?? "";
    expect(parseNotebook(test.read(kept)).title).toBe("Tea");
  });
});

describe("a change by another program", () => {
  it("comes as ordinary operations, cell by cell", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    const heard = edited(document);
    test.write(path, coffee.replace("1 + 1", "1 + 2").replace("<title>Coffee", "<title>Tea"));
    expect(await heard).toMatchObject({
      client: "disk",
      operations: [title("Tea"), { type: "edit", cell: 2, changes: [4, [1, "2"]] }],
    });
    expect(source(document, 1)).toBe("1 + 2");
  });

  it("is seen when the file is replaced, again and again", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    for (const name of ["One", "Two", "Three"]) {
      const heard = edited(document);
      test.write("notebooks/.coffee.swp", coffee.replace("<title>Coffee", `<title>${name}`));
      renameSync(test.path("notebooks/.coffee.swp"), test.path(path));
      await heard;
      expect(document.notebook.title).toBe(name);
    }
  });

  it("is merged with edits that were not saved yet, and both are saved", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    document.edit(document.version, [{ type: "edit", cell: 2, changes: [5, [0, " // mine"]] }], "a");
    const more = '  <script id="3" type="text/html">\n    <b>theirs</b>\n  </script>\n</notebook>';
    test.write(path, coffee.replace("1 + 1", "2 + 1").replace("</notebook>", more));
    await document.flush();
    expect(document.notebook.cells.map((cell) => cell.source)).toEqual([
      "# Coffee\n\nWhat I drank.",
      "2 + 1 // mine",
      "<b>theirs</b>",
    ]);
    expect(parseNotebook(test.read(path))).toEqual(document.notebook);
  });

  it("keeps both of two new cells with the same id", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    const cell = toCell({ id: 3, source: "mine" });
    document.edit(document.version, [{ type: "insert", cell, after: 2 }], "a");
    test.write(
      path,
      coffee.replace("</notebook>", '<script id="3" type="module">theirs</script>\n</notebook>'),
    );
    await document.flush();
    const sources = document.notebook.cells.map(({ source }) => source).slice(2);
    expect(sources.sort()).toEqual(["mine", "theirs"]);
    expect(parseNotebook(test.read(path))).toEqual(document.notebook);
  });

  it("that only touches the file changes nothing", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    const events: string[] = [];
    document.on((event) => events.push(event.type));
    utimesSync(test.path(path), 1, 1);
    await document.check();
    expect(events).toEqual([]);
  });

  it("that cannot be read is told, leaves the text alone, and is put aside when we save", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    const failure = failed(document);
    test.write(path, "<notebook><script>oops");
    expect(await failure).toMatchObject({
      failure: {
        message: expect.stringMatching(/cannot be read: <script> is never closed/),
        line: 1,
        column: 11,
      },
    });
    expect(source(document, 1)).toBe("1 + 1");
    const replaced = failed(document);
    document.edit(document.version, [title("Tea")], "a");
    const event = await replaced;
    const remedy = event.type === "failure" ? (event.failure.remedy ?? "") : "";
    expect(test.read(remedy.replace("its text is in ", ""))).toBe("<notebook><script>oops");
    await document.flush();
    expect(parseNotebook(test.read(path)).title).toBe("Tea");
  });

  it("that is corrected is taken in after all", async () => {
    const test = new TestWorkspace();
    const document = await test.store().open(path);
    const failure = failed(document);
    test.write(path, coffee.slice(0, -20));
    await failure;
    const heard = edited(document);
    test.write(path, coffee.replace("1 + 1", "3"));
    await heard;
    expect(source(document, 1)).toBe("3");
    expect(document.failure).toBeNull();
  });

  it("that removes the file is told; the next edit writes it again, closing alone does not", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    const document = await store.open(path);
    const failure = failed(document);
    rmSync(test.path(path));
    await failure;
    await document.close();
    expect(readdirSync(test.workspace.notebooks)).toEqual([]);
    test.write(path, coffee);
    const again = await store.open(path);
    const removed = failed(again);
    rmSync(test.path(path));
    await removed;
    again.edit(again.version, [title("Back")], "a");
    await again.flush();
    expect(parseNotebook(test.read(path)).title).toBe("Back");
  });

  it("through another store on the same workspace reaches both", async () => {
    const test = new TestWorkspace();
    const [one, two] = await Promise.all([test.store().open(path), test.store().open(path)]);
    const heard = edited(two);
    one.edit(one.version, [{ type: "edit", cell: 2, changes: [[0, "one "], 5] }], "a");
    two.edit(two.version, [{ type: "set", cell: 1, fields: { pinned: true } }], "b");
    await heard;
    await one.flush();
    await two.flush();
    await one.check();
    expect(difference(one.notebook, two.notebook)).toEqual([]);
    expect(one.notebook.cells[0]?.pinned).toBe(true);
    expect(source(two, 1)).toBe("one 1 + 1");
  });
});

describe("notebook files", () => {
  it("get a free name made of their title", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    expect(await store.create({ title: "Café au lait!" })).toBe("notebooks/cafe-au-lait.html");
    expect(await store.create({ title: "Coffee" })).toBe("notebooks/coffee-2.html");
    expect(await store.create({ title: "コーヒー" })).toBe(
      "notebooks/コーヒー.html".normalize("NFKD").replace(/\p{Mark}/gu, ""),
    );
    expect(await store.create({ title: "../../?" })).toBe("notebooks/notebook.html");
    expect((await store.open("notebooks/cafe-au-lait.html")).notebook.title).toBe("Café au lait!");
  });

  it("made at the same time all get a name of their own", async () => {
    const store = new TestWorkspace().store();
    const paths = await Promise.all(Array.from({ length: 8 }, () => store.create({ title: "Same" })));
    expect(new Set(paths).size).toBe(8);
  });

  it("are copied byte for byte but for the title", async () => {
    const test = new TestWorkspace();
    const copy = await test.store().create({ copyOf: path });
    expect(copy).toBe("notebooks/coffee-copy.html");
    expect(test.read(copy)).toBe(coffee.replace("<title>Coffee", "<title>Coffee (copy)"));
  });

  it("are renamed while open, and never over another one", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    const document = await store.open(path);
    document.edit(document.version, [title("Tea")], "a");
    expect(await store.rename(path, "tea")).toBe("notebooks/tea.html");
    expect(document.path).toBe("notebooks/tea.html");
    document.edit(document.version, [title("Green tea")], "a");
    await document.flush();
    expect(parseNotebook(test.read("notebooks/tea.html")).title).toBe("Green tea");
    expect(await store.open("notebooks/tea.html")).toBe(document);
    const other = await store.create({ title: "Other" });
    await expect(store.rename(other, "tea.html")).rejects.toThrow(/exists already/);
    await expect(store.rename(other, "../tea.html")).rejects.toThrow(/not in this workspace/);
    expect(await store.rename(other, "notebooks/deep/er/other.html")).toBe("notebooks/deep/er/other.html");
  });

  it("go to the trash with their last edit and come back, beside what took their place", async () => {
    const test = new TestWorkspace();
    const store = test.store();
    const document = await store.open(path);
    document.edit(document.version, [title("Tea")], "a");
    const trash = await store.trash(path);
    expect(readdirSync(test.workspace.notebooks)).toEqual([]);
    await expect(store.open(path)).rejects.toThrow(/not found/);
    test.write(path, coffee);
    expect(await store.restore(trash)).toBe("notebooks/coffee-2.html");
    expect(parseNotebook(test.read("notebooks/coffee-2.html")).title).toBe("Tea");
    await expect(store.restore(trash)).rejects.toThrow(/nothing is in the trash/);
  });

  it.each(["", "x", "../catalog.db", "20250101T000000Z-abcdef/../../../notebooks/coffee.html"])(
    "are not restored from %j",
    async (name) => {
      await expect(new TestWorkspace().store().restore(name)).rejects.toThrow(/nothing is in the trash/);
    },
  );

  it("are listed with title, cells and first words; those that do not parse with the reason", async () => {
    const test = new TestWorkspace();
    mkdirSync(test.path("notebooks/more"));
    test.write("notebooks/more/bad.html", "<p>");
    test.write("notebooks/notes.txt", "");
    test.write("notebooks/.hidden.html", coffee);
    const entries = await test.store().list("notebooks");
    expect(entries).toMatchObject([
      { path, title: "Coffee", cells: 2, summary: "What I drank." },
      { path: "notebooks/more/bad.html", title: "bad.html", failure: { kind: "input", line: 1 } },
    ]);
    expect(entries[0]?.modified).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(await test.store().list("templates")).toEqual([]);
    await expect(test.store().list("..")).rejects.toThrow(/not in this workspace/);
  });

  it("are read again for a list only where they changed", async () => {
    const test = new TestWorkspace();
    for (let i = 0; i < 500; i++) test.write(`notebooks/n${i}.html`, coffee);
    const store = test.store();
    const first = await store.list("notebooks");
    expect(first.length).toBe(501);
    test.write("notebooks/n7.html", coffee.replace("<title>Coffee", "<title>Tea"));
    const second = await store.list("notebooks");
    expect(second.filter((entry, index) => entry !== first[index]).map((entry) => entry.title)).toEqual([
      "Tea",
    ]);
  });
});
