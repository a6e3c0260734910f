import { promisify } from "node:util";
import { expect, test } from "vitest";
import { makeTimers, timerNames } from "../../../kernel/session/timers.ts";

type Start = (callback: (given?: unknown) => void, ...rest: unknown[]) => NodeJS.Timeout;
type Clear = (timer: unknown) => void;
type Timers = Record<(typeof starts)[number], Start> & Record<(typeof clears)[number], Clear>;

const starts = ["setTimeout", "setInterval", "setImmediate", "requestAnimationFrame"] as const;
const clears = ["clearTimeout", "clearInterval", "clearImmediate", "cancelAnimationFrame"] as const;

/** The timers of a run, and the end of it. */
function run() {
  const controller = new AbortController();
  const timers = makeTimers(() => controller.signal) as Timers;
  return { ...timers, end: () => controller.abort() };
}

/** Resolves once timers that were set before it for no longer have fired. */
const later = (ms = 1) => new Promise((resolve) => setTimeout(resolve, ms));

test.each(starts)("%s calls with what it was given, until its run ends", async (name) => {
  const { end, [name]: start } = run();
  const rest = { setTimeout: [1, "tea"], setInterval: [1, "tea"], setImmediate: ["tea"] };
  const called: unknown[] = [];
  await new Promise<void>((resolve) => {
    start(
      (given) => {
        called.push(given);
        resolve();
      },
      ...(name === "requestAnimationFrame" ? [] : rest[name]),
    );
  });
  expect(called).toEqual([name === "requestAnimationFrame" ? expect.any(Number) : "tea"]);
  end();
  const calls = called.length;
  start(() => called.push("after the end"));
  await later(20);
  expect(called.length).toBe(calls);
});

test.each(starts)("%s that waits as its run ends never calls", async (name) => {
  const { end, ...timers } = run();
  let called = false;
  timers[name](() => {
    called = true;
  });
  end();
  await later(20);
  expect(called).toBe(false);
});

test.each([
  ["setTimeout", "clearTimeout"],
  ["setTimeout", "clearInterval"],
  ["setInterval", "clearInterval"],
  ["setImmediate", "clearImmediate"],
  ["requestAnimationFrame", "cancelAnimationFrame"],
] as const)("%s is cleared by %s, of this run or another, or of the platform", async (start, clear) => {
  const timers = run();
  const called: string[] = [];
  const set = (who: string) => timers[start](() => called.push(who));
  timers[clear](set("own"));
  run()[clear](set("another"));
  if (clear !== "cancelAnimationFrame") (globalThis[clear] as Clear)(set("platform"));
  await later(20);
  expect(called).toEqual([]);
  expect(() => timers[clear](undefined)).not.toThrow();
});

test("a timer that is set again after it fired ends with the run all the same", async () => {
  const { setTimeout, end } = run();
  let calls = 0;
  const timer = await new Promise<NodeJS.Timeout>((resolve) => {
    const set = setTimeout(() => {
      calls++;
      resolve(set);
    }, 1);
  });
  timer.refresh();
  end();
  await later(20);
  expect(calls).toBe(1);
});

test("Node's promises of timers work, and nobody waits for one whose run is over", async () => {
  const { setTimeout, setImmediate, end } = run();
  const wait = promisify(setTimeout) as (ms: number, value?: string) => Promise<unknown>;
  expect(await wait(1, "tea")).toBe("tea");
  expect(await (promisify(setImmediate) as (value: string) => Promise<unknown>)("milk")).toBe("milk");
  let settled = false;
  void wait(1).finally(() => {
    settled = true;
  });
  end();
  await later(20);
  expect(settled).toBe(false);
});

test("a run without timers is asked for no signal", () => {
  const timers = makeTimers(() => {
    throw new Error("asked");
  }) as Timers;
  expect(Object.keys(timers)).toEqual([...timerNames]);
  timers.clearTimeout(undefined);
});
