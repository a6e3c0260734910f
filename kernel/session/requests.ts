/** Answers what browser cells ask of the kernel. */

import type { SqlEngine } from "../engine/engine.ts";
import { decode, encode } from "../notebook/bridge/codec.ts";
import { inputError, toFailure } from "../notebook/errors.ts";
import type { FileColumn } from "../notebook/explore/requests.ts";
import type { Answer, CellRequest } from "../notebook/protocol.ts";
import type { SessionHost } from "./host.ts";

/** Rows, and entries of a value, that one request may ask for. */
const mostRows = 10_000;
const mostEntries = 1000;

export async function answerRequest(
  request: CellRequest,
  host: SessionHost,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    return { ok: encode(await resultOf(request, host, signal)) };
  } catch (error) {
    return { failure: toFailure(error) };
  }
}

async function resultOf(request: CellRequest, host: SessionHost, signal: AbortSignal): Promise<unknown> {
  switch (request.type) {
    case "query":
      return { arrow: await query(request, await host.engine(request.database), signal) };
    case "rows":
      return {
        arrow: await host.tables.page(
          request.table,
          request.offset,
          Math.min(request.limit, mostRows),
          request.columns,
        ),
      };
    case "explore":
      return await host.explore(request.table, request.ask, signal);
    case "table-file":
      return await host.tableFile(decode(request.columns) as FileColumn[], request.as, signal);
    case "entries":
      return host.values.entries(
        request.value,
        request.path,
        request.from,
        Math.min(request.count, mostEntries),
      );
    case "text":
      return host.values.text(request.value, request.path, request.from, request.count);
    case "tables":
      return await host.tableInfos();
    case "parquet":
      return { arrow: await host.parquet(request.path, signal) };
    case "file":
    case "module":
    case "recall":
    case "remember":
      throw inputError("files and kept results are given out by the server");
  }
}

async function query(
  request: Extract<CellRequest, { type: "query" }>,
  engine: SqlEngine,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const result = await engine.query(request.sql, decode(request.params) as unknown[], { signal });
  try {
    return await result.arrow();
  } finally {
    result.release();
  }
}
