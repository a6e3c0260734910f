/**
 * The local modules that an import reaches, each with a version: a sum over its text and all that it imports. A module
 * at a version never changes, so the version stands in its address, and an edit gives new addresses to the module and to
 * those that import it, and to no others.
 */
import { createHash } from "node:crypto";
import { dirname, resolve } from "node:path";
import type { ModuleImport } from "../notebook/compiler/module.ts";
import { nearest, UserError } from "../notebook/errors.ts";
import { inModule, type LocalModule, readModule } from "./local-module.ts";
import { type FileKind, resolveModule, type Scope, type Target } from "./resolve.ts";
import { candidates, stamp } from "./workspace-file.ts";

export interface Linked {
  readonly module: LocalModule;
  readonly version: string;
  readonly targets: ReadonlyMap<ModuleImport, Target>;
}

/** All modules that one import needs, by key. */
export interface Closure {
  readonly root: Linked;
  readonly modules: ReadonlyMap<string, Linked>;
}

interface Node {
  readonly module: LocalModule;
  readonly targets: ReadonlyMap<ModuleImport, Target>;
  /** Keys of the local modules that it imports, dynamic ones too. */
  readonly next: readonly string[];
}

interface Kept {
  readonly stamp: string;
  readonly module: LocalModule | UserError;
}

export function keyOf(file: string, as: FileKind): string {
  return `${as} ${file}`;
}

export class ModuleGraph {
  readonly #scope: Scope;
  readonly #kept = new Map<string, Kept>();

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  /** @throws UserError for the first module that cannot be read, found or linked, with its place. */
  closure(file: string, as: FileKind): Closure {
    const nodes = new Map<string, Node>();
    this.#visit(file, as, nodes);
    for (const node of nodes.values()) checkNames(node, nodes);
    const modules = new Map([...nodes].map(([key, node]) => [key, linked(key, node, nodes)] as const));
    return { root: modules.get(keyOf(file, as)) as Linked, modules };
  }

  /**
   * Every file on whose content or existence an import depends, also when it fails.
   * @param from the file that the import stands in
   */
  files(specifier: string, as: string | null, from: string): Set<string> {
    const found = new Set<string>();
    this.#collect(specifier, as, from, found);
    return found;
  }

  #visit(file: string, as: FileKind, nodes: Map<string, Node>): void {
    const key = keyOf(file, as);
    if (nodes.has(key)) return;
    const module = this.#read(file, as);
    const imports = module.compiled?.imports ?? [];
    const targets = new Map(imports.map((each) => [each, this.#resolve(each, module)] as const));
    const dynamic = (module.compiled?.dynamic ?? []).flatMap((name) => this.#maybe(name, null, file) ?? []);
    const local = [...targets.values(), ...dynamic].filter((target) => target.kind === "file");
    nodes.set(key, { module, targets, next: local.map((target) => keyOf(target.file, target.as)) });
    for (const target of targets.values())
      if (target.kind === "file") this.#visit(target.file, target.as, nodes);
    for (const target of dynamic) if (target.kind === "file") this.#visitLater(target.file, target.as, nodes);
  }

  /** What is imported while running may fail then, and not before. */
  #visitLater(file: string, as: FileKind, nodes: Map<string, Node>): void {
    const before = new Map(nodes);
    try {
      this.#visit(file, as, nodes);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      nodes.clear();
      for (const [key, node] of before) nodes.set(key, node);
    }
  }

  #resolve(imported: ModuleImport, { file, name }: LocalModule): Target {
    try {
      return resolveModule(imported.specifier, imported.as, file, this.#scope);
    } catch (error) {
      throw error instanceof UserError
        ? inModule(error, name, { ...error.failure, line: imported.line, column: imported.column })
        : error;
    }
  }

  #maybe(specifier: string, as: string | null, from: string): Target | null {
    try {
      return resolveModule(specifier, as, from, this.#scope);
    } catch {
      return null;
    }
  }

  #read(file: string, as: FileKind): LocalModule {
    const key = keyOf(file, as);
    const now = stamp(file);
    const known = this.#kept.get(key);
    const module = known?.stamp === now ? known.module : this.#readAnew(file, as);
    this.#kept.set(key, { stamp: now, module });
    if (module instanceof UserError) throw module;
    return module;
  }

  #readAnew(file: string, as: FileKind): LocalModule | UserError {
    try {
      return readModule(file, as, this.#scope.root);
    } catch (error) {
      if (error instanceof UserError) return error;
      throw error;
    }
  }

  #collect(specifier: string, as: string | null, from: string, found: Set<string>): void {
    const target = this.#maybe(specifier, as, from);
    if (!target && /^\.{1,2}\//.test(specifier))
      for (const path of candidates(resolve(dirname(from), specifier.split("?")[0] ?? ""))) found.add(path);
    if (target?.kind !== "file" || found.has(target.file)) return;
    found.add(target.file);
    const module = this.#tryRead(target.file, target.as);
    for (const each of module?.compiled?.imports ?? [])
      this.#collect(each.specifier, each.as, target.file, found);
    for (const each of module?.compiled?.dynamic ?? []) this.#collect(each, null, target.file, found);
  }

  #tryRead(file: string, as: FileKind): LocalModule | null {
    try {
      return this.#read(file, as);
    } catch {
      return null;
    }
  }
}

/** Local modules tell their exports: a name that is missing is found before anything runs. */
function checkNames({ module, targets }: Node, nodes: ReadonlyMap<string, Node>): void {
  for (const [imported, target] of targets) {
    if (target.kind !== "file") continue;
    const exported = nodes.get(keyOf(target.file, target.as))?.module;
    const names = exported?.compiled ? exported.compiled.exports : new Set(["default"]);
    const missing = imported.names.find((name) => names && !names.has(name));
    if (exported && missing !== undefined) throw missingName(missing, module, imported, exported);
  }
}

function missingName(name: string, module: LocalModule, place: ModuleImport, from: LocalModule): UserError {
  const exports = [...(from.compiled?.exports ?? ["default"])];
  const meant = nearest(name, exports);
  const isType = new RegExp(`\\b(type|interface)\\s+${name}\\b`).test(from.text);
  const others = exports.length > 0 ? `it exports ${exports.slice(0, 8).join(", ")}` : "it exports nothing";
  const remedy = isType ? `it is a type: import type {${name}}` : meant ? `did you mean ${meant}?` : others;
  const failure = { kind: "input", message: `${from.name} has no export ${name}`, remedy } as const;
  return inModule(new UserError(failure), module.name, {
    ...failure,
    line: place.line,
    column: place.column,
  });
}

function linked(key: string, { module, targets }: Node, nodes: ReadonlyMap<string, Node>): Linked {
  const reached = new Set([key]);
  for (const each of reached)
    for (const next of nodes.get(each)?.next ?? []) if (nodes.has(next)) reached.add(next);
  const sum = createHash("sha256").update(module.name);
  for (const each of [...reached].sort()) {
    const node = nodes.get(each);
    sum.update(`\0${each}\0${node?.module.hash}`);
    for (const target of node?.targets.values() ?? []) sum.update(`\0${JSON.stringify(target)}`);
  }
  return { module, version: sum.digest("base64url").slice(0, 22), targets };
}
