const trivia = /(?:\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;
const name = /(?:[\p{ID_Continue}$\u200c\u200d]|\\u(?:[\da-fA-F]{4}|\{[\da-fA-F]+\}))*/uy;
const word = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;

/** The first offset at or after `at` that is neither white space nor in a comment. */
export function skipTrivia(source: string, at: number): number {
  trivia.lastIndex = at;
  trivia.test(source);
  return trivia.lastIndex;
}

/** The identifier or keyword that starts at `at`, or "". */
export function wordAt(source: string, at: number): string {
  word.lastIndex = at;
  return word.exec(source)?.[0] ?? "";
}

/** Offset after the name that starts at `at`, which may be written with escapes. */
export function nameEnd(source: string, at: number): number {
  name.lastIndex = at;
  name.test(source);
  return name.lastIndex;
}

export function isIdentifier(text: string): boolean {
  return text !== "" && wordAt(text, 0) === text;
}
