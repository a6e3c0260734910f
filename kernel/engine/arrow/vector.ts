import duckdb from "@duckdb/node-bindings";

/**
 * A column of a chunk in DuckDB's own memory. Its bytes are read in place: nothing becomes JavaScript values. Valid
 * while the chunk that it belongs to is referenced.
 */
export type Vector = duckdb.Vector;

/** The first `byteCount` bytes of a vector's data. */
export const vectorBytes = (vector: Vector, byteCount: number): Uint8Array =>
  duckdb.vector_get_data(vector, byteCount);

/** One bit per row, set where the row has a value; null when every row has one. */
export function vectorValidity(vector: Vector, rows: number): Uint8Array | null {
  return duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8);
}

export const isSet = (bits: Uint8Array | null, index: number): boolean =>
  bits === null || ((bits[index >> 3] as number) & (1 << (index & 7))) !== 0;

export const listChild = (vector: Vector): Vector => duckdb.list_vector_get_child(vector);
export const arrayChild = (vector: Vector): Vector => duckdb.array_vector_get_child(vector);
export const structChild = (vector: Vector, index: number): Vector =>
  duckdb.struct_vector_get_child(vector, index);

/** Reads `byteCount` bytes at the pointer that stands at `offset` of `buffer`. */
export const bytesAt = (buffer: ArrayBufferLike, offset: number, byteCount: number): Uint8Array =>
  duckdb.get_data_from_pointer(buffer as ArrayBuffer, offset, byteCount);
