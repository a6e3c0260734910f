import { Batch, type DataType } from "@uwdata/flechette";

const encoder = new TextEncoder();

/** A utf8 batch of texts given as JavaScript strings; rows that are null may have any. */
export function textBatch(
  type: DataType,
  rows: { readonly length: number; readonly nullCount: number; readonly validity: Uint8Array },
  texts: readonly string[],
): Batch<unknown> {
  const parts = texts.map((text) => encoder.encode(text));
  const offsets = new Int32Array(parts.length + 1);
  parts.forEach((part, i) => {
    offsets[i + 1] = (offsets[i] as number) + part.length;
  });
  const values = new Uint8Array(offsets[parts.length] ?? 0);
  parts.forEach((part, i) => {
    values.set(part, offsets[i]);
  });
  return new Batch({ ...rows, type, offsets, values });
}
