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
