import { afterAll, beforeAll, expect, test } from "vitest";
import { describe } from "../../kernel/notebook/display/describe.ts";
import { openSandboxBench, type SandboxBench } from "./sandbox-harness.ts";

let bench: SandboxBench;

beforeAll(async () => {
  bench = await openSandboxBench();
});
afterAll(async () => {
  await bench?.close();
});

test("an expression's value is shown, and its dependants follow an input", async () => {
  const { inside, run, page } = await bench.open();
  await run(
    { id: 1, source: 'const n = view(Inputs.range([0, 10], {label: "n", step: 1, value: 3}))' },
    { id: 2, source: "n * 2" },
  );
  await inside.locator("[data-cell='2'] .pc-number").filter({ hasText: /^6$/ }).waitFor();
  await inside.locator("input[type=number]").fill("5");
  await inside.locator("[data-cell='2'] .pc-number").filter({ hasText: /^10$/ }).waitFor();
  await page.close();
});

test("an input keeps what the user set when its cell runs again", async () => {
  const { inside, run, message, page } = await bench.open();
  const cell = { id: 1, source: "const n = view(Inputs.range([0, 10], {step: 1, value: 3}))" };
  await run(cell, { id: 2, source: "n" });
  await inside.locator("input[type=number]").fill("8");
  expect((await message("inputs")).values).toEqual([8]);
  await inside.locator("[data-cell='2'] .pc-number").filter({ hasText: /^8$/ }).waitFor();
  await inside
    .locator("input")
    .first()
    .evaluate((input) => input.setAttribute("data-old", ""));
  await run(cell);
  await inside.locator("input[type=number]:not([data-old])").waitFor();
  expect(await inside.locator("input[type=number]").inputValue()).toBe("8");
  await page.close();
});

test("a replaced sandbox starts with the values that inputs had", async () => {
  const { inside, run, send, page } = await bench.open();
  await send({ type: "inputs", values: { 1: ["tea"] } });
  await run(
    { id: 1, source: 'const drink = view(Inputs.select(["coffee", "tea"]))' },
    { id: 2, source: "drink" },
  );
  await inside.locator("[data-cell='2'] .pc-string").filter({ hasText: "tea" }).waitFor();
  await page.close();
});

test("display shows in order, keeps nodes as they are, and follows promises and generators", async () => {
  const { inside, run, page } = await bench.open();
  await run({
    id: 1,
    source: `display("first");
display(Object.assign(document.createElement("b"), {textContent: "node"}));
display(Promise.resolve("later"));
display((function* () { yield 1; yield 2; })());
display("last")`,
  });
  await inside.locator(".pc-output .pc-number").filter({ hasText: /^2$/ }).waitFor();
  const texts = await inside.locator("[data-cell='1'] > .pc-output").allTextContents();
  expect(texts).toEqual(['"first"', "node", '"later"', "2", '"last"']);
  await page.close();
});

test("what a cell showed stays until its next run first displays", async () => {
  const { inside, run, page } = await bench.open();
  await run({ id: 1, source: "display('old')" });
  await inside.getByText('"old"').waitFor();
  await run({ id: 1, source: "await new Promise((done) => (globalThis.go = done)); display('new')" });
  const frame = page.frames()[1];
  await frame?.waitForFunction("globalThis.go");
  expect(await inside.locator("[data-cell='1']").textContent()).toBe('"old"');
  await frame?.evaluate("globalThis.go()");
  await inside.getByText('"new"').waitFor();
  expect(await inside.locator("[data-cell='1']").textContent()).toBe('"new"');
  await page.close();
});

