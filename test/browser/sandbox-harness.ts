import { createServer as createHttp } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { createServer } from "vite";
import type { CellSpec } from "../../kernel/notebook/document/notebook.ts";
import type { ToSandbox } from "../../kernel/notebook/protocol.ts";
import { launchBrowser } from "./app.ts";
import type { harness, Told } from "./sandbox-page.ts";

const root = resolve(import.meta.dirname, "../..");

type Harness = typeof harness;

/** A sandbox in a real browser, within a page that plays the shell. */
export interface SandboxBench {
  open(size?: { width: number; height: number }): Promise<SandboxPage>;
  close(): Promise<void>;
}

export interface SandboxPage {
  readonly page: Page;
  /** The inside of the sandbox. */
  readonly inside: FrameLocator;
  run(...cells: readonly CellSpec[]): Promise<void>;
  remove(cell: number): Promise<void>;
  send(message: ToSandbox): Promise<void>;
  /** Waits for a message that `accept` takes; functions run in the page and see nothing of the test. */
  message<T extends Told["type"]>(
    type: T,
    accept?: (message: Extract<Told, { type: T }>) => boolean,
  ): Promise<Extract<Told, { type: T }>>;
}

export async function openSandboxBench(): Promise<SandboxBench> {
  const vite = await createServer({
    configFile: false,
    root: resolve(root, "ui"),
    cacheDir: resolve(root, "node_modules/.cache/vite-sandbox"),
    logLevel: "error",
    appType: "mpa",
    optimizeDeps: {
      include: [
        "@observablehq/plot",
        "@observablehq/inputs",
        "d3",
        "htl",
        "arquero",
        "@uwdata/flechette",
        "markdown-it",
      ],
    },
    server: {
      middlewareMode: true,
      ws: false,
      hmr: false,
      watch: null,
      cors: { origin: "*" },
      fs: { allow: [root] },
    },
  });
  const http = createHttp((request, response) => {
    if (request.url !== "/") return vite.middlewares(request, response);
    response.setHeader("content-type", "text/html");
    response.end(`<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<style>body { margin: 0 }</style><script type="module" src="/@fs${root}/test/browser/sandbox-page.ts"></script>`);
  });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  const browser = await launchBrowser();
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/`;
  return {
    open: (size = { width: 900, height: 700 }) => openPage(browser, url, size),
    close: async () => {
      await browser.close();
      http.closeAllConnections();
      await Promise.all([vite.close(), new Promise((done) => http.close(done))]);
    },
  };
}

async function openPage(
  browser: Browser,
  url: string,
  viewport: { width: number; height: number },
): Promise<SandboxPage> {
  const page = await browser.newPage({ viewport });
  await page.goto(url);
  const bench = { page, inside: page.frameLocator("iframe"), run, remove, send, message };
  await message("ready");
  return bench as SandboxPage;

  async function run(...cells: readonly CellSpec[]): Promise<void> {
    await page.evaluate((each) => (window as unknown as { harness: Harness }).harness.run(...each), cells);
  }
  async function remove(cell: number): Promise<void> {
    await page.evaluate((id) => (window as unknown as { harness: Harness }).harness.remove(id), cell);
  }
  async function send(sent: ToSandbox): Promise<void> {
    await page.evaluate((each) => (window as unknown as { harness: Harness }).harness.send(each), sent);
  }
  async function message(type: string, accept: (message: never) => boolean = () => true) {
    const found = await page.waitForFunction(
      ([wanted, test]) => {
        const { messages } = (window as unknown as { harness?: Harness }).harness ?? { messages: [] };
        const accepts = new Function(`return (${test})`)() as (message: Told) => boolean;
        return messages.find((each) => each.type === wanted && accepts(each));
      },
      [type, accept.toString()] as const,
    );
    return found.jsonValue();
  }
}
