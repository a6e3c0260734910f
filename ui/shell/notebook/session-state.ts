import type { Failure } from "../../../kernel/notebook/errors.ts";
import type { KernelState } from "../../../kernel/notebook/protocol.ts";

/** What the page's head shows. */
export interface SessionState {
  /**
   * `opening` until the server has sent the notebook for the first time; `away` while it cannot be reached; `locked`
   * when it was started anew and does not know this browser yet.
   */
  readonly connection: "opening" | "open" | "away" | "locked";
  /** Whether the notebook is here. */
  readonly loaded: boolean;
  readonly trusted: boolean;
  readonly kernel: KernelState;
  readonly kernelFailure: Failure | null;
  /** Minutes without use after which the kernel was put to sleep. */
  readonly idleMinutes: number | null;
  /** Whether the file holds everything typed. */
  readonly saved: boolean;
  /** What the server last complained about. */
  readonly failure: Failure | null;
}

export const unopened: SessionState = {
  connection: "opening",
  loaded: false,
  trusted: true,
  kernel: "stopped",
  kernelFailure: null,
  idleMinutes: null,
  saved: true,
  failure: null,
};
