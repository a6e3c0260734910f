import type { TableEntry } from "../../../kernel/notebook/api.ts";
import { client } from "../app/client.ts";
import { go, notebookHref } from "../app/router.ts";
import { toastFailure } from "../app/toasts.tsx";
import { quotedName } from "./quoted-name.ts";

/** Session storage key under which a new notebook finds the query to start with. */
export const firstQueryKey = (path: string) => `percolate:first-query:${path}`;

/** Makes a notebook and opens it with a query of the table. */
export async function queryInNotebook(table: TableEntry): Promise<void> {
  try {
    const { path } = await client.create(table.name);
    const from = `${quotedName(table.database)}.${quotedName(table.name)}`;
    sessionStorage.setItem(firstQueryKey(path), `SELECT *\nFROM ${from}\nLIMIT 1000`);
    go(notebookHref(path));
  } catch (error) {
    toastFailure(error);
  }
}
