/** What authors are told of cells that fail in the page. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CellEvent } from "../../kernel/notebook/protocol.ts";
import {
  type ErrorCase,
  failures,
  type RunnableCase,
  runnable,
  uncaught,
  unreadable,
} from "../error-corpus.ts";
import { expectTold } from "../expect-told.ts";
import { openSandboxBench, type SandboxBench, type SandboxPage } from "./sandbox-harness.ts";
import type { harness } from "./sandbox-page.ts";

let bench: SandboxBench;
let sandbox: SandboxPage;

beforeAll(async () => {
  bench = await openSandboxBench();
  sandbox = await bench.open();
});
afterAll(async () => {
  await bench?.close();
});

type Told<T extends CellEvent["type"]> = Extract<CellEvent, { type: T }>;
interface Window {
  readonly harness: typeof harness;
}

/** Runs a case's cells in the place of the last one's, and waits for what its cell tells of itself. */
async function told<T extends "status" | "console">(type: T, each: RunnableCase): Promise<Told<T>> {
  await sandbox.page.evaluate(() => {
    (window as unknown as Window).harness.messages.length = 0;
  });
  const blank = [1, 2].filter((id) => id > each.specs.length).map((id) => ({ id, source: "0" }));
  await sandbox.run(...each.specs, ...blank);
  const found = await sandbox.page.waitForFunction(
    ([wanted, cell]) => {
      const { messages } = (window as unknown as Window).harness;
      const events = messages.flatMap((message) => (message.type === "event" ? [message.event] : []));
      return events.find(
        (event) =>
          event.type === wanted &&
          event.cell === cell &&
          (event.type !== "status" || event.status === "failed") &&
          (event.type !== "console" || event.level === "error"),
      );
    },
    [type, each.cell] as const,
  );
  return (await found.jsonValue()) as Told<T>;
}

const failureOf = async (each: ErrorCase) => (await told("status", runnable(each))).failure;

/** SQL cells run in the kernel. */
const here = (cases: Readonly<Record<string, ErrorCase>>) =>
  Object.entries(cases).filter(([, { cells }]) => cells.every((cell) => cell[0] !== "sql"));

describe("an error", () => {
  test.each(here(failures))("%s is told at its place", async (_, each) => {
    expectTold(await failureOf(each), each);
  });
});

describe("text that cannot be read", () => {
  test.each(here(unreadable))("because of %s is refused at its place", async (_, each) => {
    expectTold(await failureOf(each), each);
  });
});

const inPage: Readonly<Record<string, ErrorCase>> = {
  "a click on what is displayed": {
    cells: [
      'const b = html`<button id=b>go</button>`;\nb.onclick = () => {\n  throw ¦new Error("no");\n};\ndisplay(b);\nsetTimeout(() => b.click());',
    ],
    says: /^Uncaught Error: no$/m,
  },
  "the end of a run": {
    cells: [
      'invalidation.then(() => {\n  throw ¦new Error("no");\n});\nsetTimeout(() => window.runAgain?.());',
    ],
    says: /^Uncaught Error: no$/m,
  },
  "a text that is thrown in a timer": {
    cells: ['setTimeout(() => {\n  ¦throw "sadly";\n});'],
    says: /^Uncaught sadly/,
  },
};

describe("an error that no run caught", () => {
  test.each(Object.entries({ ...uncaught, ...inPage }))(
    "in %s is in its cell's console",
    async (title, each) => {
      const ready = runnable(each);
      const pending = told("console", ready);
      if (title === "the end of a run") {
        await sandbox.message(
          "event",
          (message) => message.event.type === "status" && message.event.status === "done",
        );
        await sandbox.run(...ready.specs);
      }
      const { text } = await pending;
      expect(text).toMatch(each.says);
      expect(text).toContain(`cell-${ready.cell}.ts:${ready.place}`);
    },
  );
});
