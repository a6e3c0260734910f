import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";

const entry = "naive-editors:page";

const page = `
import {javascript} from "@codemirror/lang-javascript";
import {defaultHighlightStyle, syntaxHighlighting} from "@codemirror/language";
import {EditorView, lineNumbers} from "@codemirror/view";
globalThis.mountAll = (sources) => {
  const start = performance.now();
  for (const doc of sources) {
    const extensions = [lineNumbers(), javascript({typescript: true}), syntaxHighlighting(defaultHighlightStyle)];
    new EditorView({doc, extensions, parent: document.body});
  }
  document.body.getBoundingClientRect();
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start))));
};`;

/** The time (ms) that a page takes to show each text in a CodeMirror editor of its own, all at once. */
export async function mountEditors(browser: Browser, sources: readonly string[]): Promise<number> {
  const plain = await browser.newPage();
  try {
    await plain.addScriptTag({ content: await script() });
    return await plain.evaluate(
      (texts) =>
        (globalThis as unknown as { mountAll(texts: readonly string[]): Promise<number> }).mountAll(texts),
      sources,
    );
  } finally {
    await plain.close();
  }
}

let made: string | null = null;

async function script(): Promise<string> {
  if (made !== null) return made;
  const result = await build({
    configFile: false,
    logLevel: "error",
    root: process.cwd(),
    plugins: [
      {
        name: "naive-editors",
        enforce: "pre",
        resolveId: (id) => (id.endsWith(entry) ? resolve("naive-editors.js") : null),
        load: (id) => (id === resolve("naive-editors.js") ? page : null),
      },
    ],
    build: { write: false, lib: { entry, formats: ["iife"], name: "naive" } },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (!output || !("output" in output)) throw new Error("the page of plain editors was not built");
  made = output.output[0].code;
  return made;
}
