import { type Catalog, openCatalog } from "../catalog/catalog.ts";
import type { Workspace } from "../catalog/workspace.ts";
import type { CatalogEngine } from "../engine/engine.ts";
import type { LanguageService } from "../language/service.ts";

/** Catalog, engine and language service of the server, opened when first needed: the first page must not wait for them. */
export class Services {
  readonly workspace: Workspace;
  #catalog: Catalog | null = null;
  #engine: Promise<CatalogEngine> | null = null;
  #language: Promise<LanguageService> | null = null;

  constructor(workspace: Workspace) {
    this.workspace = workspace;
  }

  /** @throws UserError where the catalog's folder is read-only or its file damaged. */
  catalog(): Catalog {
    this.#catalog ??= openCatalog(this.workspace);
    return this.#catalog;
  }

  engine(): Promise<CatalogEngine> {
    this.#engine ??= this.#openEngine();
    return this.#engine;
  }

  language(): Promise<LanguageService> {
    this.#language ??= this.#openLanguage();
    return this.#language;
  }

  /** The catalog's tables are others now. */
  catalogChanged(): void {
    void this.#language?.then((service) => service.catalogChanged());
  }

  async close(): Promise<void> {
    await (await this.#language)?.close();
    this.#language = null;
    const engine = await this.#engine?.catch(() => null);
    engine?.close();
    this.#catalog?.close();
    this.#catalog = null;
  }

  async #openLanguage(): Promise<LanguageService> {
    const { LanguageService } = await import("../language/service.ts");
    return new LanguageService({
      workspace: this.workspace,
      tables: () => this.catalog().tables(),
      describe: async (sql, params) => (await this.engine()).describe(sql, params),
      functions: async () => functionsOf(await this.engine()),
    });
  }

  async #openEngine(): Promise<CatalogEngine> {
    const { createEngine } = await import("../engine/duckdb-engine.ts");
    return createEngine(this.catalog());
  }
}

const everyFunction = `SELECT function_name AS name, '(' || array_to_string(any_value(parameters), ', ') || ')' AS detail
FROM duckdb_functions()
WHERE regexp_matches(function_name, '^[a-z][a-z0-9_]*$') AND function_name NOT LIKE 'pg_%' ESCAPE ''
GROUP BY function_name ORDER BY function_name`;

/** The functions that SQL cells can use, with what they take. */
async function functionsOf(engine: CatalogEngine): Promise<{ name: string; detail: string }[]> {
  const { tableFromArrow } = await import("../notebook/table.ts");
  const result = await engine.query(everyFunction);
  try {
    const rows = tableFromArrow(await result.arrow());
    return rows.map(({ name, detail }) => ({ name: String(name), detail: String(detail ?? "") }));
  } finally {
    result.release();
  }
}
