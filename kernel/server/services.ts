import { type Catalog, openCatalog } from "../catalog/catalog.ts";
import type { Workspace } from "../catalog/workspace.ts";
import type { SqlEngine } from "../engine/engine.ts";

/** Catalog and engine of the server, opened when first needed: the first page must not wait for them. */
export class Services {
  readonly workspace: Workspace;
  #catalog: Catalog | null = null;
  #engine: Promise<SqlEngine> | null = null;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  /** @throws UserError where the catalog's folder is read-only or its file damaged. */
  catalog(): Catalog {
    this.#catalog ??= openCatalog(this.workspace);
    return this.#catalog;
  }

  engine(): Promise<SqlEngine> {
    this.#engine ??= this.#openEngine();
    return this.#engine;
  }

  async close(): Promise<void> {
    const engine = await this.#engine?.catch(() => null);
    engine?.close();
    this.#catalog?.close();
    this.#catalog = null;
  }

  async #openEngine(): Promise<SqlEngine> {
    const { createEngine } = await import("../engine/duckdb-engine.ts");
    return createEngine(this.catalog());
  }
}
