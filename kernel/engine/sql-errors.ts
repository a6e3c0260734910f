import { type Failure, nearest, UserError } from "../notebook/errors.ts";
import { lineAndColumn, markedOffset, splitMarker } from "./position.ts";
import { globEscape } from "./scan.ts";
import type { Statement, Token } from "./statements.ts";
import { type CatalogViews, DEFAULT_DATABASE } from "./views.ts";

/** What an error is about: the author's text, the statement of it that failed, and the tables there are. */
export interface ErrorContext {
  readonly sql: string;
  readonly statement: Statement;
  readonly views: CatalogViews;
}

/** Problem and remedy; `name` is a word of the statement that the problem is about. */
interface Explained {
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly name?: string;
  readonly kind?: Failure["kind"];
}

/** DuckDB's error as the author should read it, with the place in the author's text. */
export function sqlError(error: unknown, context: ErrorContext): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const { text, marker } = splitMarker(error.message);
  const missing = missingTable(text, context);
  if (missing instanceof UserError) return missing;
  const explained = missing ?? explain(text, context);
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
    nearest(name, [...here.map((table) => table.name), ...known]) ??
    nearest(
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

const RECRAWL = "crawl its folder again";

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

/** Patterns of DuckDB's messages, and what to say instead; `m` are the pattern's groups. */
const RULES: readonly [RegExp, (m: readonly string[]) => Explained][] = [
  [/^INTERRUPT Error/, () => ({ message: "the query was stopped", kind: "stopped" })],
  [
    /^Binder Error: Referenced column "(.+?)" not found in FROM clause!\s*(?:Candidate bindings: (.*))?/,
    missingColumn,
  ],
  [
    /^Binder Error: Table "(.+?)" does not have a column named "(.+?)"\s*(?:Candidate bindings: :? ?(.*))?/,
    ([, table = "", name = "", candidates = ""]) => {
      const { remedy } = missingColumn(["", name, candidates]);
      return { message: `table "${table}" has no column "${name}"`, remedy, name };
    },
  ],
  [
    /^Binder Error: Referenced table "(.+?)" not found!\s*(?:Candidate tables: (.*))?/,
    ([, name = "", candidates = ""]) => ({
      message: `"${name}" is no table of this query`,
      remedy: choice(name, names(candidates)),
      name,
    }),
  ],
  [
    /^Catalog Error: (Scalar|Table|Aggregate|Macro|Pragma)?.*?[Ff]unction with name "?(.+?)"? is not in the catalog, but it exists in the (\w+) extension/,
    ([, , name = "", extension = ""]) => ({
      message: `function "${name}" belongs to DuckDB's extension "${extension}", which is not built in`,
      remedy: EXTENSION,
      name,
    }),
  ],
  [
    /^Catalog Error: .*?[Ff]unction with name "?(.+?)"? does not exist!\s*(?:Did you mean "(.+?)")?/,
    ([, name = "", near = ""]) => ({
      message: `function "${name}" not found`,
      remedy: choice(name, near === "" ? [] : [near], true),
      name,
    }),
  ],
  [
    /^Catalog Error: (Table|View|Schema|Index|Sequence|Type|Macro\w*) with name "?(.+?)"? already exists/,
    ([, what = "", name = ""]) => ({
      message: `${what.toLowerCase()} "${name}" exists already`,
      remedy: `write CREATE OR REPLACE ${what.toUpperCase()}`,
      name,
    }),
  ],
  [
    /^Catalog Error: Existing object (.+?) is of type (\w+), trying to replace with type (\w+)/,
    ([, name = "", what = ""]) => ({
      message: `"${name}" is already the name of a ${what.toLowerCase()}`,
      remedy: "choose another name",
      name,
    }),
  ],
  [
    /required extension '(\w+)'/,
    ([, extension = ""]) => ({
      message: `this needs DuckDB's extension "${extension}", which is not built in`,
      remedy: EXTENSION,
    }),
  ],
  [
    /Extension "(.+)" not found/,
    ([, path = ""]) => ({ message: `DuckDB's extension "${path}" is not built in`, remedy: EXTENSION }),
  ],
  [
    /Values were not provided for the following prepared statement parameters: (.*)/,
    ([, list = ""]) => ({
      message: `SQL parameter ${list.replace(/\w+/g, "$$$&")} has no value`,
      kind: "input",
    }),
  ],
  [
    /^Out of Memory Error: ([^\n]*)/,
    ([, text = ""]) => ({
      message: `out of memory: ${text}`,
      remedy: "aggregate or filter more in SQL, or start with a larger PERCOLATE_MEMORY",
    }),
  ],
  [
    /Contents of view were altered/,
    () => ({ message: "a table's files have other columns than the catalog says", remedy: RECRAWL }),
  ],
];

const EXTENSION =
  "Percolate downloads no extensions: put the file that you need into the workspace and crawl it, or LOAD an extension file that you have";

function explain(text: string, { views }: ErrorContext): Explained {
  const gone = missingFile(text, views);
  if (gone) return gone;
  for (const [pattern, say] of RULES) {
    const match = pattern.exec(text);
    if (match) return say(match);
  }
  return { message: cleaned(text) };
}

function missingColumn([, name = "", candidates = ""]: readonly string[]): Explained {
  return { message: `column "${name}" not found`, remedy: choice(name, names(candidates)), name };
}

/** `"a", "t.b"` → a, b */
const names = (list: string): string[] =>
  [...list.matchAll(/"((?:[^"]|"")+)"/g)].map(([, name = ""]) => name.split(".").at(-1) ?? name);

function choice(name: string, candidates: readonly string[], onlyNear = false): string | undefined {
  const near = nearest(name, candidates);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (onlyNear || candidates.length === 0) return undefined;
  return `there is ${candidates.map((candidate) => `"${candidate}"`).join(", ")}`;
}

/** `Parser Error: syntax error at …\n\n` → `syntax error at …` */
const cleaned = (text: string): string =>
  text
    .replace(/^(?:[A-Z]\w*(?: \w+)*) ?Error: /, "")
    .replace(/\n\s*\n+/g, "\n")
    .trim();
