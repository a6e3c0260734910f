import { expect, it } from "vitest";
import { PacedStore } from "../../../ui/shell/app/paced-store.ts";

function openStore() {
  const frames: (() => void)[] = [];
  const store = new PacedStore(0, (tell) => frames.push(tell));
  const seen: number[] = [];
  store.subscribe(() => seen.push(store.get()));
  return { store, seen, frame: () => frames.splice(0).forEach((tell) => void tell()) };
}

it("a paced store holds a value at once and tells of a burst of changes once", () => {
  const { store, seen, frame } = openStore();
  for (let value = 1; value <= 100; value++) store.set(value);
  expect(store.get()).toBe(100);
  expect(seen).toEqual([]);
  frame();
  expect(seen).toEqual([100]);
});

it("a paced store tells of what changes while it tells, in the frame after", () => {
  const { store, seen, frame } = openStore();
  const stop = store.subscribe(() => store.set(store.get() + 1));
  store.set(1);
  frame();
  stop();
  frame();
  expect(seen).toEqual([1, 2]);
});
