import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Saver, usualTimes } from "../../../kernel/server/documents-saver.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Times of saving, in ms from now, for a saver that is touched at `touches`. */
async function savesFor(touches: readonly number[]): Promise<number[]> {
  const start = Date.now();
  const saves: number[] = [];
  const saver = new Saver(async () => void saves.push(Date.now() - start), usualTimes);
  for (const at of touches) setTimeout(() => saver.touch(), at);
  await vi.advanceTimersByTimeAsync(10_000);
  return saves;
}

it("saves within half a second of the last edit", async () => {
  const [first, ...more] = await savesFor([0, 100, 200]);
  expect(more).toEqual([]);
  expect((first ?? 0) - 200).toBeLessThanOrEqual(500);
});

it("saves at least every second while typing goes on", async () => {
  const saves = await savesFor(Array.from({ length: 100 }, (_, index) => index * 50));
  const gaps = saves.map((at, index) => at - (saves[index - 1] ?? 0));
  expect(Math.max(...gaps)).toBeLessThanOrEqual(1000);
  expect(saves.at(-1)).toBeGreaterThan(99 * 50);
});

it("runs one thing on the disk at a time, in order", async () => {
  const done: string[] = [];
  const saver = new Saver(async () => void done.push("saved"), usualTimes);
  const work = (name: string, ms: number) => () =>
    new Promise<void>((resolve) => setTimeout(() => resolve(void done.push(name)), ms));
  void saver.run(work("slow", 100));
  void saver.run(work("fast", 1));
  void saver.now();
  await vi.advanceTimersByTimeAsync(200);
  expect(done).toEqual(["slow", "fast", "saved"]);
});
