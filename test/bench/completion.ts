import { cell, notebookFile, startApp } from "../browser/app.ts";
import type { Row } from "./row.ts";

const trials = 60;
const cells = 200;

/** Time from a key to the list of what may stand there, in a notebook of 200 cells whose names and types depend on one another. */
export async function bench(): Promise<Row[]> {
  const sources = Array.from({ length: cells - 1 }, (_, index) =>
    index === 0
      ? "const v0 = [{cups: 3, day: 'mon'}]"
      : `const v${index} = v${index - 1}.map((row) => ({...row, c${index}: row.cups + ${index}}))`,
  );
  const app = await startApp({ "notebooks/n.html": notebookFile("Names", [...sources, "1"]) });
  try {
    const page = await app.open("/notebook?path=notebooks/n.html");
    await cell(page, cells).scrollIntoViewIfNeeded();
    const editor = cell(page, cells).locator(".cm-content");
    await editor.click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(`v${cells - 2}[0]`);
    const times: number[] = [];
    for (let trial = -5; trial < trials; trial++) {
      const list = await page.evaluateHandle(watchList);
      await page.keyboard.type(".");
      const took = await list.evaluate(({ shown }) => shown);
      if (trial >= 0) times.push(took);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Backspace");
    }
    return [row("p50", quantile(times, 0.5)), row("p95", quantile(times, 0.95))];
  } finally {
    await app.close();
  }
}

/** Runs in the page: the time from the coming key to the first item of a list, in ms. */
function watchList(): { readonly shown: Promise<number> } {
  const shown = new Promise<number>((resolve) => {
    let start = Number.NaN;
    const pressed = () => {
      start = performance.now();
    };
    window.addEventListener("keydown", pressed, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (!document.querySelector(".cm-tooltip-autocomplete li")) return;
      observer.disconnect();
      resolve(performance.now() - start);
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
  return { shown };
}

function quantile(values: readonly number[], at: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * at)] ?? Number.NaN;
}

function row(which: string, ms: number): Row {
  return {
    what: `key → list of completions, notebook of ${cells} cells, ${which}`,
    figure: `${ms.toFixed(1)} ms`,
    reference: "",
    ratio: "",
    limit: which === "p95" ? "50 ms" : "",
  };
}
