/** The variables that are to be visited, in order. A long row of them lets the event loop turn now and then. */
import { soon } from "./soon.ts";
import { type State, stateOf, type Variable } from "./variables.ts";

/** How long variables may be visited in one go, in ms. */
const slice = 12;

/** After how long the observers of those that are still in the queue are told that they wait, in ms. */
const patience = 100;

export class Queue {
  readonly #visit: (variable: Variable) => void;
  #variables: Variable[] = [];
  #next = 0;
  /** How many of the row were looked at for whether they were told that they wait. */
  #told = 0;
  #isDraining = false;
  /** When the oldest of the present row was visited. */
  #since = 0;
  #rest: Promise<void> | null = null;

  constructor(visit: (variable: Variable) => void) {
    this.#visit = visit;
  }

  /** Resolves when what is in the queue has been visited, or some of it has; null when nothing is. */
  get rest(): Promise<void> | null {
    if (this.#rest) return this.#rest;
    return this.#isDraining || this.#next < this.#variables.length ? Promise.resolve() : null;
  }

  add(variable: Variable, state: State): void {
    state.due = true;
    this.#variables.push(variable);
  }

  clear(): void {
    this.#variables = [];
    this.#next = this.#told = 0;
  }

  /** Visits what is there, and what comes meanwhile; what takes long goes on in a later turn. */
  drain(): void {
    if (this.#isDraining || this.#rest) return;
    const start = performance.now();
    if (this.#next === 0) this.#since = start;
    this.#isDraining = true;
    for (let variable = this.#take(); variable; variable = this.#take()) {
      this.#visitOne(variable);
      if (performance.now() > start + slice) break;
    }
    this.#isDraining = false;
    if (this.#next < this.#variables.length) this.#pause();
    else this.clear();
  }

  /** Code was terminated while it was visited: the rest goes on. */
  recover(): void {
    this.#isDraining = false;
    if (this.#next < this.#variables.length) this.#pause();
  }

  /** A fault of ours with one variable keeps no other from being visited. */
  #visitOne(variable: Variable): void {
    const state = stateOf(variable);
    if (!state.due) return;
    state.due = false;
    try {
      this.#visit(variable);
    } catch (fault) {
      void Promise.reject(fault);
    }
  }

  #take(): Variable | undefined {
    return this.#variables[this.#next++];
  }

  #tellWaiting(): void {
    for (let index = Math.max(this.#next, this.#told); index < this.#variables.length; index++)
      tellWaiting(this.#variables[index]);
    this.#told = this.#variables.length;
  }

  #pause(): void {
    if (performance.now() > this.#since + patience) this.#tellWaiting();
    this.#rest = new Promise((resolve) => {
      soon(() => {
        this.#rest = null;
        this.drain();
        resolve();
      });
    });
  }
}

function tellWaiting(variable: Variable | undefined): void {
  if (!variable) return;
  const state = stateOf(variable);
  if (!state.due || state.told) return;
  state.told = true;
  variable._pending();
}
