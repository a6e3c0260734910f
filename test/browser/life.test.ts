/** Documents and kernels over the lives of tabs and servers, in the real product. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseNotebook } from "../../kernel/notebook/document/file.ts";
import {
  type App,
  cell,
  endServer,
  kernelCell,
  notebookFile,
  rewrite,
  sandbox,
  startApp,
  startServer,
} from "./app.ts";

let app: App;
/** Servers started in place of the app's own. */
const servers: ChildProcess[] = [];

beforeAll(async () => {
  app = await startApp({
    "notebooks/race.html": notebookFile("Race", ["const first = 0", "first + 1"]),
    "notebooks/inputs.html": notebookFile("Inputs", [
      'const n = view(Inputs.range([0, 100], {step: 1, value: 1, label: "N"}))',
      [kernelCell, "n * 10"],
    ]),
    "notebooks/long.html": notebookFile("Long", [
      [
        kernelCell,
        "for (let i = 1; i <= 4; i++) { display(`step ${i}`); await new Promise((go) => setTimeout(go, 400)) }",
      ],
    ]),
    "notebooks/cut.html": notebookFile("Cut", [
      [
        kernelCell,
        'for (const n of progress(Array.from({ length: 60 }, (_, n) => n), { label: "lines" })) {\n' +
          "  console.log(`line ${n}`);\n" +
          '  if (n === 30) process.stdout.write("past the console\\n");\n' +
          "  await new Promise((go) => setTimeout(go, 60));\n}",
      ],
    ]),
    "notebooks/handler.html": notebookFile("Handler", [
      'const n = view(Inputs.range([0, 100], {step: 1, value: 1, label: "N"}))',
      "html`<button onclick=${() => { while (true); }}>loop`",
      "n * 1000",
      "setTimeout(() => { if (n === 13) while (true); }, 0); 'timer'",
    ]),
    "notebooks/memory.html": notebookFile("Memory", [
      [kernelCell, "'well'"],
      [kernelCell, "1"],
    ]),
    "notebooks/killed.html": notebookFile("Killed", ["'start'", "1 + 1"]),
  });
});

afterAll(async () => {
  await Promise.all(servers.map(endServer));
  await app?.close();
});

const address = (name: string) => `/notebook?path=notebooks/${name}.html`;

async function openNotebook(name: string): Promise<Page> {
  const page = await app.open(address(name));
  const trust = page.getByRole("button", { name: "Trust and run" });
  await cell(page, 1).waitFor();
  if (await trust.isVisible()) await trust.click();
  return page;
}

const output = (page: Page, id: number) => sandbox(page).locator(`.pc-cell[data-cell="${id}"]`);
const code = (page: Page, id: number) => cell(page, id).locator(".cm-content").textContent();
const slow = { timeout: 20_000 };

test("a tab that opens while another one types ends with the same text", async () => {
  const page = await openNotebook("race");
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("End");
  for (let round = 1; round <= 4; round++) {
    let typing = true;
    const typist = (async () => {
      while (typing) await page.keyboard.insertText(`${round}`);
    })();
    const other = await app.open(address("race"));
    await cell(other, 1).locator(".cm-content").waitFor();
    typing = false;
    await typist;
    const typed = await code(page, 1);
    await expect.poll(() => code(other, 1), slow).toBe(typed);
    await other.close();
  }
  await page.close();
});

test("when the tab that feeds the kernel closes, the inputs of another one do", async () => {
  const first = await openNotebook("inputs");
  await expect.poll(() => output(first, 2).textContent(), slow).toBe("10");
  const second = await openNotebook("inputs");
  await expect.poll(() => output(second, 2).textContent(), slow).toBe("10");
  await first.close();
  await output(second, 1).locator("input[type=range]").fill("7");
  await expect.poll(() => output(second, 2).textContent(), slow).toBe("70");
  await second.close();
});

test("a kernel cell goes on without a tab, and the next one shows what came, in order", async () => {
  const page = await openNotebook("long");
  await expect.poll(() => output(page, 1).textContent(), slow).toContain("step 1");
  await page.close();
  const again = await app.open(address("long"));
  await expect.poll(() => output(again, 1).textContent(), slow).toMatch(/step 1.*step 2.*step 3.*step 4/s);
  await again.close();
});

