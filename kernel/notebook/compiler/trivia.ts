const trivia = /(?:\s+|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;
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

export function isIdentifier(text: string): boolean {
  return text !== "" && wordAt(text, 0) === text;
}
