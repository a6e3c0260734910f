import { nearest, UserError } from "../errors.ts";
import type { CompiledCell } from "./compiled.ts";
import { sourceName } from "./frames.ts";
import type { ImportOptions } from "./imports.ts";
import { plainName } from "./origin.ts";

/** A cell's outputs by name. */
export type Results = Record<string, unknown>;

/** Runs a cell once: takes the values of its inputs, in order, and gives its outputs, at once if it awaits nothing. */
export type Body = (...inputs: unknown[]) => Results | Promise<Results>;

type MakeBody = new (...parametersAndBody: string[]) => Body;

const AsyncFunction = (async () => {}).constructor as MakeBody;

/** A text without the word awaits nothing; one that only mentions it just runs a little later. */
function functionFor(body: string): MakeBody {
  return /\bawait\b/.test(body) ? AsyncFunction : (Function as unknown as MakeBody);
}

/**
 * Makes the function of a compiled cell, named `cell-ID.ts` in stack traces. Where the engine does not understand
 * the code, every call fails with a UserError.
 */
export function evaluate(compiled: CompiledCell, id: number): Body {
  const { body, outputs } = compiled;
  const inputs = compiled.parameters ?? compiled.inputs;
  try {
    const run = new (functionFor(body))(...inputs, `${body}\n//# sourceURL=${sourceName(id)}`);
    return named(checkingImports(remembering(run, inputs), inputs.indexOf("$import")), outputs);
  } catch (thrown) {
    const failure = compiled.failure ?? refused(thrown);
    return () => Promise.reject(new UserError(failure));
  }
}

/** A cell of Observable's JavaScript knows its last value: what it keeps over its runs is its body's `this`. */
function remembering(run: Body, inputs: readonly string[]): Body {
  return inputs.includes("$ojs") ? run.bind({}) : run;
}

/** What a cell of another notebook gives has that notebook's names in the graph. */
function named(run: Body, outputs: readonly string[]): Body {
  if (outputs.every((name) => plainName(name) === name)) return run;
  return async (...inputs) => {
    const results = await run(...inputs);
    return Object.fromEntries(outputs.map((name) => [name, results[plainName(name)]]));
  };
}

function refused(thrown: unknown) {
  const message = `this JavaScript engine cannot run the cell: ${thrown instanceof Error ? thrown.message : thrown}`;
  return { kind: "syntax", message } as const;
}

type Import = (module: string, ...options: ImportOptions[]) => Promise<object>;

/** A missing export is an error in JavaScript, not undefined. */
function checkingImports(run: Body, index: number): Body {
  if (index < 0) return run;
  return (...inputs) => run(...inputs.map((input, i) => (i === index ? checked(input as Import) : input)));
}

function checked(load: Import): Import {
  const check: Import = async (module, ...options) => {
    const exports = await load(module, ...options);
    const [told] = options;
    for (const name of told?.names ?? []) if (!(name in exports)) throw missing(name, module, exports, told);
    return exports;
  };
  return Object.assign(check, load);
}

function missing(name: string, module: string, exports: object, options?: ImportOptions): UserError {
  const meant = nearest(name, Object.keys(exports));
  const others = Object.keys(exports).slice(0, 8).join(", ");
  return new UserError({
    kind: "input",
    message: `module ${JSON.stringify(module)} has no export ${name}`,
    remedy: meant ? `did you mean ${meant}?` : `it exports ${others}`,
    ...(options ? { line: options.line, column: options.column } : {}),
  });
}
