import { type CellText, compile } from "../../../kernel/notebook/compiler/compile.ts";
import type { CompiledCell } from "../../../kernel/notebook/compiler/compiled.ts";
import { evaluate } from "../../../kernel/notebook/compiler/evaluate.ts";

/** Compiles a cell that says only what matters. */
export function compileCell(source: string, cell: Partial<CellText> = {}): CompiledCell {
  return compile({ id: 3, name: null, mode: "ts", source, output: null, database: null, ...cell });
}

/** The author's text as the body has it. */
export function textOf({ body }: CompiledCell): string {
  return body.split("\n").slice(1, -1).join("\n");
}

export interface Result {
  readonly outputs: Record<string, unknown>;
  readonly displayed: readonly unknown[];
}

/** Runs a cell with these inputs, the platform's timer and a `display` that remembers. */
export async function runCell(compiled: CompiledCell, inputs: Record<string, unknown> = {}): Promise<Result> {
  const displayed: unknown[] = [];
  const display = (value: unknown) => {
    displayed.push(value);
    return value;
  };
  const given: Record<string, unknown> = { display, setTimeout, ...inputs };
  const outputs = await evaluate(compiled, 3)(...compiled.inputs.map((name) => given[name]));
  return { outputs, displayed };
}
