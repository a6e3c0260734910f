import { apply, applyAll } from "../notebook/document/apply.ts";
import { invert } from "../notebook/document/invert.ts";
import type { Notebook } from "../notebook/document/notebook.ts";
import type { Operation } from "../notebook/document/operations.ts";
import { rebase } from "../notebook/document/rebase.ts";
import { inputError } from "../notebook/errors.ts";

/** Operations remembered: a client that is further behind opens the notebook anew. */
const most = 5000;

interface Entry {
  readonly operation: Operation;
  readonly inverse: Operation;
}

/** A notebook and how it came to be: puts what clients send in one order. */
export class DocumentLog {
  #notebook: Notebook;
  #version: number;
  #entries: Entry[] = [];

  /**
   * Versions rise by one with each operation. They start from the clock, so that a version of an earlier run of the
   * server is never taken for one of this.
   */
  constructor(notebook: Notebook) {
    this.#notebook = notebook;
    this.#version = Date.now();
  }

  get notebook(): Notebook {
    return this.#notebook;
  }

  get version(): number {
    return this.#version;
  }

  /**
   * Applies operations made on top of version `base`, carried over what came since. Gives them as they were applied.
   * @throws UserError kind "input", and nothing is applied: base unknown or too old, a text change that does not fit
   */
  add(base: number, operations: readonly Operation[]): readonly Operation[] {
    const since = this.#since(base);
    const carried =
      since.length === 0 ? operations : rebase(this.#at(since), operations, operationsOf(since)).mine;
    return this.#append(carried);
  }

  #append(operations: readonly (Operation | null)[]): readonly Operation[] {
    let state = this.#notebook;
    const entries: Entry[] = [];
    for (const operation of operations) {
      const inverse = operation && invert(state, operation);
      if (!inverse) continue;
      entries.push({ operation, inverse });
      state = apply(state, operation);
    }
    this.#notebook = state;
    this.#version += entries.length;
    this.#entries = [...this.#entries, ...entries].slice(-most);
    return operationsOf(entries);
  }

  #since(base: number): Entry[] {
    const behind = this.#version - base;
    if (behind >= 0 && behind <= this.#entries.length)
      return behind === 0 ? [] : this.#entries.slice(-behind);
    throw inputError("this page is too far behind the notebook to merge its edit", "reload the page");
  }

  #at(since: readonly Entry[]): Notebook {
    return applyAll(this.#notebook, since.map(({ inverse }) => inverse).reverse());
  }
}

function operationsOf(entries: readonly Entry[]): Operation[] {
  return entries.map(({ operation }) => operation);
}
