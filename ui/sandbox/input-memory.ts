import { eventOf, type InputLike, inputValue } from "../../kernel/notebook/library/generators.ts";
import { type Choice, choiceOf, restoreChoice } from "./choice.ts";
import { setInput } from "./set-input.ts";

interface Remembered {
  /** Null when the values came from a sandbox before this one. */
  source: string | null;
  readonly values: unknown[];
  readonly choices: (Choice | undefined)[];
}

/** Values that the user gave to the inputs of each cell: they survive re-runs of the same source, and a new sandbox. */
export class InputMemory {
  readonly #cells = new Map<number, Remembered>();
  readonly #tell: (cell: number, values: readonly unknown[]) => void;

  constructor(tell: (cell: number, values: readonly unknown[]) => void) {
    this.#tell = tell;
  }

  /** Values of a sandbox that this one replaces; undefined where the user had set none. */
  adopt(values: Readonly<Record<number, readonly unknown[]>>): void {
    for (const [cell, each] of Object.entries(values))
      this.#cells.set(Number(cell), { source: null, values: [...each], choices: [] });
  }

  /** Restores an input, the cell's `index`-th view, and remembers what the user does with it from now on. */
  attach(cell: { readonly id: number; readonly source: string }, index: number, element: InputLike): void {
    const memory = this.#memoryOf(cell);
    const choice = memory.choices[index];
    if (memory.values[index] !== undefined) setInput(element, memory.values[index]);
    if (choice && choiceOf(element)?.join() !== choice.join()) restoreChoice(element, choice);
    element.addEventListener(eventOf(element), () => {
      memory.values[index] = inputValue(element);
      memory.choices[index] = choiceOf(element);
      if (this.#cells.get(cell.id) === memory) this.#tell(cell.id, Array.from(memory.values, portable));
    });
  }

  forget(cell: number): void {
    this.#cells.delete(cell);
  }

  #memoryOf({ id, source }: { readonly id: number; readonly source: string }): Remembered {
    const known = this.#cells.get(id);
    if (known && (known.source === null || known.source === source)) {
      known.source = source;
      return known;
    }
    const fresh: Remembered = { source, values: [], choices: [] };
    this.#cells.set(id, fresh);
    return fresh;
  }
}

/** Values that cannot leave the sandbox are not kept for the next one. */
function portable(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return undefined;
  }
}