test("a million objects are inspected at once, entry by entry, and stay open when the cell runs again", async () => {
  const { inside, run, page } = await bench.open();
  const cell = { id: 1, source: "Array.from({length: 1e6}, (_, i) => ({i, inner: {square: i * i}}))" };
  await run(cell);
  const cellOf = inside.locator("[data-cell='1']");
  await cellOf.locator("summary").first().click();
  await cellOf.getByText("999,950 more").click();
  await cellOf.getByText("999,900 more").waitFor();
  await cellOf.locator("summary").nth(3).click();
  await cellOf.getByText("inner").nth(1).waitFor();
  const opened = await cellOf.locator("details[open]").count();
  await cellOf
    .locator("details")
    .first()
    .evaluate((details) => details.setAttribute("data-old", ""));
  await run(cell);
  await cellOf.locator("details:not([data-old])").first().waitFor();
  await cellOf.locator("details[data-old]").waitFor({ state: "detached" });
  expect(await cellOf.locator("details[open]").count()).toBe(opened);
  await page.close();
});

test("three million rows scroll, and only those in view are fetched", async () => {
  const { inside, send, page } = await bench.open();
  const head = await page.evaluate("Array.from(harness.arrowRows(0, 100))");
  const columns = [
    { name: "id", type: "INTEGER" },
    { name: "name", type: "VARCHAR" },
    { name: "amount", type: "DOUBLE" },
  ];
  const table = { id: "t1", columns, rowCount: 3_000_000, head: Uint8Array.from(head as number[]) };
  await page.evaluate(
    ({ each, bytes }) => {
      const output = { type: "table", table: { ...each, head: Uint8Array.from(bytes) } };
      (window as unknown as { harness: { send(message: unknown): void } }).harness.send({
        type: "outputs",
        cell: 4,
        kept: false,
        outputs: [output],
      });
    },
    { each: { ...table, head: null }, bytes: head as number[] },
  );
  const box = inside.locator(".pc-virtual");
  await box.locator("tbody tr").first().waitFor();
  expect(await box.locator("tbody tr").count()).toBeLessThan(20);
  await box.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
  });
  await inside.getByText("row 2999999").waitFor();
  await box.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await inside.getByText("row 0", { exact: true }).waitFor();
  await page.keyboard.press("PageDown");
  await inside.getByText("row 20", { exact: true }).waitFor();
  const asked = await page.evaluate(
    "harness.messages.filter((each) => each.type === 'request').map((each) => each.request)",
  );
  expect(asked).toHaveLength(1);
  expect(asked).toMatchObject([{ type: "rows", table: "t1", offset: 2_999_500 }]);
  await send({ type: "outputs", cell: 4, kept: false, outputs: [{ type: "text", text: "plain" }] });
  await inside.getByText("plain").waitFor();
  await page.close();
});

test("outputs of the kernel that come later stand below those before, which stay as they are", async () => {
  const { inside, send, page } = await bench.open();
  const texts = (...all: string[]) => all.map((text) => ({ type: "text", text }) as const);
  await send({ type: "outputs", cell: 4, kept: false, outputs: texts("one", "two") });
  const first = inside.getByText("one");
  await first.evaluate((element) => element.setAttribute("data-same", ""));
  await send({ type: "outputs", cell: 4, kept: false, from: 2, outputs: texts("three") });
  await send({ type: "outputs", cell: 4, kept: false, from: 1, outputs: texts("zwei", "drei", "vier") });
  await inside.getByText("vier").waitFor();
  const shown = await inside.locator("[data-cell='4'] .pc-output").allTextContents();
  expect(shown.map((text) => text.trim())).toEqual(["one", "zwei", "drei", "vier"]);
  expect(await first.getAttribute("data-same")).toBe("");
  await page.close();
});

test("a query's result is a table, and Plot draws it", async () => {
  const { inside, run, page } = await bench.open();
  await run(
    { id: 1, source: `const rows = await sql\`SELECT \${1}\`` },
    { id: 2, source: "rows" },
    { id: 3, source: 'Plot.plot({marks: [Plot.barY(rows, {x: "name", y: "amount"})]})' },
    { id: 4, source: "rows.length" },
  );
  await inside.locator("[data-cell='2']").getByText("row 4", { exact: true }).waitFor();
  await inside.locator("[data-cell='3'] svg rect").nth(3).waitFor();
  await inside.locator("[data-cell='4'] .pc-number").filter({ hasText: /^5$/ }).waitFor();
  await page.close();
});

