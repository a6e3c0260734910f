/** @observablehq/runtime 6.0.1 ships no types. These are ours, private fields included: only our scheduler uses them. */
declare module "@observablehq/runtime" {
  export interface Observer {
    pending?(): void;
    /** Ours: inputs were computed again and came out as they were, so this variable keeps its value. */
    unchanged?(): void;
    fulfilled?(value: unknown, name: string | null): void;
    rejected?(error: unknown, name: string | null): void;
  }
  export interface Variable {
    define(
      name: string | null,
      inputs: readonly (string | Variable)[],
      definition: (...inputs: unknown[]) => unknown,
    ): this;
    delete(): this;
    dispose(): void;
    _definition(this: unknown, ...inputs: unknown[]): unknown;
    _indegree: number;
    _inputs: Variable[];
    _outputs: Set<Variable>;
    _invalidate(): void;
    _observer: Observer | symbol;
    _name: string | null;
    _promise: Promise<unknown>;
    _value: unknown;
    _version: number;
    readonly _type: number;
    /** Ours, see variables.ts. */
    _state?: unknown;
    _resolve(this: unknown, name: string): Variable;
    _pending(): void;
    _fulfilled(value: unknown): void;
    _rejected(error: unknown): void;
  }
  export interface Module {
    variable(observer?: Observer | boolean): Variable;
    _scope: Map<string, Variable>;
  }
  export class Runtime {
    constructor(builtins?: Record<string, unknown>, global?: (name: string) => unknown);
    module(): Module;
    dispose(): void;
    _dirty: Set<Variable>;
    _updates: Set<Variable>;
    _computing: Promise<void> | null;
    _disposed: boolean;
    _compute(): Promise<void>;
  }
}
