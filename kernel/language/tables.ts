import type { NamedTable, TableField } from "../notebook/language.ts";
import { itemsAt } from "./foreseen.ts";
import type { LanguageServer } from "./lsp.ts";
import type { NotebookFiles } from "./notebook-files.ts";

/** More would be too many to choose from, and take long to ask about. */
const mostTables = 60;
const kinds: readonly TableField["kind"][] = ["number", "text", "date", "boolean", "other"];

/** Says the kind of each column of some rows as the name of a property, which a completion then lists. */
const helper = `
type $Kind<T> = 0 extends 1 & T ? "other" : [NonNullable<T>] extends [number | bigint] ? "number"
  : [NonNullable<T>] extends [string] ? "text" : [NonNullable<T>] extends [Date] ? "date"
  : [NonNullable<T>] extends [boolean] ? "boolean" : "other";
type $Row<T> = 0 extends 1 & T ? never : T extends string | Node ? never : T extends Iterable<infer R> ? R : never;
type $Fields<R> = 0 extends 1 & R ? {} : R extends string | number | Date | Node | Function | readonly unknown[] ? {}
  : { [K in keyof R & string as \`\${$Kind<R[K]>}:\${K}\`]: 1 };
`.replaceAll("\n", " ");

/** The variables of a notebook that are rows with named columns, in the order of their names' cells. */
export async function namedTables(files: NotebookFiles, server: LanguageServer): Promise<NamedTable[]> {
  const names = files.values.slice(0, mostTables);
  if (names.length === 0) return [];
  const questions = names.map(([name]) => `(null! as $Fields<$Row<typeof ${name}>>).`);
  // Each question stands on a line of its own; the semicolon keeps the mistake in it.
  const { path, text } = files.scratch([helper, ...questions.map((each) => `${each}\n;`)].join("\n"));
  server.write(path, text);
  try {
    const found = await Promise.all(
      questions.map((question, index) =>
        fieldsAt(server, path, { line: 2 + index * 2, character: question.length }),
      ),
    );
    return names.flatMap(([name, cell], index) => {
      const fields = found[index] ?? [];
      return fields.length > 0 ? [{ name, cell, fields }] : [];
    });
  } finally {
    server.remove(path);
  }
}

async function fieldsAt(
  server: LanguageServer,
  path: string,
  position: { readonly line: number; readonly character: number },
): Promise<TableField[]> {
  const items = await itemsAt(server, path, position, null);
  return items.flatMap(({ label }) => {
    const [, kind = "", name = ""] = /^(\w+):(.*)$/s.exec(label) ?? [];
    const known = kinds.find((each) => each === kind);
    return known ? [{ name, kind: known }] : [];
  });
}
