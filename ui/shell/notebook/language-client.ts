import type { Failure } from "../../../kernel/notebook/errors.ts";
import { UserError } from "../../../kernel/notebook/errors.ts";
import type { LanguageRequest } from "../../../kernel/notebook/language.ts";
import type { ToShell } from "../../../kernel/notebook/protocol.ts";

type Answer = Extract<ToShell, { type: "language" }>["answer"];

/** Questions to the language service that are not answered yet. */
export class LanguageClient {
  readonly #send: (id: number, request: LanguageRequest) => void;
  readonly #open = new Map<number, { resolve(value: unknown): void; reject(error: UserError): void }>();
  #asked = 0;

  /** @param send is to send it after all edits made so far */
  constructor(send: (id: number, request: LanguageRequest) => void) {
    this.#send = send;
  }

  /** @returns null where there is nothing to say, or nobody to say it. @throws UserError for what cannot be done */
  ask<T>(request: LanguageRequest): Promise<T | null> {
    const id = ++this.#asked;
    return new Promise<T | null>((resolve, reject) => {
      this.#open.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#send(id, request);
    });
  }

  answer(id: number, answer: Answer): void {
    const asked = this.#open.get(id);
    this.#open.delete(id);
    if ("failure" in answer) asked?.reject(new UserError(answer.failure as Failure));
    else asked?.resolve(answer.ok);
  }

  /** The server is away: nothing asked before will be answered. */
  lost(): void {
    for (const { resolve } of this.#open.values()) resolve(null);
    this.#open.clear();
  }
}
