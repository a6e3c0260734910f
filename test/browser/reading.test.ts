import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, cell, notebookFile, sandbox, startApp } from "./app.ts";

const md = 'type="text/markdown"';
let app: App;

beforeAll(async () => {
  app = await startApp({
    "notebooks/talk.html": notebookFile("Talk", [
      "const hidden = 41",
      [md, "# First"],
      'const n = view(Inputs.range([0, 10], {step: 1, value: 3, label: "n"}))',
      [md, "## Second, ${n}"],
      ['type="text/x-typescript" pinned=""', "display(hidden + 1)"],
      [md, "## Third"],
    ]),
    "notebooks/keys.html": notebookFile("Keys", [
      'const a = view(Inputs.text({label: "one"}))',
      'const b = view(Inputs.text({label: "two"}))',
    ]),
    "data/sales.csv": "day,cups\n2024-01-01,3\n",
    "data/note.txt": "a note",
  });
});
afterAll(() => app?.close());

async function open(address: string): Promise<Page> {
  const page = await app.open(address);
  const trust = page.getByRole("button", { name: "Trust and run" });
  await page.locator("section[data-cell]").first().waitFor({ state: "attached" });
  if (await trust.isVisible()) await trust.click();
  return page;
}

test("slides go by keys and buttons, with live outputs and code when wanted; Escape leaves", async () => {
  const page = await open("/notebook?path=notebooks/talk.html&slides");
  const heading = (text: string) => sandbox(page).getByRole("heading", { name: text });
  await heading("First").waitFor();
  expect(await page.locator(".cm-editor, .head").count()).toBe(0);
  await sandbox(page).locator("input[type=range]").fill("7");
  await page.getByRole("button", { name: "Next slide" }).click();
  await heading("Second, 7").waitFor();
  await page.getByText("display(hidden + 1)").waitFor();
  await sandbox(page).getByText("42").waitFor();
  await page.getByText("2 / 3").waitFor();
  await page.keyboard.press("End");
  await heading("Third").waitFor();
  await page.keyboard.press("Home");
  await heading("First").waitFor();
  expect(await page.getByText("const hidden").count()).toBe(0);
  await page.keyboard.press("c");
  await page.getByText("const hidden").waitFor();
  await page.keyboard.press(" ");
  await page.keyboard.press("ArrowLeft");
  await page.getByText("1 / 3").waitFor();
  // From within an output, too.
  await sandbox(page).getByRole("heading", { name: "First" }).click();
  await page.keyboard.press("ArrowRight");
  await page.getByText("2 / 3").waitFor();
  await page.keyboard.press("Escape");
  await cell(page, 1).locator(".cm-content").waitFor();
  expect(new URL(page.url()).search).not.toContain("slides");
});

test("an app shows outputs and inputs without code; its address can be shared and leads back", async () => {
  const page = await open("/notebook?path=notebooks/talk.html");
  await page.getByRole("button", { name: "Show as slides or app" }).click();
  await page.getByRole("menuitem", { name: /^App/ }).click();
  expect(new URL(page.url()).searchParams.has("app")).toBe(true);
  await sandbox(page).getByRole("heading", { name: "Third" }).waitFor();
  expect(await page.locator(".cm-editor, .head, .gutter").count()).toBe(0);
  await sandbox(page).locator("input[type=range]").fill("9");
  await sandbox(page).getByRole("heading", { name: "Second, 9" }).waitFor();
  await page.getByRole("link", { name: "Edit notebook" }).click();
  await cell(page, 1).locator(".cm-content").waitFor();
});

test("Tab goes from a cell into its output and on to the next cell; shortcuts work from there", async () => {
  const page = await open("/notebook?path=notebooks/keys.html");
  const field = (name: string) => sandbox(page).getByLabel(name);
  await field("two").waitFor();
  const inField = (name: string) => field(name).evaluate((input) => input === document.activeElement);
  await cell(page, 1).locator(".slot").focus();
  await expect.poll(() => inField("one")).toBe(true);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const place = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await expect.poll(place).not.toBe("Outputs");
  await field("two").click();
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("menuitem", { name: "Run all cells" }).waitFor();
  await page.keyboard.press("Escape");
  await field("two").click();
  await page.keyboard.press("Escape");
  await expect.poll(place).toBe("Cell 2");
});

test("files are seen, looked into, moved, deleted and brought back; an open notebook keeps its tab", async () => {
  const tab = await open("/notebook?path=notebooks/keys.html");
  const page = await app.open("/files");
  const item = (name: string) => page.getByRole("treeitem", { name, exact: true });
  await item("data").click();
  await item("sales.csv").click();
  await page.getByRole("region", { name: "Preview of sales.csv" }).getByText("bigint").waitFor();
  await page.getByRole("button", { name: "Actions for note.txt" }).click();
  await page.getByRole("menuitem", { name: "Move to trash" }).click();
  await item("note.txt").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await item("note.txt").waitFor();
  expect(await readFile(join(app.folder, "data/note.txt"), "utf8")).toBe("a note");
  await item("notebooks").focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("button", { name: "Actions for keys.html" }).click();
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  await page.getByLabel("New name").fill("other.html");
  await page.keyboard.press("Enter");
  await item("other.html").waitFor();
  expect(existsSync(join(app.folder, "notebooks/keys.html"))).toBe(false);
  await expect.poll(() => new URL(tab.url()).searchParams.get("path")).toBe("notebooks/other.html");
  await cell(tab, 1).locator(".cm-content").click();
  await tab.keyboard.press("ControlOrMeta+End");
  await tab.keyboard.type(" // kept");
  await expect.poll(() => readFile(join(app.folder, "notebooks/other.html"), "utf8")).toContain("// kept");
});

test("a file is moved into a folder by dragging", async () => {
  const page = await app.open("/files");
  const item = (name: string) => page.getByRole("treeitem", { name, exact: true });
  await page.getByRole("button", { name: "Folder", exact: true }).click();
  await page.getByLabel(/^Name, in/).fill("box");
  await page.keyboard.press("Enter");
  await item("box").waitFor();
  await item("data").click();
  await item("note.txt").dragTo(item("box"));
  await expect.poll(() => existsSync(join(app.folder, "box/note.txt"))).toBe(true);
});
