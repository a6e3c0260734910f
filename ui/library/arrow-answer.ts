import { inputError } from "../../kernel/notebook/errors.ts";

/** The bytes in an answer `{arrow: bytes}`. @throws when the answer has none. */
export function arrowBytes(answer: unknown): Uint8Array {
  const bytes = typeof answer === "object" && answer !== null && (answer as { arrow?: unknown }).arrow;
  if (bytes instanceof Uint8Array) return bytes;
  throw inputError("the kernel answered a query without rows", "run the cell again");
}
