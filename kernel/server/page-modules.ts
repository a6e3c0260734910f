/**
 * Modules for browser cells. A cell asks for one and is told an address; what stands there imports further addresses:
 *
 *   /modules/SECRET/local/VERSION/lib/util.ts       a file of the workspace, types blanked; a version never changes
 *   /modules/SECRET/package/EDITION/node_modules/…  a package, bundled; the edition changes when npm installs
 *   /modules/SECRET/file/lib/data.csv               any file beside a module, for `import.meta.url`
 *
 * The secret is that of one open notebook, and ends with it.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Workspace } from "../catalog/workspace.ts";
import { keyOf, type Linked, type ModuleGraph } from "../modules/graph.ts";
import type { ModuleGraphs } from "../modules/graphs.ts";
import { commonModule, type Hooks, moduleText, ownModule } from "../modules/module-text.ts";
import { resolveModule, type Scope, type Target } from "../modules/resolve.ts";
import { installedMark, moduleFile, nameInside } from "../modules/workspace-file.ts";
import { type Address, compileModule, type ModuleImport } from "../notebook/compiler/module.ts";
import { inputError, toFailure, UserError } from "../notebook/errors.ts";
import type { Answer, CellRequest, PageModule } from "../notebook/protocol.ts";
import { randomSecret } from "./door.ts";
import { notFound } from "./failures.ts";
import { type PackageBundle, PackageBundles } from "./package-bundles.ts";
import { pageStyle } from "./page-style.ts";
import { readTarget } from "./placeholders.ts";
import { fileResponse } from "./send-file.ts";

type ModuleRequest = Extract<CellRequest, { type: "module" }>;

/** The sandbox puts the functions there. */
export const pageHooks: Hooks = { load: "percolate.import", own: "percolate.own" };

/** Versions of modules that can still be fetched. */
const mostKept = 10_000;

export class PageModules {
  readonly #scope: Scope;
  readonly #graph: ModuleGraph;
  readonly #bundles: PackageBundles;
  readonly #secrets = new Set<string>();
  /** By version. */
  readonly #modules = new Map<
    string,
    { readonly linked: Linked; readonly all: ReadonlyMap<string, Linked> }
  >();

  constructor(graphs: ModuleGraphs, workspace: Workspace) {
    this.#scope = graphs.scope("browser");
    this.#graph = graphs.graph("browser");
    this.#bundles = new PackageBundles(this.#scope, join(workspace.kept, "modules"));
  }

  /** Opens the modules to a notebook; gives its secret. */
  open(): string {
    const secret = randomSecret();
    this.#secrets.add(secret);
    return secret;
  }

  close(secret: string): void {
    this.#secrets.delete(secret);
  }

