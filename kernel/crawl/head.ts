import { closeSync, openSync, readSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import type { ListedFile } from "./list.ts";
import { type Look, lookAt } from "./looks.ts";
import { problems } from "./problems.ts";

/** The beginning of a file, unpacked where it is gzip. */
export interface Head {
  readonly bytes: Buffer;
  readonly look: Look;
  readonly gzip: boolean;
  /** The whole content is here. */
  readonly complete: boolean;
}

const headSize = 256 * 1024;

/** @throws UserError where the file cannot be opened or is not the gzip it begins as. */
export function readHead(file: ListedFile): Head {
  const bytes = readPart(file, 0, headSize);
  const look = lookAt(bytes);
  const complete = bytes.length === file.bytes;
  if (look.kind !== "gzip") return { bytes, look, gzip: false, complete };
  const unpacked = unpack(file, bytes);
  return { bytes: unpacked, look: lookAt(unpacked), gzip: true, complete };
}

/** The last `length` bytes. */
export function readTail(file: ListedFile, length: number): Buffer {
  return readPart(file, Math.max(0, file.bytes - length), length);
}

function readPart(file: ListedFile, from: number, length: number): Buffer {
  const handle = openFile(file);
  try {
    const buffer = Buffer.alloc(Math.min(length, file.bytes));
    return buffer.subarray(0, readSync(handle, buffer, 0, buffer.length, from));
  } finally {
    closeSync(handle);
  }
}

function openFile(file: ListedFile): number {
  try {
    return openSync(file.path, "r");
  } catch (thrown) {
    throw problems.unreadable(file, thrown instanceof Error && "code" in thrown ? String(thrown.code) : "");
  }
}

/** The rest of the data is missing here by intent, so its absence is no error yet. */
function unpack(file: ListedFile, bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (thrown) {
    throw problems.badGzip(file, thrown instanceof Error ? thrown.message : String(thrown));
  }
}
