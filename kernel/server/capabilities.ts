import type { Socket } from "node:net";
import { basename } from "node:path";
import { randomSecret } from "./door.ts";

const graceMs = 60_000;

/** A buffer that another process holds. */
export interface RemotePart {
  readonly bytes: number;
  /** Has that process answer over a connection. @param head of the response. @returns false if it is gone. */
  serve(head: string, socket: Socket): boolean;
}

interface Held {
  readonly part: RemotePart;
  readonly timer: NodeJS.Timeout;
}

/** What can be fetched by an unguessable path: buffers too large for messages, and files of notebooks. */
export class Capabilities {
  readonly #parts = new Map<string, Held>();
  readonly #files = new Map<string, string>();
  readonly #secrets = new Map<string, string>();

  /** Keeps a way to get a buffer until it was fetched once, at most for a minute; gives its URL path. */
  hold(part: RemotePart): string {
    const secret = randomSecret();
    const timer = setTimeout(() => this.#drop(secret), graceMs).unref();
    this.#parts.set(secret, { part, timer });
    return `/cap/${secret}`;
  }

  /** The way to get the buffer of a secret; it leads there once. */
  take(secret: string): RemotePart | undefined {
    const held = this.#parts.get(secret);
    this.#drop(secret);
    return held?.part;
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

  close(): void {
    for (const secret of [...this.#parts.keys()]) this.#drop(secret);
    this.#files.clear();
  }

  #drop(secret: string): void {
    clearTimeout(this.#parts.get(secret)?.timer);
    this.#parts.delete(secret);
  }
}
