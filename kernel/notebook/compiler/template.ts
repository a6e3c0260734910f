import { type Cell, databaseVariable } from "../document/notebook.ts";
import { UserError } from "../errors.ts";
import { refuseCode } from "./checks.ts";
import type { CompiledCell } from "./compiled.ts";
import { failedCell, freshName, inputsOf, lineOffset, opening, unique } from "./emit.ts";
import { readTemplate, type Template } from "./holes.ts";
import { renameImport } from "./imports.ts";
import { isReserved, refuseOutput } from "./output-name.ts";
import { findReferences } from "./references.ts";
import { syntaxFailure } from "./syntax-failure.ts";
import { isIdentifier } from "./trivia.ts";

export type TemplateCell = Pick<Cell, "mode" | "source" | "output" | "database">;

/**
 * Compiles a cell that is text to a call of a template tag, `md`, `html`, `sql`, `tex.block` or `dot`: the strings
 * first, then the values. Strings and raw strings are both the author's text, so that nothing needs escaping, and expressions
 * keep their places. Throws a UserError when an expression cannot be read.
 */
export function compileTemplate(cell: TemplateCell): CompiledCell {
  const { source, output } = cell;
  if (source.trim() === "") return { inputs: [], outputs: [], body: "return {};", lineOffset, imports: [] };
  const variable = databaseVariable(cell);
  const nameFailure =
    (output === null ? null : refuseOutput(output)) ?? (variable === null ? null : refuseVariable(variable));
  if (nameFailure) return failedCell(nameFailure.failure);
  const template = readTemplate(source, escapesStay.has(cell.mode));
  const references = template.expressions.map(findReferences);
  const used = inputsOf(references.flatMap(({ free }) => free));
  const outputs = output === null ? [] : [output];
  const refusal = template.expressions
    .map((root, index) => refuseCode(root, references[index] ?? { own: [], free: [] }, source))
    .find((found) => found !== null);
  if (refusal) return failedCell(refusal.failure, used, outputs);
  if (output !== null && (used.includes(output) || output === variable))
    return failedCell(refuseSelf(cell, output).failure, [], outputs);
  return { ...emit(cell, template, used), outputs, lineOffset, imports: [] };
}

/** In TeX and DOT a backslash has a meaning of its own: `\${x}` is a dollar sign and a group. */
export const escapesStay: ReadonlySet<string> = new Set(["tex", "dot"]);

function emit(cell: TemplateCell, { strings, expressions, code }: Template, used: readonly string[]) {
  const { source, output } = cell;
  const [word, text, value] = ["$imprt", "$text", "$value"].map((name) => freshName(name, source));
  const renamed = expressions.map((root) => renameImport(root, code, word ?? "")).includes(true);
  const { input, tag } = tagOf(cell);
  const start = [
    opening,
    renamed ? `const ${word} = $import;` : "",
    `const ${text} = ${JSON.stringify(strings)};${text}.raw = ${text};`,
    `const ${value} = await ${tag}(${text}`,
  ];
  const result = output === null ? "{}" : `{${output}: ${value}}`;
  return {
    inputs: unique([input, ...used, ...(renamed ? ["$import"] : []), "display"]),
    body: `${start.join("")}\n${code}\n);display(${value});return ${result};`,
    autodisplay: true,
  };
}

/** The template tag that a cell is a call of, and the name that it needs for that. */
function tagOf(cell: TemplateCell): { readonly input: string; readonly tag: string } {
  const { mode, database } = cell;
  const variable = databaseVariable(cell);
  if (variable !== null) return { input: variable, tag: `${variable}.sql` };
  const on = mode === "sql" && database !== null ? `.database(${JSON.stringify(database)})` : "";
  return { input: mode, tag: mode === "tex" ? "tex.block" : mode + on };
}

function refuseVariable(variable: string): UserError | null {
  if (isIdentifier(variable) && !isReserved(variable)) return null;
  return new UserError({
    kind: "input",
    message: `database "var:${variable}" names no variable`,
    remedy: 'write the name of one whose value has a sql tag, such as database="var:db"',
  });
}

function refuseSelf({ source }: TemplateCell, output: string): UserError {
  const message = `${output} is the result of this cell, and cannot be used in it`;
  return syntaxFailure(
    source,
    Math.max(0, source.indexOf("${")),
    message,
    "choose another name for the output",
  );
}
