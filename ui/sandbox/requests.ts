import { decode, fetchParts } from "../../kernel/notebook/bridge/codec.ts";
import { inputError, UserError } from "../../kernel/notebook/errors.ts";
import type { Answer, CellRequest } from "../../kernel/notebook/protocol.ts";

type Settle = (answer: Answer) => void;

/** Requests of cells on their way to the kernel process, and their answers. */
export class Requests {
  readonly #open = new Map<number, Settle>();
  readonly #send: (id: number, request: CellRequest) => void;
  readonly #cancel: (id: number) => void;
  #last = 0;

  constructor(send: (id: number, request: CellRequest) => void, cancel: (id: number) => void) {
    this.#send = send;
    this.#cancel = cancel;
  }

  /** @throws UserError as the kernel told it, or kind "stopped" when `signal` fires first. */
  readonly ask = async (request: CellRequest, signal?: AbortSignal): Promise<unknown> => {
    const answer = await this.#exchange(request, signal);
    if ("failure" in answer) throw new UserError(answer.failure);
    return decode(await fetchParts(answer.ok, (url) => loadBytes(url, signal)));
  };

  answer(id: number, answer: Answer): void {
    this.#open.get(id)?.(answer);
  }

  #exchange(request: CellRequest, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve) => {
      const id = ++this.#last;
      const settle: Settle = (answer) => {
        this.#open.delete(id);
        signal?.removeEventListener("abort", stop);
        resolve(answer);
      };
      const stop = () => {
        if (this.#open.has(id)) this.#cancel(id);
        settle(stopped(request));
      };
      if (signal?.aborted) return stop();
      signal?.addEventListener("abort", stop);
      this.#open.set(id, settle);
      this.#send(id, request);
    });
  }
}

function stopped(request: CellRequest): Answer {
  return { failure: { kind: "stopped", message: `the ${request.type} was stopped as its cell ran again` } };
}

/** @throws UserError when the server does not give the bytes out. */
export async function loadBytes(url: string, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(url, signal ? { signal } : {});
  if (!response.ok)
    throw inputError(`a large value could not be fetched (HTTP ${response.status})`, "run the cell again");
  return new Uint8Array(await response.arrayBuffer());
}
