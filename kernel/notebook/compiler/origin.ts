/**
 * Cells of other notebooks run beside those of this one, under names of their own: `x` of the notebook
 * "notebooks/other.html" is "x of notebooks/other.html" in the graph, which no cell can write, and `x` in its body.
 */
import type { CompiledCell } from "./compiled.ts";

export function nameIn(notebook: string, name: string): string {
  return `${name} of ${notebook}`;
}

/** The name as the author of the cell wrote it. */
export function plainName(name: string): string {
  const at = name.indexOf(" of ");
  return at < 0 ? name : name.slice(0, at);
}

/** A cell of another notebook: all its names are that one's, those of the library among them. */
export function compiledIn(notebook: string, compiled: CompiledCell): CompiledCell {
  const { parameter: _, ...rest } = compiled;
  const own = (name: string) => (name.includes(" of ") ? name : nameIn(notebook, name));
  return {
    ...rest,
    inputs: compiled.inputs.map(own),
    parameters: compiled.parameters ?? compiled.inputs,
    outputs: compiled.outputs.map(own),
  };
}
