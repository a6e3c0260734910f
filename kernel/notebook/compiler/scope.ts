import type { Identifier } from "acorn";

/** A use of a name. */
export interface Reference {
  readonly name: string;
  readonly start: number;
  /** Whether the name is assigned to. */
  readonly write: boolean;
}

/**
 * Names and uses of one function or block. Uses are looked up when the scope ends, so that hoisting needs no pass of
 * its own: by then, all its names are known.
 */
export class Scope {
  readonly names = new Set<string>();
  readonly references: Reference[] = [];
  readonly #parent: Scope | null;
  /** The scope that `var` belongs to. */
  readonly #variables: Scope;

  constructor(parent: Scope | null, kind: "function" | "block") {
    this.#parent = parent;
    this.#variables = kind === "block" && parent ? parent.#variables : this;
  }

  declare(name: string, kind: "var" | "lexical" = "lexical"): void {
    (kind === "var" ? this.#variables : this).names.add(name);
  }

  refer({ name, start }: Identifier, write = false): void {
    this.references.push({ name, start, write });
  }

  /** Hands the uses of names that are not its own to the scope around it. */
  end(): void {
    for (const reference of this.references)
      if (!this.names.has(reference.name)) this.#parent?.references.push(reference);
  }
}
