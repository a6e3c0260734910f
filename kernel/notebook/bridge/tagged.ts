/** How the codec writes what JSON lacks; see codec.ts. */

/** A tagged value is an array that begins with this: no plain array does, since such are tagged as "list". */
export const tag = "\u0001";

export type Tagged = readonly [typeof tag, string, ...unknown[]];

/** All in one part of 8-byte floats: many numbers are smaller so, and cost no parsing. */
export const fewestNumbers = 32;

/** Objects within objects; JSON and the wires go no deeper than a few times this. */
export const deepest = 1000;

interface TypedArrayType {
  new (buffer: ArrayBuffer): ArrayBufferView;
}

/** Of a name, such as "Float16Array", that this platform may not have. */
export function typedArray(name: string): TypedArrayType | undefined {
  if (!/^[A-Z]\w+\d+(Clamped)?Array$/.test(name)) return undefined;
  return (globalThis as unknown as Record<string, TypedArrayType | undefined>)[name];
}

/** Tells a typed array's own name, also of a subclass (Node's Buffer is a Uint8Array) or of another realm. */
const nameOf = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag,
)?.get;

export function typedArrayName(value: ArrayBufferView): string | undefined {
  return nameOf?.call(value) as string | undefined;
}

/** Errors of these classes are made anew as such; others become an Error of their name. */
export const errorTypes: Readonly<Record<string, ErrorConstructor>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};