test("tables of other libraries are shown as tables", async () => {
  const { inside, run, page } = await bench.open();
  await run(
    { id: 1, source: 'aq.table({city: ["Oslo", "Rome"], n: [1, 2]}).orderby(aq.desc("n"))' },
    { id: 2, source: 'Arrow.tableFromArrays({city: ["Bern"], n: [3]})' },
  );
  await inside.locator("[data-cell='1'] tbody td").nth(3).waitFor();
  expect(await inside.locator("[data-cell='1'] tbody td").allTextContents()).toEqual([
    "Rome",
    "2",
    "Oslo",
    "1",
  ]);
  expect(await inside.locator("[data-cell='2'] tbody td").allTextContents()).toEqual(["Bern", "3"]);
  await page.close();
});

test("Markdown, HTML and styles of the library are in place", async () => {
  const { inside, run, page } = await bench.open();
  await run(
    { id: 1, source: "const cups = 3" },
    { id: 2, mode: "md", source: `# Diary\n\nI drank **\${cups}** cups. \${html\`<i>hot</i>\`}` },
    { id: 3, mode: "html", source: `<p>Cups: \${cups}</p>` },
  );
  await inside.locator("[data-cell='2'] h1").filter({ hasText: "Diary" }).waitFor();
  expect(await inside.locator("[data-cell='2'] strong").textContent()).toBe("3");
  await inside.locator("[data-cell='2'] i").waitFor();
  await inside.locator("[data-cell='3']").getByText("Cups: 3").waitFor();
  await page.close();
});

test("kept outputs are dimmed until the cell runs, then replaced", async () => {
  const { inside, run, send, page } = await bench.open();
  await send({
    type: "outputs",
    cell: 1,
    kept: true,
    outputs: [{ type: "value", value: describe({ kept: 1 }) }],
  });
  await inside.locator("[data-cell='1'][data-kept]").getByText("{kept: 1}").waitFor();
  await run({ id: 1, source: "'fresh'" });
  await inside.locator("[data-cell='1']:not([data-kept])").getByText("fresh").waitFor();
  await page.close();
});

test("kept HTML runs nothing, live HTML of the kernel is as it came", async () => {
  const { inside, send, page } = await bench.open();
  const html =
    '<b onclick="window.ran = 1">bold</b><img src=x onerror="window.ran = 1"><script>window.ran = 1</script><a href=" java\nscript:1">link</a>';
  await send({ type: "outputs", cell: 1, kept: true, outputs: [{ type: "html", html }] });
  await send({
    type: "outputs",
    cell: 2,
    kept: false,
    outputs: [{ type: "html", html: "<i onclick=1>live</i>" }],
  });
  await inside.getByText("live").waitFor();
  await inside.getByText("bold").click();
  expect(await inside.locator("[data-cell='1'] .pc-output").innerHTML()).toBe(
    '<b>bold</b><img src="x"><a>link</a>',
  );
  expect(await inside.locator("[data-cell='2'] i").getAttribute("onclick")).toBe("1");
  expect(await page.frames()[1]?.evaluate("window.ran")).toBeUndefined();
  await page.close();
});

test("a table whose rows are gone says so and can try again", async () => {
  const { inside, page } = await bench.open();
  await page.evaluate(`harness.send({type: "outputs", cell: 1, kept: false, outputs: [{type: "table", table: {
    id: "gone", rowCount: 5000, columns: [{name: "id", type: "INTEGER"}], head: harness.arrowRows(0, 3)}}]})`);
  await inside.getByText('table "gone" is not kept any more').waitFor();
  await inside.getByRole("button", { name: "Try again" }).click();
  await page.waitForFunction("harness.messages.filter((each) => each.type === 'request').length === 2");
  await page.close();
});

