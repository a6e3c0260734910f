import type { Failure } from "../notebook/errors.ts";

/** What `--json` prints where there is no result to tell of. */
export function failureLine(failure: Failure): string {
  return JSON.stringify({ ok: false, failure });
}
