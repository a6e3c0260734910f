/** Bytes that nobody will change: they can be sent later, as they are. */
const lasting = new WeakSet<Uint8Array>();

export function markLasting(bytes: Uint8Array): Uint8Array {
  lasting.add(bytes);
  return bytes;
}

/** The bytes, or a copy that lasts: a cell may go on to change its own. */
export function lastingBytes(bytes: Uint8Array): Uint8Array {
  return lasting.has(bytes) ? bytes : bytes.slice();
}
