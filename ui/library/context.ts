import type { CellRequest } from "../../kernel/notebook/protocol.ts";

/** Sends a request to the kernel process; rejects with a UserError when it fails there or `signal` fires. */
export type Ask = (request: CellRequest, signal?: AbortSignal) => Promise<unknown>;
