import { UserError } from "../notebook/errors.ts";
import { cleaned, type ErrorContext, type Explained, explain, RECRAWL, similar } from "./error-rules.ts";
import { lineAndColumn, markedOffset, splitMarker } from "./position.ts";
import { globEscape } from "./scan.ts";
import type { Token } from "./statements.ts";
import { type CatalogViews, DEFAULT_DATABASE } from "./views.ts";

/** DuckDB's error as the author should read it, with the place in the author's text. */
export function sqlError(error: unknown, context: ErrorContext): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const { text, marker } = splitMarker(error.message);
  const missing = missingTable(text, context);
  if (missing instanceof UserError) return missing;
  const explained = missing ?? missingFile(text, context.views) ?? explain(text, context);
  const local = marker && markedOffset(context.statement.text, marker);
  const offset = local === undefined ? placeOf(explained, text, context) : context.statement.start + local;
  const place = offset === undefined ? {} : lineAndColumn(context.sql, offset);
  const { message, remedy, kind = "sql" } = explained;
  return new UserError({ kind, message, ...(remedy === undefined ? {} : { remedy }), ...place });
}

/** Some messages have no marker. Then the first use of the name concerned is the place, or the end of the text. */
function placeOf(explained: Explained, text: string, { statement }: ErrorContext): number | undefined {
  if (text.includes("at end of input")) return statement.start + statement.text.length;
  return wordOf(statement.tokens, explained.name)?.start;
}

function wordOf(tokens: readonly Token[], name: string | undefined): Token | undefined {
  if (name === undefined) return undefined;
  return tokens.find((token) => token.kind !== "text" && token.value.toLowerCase() === name.toLowerCase());
}

const MISSING_TABLE = /^Catalog Error: Table with name "?(.+?)"? does not exist(?: because schema "(.+?)")?/;

function missingTable(text: string, context: ErrorContext): Explained | UserError | undefined {
  const match = MISSING_TABLE.exec(text);
  if (!match) return undefined;
  const name = (match[1] ?? "").split(".").at(-1) ?? "";
  const database = match[2] ?? qualifierOf(context.statement.tokens, name) ?? DEFAULT_DATABASE;
  const failure = context.views.failure(database, name);
  if (failure !== undefined) return brokenTable(failure, database, name, context);
  const message = `table "${name}" not found in database "${database}"`;
  return { message, remedy: tableRemedy(text, database, name, context.views), name };
}

/** The database before the name: `shop.orders`. */
function qualifierOf(tokens: readonly Token[], name: string): string | undefined {
  const at = tokens.findIndex((token) => token.value.toLowerCase() === name.toLowerCase());
  return tokens[at - 1]?.value === "." ? tokens[at - 2]?.value : undefined;
}

function tableRemedy(text: string, database: string, name: string, views: CatalogViews): string | undefined {
  const elsewhere = views.named(name).map((table) => `${table.database}.${table.name}`);
  if (elsewhere.length > 0) return `write ${elsewhere.join(" or ")}`;
  const suggestion = /Did you mean "(.+?)"/.exec(text)?.[1];
  const known = suggestion === undefined || /^(pg|duckdb|sqlite)_/.test(suggestion) ? [] : [suggestion];
  const here = views.tables.filter((table) => table.database.toLowerCase() === database.toLowerCase());
  const near =
    similar(name, [...here.map((table) => table.name), ...known]) ??
    similar(
      name,
      views.tables.map((table) => table.name),
    );
  if (near !== undefined) return `did you mean "${near}"?`;
  return views.tables.length === 0 ? "the catalog has no tables yet; add data first" : undefined;
}

/** The table is in the catalog, but its view could not be made. */
function brokenTable(failure: unknown, database: string, name: string, context: ErrorContext): UserError {
  const { text } = splitMarker(failure instanceof Error ? failure.message : String(failure));
  const gone = missingFile(text, context.views);
  const token = wordOf(context.statement.tokens, name);
  const place = token ? lineAndColumn(context.sql, token.start) : {};
  const plain = {
    message: `table "${name}" of database "${database}" cannot be read: ${cleaned(text)}`,
    remedy: RECRAWL,
  };
  const { message, remedy } = gone ?? plain;
  return new UserError({ kind: "sql", message, ...(remedy === undefined ? {} : { remedy }), ...place });
}

function missingFile(text: string, views: CatalogViews): Explained | undefined {
  const pattern =
    /No files found that match the pattern "(.+)"/.exec(text)?.[1] ??
    /Cannot open file "(.+?)": No such file/.exec(text)?.[1];
  if (pattern === undefined) return undefined;
  const table = views.tables.find((t) =>
    t.files.some((f) => globEscape(f.path) === pattern || f.path === pattern),
  );
  if (!table) return { message: `file "${pattern}" not found` };
  const file = table.files.find((f) => globEscape(f.path) === pattern)?.path ?? pattern;
  const remedy = table.source === null ? "crawl again" : `crawl again: ${table.source}`;
  return { message: `file "${file}" of table "${table.name}" is gone`, remedy, name: table.name };
}
