import { promisify } from "node:util";
import { RunTimers } from "../notebook/library/timers.ts";

const names = [
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "setImmediate",
  "clearImmediate",
  "requestAnimationFrame",
  "cancelAnimationFrame",
] as const;

export const timerNames: ReadonlySet<string> = new Set(names);

export const isTimer = (name: string): boolean => timerNames.has(name);

type Names = Record<(typeof names)[number], unknown>;

/** Length of a frame, in ms: there is no screen here. */
const frame = 16;

/** The timers of one run of a cell. Timeouts, intervals and frames are cleared by any of their functions. */
export function makeTimers(signal: () => AbortSignal): Names {
  const clock = new RunTimers(signal, clearTimeout);
  const turns = new RunTimers(signal, clearImmediate);
  const startTimeout = clock.starter(setTimeout, false);
  const startImmediate = turns.starter(setImmediate, false);
  return {
    setTimeout: promisable(startTimeout, (resolve, ms, value) => startTimeout(resolve, ms, value)),
    clearTimeout: clock.clear,
    setInterval: clock.starter(setInterval, true),
    clearInterval: clock.clear,
    setImmediate: promisable(startImmediate, (resolve, value) => startImmediate(resolve, value)),
    clearImmediate: turns.clear,
    requestAnimationFrame: clock.starter(requestFrame, false),
    cancelAnimationFrame: clock.clear,
  };
}

function requestFrame(draw: (time: number) => void): unknown {
  return setTimeout(() => draw(performance.now()), frame);
}

type Resolve = (value: unknown) => void;

/** `promisify(setTimeout)(ms, value)`, which Node knows by a sign on the function. */
function promisable<T extends object>(start: T, wait: (resolve: Resolve, ...given: unknown[]) => unknown): T {
  const value = (...given: unknown[]) => new Promise((resolve) => wait(resolve, ...given));
  return Object.defineProperty(start, promisify.custom, { value, configurable: true });
}
