import { type Failure, nearest } from "../notebook/errors.ts";
import type { Statement } from "./statements.ts";
import type { CatalogViews } from "./views.ts";

/** What an error is about: the author's text, the statement of it that failed, and the tables there are. */
export interface ErrorContext {
  readonly sql: string;
  readonly statement: Statement;
  readonly views: CatalogViews;
}

/** Problem and remedy; `name` is a word of the statement that the problem is about. */
export interface Explained {
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly name?: string;
  readonly kind?: Failure["kind"];
}

export const RECRAWL = "crawl its folder again";

/** Patterns of DuckDB's messages, and what to say instead; `m` are the pattern's groups. */
type Say = (groups: readonly string[], context: ErrorContext, text: string) => Explained;

const RULES: readonly [RegExp, Say][] = [
  [/^INTERRUPT Error/, () => ({ message: "the query was stopped", kind: "stopped" })],
  [
    /^Binder Error: Referenced column "(.+?)" not found in FROM clause!\s*(?:Candidate bindings: (.*))?/,
    ([, name = "", candidates = ""], context) => ({
      message: `column "${name}" not found`,
      remedy: columnRemedy(name, candidates, context),
      name,
    }),
  ],
  [
    /^Binder Error: (?:Table|Values list) "(.+?)" does not have a column named "(.+?)"\s*(?:Candidate bindings: :? ?(.*))?/,
    ([, table = "", name = "", candidates = ""], context) => ({
      message: `"${table}" has no column "${name}"`,
      remedy: columnRemedy(name, candidates, context),
      name,
    }),
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
  [/CSV Error on Line: (\d+)\nOriginal Line: (.*)\n([\s\S]*?)\n(?:[\s\S]*?\n)? {2}file = (.*)/, csvLine],
  [
    /(?:JSON transform error|Malformed JSON) in file "[^"]*"/,
    (_, __, text) => ({ message: cleaned(text), remedy: RECRAWL }),
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

/** What a message of DuckDB's (without its marker) means to the author. */
export function explain(text: string, context: ErrorContext): Explained {
  for (const [pattern, say] of RULES) {
    const match = pattern.exec(text);
    if (match) return say(match, context, text);
  }
  return { message: cleaned(text) };
}

/** DuckDB adds a page of advice and settings, which speak of calls that the author never made. */
function csvLine([, line = "", content = "", detail = "", file = ""]: readonly string[]): Explained {
  const problem = detail
    .split("\n")[0]
    ?.replace(/^Error when converting/, "in")
    .replace(/\.$/, "");
  return {
    message: `line ${line} of file "${file}" does not fit its table: ${problem}`,
    remedy: `correct the line (${content.slice(0, 80)}), or crawl again if the file has changed`,
  };
}

/** DuckDB proposes few columns, and for some tables none: those of the catalog's tables in the statement may be meant too. */
function columnRemedy(
  name: string,
  proposed: string,
  { statement, views }: ErrorContext,
): string | undefined {
  const tables = statement.tokens.flatMap((token) => views.named(token.value));
  const columns = tables.flatMap((table) => table.columns.map((column) => column.name));
  return choice(name, [...new Set([...names(proposed), ...columns])]);
}

/** `"a", "t.b"` → a, b */
const names = (list: string): string[] =>
  [...list.matchAll(/"((?:[^"]|"")+)"/g)].map(([, name = ""]) => name.split(".").at(-1) ?? name);

/** The candidate that is probably meant. Of one or two letters, any other name would be near. */
export const similar = (name: string, candidates: Iterable<string>): string | undefined =>
  name.length < 3 ? undefined : nearest(name, candidates);

function choice(name: string, candidates: readonly string[], onlyNear = false): string | undefined {
  const near = similar(name, candidates);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (onlyNear || candidates.length === 0) return undefined;
  const listed = candidates.slice(0, 12).map((candidate) => `"${candidate}"`);
  return `there is ${listed.join(", ")}${candidates.length > listed.length ? ", …" : ""}`;
}

/** `Parser Error: syntax error at …\n\n` → `syntax error at …` */
export const cleaned = (text: string): string =>
  text
    .replace(/^(?:[A-Z]\w*(?: \w+)*) ?Error: /, "")
    .replace(/\n(?:Try setting|Possible |\* )[^\n]*/g, "")
    .replace(/\n\s*\n+/g, "\n")
    .trim();
