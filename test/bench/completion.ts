import type { Page } from "playwright-core";
import { cell, notebookFile, startApp } from "../browser/app.ts";
import type { Row } from "./row.ts";

const trials = 60;
const cells = 200;
/** Time from key to key, in ms: a quick typist. */
const keyMs = 90;

/**
 * Time from a key to the list of what may stand there, in a notebook of 200 cells whose names and types depend on one
 * another: after the first letter of a name, and after the dot behind an expression. Each is typed anew, each time
 * another one, so that no list was there before.
 */
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
    await cell(page, cells).locator(".cm-content").click();
    const [names, members]: [number[], number[]] = [[], []];
    for (let trial = -5; trial < trials; trial++) {
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.press("Delete");
      const name = await timeOf(page, "v");
      await page.keyboard.type(`${cells - 8 - trial}[0]`, { delay: keyMs });
      const member = await timeOf(page, ".");
      if (trial >= 0) names.push(name);
      if (trial >= 0) members.push(member);
    }
    return [
      ...[0.5, 0.95].map((at) => row("first letter of a name", names, at)),
      ...[0.5, 0.95].map((at) => row("dot after an expression", members, at)),
    ];
  } finally {
    await app.close();
  }
}

/** Presses a key after a pause, and closes the list that comes. @returns time from key to list, in ms */
async function timeOf(page: Page, key: string): Promise<number> {
  await page.waitForTimeout(keyMs);
  const list = await page.evaluateHandle(watchList);
  await page.keyboard.press(key);
  const took = await list.evaluate(({ shown }) => shown);
  await page.keyboard.press("Escape");
  return took;
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

function row(key: string, times: readonly number[], at: number): Row {
  const which = `p${at * 100}`;
  return {
    what: `key → list of completions, notebook of ${cells} cells, ${key}, ${which}`,
    figure: `${quantile(times, at).toFixed(1)} ms`,
    reference: "",
    ratio: "",
    limit: which === "p95" ? "50 ms" : "",
  };
}
