import { loadFailure } from "../../kernel/notebook/compiler/module-frames.ts";
import { inputError, toFailure, UserError } from "../../kernel/notebook/errors.ts";
import { asExports } from "../../kernel/notebook/library/own-modules.ts";
import type { PageModule } from "../../kernel/notebook/protocol.ts";
import type { CellRun } from "../../kernel/notebook/runtime/host.ts";
import type { Ask } from "../library/context.ts";
import type { Library } from "../library/library.ts";

interface ImportOptions {
  readonly with?: Readonly<Record<string, string>>;
  readonly line?: number;
  readonly column?: number;
}

/** What `import` means in browser cells, and in the modules that they import. */
export class Imports {
  readonly #ask: Ask;
  readonly #library: Library;
  /** URL of the notebook among its modules. */
  #address = "about:blank";

  constructor(ask: Ask, library: Library) {
    this.#ask = ask;
    this.#library = library;
    setGlobal("percolate.own", (name: string) => this.#own(name));
    setGlobal("percolate.import", (name: string, options: ImportOptions | undefined, from: string) =>
      this.#load(name, options, from),
    );
  }

  set address(url: string) {
    this.#address = url;
  }

  /** What `import` means in a cell's run. */
  importFor({ cell, signal }: CellRun) {
    const from = cell.origin?.notebook ?? null;
    const load = (name: string, options?: ImportOptions) => this.#load(name, options, from, signal);
    const url = this.#address;
    return Object.assign(load, { meta: { url, resolve: (name: string) => new URL(name, url).href } });
  }

  /** @throws UserError, at the place of the import, when the module is missing or cannot be loaded. */
  async #load(
    name: string,
    options: ImportOptions = {},
    from: string | null,
    signal?: AbortSignal,
  ): Promise<object> {
    try {
      const as = options.with?.type ?? null;
      const found = await this.#ask({ type: "module", specifier: String(name), as, from }, signal);
      return await this.#module(found as PageModule);
    } catch (error) {
      throw failed(name, error, options);
    }
  }

  async #module(found: PageModule): Promise<object> {
    if (found.kind === "own") return asExports(await this.#own(found.name));
    const module = await import(/* @vite-ignore */ found.url);
    return found.kind === "common" ? { ...asExports(module.default), default: module.default } : module;
  }

  #own(name: string): unknown {
    const load = this.#library.get(name);
    if (!load) throw inputError(`${name} is not there in the page`, "run the cell on the kernel");
    return load();
  }
}

function failed(name: string, error: unknown, { line, column }: ImportOptions): UserError {
  const place = line === undefined || column === undefined ? {} : { line, column };
  return new UserError({ ...failureOf(name, error), ...place });
}

function failureOf(name: string, error: unknown) {
  const failure = loadFailure(name, error, named);
  if (!/Failed to fetch dynamically imported module/.test(toFailure(error).message)) return failure;
  return {
    kind: "input" as const,
    message: `module "${name}" could not be fetched`,
    remedy: "check its address and the network, then run the cell again",
  };
}

/** Addresses of modules as the names of their files. */
function named(text: string): string {
  return text.replace(/(?:https?:\/\/[^/\s]+)?\/modules\/[\w-]+\/(?:local|package)\/[\w-]+\//g, "");
}

function setGlobal(name: string, value: unknown): void {
  (globalThis as unknown as Record<symbol, unknown>)[Symbol.for(name)] = value;
}
