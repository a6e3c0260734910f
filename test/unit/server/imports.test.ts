import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CellSpec } from "../../../kernel/notebook/document/notebook.ts";
import { isImported } from "../../../kernel/notebook/document/run-cell.ts";
import { kernelCell, notebookFile } from "../../browser/app.ts";
import { packages } from "../modules/setup.ts";
import { buildKernel } from "./kernel-build.ts";
import { type StartedServer, startTestServer, type Tab } from "./start.ts";

let it: StartedServer;
let built: Awaited<ReturnType<typeof buildKernel>> | undefined;
beforeAll(async () => {
  built = await buildKernel("process", "watchdog");
  it = await startTestServer(built.root);
  await it.enter();
  for (const [path, text] of Object.entries(packages)) save(path, text);
}, 120_000);
afterAll(async () => {
  await it?.close();
  built?.remove();
});

const kernel = (id: number, source: string, rest: Partial<CellSpec> = {}): CellSpec => ({
  id,
  source,
  place: "kernel",
  ...rest,
});

function save(path: string, text: string): void {
  mkdirSync(dirname(join(it.folder, path)), { recursive: true });
  writeFileSync(join(it.folder, path), text);
}

/** Waits until a kernel cell shows a text. */
const shows = (tab: Tab, cell: number, text: string) => tab.until(() => tab.shown(cell).includes(text));

const fails = (tab: Tab, cell: number, text: string) =>
  tab.until(() => {
    const last = tab.all("event").findLast(({ event }) => event.type === "status" && event.cell === cell);
    return last?.event.type === "status" && (last.event.failure?.message.includes(text) ?? false);
  });

const statuses = (tab: Tab, cell: number) =>
  tab
    .all("event")
    .flatMap(({ event }) => (event.type === "status" && event.cell === cell ? [event.status] : []));

test("an edit of a module runs its cells, by their policies, and their users; a mistake is told and cured by the next save", async () => {
  save("notebooks/lib/deep/c.ts", "export const c = 'first'");
  save("notebooks/lib/a.ts", 'export {c as a} from "./deep/c.ts"');
  const path = await it.notebook(
    "Edits",
    kernel(1, 'import {a} from "./lib/a.ts"'),
    kernel(2, "display(`user ${a}`)"),
    kernel(3, 'import {a as b} from "./lib/a"\ndisplay(`hand ${b}`)', { run: "manual" }),
    kernel(4, "display('untouched')"),
  );
  const tab = await it.tab(path);
  tab.tell({ type: "run", cells: [3] });
  await shows(tab, 2, "user first");
  await shows(tab, 3, "hand first");
  const before = statuses(tab, 4).length;
  save("notebooks/lib/deep/c.ts", "export const c = 'second'");
  await shows(tab, 2, "user second");
  await tab.until(() => statuses(tab, 3).at(-1) === "stale");
  expect(statuses(tab, 4).length).toBe(before);
  save("notebooks/lib/deep/c.ts", "export const c = ;");
  await fails(tab, 1, "notebooks/lib/deep/c.ts:1:18");
  save("notebooks/lib/deep/.c.ts.tmp", "export const c = 'third'");
  renameSync(join(it.folder, "notebooks/lib/deep/.c.ts.tmp"), join(it.folder, "notebooks/lib/deep/c.ts"));
  await shows(tab, 2, "user third");
  rmSync(join(it.folder, "notebooks/lib/deep"), { recursive: true });
  await fails(tab, 1, 'file "./deep/c.ts" not found');
  save("notebooks/lib/deep/c.ts", "export const c = 'fourth'");
  await shows(tab, 2, "user fourth");
  await tab.close();
});

test("an error deep in a module points at its file, line and column", async () => {
  save(
    "notebooks/boom.ts",
    "type N = number;\nexport function boom(n: N): never {\n  throw new RangeError(`no ${n}`);\n}",
  );
  const tab = await it.tab(
    await it.notebook(
      "Boom",
      kernel(1, 'import {boom} from "./boom.ts"'),
      kernel(2, "const a = 1;\nboom(a)"),
    ),
  );
  await fails(tab, 2, "RangeError: no 1");
  const failed = tab.all("event").findLast(({ event }) => event.type === "status" && event.cell === 2);
  const failure = failed?.event.type === "status" ? failed.event.failure : undefined;
  expect(failure).toMatchObject({ line: 2, column: 1 });
  expect(failure?.stack).toMatch(/at boom \(notebooks\/boom\.ts:3:9\)\n\s+at .*cell-2\.ts:2:1/);
  await tab.close();
});

test("a package that was missing is found once it is installed", async () => {
  const tab = await it.tab(await it.notebook("Install", kernel(1, 'import {z} from "late"\ndisplay(z)')));
  await fails(tab, 1, 'package "late" is not installed');
  save("node_modules/late/package.json", '{"name": "late", "type": "module", "main": "x.js"}');
  save("node_modules/late/x.js", "export const z = 'came late'");
  save("node_modules/.package-lock.json", "{}");
  await shows(tab, 1, "came late");
  await tab.close();
});

test("a module whose top-level await never ends holds up nothing but its cells, and is left when it is edited", async () => {
  save("notebooks/never.ts", "export const n = await new Promise(() => {})");
  const tab = await it.tab(
    await it.notebook(
      "Never",
      kernel(1, 'import {n} from "./never.ts"\ndisplay(`n ${n}`)'),
      kernel(2, "display('other')"),
    ),
  );
  await shows(tab, 2, "other");
  tab.tell({ type: "stop", place: "kernel" });
  await tab.until(() => statuses(tab, 1).at(-1) === "stopped");
  save("notebooks/never.ts", "export const n = 5");
  await shows(tab, 1, "n 5");
  await tab.close();
});

test("values of another notebook come with the cells that they need; its edits are followed, and it must be trusted", async () => {
  const text = (base: string) =>
    notebookFile("Other", [
      [kernelCell, `const base = ${base}`],
      [kernelCell, "const x = base * 10"],
      [kernelCell, "display('shown there alone')"],
    ]);
  save("notebooks/other.html", text("1"));
  const tab = await it.tab(
    await it.notebook(
      "Importing",
      kernel(1, 'import {x as mine} from "./other.html"'),
      kernel(2, "display(`mine ${mine}`)"),
    ),
  );
  await fails(tab, 1, "notebooks/other.html did not come from you");
  const other = await it.tab("notebooks/other.html");
  other.tell({ type: "trust" });
  await shows(tab, 2, "mine 10");
  other.edit({ type: "edit", cell: 1, changes: [13, [1, "7"]] });
  await other.until(() => other.notebook.cells[0]?.source === "const base = 7");
  await shows(tab, 2, "mine 70");
  const outputs = tab.all("event").filter(({ event }) => event.type === "outputs" && isImported(event.cell));
  expect(outputs).toEqual([]);
  await Promise.all([tab.close(), other.close()]);
});
