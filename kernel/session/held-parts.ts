/**
 * Large parts of values stay in the kernel process until the page fetches them: the server hands the connection of
 * such a request over to this process, so that the bytes pass through no other.
 */
import type { Socket } from "node:net";
import { lastingBytes } from "../notebook/bridge/lasting.ts";
import type { Answer, BridgeMessage, Encoded } from "../notebook/protocol.ts";

const largest = 256 * 1024;
/** Values of one name that can be fetched: a tab may still be about to fetch the one before the last. */
const generations = 2;
/** Time to fetch the parts of an answer, in ms. */
const graceMs = 60_000;

const missing =
  "HTTP/1.1 404 Not Found\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

export class HeldParts {
  readonly #parts = new Map<number, Uint8Array>();
  /** By name, the parts of its last values. */
  readonly #named = new Map<string, (readonly number[])[]>();
  #last = 0;

  /** The message with its large parts held back here. */
  ofMessage(message: BridgeMessage): BridgeMessage {
    if (message.type !== "value") return message;
    const { value, held } = this.#hold(message.value);
    const kept = [...(this.#named.get(message.name) ?? []), held];
    for (const old of kept.splice(0, kept.length - generations)) this.#release(old);
    this.#named.set(message.name, kept);
    return { ...message, value };
  }

  ofAnswer(answer: Answer): Answer {
    if (!("ok" in answer)) return answer;
    const { value, held } = this.#hold(answer.ok);
    if (held.length > 0) setTimeout(() => this.#release(held), graceMs).unref();
    return { ok: value };
  }

  /** Answers the request that came over `socket` with a part. @param head of the HTTP response, whole */
  serve(part: number, head: string, socket: Socket): void {
    const bytes = this.#parts.get(part);
    socket.on("error", () => socket.destroy());
    if (!bytes) return void socket.end(missing);
    socket.write(head);
    socket.end(bytes);
  }

  #hold(encoded: Encoded): { value: Encoded; held: number[] } {
    const held: number[] = [];
    const parts = encoded.parts.map((part) => {
      if (!(part instanceof Uint8Array) || part.byteLength <= largest) return part;
      held.push(++this.#last);
      this.#parts.set(this.#last, lastingBytes(part));
      return { held: this.#last, bytes: part.byteLength };
    });
    return { value: { json: encoded.json, parts }, held };
  }

  #release(parts: readonly number[]): void {
    for (const part of parts) this.#parts.delete(part);
  }
}
