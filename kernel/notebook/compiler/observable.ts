import { type ObservableCell, parseCell, type SpecialExpression } from "@observablehq/parser";
import type { Identifier } from "acorn";
import type { Cell } from "../document/notebook.ts";
import { UserError } from "../errors.ts";
import type { CompiledCell, Parameter } from "./compiled.ts";
import { refuseDeclaration } from "./declarations.ts";
import { failedCell, freshName, lineOffset, opening, unique } from "./emit.ts";
import { globals } from "./globals.ts";
import { renameImport } from "./imports.ts";
import { compileNotebookImport } from "./observable-import.ts";
import { Overlay } from "./overlay.ts";
import { parameterOf } from "./parameters.ts";
import { type AnyNode, everyNode } from "./syntax.ts";
import { parseFailure } from "./syntax-failure.ts";

/**
 * Compiles a cell of Observable's own JavaScript: `x = …`, `viewof x = …`, `mutable x = …`, blocks, imports of
 * notebooks. As in Notebook Kit, `viewof x` is the name `viewof$x` of the graph, and `mutable x` the name `mutable$x`.
 * @throws UserError when the text cannot be read.
 */
export function compileObservable({ source }: Pick<Cell, "source">): CompiledCell {
  const cell = readObservable(source);
  const { body } = cell;
  if (!body) return { inputs: [], outputs: [], body: "return {};", lineOffset, imports: [] };
  if (body.type === "ImportDeclaration") return compileNotebookImport(body, source);
  const outputs = outputsOf(cell);
  const refusal = cell.id && refuseDeclaration(nameOf(cell.id), source);
  const used = unique(cell.references.map(graphName));
  if (refusal) return failedCell(refusal.failure, used, outputs);
  return emit(cell, body as AnyNode, source, used, outputs);
}

/** @throws UserError with the place of the mistake. */
export function readObservable(source: string): ObservableCell {
  try {
    return parseCell(source, { globals, ecmaVersion: "latest" });
  } catch (thrown) {
    throw explained(parseFailure(source, thrown));
  }
}

function explained({ failure }: UserError): UserError {
  const { message } = failure;
  if (/ requires a single literal string argument$/.test(message)) {
    const remedy = "write the name itself in quotes, or use a TypeScript cell";
    return new UserError({ ...failure, message: message.charAt(0).toUpperCase() + message.slice(1), remedy });
  }
  if (/^assignment to constant variable/.test(message))
    return new UserError({
      ...failure,
      remedy: "make it a mutable where it is defined, and assign to mutable x",
    });
  return new UserError(failure);
}

export const kinds = { ViewExpression: "viewof", MutableExpression: "mutable" } as const;

function nameOf(id: Identifier | SpecialExpression): Identifier {
  return id.type === "Identifier" ? id : id.id;
}

/** The name by which the graph knows what `x`, `viewof x` or `mutable x` means. */
export function graphName(reference: Identifier | SpecialExpression): string {
  if (reference.type === "Identifier") return reference.name;
  return `${kinds[reference.type]}$${reference.id.name}`;
}

function outputsOf({ id }: ObservableCell): string[] {
  if (!id) return [];
  return id.type === "Identifier" ? [id.name] : [graphName(id), id.id.name];
}

/**
 * `$ojs(this, {…}, function () {…})` calls the author's function and makes the cell's outputs of its value; all that
 * surrounds the author's text goes away, and what is left keeps its place.
 */
function emit(
  cell: ObservableCell,
  body: AnyNode,
  source: string,
  used: readonly string[],
  outputs: readonly string[],
): CompiledCell {
  const text = new Overlay(source);
  text.blank(0, body.start);
  text.blank(body.end, source.length);
  const word = freshName("$imprt", source);
  const renamed = renameImport(body, text, word);
  const start = `${opening}${renamed ? `const ${word} = $import;` : ""}${rewriteSpecials(body, text, source)}`;
  const kind = cell.id && cell.id.type !== "Identifier" ? kinds[cell.id.type] : "plain";
  const given = kind === "viewof" ? ["display", "view"] : ["display"];
  const about = [`kind: "${kind}"`, `outputs: ${JSON.stringify(outputs)}`, ...given].join(", ");
  const parameter = parameterIn(cell, body);
  return {
    inputs: unique([...used, ...(renamed ? ["$import"] : []), "$ojs", ...given]),
    outputs,
    body: `${start}return await $ojs(this, {${about}}, ${functionOf(cell, text)});`,
    lineOffset,
    autodisplay: true,
    imports: [],
    ...(parameter ? { parameter } : {}),
  };
}

function functionOf({ body, async, generator }: ObservableCell, text: Overlay): string {
  const head = `${async ? "async " : ""}function${generator ? "*" : ""} () `;
  return body?.type === "BlockStatement" ? `${head}\n${text}\n` : `${head}{return (\n${text}\n);}`;
}

/** `viewof x = Inputs.range(…)` is a parameter as `const x = view(Inputs.range(…))` is. */
function parameterIn({ id }: ObservableCell, body: AnyNode): Parameter | null {
  return id?.type === "ViewExpression" ? parameterOf(id.id.name, body) : null;
}

/**
 * Makes `mutable x` a property, `$o.     x`, so that it can be assigned to and nothing moves; the same for `viewof x`.
 * @returns the statement that declares the objects
 */
function rewriteSpecials(body: AnyNode, text: Overlay, source: string): string {
  const [views, mutables] = [freshName("$v", source), freshName("$m", source)];
  const found = { viewof: new Set<string>(), mutable: new Set<string>() };
  for (const node of everyNode(body)) {
    const special = node as unknown as SpecialExpression;
    if (!(special.type in kinds)) continue;
    const kind = kinds[special.type];
    text.blank(special.start, special.id.start);
    text.put(special.start, `${kind === "viewof" ? views : mutables}.`);
    found[kind].add(special.id.name);
  }
  const getters = [...found.viewof].map((name) => `get ${name}() { return viewof$${name}; }`);
  const pairs = [...found.mutable].map(
    (name) =>
      `get ${name}() { return mutable$${name}.value; }, set ${name}(_) { mutable$${name}.value = _; }`,
  );
  return declared(views, getters) + declared(mutables, pairs);
}

function declared(name: string, members: readonly string[]): string {
  return members.length === 0 ? "" : `const ${name} = {${members.join(", ")}};`;
}
