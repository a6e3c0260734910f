import { setImmediate } from "node:timers/promises";
import type { DuckDBDataChunk, DuckDBType } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { type Batch, Column, field, Table, tableToIPC } from "@uwdata/flechette";
import type { TableColumn } from "../../notebook/display/output.ts";
import { encoderFor } from "./encoder-for.ts";

/** Rows `start` … `start + count` of a chunk. */
export interface Slice {
  readonly chunk: DuckDBDataChunk;
  readonly start: number;
  readonly count: number;
}

/** After so many chunks other work of the process has its turn: a chunk takes some 20 µs. */
const TURN = 256;

/** Chunks of a result as one Arrow IPC stream with one record batch. Field metadata "type" is the engine's type. `first`: the first column of the chunks that is taken. */
export async function encodeArrow(
  columns: readonly TableColumn[],
  types: readonly DuckDBType[],
  rows: number,
  slices: Iterable<Slice>,
  first = 0,
): Promise<Uint8Array> {
  const encoders = types.map((type) => encoderFor(type, rows));
  let done = 0;
  for (const { chunk, start, count } of slices) {
    encoders.forEach((encoder, i) => {
      encoder.append(duckdb.data_chunk_get_vector(chunk.chunk, first + i), start, count);
    });
    if (++done % TURN === 0) await setImmediate();
  }
  return toIpc(
    columns,
    encoders.map((encoder) => encoder.finish()),
  );
}

function toIpc(columns: readonly TableColumn[], batches: readonly Batch<unknown>[]): Uint8Array {
  const fields = batches.map((batch, i) => field(name(columns, i), batch.type, true, metadata(columns, i)));
  const children = batches.map((batch) => new Column([batch], batch.type));
  const schema = { version: 4, endianness: 0, fields, metadata: null } as const;
  const bytes = tableToIPC(new Table(schema as never, children), { format: "stream" });
  if (!bytes) throw new Error("the Arrow encoder returned nothing");
  return bytes;
}

const name = (columns: readonly TableColumn[], i: number): string => columns[i]?.name ?? "";
const metadata = (columns: readonly TableColumn[], i: number) =>
  new Map([["type", columns[i]?.type ?? ""]]) as never;
