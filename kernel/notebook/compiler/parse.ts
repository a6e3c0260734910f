import { type AnyNode, type Expression, type Options, Parser, type Program, tokTypes } from "acorn";
import { type RawParser, type RawParserClass, TypeScriptParser } from "./parse-typescript.ts";
import type { TypedNode } from "./syntax.ts";
import { isParseError, parseFailure } from "./syntax-failure.ts";
import { skipTrivia, wordAt } from "./trivia.ts";

export type Language = "js" | "ts";

const options: Options = { ecmaVersion: "latest", sourceType: "module", locations: true };
const plain: Options = { ecmaVersion: "latest", sourceType: "module" };

const readers: Record<Language, (source: string, at: number) => RawParser> = {
  js: (source, at) => new (Parser as unknown as RawParserClass)(plain, source, at),
  ts: (source, at) => new TypeScriptParser(options, source, at),
};

/** A cell's code: an expression, whose value it shows, or else a program. */
export type Code =
  | { readonly form: "expression"; readonly root: AnyNode }
  | { readonly form: "program"; readonly root: Program };

/** Words that only a statement can start with, so that trying an expression first would be in vain. */
const statements = new Set(
  "const var if for while do switch try throw return with debugger export enum interface".split(" "),
);

/**
 * Reads a cell's code. Throws a UserError with the place of the mistake that the better attempt ran into.
 * @param like the code before its types were taken away: it is read in the same way.
 */
export function parseCode(source: string, language: Language, like?: Code): Code {
  const expression = like?.form === "program" ? {} : tryExpression(source, language);
  if (expression.root) return { form: "expression", root: expression.root };
  try {
    return { form: "program", root: readers[language](source, 0).parse() };
  } catch (thrown) {
    throw parseFailure(source, further(thrown, expression.thrown));
  }
}

/** As `parseCode`, or null when the text is not code of this language. */
export function maybeParseCode(source: string, language: Language): Code | null {
  try {
    return parseCode(source, language);
  } catch {
    return null;
  }
}

/** The expression that starts at `at` and the offset of the brace that ends it, as in `${…}`. */
export function parseHole(source: string, at: number, language: Language): { root: AnyNode; end: number } {
  try {
    const parser = readers[language](source, at);
    parser.nextToken();
    const root = parser.parseExpression();
    if (parser.type !== tokTypes.braceR) throw unexpected(parser.start);
    return { root, end: parser.start };
  } catch (thrown) {
    throw parseFailure(source, thrown);
  }
}

/** The tree as the passes over TypeScript see it. */
export function typed(root: AnyNode): TypedNode {
  return root as TypedNode;
}

interface Attempt {
  readonly root?: AnyNode;
  readonly thrown?: unknown;
}

function tryExpression(source: string, language: Language): Attempt {
  const first = skipTrivia(source, 0);
  if (startsStatement(source, first)) return {};
  try {
    const parser = readers[language](source, 0);
    parser.nextToken();
    const root = parser.parseExpression();
    return parser.type === tokTypes.eof && !isNamed(root, first) ? { root } : {};
  } catch (thrown) {
    return { thrown };
  }
}

function startsStatement(source: string, first: number): boolean {
  const word = wordAt(source, first);
  if (word !== "abstract") return statements.has(word);
  return wordAt(source, skipTrivia(source, first + word.length)) === "class";
}

/** A named function or class is a declaration, unless it stands in parentheses. */
function isNamed(root: Expression, first: number): boolean {
  const nameable = root.type === "FunctionExpression" || root.type === "ClassExpression";
  return nameable && Boolean(root.id) && root.start === first;
}

/** Of two failed attempts, the one that understood more of the text knows better what is wrong. */
function further(program: unknown, expression: unknown): unknown {
  const both = isParseError(program) && isParseError(expression);
  return both && expression.pos > program.pos ? expression : program;
}

function unexpected(pos: number): SyntaxError {
  return Object.assign(new SyntaxError("Unexpected token"), { pos });
}
