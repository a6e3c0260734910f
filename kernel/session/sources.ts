/** A session's catalog and engine, opened when first used. */
import type { Catalog } from "../catalog/catalog.ts";
import { prepareWorkspace, type Workspace } from "../catalog/workspace.ts";
import type { CatalogEngine } from "../engine/engine.ts";

export interface Sources {
  readonly catalog: () => Promise<Catalog>;
  readonly engine: () => Promise<CatalogEngine>;
  /** Ends what was opened. */
  readonly close: () => Promise<void>;
}

export function openSources(workspace: Workspace): Sources {
  const catalog = once(async () => {
    const { openCatalog } = await import("../catalog/catalog.ts");
    prepareWorkspace(workspace);
    return openCatalog(workspace);
  });
  const engine = once(async () => {
    const { createEngine } = await import("../engine/duckdb-engine.ts");
    return await createEngine(await catalog());
  });
  const close = async () => {
    if (engine.opened) (await engine()).close();
    if (catalog.opened) (await catalog()).close();
  };
  return { catalog, engine, close };
}

function once<T>(open: () => Promise<T>): (() => Promise<T>) & { readonly opened: boolean } {
  let opening: Promise<T> | null = null;
  const get = () => {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  return Object.defineProperty(get, "opened", { get: () => opening !== null }) as typeof get & {
    opened: boolean;
  };
}
