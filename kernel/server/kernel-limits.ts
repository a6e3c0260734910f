/** How much memory a kernel process may take, and how it is shared out inside. All in MB. */
import { totalmem } from "node:os";

/** Less than this and Node with DuckDB does not start. */
export const leastMemory = 256;

/** Three quarters of what the machine, or the control group, has: the rest is for the page and the server. */
export function defaultMemory(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  const bytes = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
  return Math.max(leastMemory, Math.floor((bytes * 0.75) / 2 ** 20));
}

/** JavaScript objects: less than the whole, so that V8 collects garbage before the process counts as too large. */
export function heapMemory(limit: number): number {
  return Math.min(8192, Math.floor(limit * 0.75));
}

/** DuckDB: what does not fit goes to the disk. */
export function engineMemory(limit: number): number {
  return Math.floor(limit * 0.6);
}
