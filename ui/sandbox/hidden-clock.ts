/**
 * Timers that are on time in a hidden page. Chromium wakes those of hidden pages once a second, later once a minute; a
 * worker's it does not hold back.
 */

const program = "onmessage = ({ data: [id, ms] }) => setTimeout(() => postMessage(id), ms);";

type Callback = (...values: unknown[]) => void;

/** Lets `setTimeout` of the page take its time from a worker while the page is hidden. Its ids are below zero. */
export function keepTimeWhileHidden(): void {
  const platform = { start: window.setTimeout.bind(window), clear: window.clearTimeout.bind(window) };
  const waiting = new Map<number, () => void>();
  let worker: Worker | null | undefined;
  let last = 0;
  const start = (callback: Callback | string, ms = 0, ...values: unknown[]): number => {
    if (document.hidden && typeof callback === "function") worker ??= clockWorker(waiting);
    if (!document.hidden || typeof callback !== "function" || !worker)
      return platform.start(callback, ms, ...values);
    waiting.set(--last, () => callback(...values));
    worker.postMessage([last, ms]);
    return last;
  };
  const clear = (timer?: number): void => {
    if (timer === undefined || !waiting.delete(timer)) platform.clear(timer);
  };
  Object.assign(window, { setTimeout: start, clearTimeout: clear });
}

/** Null where the browser gives no worker: then timers are the platform's. */
function clockWorker(waiting: Map<number, () => void>): Worker | null {
  try {
    const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
    const worker = new Worker(url);
    worker.onmessage = ({ data }: MessageEvent<number>) => {
      const call = waiting.get(data);
      waiting.delete(data);
      call?.();
    };
    return worker;
  } catch {
    return null;
  }
}
