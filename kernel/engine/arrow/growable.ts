type Numbers = Int32Array | BigInt64Array | Float64Array | Uint8Array;

/** The same array with room for `length` elements: itself, or a copy of twice the size. */
export function withRoom<T extends Numbers>(array: T, length: number): T {
  if (length <= array.length) return array;
  const larger = new (array.constructor as new (length: number) => T)(Math.max(length, array.length * 2, 64));
  larger.set(array as never);
  return larger;
}