  /**
   * Where the page finds a module that it asks for.
   * @param base absolute URL of the modules of this notebook
   * @param notebook absolute path
   * @throws UserError when it is missing or something in it is wrong
   */
  async find(request: ModuleRequest, base: string, notebook: string): Promise<PageModule> {
    const from = request.from === null ? notebook : join(this.#scope.root, request.from);
    const target = resolveModule(request.specifier, request.as, from, this.#scope);
    switch (target.kind) {
      case "file":
        return { kind: "module", url: await this.#localUrl(target, base) };
      case "package":
        await this.#bundles.all(target.file);
        return {
          kind: (await this.#bundles.get(target.file)).common ? "common" : "module",
          url: this.#packageUrl(target.file, base),
        };
      case "own":
        return { kind: "own", name: target.name };
      case "url":
        return { kind: "module", url: target.url };
      case "node":
        throw inputError(`module "${target.name}" is Node's`);
    }
  }

  /** @param path what follows the secret @param origin of this request, under which the page knows us */
  async response(secret: string, path: string, origin: string, range?: string): Promise<Response> {
    if (!this.#secrets.has(secret)) throw notFound("this module", "reload the page");
    const base = `${origin}/modules/${secret}`;
    const [kind = "", second = "", ...rest] = path.split("/").map(decodeURIComponent);
    if (kind === "local") return script(await this.#localText(second, base));
    if (kind === "package") return await this.#package(rest.join("/"), base, range);
    if (kind === "file") return await this.#file([second, ...rest].join("/"), range);
    throw notFound(`module "${path}"`);
  }

  async #localUrl({ file, as }: Extract<Target, { kind: "file" }>, base: string): Promise<string> {
    const { root, modules } = this.#graph.closure(file, as);
    for (const linked of modules.values()) this.#remember(linked, modules);
    const targets = [...modules.values()].flatMap((linked) => [...linked.targets.values()]);
    await Promise.all(targets.map((each) => each.kind === "package" && this.#bundles.all(each.file)));
    return urlOf(root, base);
  }

  #remember(linked: Linked, all: ReadonlyMap<string, Linked>): void {
    this.#modules.delete(linked.version);
    this.#modules.set(linked.version, { linked, all });
    for (const version of this.#modules.keys()) {
      if (this.#modules.size <= mostKept) return;
      this.#modules.delete(version);
    }
  }

  async #localText(version: string, base: string): Promise<string> {
    const known = this.#modules.get(version);
    if (!known) throw notFound("this version of the module", "run the cell again");
    const { linked, all } = known;
    const common = await this.#commonAmong([...linked.targets.values()]);
    return moduleText(linked, {
      hooks: pageHooks,
      of: (target, imported) => this.#address(target, imported, base, common, all),
      meta: ({ module }) => ({ url: `${base}/file/${encodeURI(module.name)}` }),
      style: pageStyle,
    });
  }

  async #package(name: string, base: string, range?: string): Promise<Response> {
    const file = moduleFile(join(this.#scope.root, name), this.#scope.root, name);
    if (!/\.[cm]?[jt]s$/.test(file)) return (await fileResponse(file, range)) ?? script("");
    return script(await this.#packageText(await this.#bundles.get(file), base));
  }

  async #packageText({ code, targets }: PackageBundle, base: string): Promise<string> {
    if (targets.length === 0) return code;
    const common = await this.#commonAmong(targets);
    const address = (target: Target, imported: ModuleImport) =>
      this.#address(target, imported, base, common, new Map());
    return linkBundle(code, address);
  }

  async #file(name: string, range?: string): Promise<Response> {
    const file = moduleFile(join(this.#scope.root, name), this.#scope.root, name);
    const response = await fileResponse(file, range);
    if (!response) throw notFound(`file "${name}"`);
    return response;
  }

  async #commonAmong(targets: readonly Target[]): Promise<ReadonlySet<string>> {
    const files = targets.flatMap((target) => (target.kind === "package" ? [target.file] : []));
    const bundles = await Promise.all(files.map((file) => this.#bundles.get(file)));
    return new Set(files.filter((_, index) => bundles[index]?.common));
  }

  #address(
    target: Target,
    { names }: ModuleImport,
    base: string,
    common: ReadonlySet<string>,
    all: ReadonlyMap<string, Linked>,
  ): Address {
    switch (target.kind) {
      case "file":
        return { url: urlOf(all.get(keyOf(target.file, target.as)) ?? this.#data(target), base) };
      case "package": {
        const url = this.#packageUrl(target.file, base);
        return common.has(target.file) ? { url: commonModule(url, names), wholeIsDefault: true } : { url };
      }
      case "own":
        return { url: ownModule(pageHooks, target.name, names), wholeIsDefault: true };
      case "url":
        return { url: target.url };
      case "node":
        return { url: target.name };
    }
  }

  /** A style sheet or data file of a package. */
  #data({ file, as }: Extract<Target, { kind: "file" }>): Linked {
    const { root, modules } = this.#graph.closure(file, as);
    this.#remember(root, modules);
    return root;
  }

  #packageUrl(file: string, base: string): string {
    const { root } = this.#scope;
    const edition = createHash("sha256").update(installedMark(root)).digest("hex").slice(0, 12);
    return `${base}/package/${edition}/${encodeURI(nameInside(root, file))}`;
  }
}

/** As an answer to the page that asked. */
export async function answerModule(
  modules: PageModules,
  request: ModuleRequest,
  base: string,
  notebook: string,
): Promise<Answer> {
  try {
    return { ok: { json: await modules.find(request, base, notebook), parts: [] } };
  } catch (thrown) {
    if (!(thrown instanceof UserError)) console.error(thrown);
    return { failure: toFailure(thrown) };
  }
}

function urlOf({ version, module }: Linked, base: string): string {
  return `${base}/local/${version}/${encodeURI(module.name)}`;
}

const nothingTaken = { names: [], whole: "as", as: null, line: 1, column: 1 } as const;

/** A bundle with the addresses of the packages that it imports, in each of the three ways. */
function linkBundle(code: string, address: (target: Target, imported: ModuleImport) => Address): string {
  const required = new Map<string, string>();
  const whole = (text: string) => address(readTarget(text), { ...nothingTaken, specifier: text });
  const prepared = code
    .replace(/__require\("percolate:([\w%.!~*'()-]+)"\)/g, (_, text: string) => {
      required.set(text, required.get(text) ?? `$required${required.size}`);
      return required.get(text) ?? "";
    })
    .replace(/\bimport\("percolate:([\w%.!~*'()-]+)"\)/g, (_, text: string) => {
      const { url, wholeIsDefault } = whole(text);
      return `import(${JSON.stringify(url)})${wholeIsDefault ? ".then((m) => Object.assign({}, m.default, m))" : ""}`;
    });
  const heads = [...required].map(([text, name]) => {
    const { url, wholeIsDefault } = whole(text);
    return `import ${wholeIsDefault ? name : `* as ${name}`} from ${JSON.stringify(url)};`;
  });
  const linked = prepared.includes('"percolate:') ? linkImports(prepared, address) : prepared;
  return [linked, ...heads].join("\n");
}

function linkImports(code: string, address: (target: Target, imported: ModuleImport) => Address): string {
  return compileModule(code, "js", true).link((imported) => {
    const { specifier } = imported;
    if (!specifier.startsWith("percolate:")) return { url: specifier };
    return address(readTarget(specifier.slice("percolate:".length)), imported);
  });
}

function script(code: string): Response {
  return new Response(code, {
    headers: {
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "private, max-age=31536000, immutable",
    },
  });
}
