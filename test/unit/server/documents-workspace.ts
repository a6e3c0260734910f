import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Workspace, workspaceAt } from "../../../kernel/catalog/workspace.ts";
import { type DocumentEvent, DocumentStore, type OpenDocument } from "../../../kernel/server/documents.ts";

export const coffee = `<!doctype html>
<notebook theme="slate">
  <title>Coffee</title>
  <script id="1" type="text/markdown">
    # Coffee

    What I drank.
  </script>
  <script id="2" type="text/x-typescript">
    1 + 1
  </script>
</notebook>
`;

/** A workspace in a folder of its own, with one notebook; all of it ends with the test. */
export class TestWorkspace {
  readonly workspace: Workspace;
  readonly #stores: DocumentStore[] = [];

  constructor() {
    const root = mkdtempSync(join(tmpdir(), "percolate-documents-"));
    this.workspace = workspaceAt(join(root, "shop"));
    mkdirSync(this.workspace.notebooks, { recursive: true });
    this.write("notebooks/coffee.html", coffee);
    onTestFinished(async () => {
      for (const store of this.#stores) await store.close();
      rmSync(root, { recursive: true, force: true });
    });
  }

  store(): DocumentStore {
    const keyFile = join(this.workspace.root, "../trust.key");
    const store = new DocumentStore(this.workspace, { keyFile });
    this.#stores.push(store);
    return store;
  }

  path(path: string): string {
    return join(this.workspace.root, path);
  }

  read(path: string): string {
    return readFileSync(this.path(path), "utf8");
  }

  write(path: string, text: string | Uint8Array): void {
    writeFileSync(this.path(path), text);
  }
}

/** Waits until an event for which `wanted` holds has come. Events before the call do not count. */
export function next(
  document: OpenDocument,
  wanted: (event: DocumentEvent) => boolean,
): Promise<DocumentEvent> {
  return new Promise((resolve) => {
    const stop = document.on((event) => {
      if (!wanted(event)) return;
      stop();
      resolve(event);
    });
  });
}

export const saved = (document: OpenDocument) => next(document, (event) => event.type === "saved");
export const failed = (document: OpenDocument) => next(document, (event) => event.type === "failure");
export const edited = (document: OpenDocument) => next(document, (event) => event.type === "edited");
