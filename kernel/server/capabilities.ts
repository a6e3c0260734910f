import { basename } from "node:path";
import { randomSecret } from "./door.ts";

const maxBytes = 1024 ** 3;
const graceMs = 60_000;

interface Held {
  readonly bytes: Uint8Array;
  /** Fetches still to come. */
  left: number;
  readonly timer: NodeJS.Timeout;
}

/** What can be fetched by an unguessable path: buffers too large for messages, and files of notebooks. */
export class Capabilities {
  readonly #buffers = new Map<string, Held>();
  readonly #files = new Map<string, string>();
  readonly #secrets = new Map<string, string>();
  #held = 0;

  /** Keeps a buffer until it was fetched `readers` times, at most for a minute; gives its URL path. */
  hold(bytes: Uint8Array, readers = 1): string {
    const secret = randomSecret();
    const timer = setTimeout(() => this.#drop(secret), graceMs).unref();
    this.#buffers.set(secret, { bytes, left: readers, timer });
    this.#held += bytes.byteLength;
    this.#makeRoom(secret);
    return `/cap/${secret}`;
  }

  /** The buffer of a secret, counted as fetched once. */
  take(secret: string): Uint8Array | undefined {
    const held = this.#buffers.get(secret);
    if (held && --held.left === 0) this.#drop(secret);
    return held?.bytes;
  }

  /** The URL path of a file, the same each time, so that browsers can cache it. */
  share(path: string): string {
    const secret = this.#secrets.get(path) ?? randomSecret();
    this.#secrets.set(path, secret);
    this.#files.set(secret, path);
    return `/file/${secret}/${encodeURIComponent(basename(path))}`;
  }

  file(secret: string): string | undefined {
    return this.#files.get(secret);
  }

  /** Bytes held at present. */
  get bytes(): number {
    return this.#held;
  }

  close(): void {
    for (const secret of [...this.#buffers.keys()]) this.#drop(secret);
    this.#files.clear();
  }

  #makeRoom(newest: string): void {
    for (const oldest of this.#buffers.keys()) {
      if (this.#held <= maxBytes || oldest === newest) return;
      this.#drop(oldest);
    }
  }

  #drop(secret: string): void {
    const held = this.#buffers.get(secret);
    if (!held) return;
    clearTimeout(held.timer);
    this.#buffers.delete(secret);
    this.#held -= held.bytes.byteLength;
  }
}
