import { defaultFormat, type Format, formats, isFormat } from "../document/formats.ts";
import { type Cell, type Interpreter, isInterpreter } from "../document/notebook.ts";
import { nearest, UserError } from "../errors.ts";
import type { CompiledCell } from "./compiled.ts";
import { failedCell, lineOffset, opening } from "./emit.ts";
import { refuseOutput } from "./output-name.ts";
import { Overlay } from "./overlay.ts";
import { parseCode } from "./parse.ts";
import { readTypeScript } from "./read.ts";

/** What `$load` is told: the program, and what it prints. */
export interface LoaderSpec {
  readonly interpreter: Interpreter;
  readonly format: Format;
  /** Lines and columns are the author's. */
  readonly code: string;
}

/**
 * Compiles a data loader, a cell in another interpreter's language: `$load` runs it as a program of its own, and what
 * it prints is the cell's value. It uses no names of other cells, as in Notebook Kit.
 * @throws UserError when the cell says what cannot be, or TypeScript cannot be read.
 */
export function compileLoader(
  cell: Pick<Cell, "mode" | "source" | "output"> & { readonly format?: string | null },
): CompiledCell {
  const { mode, source, output } = cell;
  if (source.trim() === "") return { inputs: [], outputs: [], body: "return {};", lineOffset, imports: [] };
  const outputs = output === null ? [] : [output];
  const refusal = (output === null ? null : refuseOutput(output)) ?? refuseFormat(cell.format ?? null);
  if (refusal) return failedCell(refusal.failure, [], outputs);
  if (!isInterpreter(mode)) throw new Error(`${mode} is no interpreter`);
  const spec: LoaderSpec = {
    interpreter: mode,
    format: formatOf(cell.format ?? null),
    code: codeOf(mode, source),
  };
  return {
    inputs: ["$load", "display"],
    outputs,
    body: `${opening}const value = await $load(${JSON.stringify(spec)});display(value);return {${outputs.map((name) => `${name}: value`).join("")}};`,
    lineOffset,
    autodisplay: true,
    imports: [],
  };
}

/** Node gets JavaScript, whether or not it could strip types itself. */
function codeOf(interpreter: Interpreter, source: string): string {
  if (interpreter !== "node") return source;
  const text = new Overlay(source);
  readTypeScript(text, parseCode);
  return String(text);
}

function formatOf(format: string | null): Format {
  return format !== null && isFormat(format) ? format : defaultFormat;
}

function refuseFormat(format: string | null): UserError | null {
  if (format === null || isFormat(format)) return null;
  const meant = nearest(format, formats);
  return new UserError({
    kind: "input",
    message: `format ${JSON.stringify(format)} is not known`,
    remedy: meant ? `did you mean ${meant}?` : `use one of ${formats.join(", ")}`,
  });
}
