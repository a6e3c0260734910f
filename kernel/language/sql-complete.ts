import type { Token } from "../engine/statements.ts";
import { splitStatements, tokenize } from "../engine/statements.ts";
import type { Completion, Completions } from "../notebook/language.ts";
import type { TableInfo } from "../notebook/protocol.ts";
import { identifier } from "../notebook/sql-text.ts";

type Table = Pick<TableInfo, "database" | "name" | "columns">;

/** What SQL can name. */
export interface SqlNames {
  readonly tables: readonly Table[];
  /** Functions of the engine, with what they do. */
  readonly functions: readonly { readonly name: string; readonly detail: string }[];
}

/** After these words the name of a table is meant. */
const beforeTables = new Set(["FROM", "JOIN", "INTO", "UPDATE", "TABLE", "DESCRIBE", "SUMMARIZE"]);

const keywords = `SELECT FROM WHERE GROUP BY ORDER BY HAVING LIMIT OFFSET DISTINCT AS ON USING JOIN LEFT JOIN RIGHT JOIN FULL
  JOIN CROSS JOIN UNION ALL EXCEPT INTERSECT WITH RECURSIVE CASE WHEN THEN ELSE END AND OR NOT IN IS NULL BETWEEN LIKE
  ILIKE EXISTS CAST ASC DESC NULLS FIRST LAST OVER PARTITION ROWS RANGE PRECEDING FOLLOWING UNBOUNDED CURRENT ROW FILTER
  QUALIFY PIVOT UNPIVOT SAMPLE EXCLUDE REPLACE INTERVAL TRUE FALSE CREATE TABLE VIEW MACRO INSERT VALUES DESCRIBE
  SUMMARIZE EXPLAIN`;
const words = [...new Set(keywords.split(/\s+/))];

/** What may stand at an offset of SQL text; `${…}` in it is blank. */
export function completeSql(sql: string, at: number, names: SqlNames): Completions | null {
  const typed = /[\p{L}_][\p{L}\p{N}_$]*$/u.exec(sql.slice(0, at))?.[0] ?? "";
  const from = at - typed.length;
  const before = tokenize(sql.slice(0, from));
  if (isInText(sql, at)) return null;
  const to = at + (/^[\p{L}\p{N}_$]*/u.exec(sql.slice(at))?.[0].length ?? 0);
  const items = itemsAt(before, scopeOf(sql, from, names), names);
  const fitting = items.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
  return fitting.length > 0 ? { from, to, items: fitting } : null;
}

function isInText(sql: string, at: number): boolean {
  return tokenize(sql).some(({ kind, start, end }) => kind === "text" && start < at && at < end);
}

/** A table that a statement reads, under the name that it has there. */
interface Source {
  readonly name: string;
  readonly table: Table | undefined;
}

function itemsAt(before: readonly Token[], scope: readonly Source[], names: SqlNames): Completion[] {
  const last = before.at(-1);
  if (last?.value === ".") return membersOf(before.at(-2)?.value ?? "", scope, names.tables);
  if (expectsTable(before)) return tableItems(names.tables, scope);
  return [
    ...scope.flatMap(({ table }) => (table ? columnItems(table) : [])),
    ...scope.map(({ name }) => ({ label: name, kind: "table", sort: "02" })),
    ...names.functions.map(({ name, detail }) => ({ label: name, kind: "function", detail, sort: "05" })),
    ...words.map((label) => ({ label, kind: "keyword", sort: "06" })),
    ...tableItems(names.tables, []).map((item) => ({ ...item, sort: "07" })),
  ];
}

/** `FROM a, b` goes on: after a comma between tables another one is meant. */
function expectsTable(before: readonly Token[]): boolean {
  for (let index = before.length - 1; index >= 0; index--) {
    const { kind, value } = before[index] as Token;
    const word = kind === "word" ? value.toUpperCase() : "";
    if (beforeTables.has(word)) return index === before.length - 1 || before.at(-1)?.value === ",";
    if (word && words.includes(word) && word !== "AS") return false;
    if (value === "(" || value === ")") return false;
  }
  return false;
}

