import { afterAll, beforeAll, expect, test } from "vitest";
import { openSandboxBench, type SandboxBench } from "./sandbox-harness.ts";

let bench: SandboxBench;

beforeAll(async () => {
  bench = await openSandboxBench();
});
afterAll(async () => {
  await bench?.close();
});

test("another origin's window, the document and what holds the outputs are shown as values", async () => {
  const { inside, run, page } = await bench.open();
  await run(
    { id: 1, source: "const around = parent" },
    { id: 2, source: "[around].length + 41" },
    { id: 3, source: "document" },
    { id: 4, source: "document.body" },
    { id: 5, source: "display(parent); 'after'" },
    { id: 6, source: "parent" },
  );
  await inside.locator("[data-cell='2'] .pc-number").filter({ hasText: /^42$/ }).waitFor();
  await inside.locator("[data-cell='3'] .pc-node").filter({ hasText: "#document" }).waitFor();
  await inside.locator("[data-cell='4'] .pc-node").filter({ hasText: "<body>" }).waitFor();
  await inside.locator("[data-cell='5'] .pc-inspector").first().waitFor();
  await inside.locator("[data-cell='6'] .pc-inspector").waitFor();
  await page.close();
});

test("what was chosen stays chosen when a cell makes its options anew, and a choice that is gone leaves the default", async () => {
  const { inside, run, page } = await bench.open();
  const choices = (names: string) => `globalThis.made = (globalThis.made ?? 0) + 1;
const drink = view(Inputs.select(${names}.map((name) => ({name, made: globalThis.made})), {format: (each) => each.name}));
const sizes = view(Inputs.checkbox(${names}.map((name) => ({name})), {format: (each) => each.name}));`;
  await run(
    { id: 1, source: choices('["tea", "coffee", "milk"]') },
    { id: 2, source: "drink.name + drink.made + sizes.map((each) => each.name).join()" },
  );
  const shown = inside.locator("[data-cell='2'] .pc-string");
  await shown.filter({ hasText: '"tea1"' }).waitFor();
  await inside.locator("select").selectOption({ label: "milk" });
  await inside.getByLabel("coffee").check();
  await shown.filter({ hasText: '"milk1coffee"' }).waitFor();
  await run({ id: 1, source: choices('["tea", "coffee", "milk"]') });
  await shown.filter({ hasText: '"milk2coffee"' }).waitFor();
  const sizes = { id: 3, source: "const size = view(Inputs.select(globalThis.sizes ?? ['S', 'M']))" };
  await run(sizes, { id: 4, source: "size" });
  const size = inside.locator("[data-cell='4'] .pc-string");
  await inside.locator("[data-cell='3'] select").selectOption({ label: "M" });
  await size.filter({ hasText: '"M"' }).waitFor();
  await page.frames()[1]?.evaluate("globalThis.sizes = ['L', 'XL']");
  await run(sizes);
  await size.filter({ hasText: '"L"' }).waitFor();
  await page.close();
});

test("of many columns those in view are drawn, and copied cells are whole values between tabs", async () => {
  const { inside, run, page } = await bench.open();
  await run({
    id: 1,
    source: `Arrow.tableFromArrays(Object.fromEntries(Array.from({length: 200}, (_, i) =>
      ["column " + i, i === 1 ? ["two\\nlines", "x"] : [i * 1000 + 0.5, 1]])))`,
  });
  const box = inside.locator(".pc-virtual");
  await box.getByText("column 199").waitFor({ state: "attached" });
  const copied = () =>
    box.evaluate((element) => {
      const cells = element.querySelectorAll("tbody tr:first-child td:not([data-gap])");
      document.getSelection()?.setBaseAndExtent(cells[0] as Node, 0, cells[1] as Node, 1);
      const event = new ClipboardEvent("copy", { clipboardData: new DataTransfer(), bubbles: true });
      element.dispatchEvent(event);
      return event.clipboardData?.getData("text/plain");
    });
  expect(await copied()).toBe('0.5\t"two\nlines"');
  await box.evaluate((element) => {
    element.scrollLeft = element.scrollWidth;
  });
  await box.getByText("199,000.5").waitFor();
  expect(await box.locator("tbody tr").first().locator("td").count()).toBeLessThan(30);
  expect(await copied()).toMatch(/^1\d\d000\.5\t1\d\d000\.5$/);
  await page.close();
});

test("what is wider than the column scrolls; a chart with its tips does not", async () => {
  const { inside, run, page } = await bench.open();
  await run(
    { id: 1, source: "html`<div style='width: 3000px'>wide</div>`" },
    { id: 2, source: "Plot.dot([1, 2], {x: (d) => d, y: 1, tip: true}).plot({width: 500})" },
  );
  await inside.locator("[data-cell='1'] .pc-output[data-wide]").waitFor();
  await inside.locator("[data-cell='2'] svg").waitFor();
  expect(await inside.locator("[data-cell='2'] .pc-output[data-wide]").count()).toBe(0);
  await page.close();
});

test("the page does not jump while a cell runs again: its height is held until the new output is there", async () => {
  const { inside, run, message, page } = await bench.open();
  const cell = (wait: string) => ({
    id: 1,
    source: `display("first"); ${wait}; display(html\`<div style="height: 300px">tall</div>\`)`,
  });
  await run(cell(""));
  await message("heights", ({ heights }) => (heights[1] ?? 0) > 300);
  await run(cell("await new Promise((done) => (globalThis.go = done))"));
  const frame = page.frames()[1];
  await frame?.waitForFunction("globalThis.go");
  const slot = inside.locator("[data-cell='1']");
  await inside.getByText("tall").waitFor({ state: "detached" });
  expect((await slot.boundingBox())?.height).toBeGreaterThan(300);
  await frame?.evaluate("globalThis.go()");
  await inside.getByText("tall").waitFor();
  await expect.poll(() => slot.evaluate((element) => element.style.minHeight)).toBe("");
  const told = await page.evaluate(
    "harness.messages.filter((each) => each.type === 'heights').map((each) => each.heights[1]).filter(Boolean)",
  );
  expect(Math.min(...(told as number[]))).toBeGreaterThan(300);
  await page.close();
});

test("a cell that prints without end leaves the page around in peace: the latest lines, and how many are left out", async () => {
  const { run, message, page } = await bench.open();
  await run({ id: 1, source: "for (let i = 1; i <= 10_000; i++) console.log('line ' + i)" });
  await message("event", ({ event }) => event.type === "console" && event.text === "line 10000");
  const texts = await page.evaluate(
    "harness.messages.filter((each) => each.event?.type === 'console').map((each) => each.event.text)",
  );
  expect(texts).toHaveLength(101);
  expect((texts as string[])[50]).toBe("… 9,900 lines left out");
  await page.close();
});

test("errors tell their cause, and printed ones only their frames in cells", async () => {
  const { inside, run, message, page } = await bench.open();
  await run(
    { id: 1, source: 'new Error("outer", {cause: new TypeError("inner")})' },
    { id: 2, source: 'console.warn("%s of %d", "one", 2, new Error("printed", {cause: "why"}))' },
  );
  await inside.locator("[data-cell='1'] summary").click();
  await inside.locator("[data-cell='1']").getByText("TypeError: inner").waitFor();
  const { event } = await message("event", (told) => told.event.type === "console");
  expect(event).toMatchObject({
    level: "warn",
    text: "one of 2 Error: printed\n    at cell-2.ts:1:36\ncaused by why",
  });
  await page.close();
});
