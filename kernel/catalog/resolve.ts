import { inputError, nearest, type UserError } from "../notebook/errors.ts";
import type { TableDefinition } from "./table.ts";

/**
 * The table that `ref` ("name" or "database.name", either part may be in double quotes) means; upper and lower case
 * are one, as in SQL. @throws UserError naming the nearest table, or every database that has one.
 */
export function resolveTable(tables: readonly TableDefinition[], ref: string): TableDefinition {
  const { database, name } = parts(ref);
  const found = tables.filter(
    (table) => same(table.name, name) && (database === undefined || same(table.database, database)),
  );
  const [only] = found;
  if (only === undefined) throw notFound(tables, database, name);
  if (found.length > 1) throw ambiguous(found, name);
  return only;
}

function parts(ref: string): { database: string | undefined; name: string } {
  const match = /^(?:("[^"]*"|[^".]*)\.)?("[^"]*"|[^"]*)$/.exec(ref.trim());
  const bare = (text: string | undefined) => text?.replace(/^"|"$/g, "");
  return { database: bare(match?.[1]), name: bare(match?.[2]) ?? ref };
}

function notFound(tables: readonly TableDefinition[], database: string | undefined, name: string): UserError {
  const databases = new Set(tables.map((table) => table.database));
  if (database !== undefined && ![...databases].some((known) => same(known, database)))
    return inputError(`database "${database}" not found`, suggestion(database, databases));
  const inside = tables.filter((table) => database === undefined || same(table.database, database));
  const place = database === undefined ? " in the catalog" : ` in database "${database}"`;
  return inputError(
    `table "${name}" not found${place}`,
    suggestion(
      name,
      inside.map((table) => table.name),
    ),
  );
}

function suggestion(name: string, candidates: Iterable<string>): string {
  const known = [...candidates];
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (known.length === 0) return 'the catalog is empty: add data first ("percolate crawl PATH")';
  const listed = known.slice(0, 5).map((candidate) => `"${candidate}"`);
  return `there ${known.length === 1 ? "is" : "are"} ${listed.join(", ")}${known.length > 5 ? ` and ${known.length - 5} more` : ""}`;
}

function ambiguous(found: readonly TableDefinition[], name: string): UserError {
  const quoted = (texts: readonly string[], word: string) =>
    texts
      .map((text) => `"${text}"`)
      .join(", ")
      .replace(/, ([^,]*)$/, ` ${word} $1`);
  return inputError(
    `table "${name}" is in databases ${quoted(
      found.map((table) => table.database),
      "and",
    )}`,
    `write ${quoted(
      found.map((table) => `${table.database}.${table.name}`),
      "or",
    )}`,
  );
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
