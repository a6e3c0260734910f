import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { prepareWorkspace, workspaceAt } from "../../kernel/catalog/workspace.ts";
import { parseNotebook } from "../../kernel/notebook/document/file.ts";
import { toCell } from "../../kernel/notebook/document/notebook.ts";
import { htmlOf, isNode } from "../../kernel/session/dom.ts";
import { makeFileAttachment } from "../../kernel/session/files.ts";
import { runHeadless } from "../../kernel/session/headless.ts";
import { openInKit } from "./kit-notebook.ts";

/** Whole notebooks, in Notebook Kit and here: every name comes to the same value. */
const workspace = workspaceAt(mkdtempSync(join(tmpdir(), "percolate-judges-")));
const folder = join(workspace.root, "notebooks");
cpSync(join(import.meta.dirname, "notebooks"), folder, { recursive: true });

beforeAll(() => {
  prepareWorkspace(workspace);
  // Notebook Kit tells of every failed cell there.
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterAll(() => rmSync(workspace.root, { recursive: true, force: true }));

const notebooks = readdirSync(folder).filter((name) => name.endsWith(".html"));

/** A cell that hands the value of a name out. */
const probe = (id: number, name: string) =>
  toCell({ id, mode: "js", source: `void probed(${JSON.stringify(name)}, ${name})` });

async function ours(file: string, names: readonly string[]): Promise<Map<string, string>> {
  const notebook = parseNotebook(readFileSync(join(folder, file), "utf8"));
  const values = new Map<string, unknown>();
  Object.assign(globalThis, { probed: (name: string, value: unknown) => values.set(name, value) });
  const cells = [...notebook.cells, ...names.map((name, index) => probe(10_000 + index, name))];
  const path = join(folder, file);
  const result = await runHeadless({ workspace, notebook: { ...notebook, cells }, path, patience: 60_000 });
  const done = new Set(result.cells.filter(({ status }) => status === "done").map(({ cell }) => cell.id));
  return new Map(
    names.map((name, index) => [name, done.has(10_000 + index) ? shown(values.get(name)) : "failed"]),
  );
}

/** A value as text: constructors, keys and contents, elements as HTML without the numbers that make ids unique. */
function shown(value: unknown, depth = 6): string {
  const inner = (item: unknown) => shown(item, depth - 1);
  if (isNode(value)) return htmlOf(value).replaceAll(/(inputs|plot)-[\da-z-]*?\d+/g, "$1");
  if (typeof value === "function") return `function/${value.length}`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? String(value);
  if (depth === 0) return "…";
  if (value instanceof Date) return `Date ${value.getTime()}`;
  if (value instanceof Map || value instanceof Set) return `${value.constructor.name}${inner([...value])}`;
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `${value.constructor.name}[${Array.from(value as Iterable<unknown>, inner).join(", ")}]`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${inner(item)}`);
  return `${value.constructor?.name ?? "null"}{${entries.join(", ")}}`;
}

const noParquet = () => Promise.reject(new Error("no Parquet file here"));

test.each(notebooks)("%s", async (file) => {
  const text = readFileSync(join(folder, file), "utf8");
  const FileAttachment = makeFileAttachment(
    { notebook: join(folder, file), root: workspace.root },
    noParquet,
  );
  const kit = openInKit(text, { FileAttachment });
  const expected = await ours(file, kit.names);
  const theirs = () =>
    new Map(
      kit.names.map((name) => {
        const outcome = kit.outcomes.get(name) ?? "pending";
        return [name, outcome === "pending" ? outcome : "value" in outcome ? shown(outcome.value) : "failed"];
      }),
    );
  expect(kit.names.length).toBeGreaterThan(4);
  await expect.poll(theirs, { timeout: 10_000 }).toEqual(expected);
  kit.dispose();
});
