import { UserError } from "../notebook/errors.ts";

/** @throws UserError kind "stopped" once `signal` has fired. */
export function checkStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw stopped();
}

export function stopped(): UserError {
  return new UserError({ kind: "stopped", message: "crawl cancelled; the catalog is unchanged" });
}
