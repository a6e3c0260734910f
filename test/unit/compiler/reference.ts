import { createRequire } from "node:module";
import { resolve } from "node:path";

/** The TypeScript compiler that Notebook Kit runs: the installed one is a language server without a `transpile`. */
const kit = resolve(import.meta.dirname, "../../../node_modules/@observablehq/notebook-kit/package.json");
const typescript: { transpile(source: string, options: object): string } = createRequire(kit)("typescript");

/** What the TypeScript compiler leaves of a text: ESNext, modules preserved, imports verbatim. */
export function withoutTypes(source: string): string {
  return typescript.transpile(source, { target: 99, module: 200, verbatimModuleSyntax: true });
}
