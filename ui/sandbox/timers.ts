import { RunTimers } from "../../kernel/notebook/library/timers.ts";

const names = [
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "requestAnimationFrame",
  "cancelAnimationFrame",
] as const;

export const timerNames: ReadonlySet<string> = new Set(names);

export const isTimer = (name: string): boolean => timerNames.has(name);

/** The timers of one run of a cell. Timeouts and intervals are cleared by either function, as anywhere. */
export function makeTimers(signal: () => AbortSignal): Record<(typeof names)[number], unknown> {
  const clock = new RunTimers(signal, (timer: number) => clearTimeout(timer));
  const frames = new RunTimers(signal, (frame: number) => cancelAnimationFrame(frame));
  return {
    setTimeout: clock.starter((...given: Parameters<typeof setTimeout>) => setTimeout(...given), false),
    clearTimeout: clock.clear,
    setInterval: clock.starter((...given: Parameters<typeof setInterval>) => setInterval(...given), true),
    clearInterval: clock.clear,
    requestAnimationFrame: frames.starter((draw: FrameRequestCallback) => requestAnimationFrame(draw), false),
    cancelAnimationFrame: frames.clear,
  };
}
