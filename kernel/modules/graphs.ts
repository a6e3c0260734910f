/** The modules of a workspace as both places see them. */
import { realpathSync } from "node:fs";
import type { Place } from "../notebook/document/notebook.ts";
import { toFailure, UserError } from "../notebook/errors.ts";
import { ModuleGraph } from "./graph.ts";
import { resolveModule, type Scope } from "./resolve.ts";
import { installedMark } from "./workspace-file.ts";

export class ModuleGraphs {
  /** Absolute, links resolved. */
  readonly root: string;
  readonly #scopes: Readonly<Record<Place, Scope>>;
  readonly #graphs: Readonly<Record<Place, ModuleGraph>>;

  constructor(root: string) {
    this.root = realpathSync(root);
    this.#scopes = {
      browser: { root: this.root, place: "browser" },
      kernel: { root: this.root, place: "kernel" },
    };
    this.#graphs = {
      browser: new ModuleGraph(this.#scopes.browser),
      kernel: new ModuleGraph(this.#scopes.kernel),
    };
  }

  scope(place: Place): Scope {
    return this.#scopes[place];
  }

  graph(place: Place): ModuleGraph {
    return this.#graphs[place];
  }

  /** A text that is another one when an import would give another module, or fail in another way. */
  state(place: Place, specifier: string, from: string): string {
    try {
      const target = resolveModule(specifier, null, from, this.#scopes[place]);
      if (target.kind === "package") return `${target.file} ${installedMark(this.root)}`;
      if (target.kind !== "file") return JSON.stringify(target);
      const { root, modules } = this.#graphs[place].closure(target.file, target.as);
      const targets = [...modules.values()].flatMap((linked) => [...linked.targets.values()]);
      const installed = targets.some(({ kind }) => kind === "package") ? installedMark(this.root) : "";
      return `${root.version} ${installed}`;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return `${toFailure(error).message} ${installedMark(this.root)}`;
    }
  }

  /** Every file on whose content or existence an import depends. */
  files(place: Place, specifier: string, from: string): Set<string> {
    return this.#graphs[place].files(specifier, null, from);
  }
}
