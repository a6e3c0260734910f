import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";

interface Mounting {
  mountAll(sources: readonly string[]): Promise<number>;
}

/** The time (ms) that a page takes to show each text in a CodeMirror editor of its own, all at once. */
export async function mountEditors(browser: Browser, sources: readonly string[]): Promise<number> {
  const plain = await browser.newPage();
  try {
    await plain.addScriptTag({ content: await script() });
    return await plain.evaluate((texts) => (globalThis as unknown as Mounting).mountAll(texts), sources);
  } finally {
    await plain.close();
  }
}

let made: string | null = null;

async function script(): Promise<string> {
  made ??= await bundle();
  return made;
}

async function bundle(): Promise<string> {
  const entry = resolve(process.cwd(), "test/bench/parts/naive-editors-page.ts");
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: { write: false, lib: { entry, formats: ["iife"], name: "naive" } },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !("output" in output)) throw new Error("the page of plain editors was not built");
  return output.output[0].code;
}
