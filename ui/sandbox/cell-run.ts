import type { Output } from "../../kernel/notebook/display/output.ts";
import { type InputLike, input } from "../../kernel/notebook/library/generators.ts";
import type { CellRun } from "../../kernel/notebook/runtime/host.ts";
import type { Ask } from "../library/context.ts";
import type { CellView } from "./cell-view.ts";
import type { InputMemory } from "./input-memory.ts";

/** `display` and `view` of one run. What the cell showed before stays until the run first displays or ends. */
export class RunOutputs {
  readonly #run: CellRun;
  readonly #view: CellView;
  readonly #memory: InputMemory;
  #fresh = true;
  #views = 0;

  constructor(run: CellRun, view: CellView, memory: InputMemory) {
    this.#run = run;
    this.#view = view;
    this.#memory = memory;
  }

  /** Shows a value and gives it back; a run that was superseded shows nothing more. */
  readonly display = <T>(value: T): T => {
    if (this.#run.signal.aborted) return value;
    this.start();
    this.#view.append(value, this.#run.signal);
    return value;
  };

  /** Shows an input, with the value that the user gave it before, and gives the generator of its values. */
  readonly view = (element: InputLike) => {
    if (typeof element?.addEventListener !== "function")
      throw new TypeError(
        `view: ${String(element)} is no input element; give an element such as Inputs.range([0, 10])`,
      );
    this.#memory.attach(this.#run.cell, this.#views++, element);
    return input(this.display(element));
  };

  /** Shows what was kept of an earlier run, which had the same result. */
  restore(outputs: readonly Output[], ask: Ask): void {
    if (this.#run.signal.aborted) return;
    this.#fresh = false;
    this.#view.replace(outputs, true, ask);
  }

  /** Takes away what an earlier run showed. */
  start(): void {
    if (this.#fresh) this.#view.clear();
    this.#fresh = false;
  }
}
