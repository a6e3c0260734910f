import { expect, test } from "vitest";
import {
  makeProgress,
  type ProgressEvent,
  type ProgressFunction,
  progressText,
} from "../../../kernel/notebook/library/progress.ts";

function watched(): {
  progress: ProgressFunction;
  told: (ProgressEvent & { at: number })[];
  stop: AbortController;
} {
  const told: (ProgressEvent & { at: number })[] = [];
  const stop = new AbortController();
  const progress = makeProgress({
    cell: 3,
    signal: () => stop.signal,
    emit: (event) => told.push({ ...event, at: performance.now() }),
  });
  return { progress, told, stop };
}

function busy(ms: number): void {
  for (const start = performance.now(); performance.now() - start < ms; );
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("items come through as they are, and what is done at once is not told of", () => {
  const { progress, told } = watched();
  expect([...progress([1, 2, 3])]).toEqual([1, 2, 3]);
  expect([...progress(new Map([["a", 1]]))]).toEqual([["a", 1]]);
  expect(told).toEqual([]);
});

test("a long loop tells at most ten times a second how far it is, and in the end that it is over", () => {
  const { progress, told } = watched();
  for (const _ of progress(Array.from({ length: 90 }), { label: "rows" })) busy(6);
  const [first] = told;
  expect(first).toMatchObject({ cell: 3, bar: 1, label: "rows", total: 90, over: false });
  expect(told.at(-1)).toMatchObject({ done: 90, left: 0, over: true });
  const running = told.slice(0, -1);
  for (const [index, event] of running.entries()) {
    const next = running[index + 1];
    if (next) expect(next.at - event.at).toBeGreaterThan(95);
    expect(event.rate).toBeGreaterThan(0);
    expect(event.left).toBeCloseTo((90 - event.done) / event.rate, 1);
  }
});

test("async iterables are followed, without a total unless one is given", async () => {
  const { progress, told } = watched();
  async function* pages() {
    for (let page = 0; page < 8; page++) {
      await sleep(40);
      yield page;
    }
  }
  const seen: number[] = [];
  for await (const page of progress(pages())) seen.push(page);
  for await (const page of progress(pages(), { total: 16 })) seen.push(page);
  expect(seen.length).toBe(16);
  expect(told.find(({ bar }) => bar === 1)).toMatchObject({ total: null, left: null });
  expect(told.filter(({ bar }) => bar === 2).at(-1)).toMatchObject({ total: 16, done: 8, over: true });
});

test("a run that is stopped ends at the next item, and leaving the loop early ends the bar", async () => {
  const { progress, told, stop } = watched();
  const endless = (async function* () {
    for (let n = 0; ; n++) {
      await sleep(20);
      yield n;
    }
  })();
  setTimeout(() => stop.abort(new Error("stopped")), 400);
  const loop = async () => {
    for await (const _ of progress(endless)) void _;
  };
  await expect(loop()).rejects.toThrow("stopped");
  expect(told.at(-1)?.over).toBe(true);
  const other = watched();
  for (const index of other.progress(Array.from({ length: 1000 }, (_, index) => index))) {
    busy(60);
    if (index === 5) break;
  }
  expect(other.told.at(-1)?.over).toBe(true);
});

test("what cannot be gone through is refused with an example", () => {
  const { progress } = watched();
  expect(() => progress(5 as never)).toThrow("progress needs something to go through");
});

test("its text tells share, speed and time left in plain words", () => {
  const bar = { type: "progress", cell: 1, bar: 1, over: false } as const;
  expect(progressText({ ...bar, label: "rows", done: 450, total: 1000, rate: 1200, left: 12.2 })).toBe(
    "rows 45 % · 1,200/s · 13 s left",
  );
  expect(progressText({ ...bar, label: "", done: 4500, total: null, rate: 0.25, left: null })).toBe(
    "4,500 done · 0.3/s",
  );
  expect(progressText({ ...bar, label: "", done: 0, total: 0, rate: 1, left: 0 })).toContain("100 %");
  expect(progressText({ ...bar, label: "", done: 1, total: 2, rate: 1, left: 7300 })).toContain(
    "2 h 2 min left",
  );
});