test("a connection that drops while a cell runs loses no line and doubles none", async () => {
  const page = await openNotebook("cut");
  await page.addInitScript(() => {
    const sockets: WebSocket[] = [];
    const Native = window.WebSocket;
    class Watched extends Native {
      constructor(url: string) {
        super(url);
        sockets.push(this);
      }
    }
    Object.assign(window, { WebSocket: Watched, cut: () => sockets.at(-1)?.close() });
  });
  await page.reload();
  await cell(page, 1).locator(".console").waitFor();
  const bar = cell(page, 1).getByRole("progressbar", { name: "lines" });
  await bar.waitFor();
  for (let cut = 0; cut < 3; cut++) {
    const seen = await cell(page, 1).locator(".console pre").last().textContent();
    await page.evaluate(() => (window as unknown as { cut(): void }).cut());
    await expect.poll(() => cell(page, 1).locator(".console pre").last().textContent(), slow).not.toBe(seen);
  }
  await expect.poll(() => cell(page, 1).getAttribute("data-status"), slow).toBe("done");
  await cell(page, 1)
    .getByRole("button", { name: /more line/ })
    .click();
  const lines = await cell(page, 1).locator(".console pre").allTextContents();
  const expected = Array.from({ length: 60 }, (_, n) => `line ${n}`);
  expected.splice(31, 0, "past the console");
  expect(lines).toEqual(expected);
  expect(await bar.count()).toBe(0);
  await page.close();
});

test("code that loops after its cell is done can be stopped; inputs, cells and text stay", async () => {
  const page = await openNotebook("handler");
  const stop = page.locator(".stop-all");
  await output(page, 1).locator("input[type=range]").fill("42");
  await expect.poll(() => output(page, 3).textContent(), slow).toBe("42000");
  // The click's own end is never told.
  void output(page, 2)
    .getByRole("button")
    .click({ noWaitAfter: true, timeout: 3000 })
    .catch(() => {});
  await stop.waitFor();
  await cell(page, 3).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" // typed while it loops");
  await stop.click();
  await stop.waitFor({ state: "detached" });
  expect(await code(page, 3)).toContain("// typed while it loops");
  await expect.poll(() => output(page, 3).textContent(), slow).toBe("42000");
  expect(await output(page, 1).locator("input[type=range]").inputValue()).toBe("42");
  await page.close();
});

test("a timer that loops each time its cells run: the second Stop lets nothing run by itself", async () => {
  const page = await openNotebook("handler");
  const stop = page.locator(".stop-all");
  await expect.poll(() => output(page, 3).textContent(), slow).toBe("1000");
  await output(page, 1).locator("input[type=range]").fill("13");
  await stop.waitFor();
  await stop.click();
  await stop.waitFor({ state: "detached" });
  await stop.waitFor();
  await stop.click();
  await stop.waitFor({ state: "detached" });
  await expect.poll(() => cell(page, 4).getAttribute("data-status"), slow).toBe("stopped");
  await rewrite(page, 4, "'fixed'");
  await cell(page, 1).getByRole("button", { name: "Run cell 1" }).click();
  await cell(page, 3).getByRole("button", { name: "Run cell 3" }).click();
  await expect.poll(() => output(page, 3).textContent(), slow).toBe("13000");
  await page.close();
});

test("a kernel that needs too much memory says so with the remedy, and other outputs stay", async () => {
  const { server, url } = await startServer(app.folder, 0, "--kernel-memory", "400");
  servers.push(server);
  const page = await app.open("/");
  await page.goto(url);
  await page.goto(new URL(address("memory"), url).href);
  await cell(page, 1).waitFor();
  const trust = page.getByRole("button", { name: "Trust and run" });
  if (await trust.isVisible()) await trust.click();
  await expect.poll(() => output(page, 1).textContent(), slow).toContain("well");
  await rewrite(page, 2, "const kept = []; while (true) kept.push(new Float64Array(1e6).fill(1))");
  const note = page.locator(".banners");
  await expect.poll(() => note.textContent(), slow).toContain("memory limit of 400 MB while cell 2 ran");
  expect(await note.textContent()).toContain("--kernel-memory");
  expect(await output(page, 1).textContent()).toContain("well");
  expect(await code(page, 2)).toContain("kept.push");
  await rewrite(page, 2, "6 * 7");
  await expect.poll(() => output(page, 2).textContent(), slow).toBe("42");
  await page.close();
});

test("a server killed while one types loses nothing: the tab finds back by itself", async () => {
  const page = await openNotebook("killed");
  const file = join(app.folder, "notebooks/killed.html");
  await expect.poll(() => output(page, 2).textContent(), slow).toBe("2");
  await cell(page, 1).locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText("'before");
  await expect.poll(() => readFile(file, "utf8"), slow).toContain("before");
  const typist = page.keyboard.type(" and while it dies", { delay: 15 });
  app.server.kill("SIGKILL");
  await Promise.all([once(app.server, "exit"), typist]);
  await page.keyboard.type(" and after'");
  expect(parseNotebook(await readFile(file, "utf8")).cells.length).toBe(2);
  const { server } = await startServer(app.folder, Number(new URL(app.url).port));
  servers.push(server);
  await expect.poll(() => readFile(file, "utf8"), slow).toContain("'before and while it dies and after'");
  await rewrite(page, 2, "6 * 7");
  await expect.poll(() => output(page, 2).textContent(), slow).toBe("42");
  await page.close();
});
