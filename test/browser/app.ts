/** The whole product as a user has it: the built server on a workspace of its own, in real Chromium. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from "playwright-core";

/** npm runs everything from here. */
const root = process.cwd();

export const browserPath =
  [process.env.CHROME, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (path) => path && existsSync(path),
  ) ?? "chromium";

const browserArguments = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: browserPath, args: browserArguments });
}

export interface App {
  /** Workspace folder. */
  readonly folder: string;
  readonly url: string;
  readonly server: ChildProcess;
  readonly browser: Browser;
  /** A tab of its own, signed in, at a path of the product. */
  open(path: string): Promise<Page>;
  close(): Promise<void>;
}

/** @param files text by path in the workspace */
export async function startApp(files: Readonly<Record<string, string | Uint8Array>>): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), "percolate-app-"));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const { server, url } = await startServer(folder);
  const browser = await launchBrowser();
  const pages: Page[] = [];
  return {
    folder,
    url,
    server,
    browser,
    async open(path) {
      const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
      const page = await context.newPage();
      pages.push(page);
      await page.goto(url);
      await page.goto(new URL(path, url).href);
      return page;
    },
    async close() {
      await browser.close();
      await endServer(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ends a server as Ctrl-C does, unless it has ended. */
export async function endServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill("SIGTERM");
  await once(server, "exit");
}

/** Starts the built server, at any port unless told. @returns its process and the URL that it prints. */
export async function startServer(
  folder: string,
  port = 0,
  ...flags: readonly string[]
): Promise<{ server: ChildProcess; url: string }> {
  const main = resolve(root, "dist/kernel/main.js");
  const server = spawn(process.execPath, [main, folder, "--no-open", "--port", String(port), ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  for await (const text of server.stdout ?? []) {
    printed += text;
    const url = /http:\/\/\S+token=\S+/.exec(printed)?.[0];
    if (url) return { server, url };
  }
  throw new Error(`the server printed no URL: ${printed}`);
}

/** A notebook file of these cells, ids from 1. */
export function notebookFile(
  title: string,
  cells: readonly (string | readonly [attributes: string, source: string])[],
): string {
  const scripts = cells.map((cell, index) => {
    const [attributes, source] = typeof cell === "string" ? ['type="text/x-typescript"', cell] : cell;
    const lines = source.split("\n").map((line) => `    ${line}`);
    return `  <script id="${index + 1}" ${attributes}>\n${lines.join("\n")}\n  </script>`;
  });
  return `<!doctype html>\n<notebook>\n  <title>${title}</title>\n${scripts.join("\n")}\n</notebook>\n`;
}

export const kernelCell = 'type="text/x-typescript" place="kernel"';
export const sqlCell = (output: string) => `type="application/sql" output="${output}"`;

export function cell(page: Page, id: number): Locator {
  return page.getByRole("region", { name: `Cell ${id}`, exact: true });
}

/** The inside of the sandbox, where outputs are. */
export function sandbox(page: Page): FrameLocator {
  return page.frameLocator("iframe");
}

/** Replaces the text of a cell and runs it, as a user does. */
export async function rewrite(page: Page, id: number, source: string): Promise<void> {
  const editor = cell(page, id).locator(".cm-content");
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(source);
  await page.keyboard.press("ControlOrMeta+Enter");
}
