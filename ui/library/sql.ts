import { encode } from "../../kernel/notebook/bridge/codec.ts";
import type { RunQuery } from "../../kernel/notebook/library/sql.ts";
import { type QueryResult, tableFromArrow } from "../../kernel/notebook/table.ts";
import { arrowBytes } from "./arrow-answer.ts";
import type { Ask } from "./context.ts";

/** Runs queries in the kernel process; they end with `signal`. */
export function queryRunner(ask: Ask, signal?: AbortSignal): RunQuery<QueryResult> {
  return async ({ sql, params }, database) =>
    arrowAnswer(await ask({ type: "query", sql, params: encode(params), database }, signal));
}

/** The table in an answer `{arrow: bytes}`. @throws when the answer has none. */
export function arrowAnswer(answer: unknown): QueryResult {
  return tableFromArrow(arrowBytes(answer));
}
