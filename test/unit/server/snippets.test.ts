import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { serializeNotebook } from "../../../kernel/notebook/document/file.ts";
import { toCell } from "../../../kernel/notebook/document/notebook.ts";
import { listSnippets, saveSnippet } from "../../../kernel/server/snippets.ts";

function workspace(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), "percolate-snippets-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  if (Object.keys(files).length > 0) mkdirSync(join(root, "snippets"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, "snippets", name), text);
  return workspaceAt(root);
}

const notebook = serializeNotebook({
  title: "Both cells",
  cells: [toCell({ id: 1, source: "1" }), toCell({ id: 4 })],
});

test("a file is a snippet of one cell, a notebook one of all its cells; other files are none", async () => {
  const it = workspace({
    "group-by_week.sql": "SELECT 1\r\n\n",
    "both.html": notebook,
    "README.txt": "no snippet",
    ".hidden.ts": "1",
  });
  const found = await listSnippets(it);
  expect(
    found.map(({ path, title, cells }) => [path, title, cells.map(({ mode, source }) => [mode, source])]),
  ).toEqual([
    [
      "snippets/both.html",
      "Both cells",
      [
        ["ts", "1"],
        ["ts", ""],
      ],
    ],
    ["snippets/group-by_week.sql", "Group by week", [["sql", "SELECT 1"]]],
  ]);
});

test("what cannot be read says why, and hides no other", async () => {
  const it = workspace({ "bad.html": "no notebook", "good.ts": "1" });
  symlinkSync("/etc/hostname", join(it.root, "snippets/out.ts"));
  mkdirSync(join(it.root, "snippets/folder.ts"));
  const found = await listSnippets(it);
  expect(found.map(({ path, failure }) => [path, failure !== undefined])).toEqual([
    ["snippets/bad.html", true],
    ["snippets/folder.ts", true],
    ["snippets/good.ts", false],
    ["snippets/out.ts", true],
  ]);
});

test("without the folder there are none; the first one that is kept makes it, and none is written over", async () => {
  const it = workspace({});
  expect(await listSnippets(it)).toEqual([]);
  expect(await saveSnippet(it, "Both cells", notebook)).toBe("snippets/both-cells.html");
  expect(await saveSnippet(it, "Both cells", notebook)).toBe("snippets/both-cells-2.html");
  expect((await listSnippets(it)).map(({ title, cells }) => [title, cells.length])).toEqual([
    ["Both cells", 2],
    ["Both cells", 2],
  ]);
  await expect(saveSnippet(it, "x", "no notebook")).rejects.toThrow();
});
