/** A word of SQL with its place in the text. */
export interface Token {
  readonly kind: "word" | "quoted" | "text" | "parameter" | "other";
  readonly start: number;
  readonly end: number;
  /** Quoted names and texts without their quotes, the rest as written. */
  readonly value: string;
}

/** One statement of a text that may have several. `text` starts at `start` of the author's text. */
export interface Statement {
  readonly text: string;
  readonly start: number;
  readonly tokens: readonly Token[];
}

const TOKEN =
  /(?<space>\s+|--[^\n]*)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|"(?<quoted>[^"]*)"?|'(?<text>[^']*)'?|(?<parameter>\$[\p{L}\p{N}_]+|\?)|\d[\w.]*|./suy;
const ESCAPED = /[eE]'[^'\\]*(?:\\.[^'\\]*)*'?/suy;
const DOLLAR = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;

/** The words of SQL text; comments and white space left out. Never fails: what is not closed runs to the end. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < sql.length; ) {
    const { end, token } = next(sql, start);
    if (token) tokens.push({ ...token, start, end });
    start = end;
  }
  return tokens;
}

interface Step {
  readonly end: number;
  readonly token?: Pick<Token, "kind" | "value">;
}

function next(sql: string, start: number): Step {
  if (sql.startsWith("/*", start)) return { end: commentEnd(sql, start) };
  const special = escapedText(sql, start) ?? dollarText(sql, start);
  if (special !== undefined)
    return { end: special, token: { kind: "text", value: sql.slice(start, special) } };
  const match = matchAt(TOKEN, sql, start);
  const text = match?.[0] ?? sql.charAt(start);
  const groups = match?.groups ?? {};
  const end = start + text.length;
  if (groups.space !== undefined) return { end };
  for (const kind of ["word", "quoted", "text", "parameter"] as const) {
    const value = groups[kind];
    if (value !== undefined) return { end, token: { kind, value } };
  }
  return { end, token: { kind: "other", value: text } };
}

function escapedText(sql: string, start: number): number | undefined {
  const match = matchAt(ESCAPED, sql, start);
  return match ? start + match[0].length : undefined;
}

function dollarText(sql: string, start: number): number | undefined {
  const tag = matchAt(DOLLAR, sql, start)?.[0];
  if (tag === undefined) return undefined;
  const close = sql.indexOf(tag, start + tag.length);
  return close < 0 ? sql.length : close + tag.length;
}

function commentEnd(sql: string, start: number): number {
  let depth = 0;
  for (let i = start; i < sql.length; i++) {
    if (sql.startsWith("/*", i)) [depth, i] = [depth + 1, i + 1];
    else if (sql.startsWith("*/", i)) [depth, i] = [depth - 1, i + 1];
    if (depth === 0) return i + 1;
  }
  return sql.length;
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

/** The statements of a text, in order; what is only space, comments or semicolons is none. */
export function splitStatements(sql: string): Statement[] {
  const groups: Token[][] = [[]];
  for (const token of tokenize(sql)) {
    if (token.kind === "other" && token.value === ";") groups.push([]);
    else groups.at(-1)?.push(token);
  }
  return groups.flatMap((tokens) => statementOf(sql, tokens));
}

function statementOf(sql: string, tokens: readonly Token[]): Statement[] {
  const [first, last] = [tokens[0], tokens.at(-1)];
  return first && last ? [{ text: sql.slice(first.start, last.end), start: first.start, tokens }] : [];
}

/** True if the statement starts with one of these words (upper case), skipping `FORCE`. */
export function startsWith(statement: Statement, ...words: readonly string[]): boolean {
  const upper = statement.tokens.map((token) => (token.kind === "word" ? token.value.toUpperCase() : ""));
  return words.includes(upper[0] === "FORCE" ? (upper[1] ?? "") : (upper[0] ?? ""));
}

/**
 * `CREATE TEMP TABLE …` without its TEMP (blanked, so that positions stay): a temporary table would belong to one
 * connection of several, and the whole database is in memory anyhow.
 */
export function withoutTemporary(statement: Statement): string {
  const words = statement.tokens.slice(0, 5).map((token) => token.value.toUpperCase());
  if (words[0] !== "CREATE") return statement.text;
  const at = words[1] === "OR" ? 3 : 1;
  const token = statement.tokens[at];
  if (!token || !["TEMP", "TEMPORARY"].includes(words[at] ?? "")) return statement.text;
  if (!["TABLE", "VIEW", "MACRO", "FUNCTION", "SEQUENCE", "TYPE"].includes(words[at + 1] ?? ""))
    return statement.text;
  const [from, to] = [token.start - statement.start, token.end - statement.start];
  return statement.text.slice(0, from) + " ".repeat(to - from) + statement.text.slice(to);
}
