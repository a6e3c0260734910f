import type { TableEntry } from "../../../../kernel/notebook/api.ts";
import { quotedName } from "../../catalog/quoted-name.ts";
import type { Snippet } from "./snippet.ts";

/** The first rows of a table of the catalog. */
export function queryOf({ database, name }: Pick<TableEntry, "database" | "name">): Snippet {
  const output = variableOf(name);
  const source = `SELECT *\nFROM ${quotedName(database)}.${quotedName(name)}\nLIMIT 1000`;
  return {
    id: `query:${database}.${name}`,
    title: `Query of ${database}.${name}`,
    words: "sql select",
    names: [output],
    cells: [{ mode: "sql", output, source }],
    select: "*",
  };
}

/** A table's name as a variable's. */
function variableOf(table: string): string {
  const words = table.match(/[\p{ID_Continue}$]+/gu) ?? [];
  const name = words
    .map((word, index) => (index === 0 ? word : word[0]?.toUpperCase() + word.slice(1)))
    .join("");
  return /^[\p{ID_Start}$_]/u.test(name) ? name : `rows${name}`;
}
