import { createRequire } from "node:module";

interface StockVariable {
  define(
    name: string | null,
    inputs: readonly string[],
    definition: (...values: never[]) => unknown,
  ): StockVariable;
}

/** The stock runtime, as a page has it once `stockCode` has run there: `globalThis.stock`. */
export interface Stock {
  readonly Runtime: new () => { module(): { variable(observer: unknown): StockVariable } };
}

/** @observablehq/runtime as one script. */
export async function stockCode(): Promise<string> {
  const { build } = await import("vite");
  const bundle = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      lib: {
        entry: createRequire(`${process.cwd()}/package.json`).resolve("@observablehq/runtime"),
        formats: ["iife"],
        name: "stock",
      },
    },
  });
  const [output] = Array.isArray(bundle) ? bundle : [bundle];
  const code = output && "output" in output ? output.output[0].code : "";
  return `${code}\nglobalThis.stock = stock;`;
}