function membersOf(name: string, scope: readonly Source[], tables: readonly Table[]): Completion[] {
  const source = scope.find((each) => each.name.toLowerCase() === name.toLowerCase());
  const table = source?.table ?? tables.find((each) => each.name.toLowerCase() === name.toLowerCase());
  const inDatabase = tables.filter(({ database }) => database.toLowerCase() === name.toLowerCase());
  if (source?.table || inDatabase.length === 0) return table ? columnItems(table) : [];
  return inDatabase.map((each) => tableItem(each, each.name));
}

function columnItems({ name, columns }: Table): Completion[] {
  return columns.map((column) => ({
    label: column.name,
    kind: "column",
    detail: `${column.type.toLowerCase()} · ${name}`,
    ...quoted(column.name),
    sort: "01",
  }));
}

function tableItems(tables: readonly Table[], scope: readonly Source[]): Completion[] {
  const named = scope
    .filter(({ table }) => !table)
    .map(({ name }) => ({ label: name, kind: "table", sort: "01" }));
  const databases = [...new Set(tables.map(({ database }) => database))];
  return [
    ...named,
    ...tables.map((each) =>
      tableItem(each, each.database === "main" ? each.name : `${each.database}.${each.name}`),
    ),
    ...databases.map((label) => ({ label, kind: "database", sort: "04" })),
  ];
}

function tableItem({ columns }: Table, label: string): Completion {
  const detail = columns.length === 1 ? "1 column" : `${columns.length} columns`;
  const insert = label
    .split(".")
    .map((part) => quoted(part).insert ?? part)
    .join(".");
  return { label, kind: "table", detail, ...(insert === label ? {} : { insert }), sort: "02" };
}

function quoted(name: string): { insert?: string } {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? {} : { insert: identifier(name) };
}

/** The tables of the statement around an offset, and the names that it gives to queries (`WITH name AS`). */
function scopeOf(sql: string, at: number, { tables }: SqlNames): Source[] {
  const statements = splitStatements(sql);
  const around = statements.findLast(({ start }) => start <= at) ?? statements[0];
  const tokens = around?.tokens ?? [];
  const sources: Source[] = [];
  tokens.forEach((token, index) => {
    const word = token.kind === "word" ? token.value.toUpperCase() : "";
    const isQuery = word === "AS" && tokens[index + 1]?.value === "(";
    if (isQuery && isName(tokens[index - 1]))
      sources.push({ name: tokens[index - 1]?.value ?? "", table: undefined });
    if (beforeTables.has(word) || (token.value === "," && expectsTable(tokens.slice(0, index + 1))))
      if (tokens[index + 1]?.start !== at) sources.push(...sourceAt(tokens, index + 1, tables));
  });
  return sources;
}

/** `database.table AS alias` from a token on. */
function sourceAt(tokens: readonly Token[], index: number, tables: readonly Table[]): Source[] {
  const first = tokens[index];
  if (!isName(first)) return [];
  const isQualified = tokens[index + 1]?.value === "." && isName(tokens[index + 2]);
  const name = (isQualified ? tokens[index + 2] : first)?.value ?? "";
  const database = isQualified ? first?.value : undefined;
  const table = tables.find(
    (each) =>
      each.name.toLowerCase() === name.toLowerCase() &&
      (database === undefined || each.database.toLowerCase() === database.toLowerCase()),
  );
  const after = index + (isQualified ? 3 : 1);
  const hasAs = tokens[after]?.value.toUpperCase() === "AS";
  const alias = tokens[after + (hasAs ? 1 : 0)];
  const isAlias = isName(alias) && (hasAs || !words.includes(alias?.value.toUpperCase() ?? ""));
  return [{ name: isAlias ? (alias?.value ?? name) : name, table }];
}

function isName(token: Token | undefined): boolean {
  return token?.kind === "quoted" || (token?.kind === "word" && !beforeTables.has(token.value.toUpperCase()));
}
