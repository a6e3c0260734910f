/** What authors are told of cells that fail, in a run without a page. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { toCell } from "../../../kernel/notebook/document/notebook.ts";
import { runHeadless } from "../../../kernel/session/headless.ts";
import { type ErrorCase, failures, queries, runnable, unreadable } from "../../error-corpus.ts";
import { expectTold } from "../../expect-told.ts";

const root = mkdtempSync(join(tmpdir(), "percolate-errors-"));
afterAll(() => rmSync(root, { recursive: true }));

async function failureOf(each: ErrorCase) {
  const { specs, cell } = runnable(each);
  const notebook = { title: "n", cells: specs.map(toCell) };
  const run = await runHeadless({ workspace: workspaceAt(root), notebook, path: join(root, "n.html") });
  return run.cells.find((result) => result.cell.id === cell)?.failure;
}

const inNode: Readonly<Record<string, ErrorCase>> = {
  "of another realm": {
    cells: ["import vm from 'node:vm';\nvm.¦runInNewContext(\"throw new RangeError('far')\")"],
    says: /^RangeError: far$/,
    place: "kernel",
  },
};

describe("an error", () => {
  test.each(Object.entries({ ...failures, ...inNode }))("%s is told at its place", async (_, each) => {
    expectTold(await failureOf(each), each);
  });
});

describe("text that cannot be read", () => {
  test.each(Object.entries(unreadable))("because of %s is refused at its place", async (_, each) => {
    const failure = await failureOf(each);
    expect(failure?.kind).toBe("syntax");
    expectTold(failure, each);
  });
});

describe("a query", () => {
  test.each(Object.entries(queries))("%s is told at its place", async (_, each) => {
    expectTold(await failureOf(each), each);
  });
});