test("files and the catalog are read by name", async () => {
  const { inside, run, page } = await bench.open();
  await run(
    { id: 1, source: 'const rows = await FileAttachment("cups.csv").csv({typed: true})' },
    { id: 2, source: "rows[0].cups + 1" },
    { id: 3, source: "(await tables()).length" },
    { id: 4, source: '(await table("main.sales")).length' },
  );
  await inside.locator("[data-cell='2'] .pc-number").filter({ hasText: /^4$/ }).waitFor();
  await inside.locator("[data-cell='3'] .pc-number").filter({ hasText: /^0$/ }).waitFor();
  await inside.locator("[data-cell='4'] .pc-number").filter({ hasText: /^5$/ }).waitFor();
  await page.close();
});

test("heights are told as outputs grow, and a cell without a place is hidden", async () => {
  const { inside, run, send, message, page } = await bench.open();
  await run({ id: 1, source: 'const box = display(html`<div style="height: 40px">tall</div>`)' });
  await message("heights", ({ heights }) => heights[1] === 40);
  await inside.getByText("tall").evaluate((element) => {
    element.style.height = "90px";
  });
  await message("heights", ({ heights }) => heights[1] === 90);
  await send({ type: "layout", tops: {}, left: 0, width: 300 });
  await inside.getByText("tall").waitFor({ state: "hidden" });
  await page.close();
});

test("a done cell is kept once it is quiet: canvases as images, fields with their values, no scripts", async () => {
  const { run, message, page } = await bench.open();
  await run({
    id: 1,
    source: `const node = document.createElement("div");
node.innerHTML = "<input value=a><script>1</script>";
const canvas = document.createElement("canvas");
canvas.getContext("2d").fillRect(0, 0, 9, 9);
node.append(canvas);
node.querySelector("input").value = "typed";
display(node); display({a: 1});`,
  });
  const { outputs } = await message("snapshot", ({ cell }) => cell === 1);
  expect(outputs).toHaveLength(2);
  const html = outputs[0]?.type === "html" ? outputs[0].html : "";
  expect(html).toContain('src="data:image/png');
  expect(html).toContain('value="typed"');
  expect(html).not.toContain("script");
  expect(outputs[1]).toMatchObject({ type: "value", value: { kind: "object", size: 1 } });
  await page.close();
});

test("console of a cell, and errors of its callbacks, are told with the cell", async () => {
  const { run, message, page } = await bench.open();
  await run({
    id: 7,
    source: 'console.log("hello", {a: 1}); setTimeout(() => { throw new Error("astray"); })',
  });
  const logged = await message("event", ({ event }) => event.type === "console" && event.level === "log");
  expect(logged.event).toMatchObject({ cell: 7, text: "hello {a: 1}" });
  const astray = await message("event", ({ event }) => event.type === "console" && event.level === "error");
  expect(astray.event).toMatchObject({ cell: 7, text: "Uncaught Error: astray\n    at cell-7.ts:1:56" });
  await page.close();
});

test("the sandbox cannot reach the page around it, and takes only one port", async () => {
  const { run, inside, page } = await bench.open();
  await run({
    id: 1,
    source: "(() => { try { return window.parent.document.title; } catch (error) { return error.name; } })()",
  });
  await inside.getByText("SecurityError").waitFor();
  await page.evaluate(() => {
    const { port2 } = new MessageChannel();
    document.querySelector("iframe")?.contentWindow?.postMessage({ type: "percolate-port" }, "*", [port2]);
  });
  await run({ id: 2, source: "'still connected'" });
  await inside.getByText("still connected").waitFor();
  await page.close();
});

test("in a hidden page timers take their time from a worker, can be cleared, and end with their run", async () => {
  const { inside, run, page } = await bench.open();
  await run({
    id: 1,
    source: `Object.defineProperty(document, "hidden", { configurable: true, get: () => true });
const called = [];
clearTimeout(setTimeout(() => called.push("cleared"), 5));
const timer = setTimeout((word) => called.push(word), 20, "came");
await new Promise((resolve) => setTimeout(resolve, 60));
display(timer < 0 && called.join());`,
  });
  await inside.locator("[data-cell='1']").getByText('"came"').waitFor();
  await page.close();
});
