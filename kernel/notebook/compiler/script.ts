import type { RunCell } from "../document/run-cell.ts";
import type { UserError } from "../errors.ts";
import { refuseCode } from "./checks.ts";
import type { CompiledCell } from "./compiled.ts";
import { findDeclarations, refuseDeclaration } from "./declarations.ts";
import { failedCell, freshName, inputsOf, lineOffset, opening, unique } from "./emit.ts";
import { dynamicImports, hoistImports, renameImport } from "./imports.ts";
import { isNotebook, type Notebooks, readNotebookImports } from "./notebook-import.ts";
import { Overlay } from "./overlay.ts";
import { findParameter } from "./parameters.ts";
import { type Code, parseCode } from "./parse.ts";
import { readJavaScript, readTypeScript } from "./read.ts";
import { findReferences } from "./references.ts";

type ScriptCell = Pick<RunCell, "mode" | "source" | "notebooks">;

/** Compiles a TypeScript or JavaScript cell. Throws a UserError when the text cannot be read. */
export function compileScript({ mode, source, notebooks }: ScriptCell): CompiledCell {
  const text = new Overlay(source);
  const code = (mode === "ts" ? readTypeScript : readJavaScript)(text, parseCode);
  const references = findReferences(code.root);
  const declarations = code.form === "program" ? findDeclarations(code.root) : [];
  const used = inputsOf(references.free);
  const outputs = unique(declarations.map(({ name }) => name));
  const refusal = refuseCode(code.root, references, source) ?? firstRefusal(declarations, source);
  if (refusal) return failedCell(refusal.failure, used, outputs);
  return { ...emit(code, text, used, outputs, notebooks ?? {}), outputs, lineOffset };
}

function firstRefusal(declarations: ReturnType<typeof findDeclarations>, source: string): UserError | null {
  for (const declaration of declarations) {
    const refusal = refuseDeclaration(declaration, source);
    if (refusal) return refusal;
  }
  return null;
}

type Emitted = Omit<CompiledCell, "outputs" | "lineOffset">;

function emit(
  code: Code,
  text: Overlay,
  used: readonly string[],
  outputs: readonly string[],
  notebooks: Notebooks,
): Emitted {
  const word = freshName("$imprt", text.source);
  const renamed = renameImport(code.root, text, word);
  const start = opening + (renamed ? `const ${word} = $import;` : "");
  const inputs = renamed ? unique([...used, "$import"]) : used;
  const dynamic = renamed ? dynamicImports(code.root) : [];
  return {
    ...(code.form === "expression"
      ? emitExpression(start, text, inputs)
      : emitProgram(code, start, text, inputs, outputs, notebooks)),
    ...(dynamic.length > 0 ? { dynamicImports: dynamic } : {}),
  };
}

/** The value is awaited, then displayed; a cell that says itself what it displays shows nothing else. */
function emitExpression(start: string, text: Overlay, inputs: readonly string[]): Emitted {
  const silent = inputs.includes("display") || inputs.includes("view");
  const [before, after] = silent ? ["(", ")"] : ["display(await (", "))"];
  return {
    inputs: silent ? inputs : [...inputs, "display"],
    body: `${start}${before}\n${text}\n${after};return {};`,
    imports: [],
    ...(silent ? {} : { autodisplay: true }),
  };
}

function emitProgram(
  code: Extract<Code, { form: "program" }>,
  start: string,
  text: Overlay,
  used: readonly string[],
  outputs: readonly string[],
  notebooks: Notebooks,
): Emitted {
  const declared = code.root.body.filter((node) => node.type === "ImportDeclaration");
  const { imports, bindings } = readNotebookImports(
    declared.filter((node) => isNotebook(String(node.source.value))),
    text.source,
    notebooks,
    freshName("$from_", text.source),
  );
  const { modules, statement } = hoistImports(code.root, text);
  const parameter = findParameter(code.root);
  const inputs = statement === "" ? used : unique([...used, "$import"]);
  const bound = bindings.map((each) => `const ${each.local} = ${each.parameter};`).join("");
  return {
    inputs: [...inputs, ...bindings.map(({ input }) => input)],
    ...(imports.length > 0
      ? { parameters: [...inputs, ...bindings.map((each) => each.parameter)], notebookImports: imports }
      : {}),
    body: `${start}${bound}${statement}\n${text}\nreturn {${outputs.join(", ")}};`,
    imports: modules,
    ...(parameter ? { parameter } : {}),
  };
}
