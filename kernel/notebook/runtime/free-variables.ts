import type { Scheduler, Variable } from "./scheduler.ts";

/**
 * Variables that have lost their cell in a change of the program. Whoever defines their name from now on takes them
 * over, with the value that they had: what uses the name goes on waiting or resting, and runs only if the value differs.
 */
export class FreeVariables {
  readonly #scheduler: Scheduler;
  readonly #free = new Map<string, Variable>();

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  add(name: string, variable: Variable): void {
    this.#scheduler.release(variable);
    this.#free.set(name, variable);
  }

  take(name: string): Variable | undefined {
    const variable = this.#free.get(name);
    this.#free.delete(name);
    return variable;
  }

  /** Those that nobody took are no more: what uses their names says so. */
  clear(): void {
    for (const variable of this.#free.values()) variable.delete();
    this.#free.clear();
  }
}
