import { wordAt } from "./trivia.ts";

type Remedy = readonly [when: RegExp, remedy: string];

/** By the parser's message. */
const byMessage: readonly Remedy[] = [
  [
    /'return' outside of function/,
    "a cell is not a function: end it with the expression to show, or name the value with const",
  ],
  [/keyword 'await' outside an async function/, "write async in front of the function around it"],
  [/keyword 'yield'|'yield' is reserved/, "a cell that yields is an expression: (function* () { … })()"],
  [/has already been declared/, "choose another name, or delete one of the two declarations"],
  [/unterminated string/, "close the string on its own line, or use `…` for text of several lines"],
  [/unterminated template/, "close the template with `"],
  [/unterminated comment/, "close the comment with */"],
  [/ends before it is complete/, "close the bracket, quote or call that is still open"],
  [
    /'import' and 'export' may only appear at the top level/,
    "move it out of the block, or use await import(…)",
  ],
  [/^export '/, "leave out export: every top-level name is already visible to the other cells"],
  [/'with' in strict mode/, "name the object instead: object.property"],
  [/'new\.target'|'super'/, "this only exists inside a class or a function"],
];

/** By the word that stands where the parser stopped, or just before. */
const byWord: ReadonlyMap<string, string> = new Map([
  ["viewof", "write const name = view(input)"],
  ["mutable", "write const name = Mutable(value)"],
  ["yield", "a cell that yields is an expression: (function* () { … })()"],
  ["return", "a cell is not a function: end it with the expression to show"],
  ["export", "leave out export: every top-level name is already visible to the other cells"],
  ["accessor", "write a get and a set method"],
  ["await", "write async in front of the function around it"],
]);

/** What to write instead, where the mistake is a common one. */
export function remedyFor(message: string, source: string, offset: number): string | undefined {
  const found = byMessage.find(([when]) => when.test(message));
  return found?.[1] ?? byWord.get(wordAt(source, offset)) ?? byWord.get(wordBefore(source, offset));
}

function wordBefore(source: string, offset: number): string {
  return /([\w$]+)\s*$/.exec(source.slice(0, offset))?.[1] ?? "";
}
