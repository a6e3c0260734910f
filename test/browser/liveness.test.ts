import type { Frame } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stuck } from "../unit/runtime/stuck.ts";
import { openSandboxBench, type SandboxBench, type SandboxPage } from "./sandbox-harness.ts";

/** What no cell may do to the others, in a real browser: they go on as soon as it is mended, edited or gone. */
let bench: SandboxBench;
let it: SandboxPage;
let frame: Frame;
let values = 0;

beforeAll(async () => {
  bench = await openSandboxBench();
  it = await bench.open();
  frame = it.page.frames()[1] as Frame;
  await frame.evaluate("globalThis.unhandled = new Error('nobody handles this')");
});
afterAll(async () => {
  await bench?.close();
});

/** Waits until a cell shows just this number. */
async function shows(cell: number, value: number): Promise<void> {
  const number = it.inside.locator(`[data-cell='${cell}'] .pc-number`);
  await number.filter({ hasText: new RegExp(`^${value}$`) }).waitFor();
  expect(await number.count()).toBe(1);
}

test.each(stuck)("%s holds up nobody once its cell is mended, or deleted", async (_, source) => {
  values += 10;
  const value = values;
  await it.run(
    { id: 1, source },
    { id: 2, source: "x + 1" },
    { id: 3, source: `const apart = ${value}` },
    { id: 4, source: "apart + 1" },
  );
  await shows(4, value + 1);
  await it.run({ id: 1, source: `const x = ${value + 1}` });
  await shows(2, value + 2);
  await it.run({ id: 1, source });
  await it.remove(1);
  await it.run({ id: 3, source: `const x = ${value + 4}, apart = x` });
  await shows(2, value + 5);
  await it.remove(3);
});

/** Resolves when the code in the sandbox has set this. */
const isSet = (name: string) => frame.waitForFunction(`globalThis.${name}`);

test("a cell that is edited, or deleted, while it runs shows and gives nothing more", async () => {
  const waiting = (name: string) =>
    `await new Promise((go) => (globalThis.${name} = go)); globalThis.${name}Went = true; display(-1); const x = -1`;
  await it.run({ id: 1, source: waiting("first") }, { id: 2, source: "x + 1" });
  await isSet("first");
  await it.run({ id: 1, source: "const x = 1; display(7)" });
  await frame.evaluate("globalThis.first()");
  await isSet("firstWent");
  await shows(2, 2);
  await shows(1, 7);
  await it.run({ id: 1, source: waiting("second") });
  await isSet("second");
  await it.remove(1);
  await frame.evaluate("globalThis.second()");
  await isSet("secondWent");
  await it.run({ id: 1, source: "const x = 2; display(8)" });
  await shows(2, 3);
  await shows(1, 8);
});

test("an input that changes a thousand times during one run ends with the last", async () => {
  await it.run(
    { id: 1, source: "const x = view(Inputs.range([0, 1000], {step: 1, value: 0}))" },
    { id: 2, source: "await new Promise((done) => setTimeout(done, 5)); const y = x" },
    { id: 3, source: "y" },
  );
  await shows(3, 0);
  await it.inside.locator("input[type=range]").evaluate(async (input: HTMLInputElement) => {
    for (let n = 1; n <= 1000; n++) {
      input.value = String(n);
      input.dispatchEvent(new Event("input", { bubbles: true }));
      if (n % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  });
  await shows(3, 1000);
});

const clocks = [
  ["an interval", "setInterval(tick, 2)"],
  ["a timer that sets the next", "(function next() { tick(); setTimeout(next, 2); })()"],
  ["a frame that asks for the next", "(function next() { tick(); requestAnimationFrame(next); })()"],
  ["a loop that waits", "for (;;) { tick(); await new Promise((done) => setTimeout(done, 2)); }"],
] as const;

test.each(clocks)(
  "%s is over when its cell is edited or deleted, and not when it is done",
  async (_, clock) => {
    const ticking = (word: string) => ({
      id: 1,
      source: `const tick = () => (globalThis.ticks["${word}"] = (globalThis.ticks["${word}"] ?? 0) + 1);\n${clock}`,
    });
    const count = (word: string) => frame.evaluate<number>(`globalThis.ticks["${word}"] ?? 0`);
    const ticks = (word: string, least: number) =>
      frame.waitForFunction(`globalThis.ticks["${word}"] >= ${least}`);
    await frame.evaluate("globalThis.ticks = {}");
    await it.run(ticking("old"));
    await ticks("old", 10);
    await it.run(ticking("new"));
    await ticks("new", 1);
    const old = await count("old");
    await ticks("new", 10);
    expect(await count("old")).toBe(old);
    await it.remove(1);
    await it.run({ ...ticking("other"), id: 5 });
    await ticks("other", 1);
    const gone = await count("new");
    await ticks("other", 10);
    expect(await count("new")).toBe(gone);
    await it.remove(5);
  },
);

test("what a cell does as its run ends can clear its own timers too", async () => {
  await it.run({
    id: 1,
    source:
      "const timer = setInterval(() => {}, 5); invalidation.then(() => { clearInterval(timer); globalThis.tidied = true; })",
  });
  await it.run({ id: 1, source: "display(9)" });
  await isSet("tidied");
  await shows(1, 9);
});
