/**
 * A cell as a TypeScript module that the language server can read: one line of ours, the author's text with every
 * character in its place (what is not code is blank), and a footer that imports what other cells define and exports
 * what this one does.
 */
import type { CompiledCell } from "../notebook/compiler/compiled.ts";
import { maybeParseCode } from "../notebook/compiler/parse.ts";
import { skipTrivia } from "../notebook/compiler/trivia.ts";
import type { TableColumn } from "../notebook/display/output.ts";
import type { Cell } from "../notebook/document/notebook.ts";
import { rowType } from "./row-type.ts";
import { codeOfTemplate } from "./template-code.ts";

/** Lines before the author's first. */
export const headerLines = 1;

/** What a cell says of itself. */
export interface CellFacts {
  readonly cell: Cell;
  /** Names of values that it defines; those of its last readable text while it cannot be read. */
  readonly outputs: readonly string[];
  /** Those of them that are functions or classes: they are to other cells what they are here. */
  readonly declared: ReadonlySet<string>;
  /** Names of types that it declares. */
  readonly types: readonly string[];
}

/** Where another cell's name comes from. */
export interface Origin {
  /** The module, as an import from a cell's file writes it. */
  readonly module: string;
  readonly kind: "value" | "declared" | "type";
}

const declared =
  /^(?:export\s+)?(?:declare\s+)?(?:abstract\s+|async\s+)?(interface|type|class|function\s*\*?)\s*(?<=[\s*])([\p{ID_Start}$_][\p{ID_Continue}$]*)/gmu;
const words = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** @param before facts of the cell as it was, which count as long as its text cannot be read */
export function factsOf(cell: Cell, compiled: CompiledCell, before?: CellFacts): CellFacts {
  const unread = compiled.failure !== undefined && compiled.outputs.length === 0;
  const outputs = unread ? (before?.outputs ?? []) : compiled.outputs;
  if (!isScript(cell)) return { cell, outputs, declared: new Set(), types: [] };
  const found = [...cell.source.matchAll(declared)].map(([, kind = "", name = ""]) => ({ kind, name }));
  const types = found.filter(({ kind }) => kind === "interface" || kind === "type").map(({ name }) => name);
  const values = found.map(({ name }) => name).filter((name) => outputs.includes(name));
  return { cell, outputs, declared: new Set(values), types: types.filter((name) => !outputs.includes(name)) };
}

/**
 * The module of a cell.
 * @param origin where a name comes from that another cell defines
 * @param columns of a SQL cell's result, if they are known
 */
export function virtualFile(
  facts: CellFacts,
  origin: (name: string) => Origin | undefined,
  columns: readonly TableColumn[] | null,
): string {
  const { cell } = facts;
  const own = new Set([...facts.outputs, ...facts.types]);
  const used = new Set(codeOf(cell).match(words) ?? []);
  const imports = [...used].filter((name) => !own.has(name)).map((name) => importOf(name, origin(name)));
  const [before, code, after] = isScript(cell) ? scriptCode(cell.source) : templateCode(cell.source);
  const exports = isScript(cell)
    ? exportsOf(facts)
    : facts.outputs.map((name) => resultOf(name, cell, columns));
  return `${before}\n${code}\n${after};${[...exports, ...imports].join("")}export {};\n`;
}

export function isScript({ mode }: Pick<Cell, "mode">): boolean {
  return mode === "ts" || mode === "js";
}

type Code = readonly [before: string, code: string, after: string];

/** What would read as a statement but is an expression stands in parentheses. */
function scriptCode(source: string): Code {
  const text = onlyLineFeeds(source);
  const start = text.slice(skipTrivia(text, 0));
  const ambiguous = /^(?:\{|(?:async\s+)?function\b|class\b)/.test(start);
  const wrapped = ambiguous && maybeParseCode(source, "ts")?.form === "expression";
  return wrapped ? ["void (", text, ")"] : ["", text, ""];
}

function templateCode(source: string): Code {
  return ["void [0", onlyLineFeeds(codeOfTemplate(source)), "]"];
}

/** A cell's code, every character in its place; what is not code is blank. */
export function codeOf(cell: Cell): string {
  return isScript(cell) ? cell.source : codeOfTemplate(cell.source);
}

/** TypeScript counts other characters as line ends too; the protocol does not. */
function onlyLineFeeds(text: string): string {
  return text.replace(/[\r\u2028\u2029]/g, " ");
}

function exportsOf({ outputs, types }: CellFacts): string[] {
  return [
    ...(outputs.length > 0 ? [`export { ${outputs.join(", ")} };`] : []),
    ...(types.length > 0 ? [`export type { ${types.join(", ")} };`] : []),
  ];
}

function resultOf(name: string, { mode }: Cell, columns: readonly TableColumn[] | null): string {
  const type =
    mode === "sql"
      ? `Percolate.Rows<${columns ? rowType(columns) : "Record<string, any>"}>`
      : elementOf(mode);
  return `export declare const ${name}: ${type};`;
}

function elementOf(mode: string): string {
  return ["md", "html", "tex"].includes(mode) ? "HTMLElement" : "any";
}

function importOf(name: string, origin: Origin | undefined): string {
  if (!origin) return "";
  const module = JSON.stringify(origin.module);
  if (origin.kind === "type") return `import type { ${name} } from ${module};`;
  if (origin.kind === "declared") return `import { ${name} } from ${module};`;
  return `declare const ${name}: Percolate.Value<typeof import(${module}).${name}>;`;
}
