/** Modules that cells import in Node: files and npm packages of the workspace, what Percolate brings, and Node's own. */
import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { isCommonJs } from "../modules/common-js.ts";
import { ModuleGraph } from "../modules/graph.ts";
import { type Hooks, moduleText, ownModule } from "../modules/module-text.ts";
import { type FileKind, resolveModule, type Scope, type Target } from "../modules/resolve.ts";
import type { Address, ModuleImport } from "../notebook/compiler/module.ts";
import { loadFailure } from "../notebook/compiler/module-frames.ts";
import { placeOf } from "../notebook/document/notebook.ts";
import { inputError, UserError } from "../notebook/errors.ts";
import { asExports } from "../notebook/library/own-modules.ts";
import type { CellRun } from "../notebook/runtime/host.ts";
import { ModuleFiles } from "./module-files.ts";

interface ImportOptions {
  /** Import attributes, `{type: "json"}`. */
  readonly with?: Readonly<Record<string, string>>;
  readonly names?: readonly string[];
  readonly line?: number;
  readonly column?: number;
}

export interface SessionModulesOptions {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** The value, or promise of it, of a name of the library; undefined if it has no such name. */
  readonly own: (name: string) => unknown;
}

let instances = 0;

/** The modules of one process: each version of a module is there once, for all cells. */
export class SessionModules {
  readonly #options: SessionModulesOptions;
  readonly #scope: Scope;
  readonly #graph: ModuleGraph;
  readonly #files = new ModuleFiles();
  readonly #hooks: Hooks;

  constructor(options: SessionModulesOptions) {
    this.#options = options;
    this.#scope = { root: realpathSync(options.root), place: "kernel" };
    this.#graph = new ModuleGraph(this.#scope);
    const number = ++instances;
    this.#hooks = { load: `percolate.import.${number}`, own: `percolate.own.${number}` };
    setGlobal(this.#hooks.own, (name: string) => this.#own(name));
    setGlobal(this.#hooks.load, (name: string, options: ImportOptions | undefined, from: string) =>
      this.#load(name, options, join(this.#scope.root, from)),
    );
  }

  /** What `import` means in a cell of the notebook (absolute path), and its `import.meta`. */
  importFor(notebook: string, { cell }: Pick<CellRun, "cell">) {
    const load = (name: string, options?: ImportOptions) =>
      this.#load(name, options, notebook, placeOf(cell) === "browser");
    const { href } = pathToFileURL(notebook);
    const resolve = (name: string) => new URL(name, href).href;
    return Object.assign(load, {
      meta: { url: href, filename: notebook, dirname: dirname(notebook), resolve },
    });
  }

  /** @throws UserError, at the place of the import, when the module is missing or cannot be loaded. */
  async #load(name: string, options: ImportOptions = {}, from: string, inPage = false): Promise<object> {
    try {
      const target = resolveModule(name, options.with?.type ?? null, from, this.#scope);
      if (inPage && target.kind === "node")
        resolveModule(name, null, from, { ...this.#scope, place: "browser" });
      return await this.#module(target);
    } catch (error) {
      throw this.#failed(name, error, options);
    }
  }

  async #module(target: Target): Promise<object> {
    switch (target.kind) {
      case "file":
        return await import(this.#written(target.file, target.as));
      case "package":
        return await importPackage(target.file);
      case "node":
        return await import(target.name);
      case "own":
        return asExports(await this.#own(target.name));
      case "url":
        return await import(target.url);
    }
  }

  #own(name: string): unknown {
    const value = this.#options.own(name);
    if (value === undefined) throw inputError(`${name} is not there in Node`, "run the cell in the browser");
    return value;
  }

  /** Puts the module and all that it imports where Node finds them; gives its URL. */
  #written(file: string, as: FileKind): string {
    const { root, modules } = this.#graph.closure(file, as);
    const byFile = new Map(
      [...modules.values()].map((each) => [`${each.module.as} ${each.module.file}`, each]),
    );
    const urlOf = (target: Extract<Target, { kind: "file" }>) => {
      const found = byFile.get(`${target.as} ${target.file}`) ?? root;
      return this.#files.url(found.version, found.module.name);
    };
    for (const linked of modules.values())
      this.#files.write(linked.version, linked.module.name, () =>
        moduleText(linked, {
          hooks: this.#hooks,
          of: (target, imported) => addressOf(target, imported, urlOf, this.#hooks),
          meta: ({ module }) => ({
            url: pathToFileURL(module.file).href,
            filename: module.file,
            dirname: dirname(module.file),
          }),
          style: (text) => `export default ${JSON.stringify(text)};`,
        }),
      );
    return this.#files.url(root.version, root.module.name);
  }

  #failed(name: string, error: unknown, { line, column }: ImportOptions): UserError {
    const failure = loadFailure(name, error, (text) => this.#files.named(text));
    const place = line === undefined || column === undefined ? {} : { line, column };
    return new UserError({ ...failure, ...place });
  }
}

function addressOf(
  target: Target,
  { names }: ModuleImport,
  urlOf: (target: Extract<Target, { kind: "file" }>) => string,
  hooks: Hooks,
): Address {
  switch (target.kind) {
    case "file":
      return { url: urlOf(target) };
    case "package":
      return { url: pathToFileURL(target.file).href };
    case "own":
      return { url: ownModule(hooks, target.name, names), wholeIsDefault: true };
    case "node":
      return { url: target.name };
    case "url":
      return { url: target.url };
  }
}

/** Of a CommonJS module Node tells only the names that it can read off its text: the others are there all the same. */
async function importPackage(file: string): Promise<object> {
  const module = await import(pathToFileURL(file).href);
  const whole = module.default;
  if ((typeof whole !== "object" && typeof whole !== "function") || whole === null || !isCommonJs(file))
    return module;
  return Object.assign(Object.create(null), whole, module);
}

function setGlobal(name: string, value: unknown): void {
  (globalThis as unknown as Record<symbol, unknown>)[Symbol.for(name)] = value;
}
