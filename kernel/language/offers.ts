import type { CompletionItem } from "vscode-languageserver-protocol/node.js";

/** Lists that an editor may still ask about. */
const mostLists = 8;

/** What was offered last, so that only what an editor shows goes to it, and the rest stays here. */
export class Offers {
  readonly #lists = new Map<number, readonly CompletionItem[]>();
  #count = 0;

  /** @returns what names the list from now on */
  keep(items: readonly CompletionItem[]): number {
    this.#lists.set(++this.#count, items);
    this.#lists.delete(this.#count - mostLists);
    return this.#count;
  }

  /** The item that `[list, index]` names, if it is still known. */
  get(name: unknown): CompletionItem | null {
    if (!Array.isArray(name)) return null;
    const [list, index] = name as unknown[];
    return this.#lists.get(Number(list))?.[Number(index)] ?? null;
  }
}
