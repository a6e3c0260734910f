/** `$load` of a data loader's cell: runs its program, and gives what that printed as a value. */
import { dirname } from "node:path";
import { runChild } from "../../engine/child.ts";
import type { SqlEngine } from "../../engine/engine.ts";
import type { LoaderSpec } from "../../notebook/compiler/loader.ts";
import { inputError } from "../../notebook/errors.ts";
import { decodeOutput } from "./decode.ts";
import { loaderFailure } from "./failure.ts";
import { commandFor, interpreterNames, missing } from "./interpreters.ts";

export interface LoaderOptions {
  /** Absolute paths. The program runs in the notebook's folder. */
  readonly notebook: string;
  readonly root: string;
  readonly engine: () => Promise<SqlEngine>;
  /** Ends the program. */
  readonly signal: AbortSignal;
  /** Takes a line that the program wrote to standard error. */
  readonly print: (line: string) => void;
  /** Most bytes that a program may print. */
  readonly limit?: number;
}

/** Bytes. A text or a table of this size is still a value. */
const usualLimit = 256 * 2 ** 20;

/** Characters of standard error that a failure is read from. */
const kept = 64 * 1024;

/** Status with which a shell says that a command is missing. */
const notFound = 127;

export function makeLoader(options: LoaderOptions) {
  return async ({ interpreter, format, code }: LoaderSpec): Promise<unknown> => {
    const { notebook, root, signal, limit = usualLimit } = options;
    const errors = new Lines(options.print);
    const result = await runChild({
      ...commandFor(interpreter, { root }),
      cwd: dirname(notebook),
      input: code,
      signal,
      limit,
      onError: (text) => errors.write(text),
    });
    errors.end();
    if (result.tooLong) throw tooLong(interpreterNames[interpreter], limit);
    if (result.status === notFound && result.output.length === 0) missing(interpreter);
    if (result.status !== 0) throw loaderFailure({ interpreter, result, stderr: errors.last, code });
    return await decodeOutput(result.output, format, options);
  };
}

function tooLong(name: string, limit: number) {
  return inputError(
    `${name} printed more than ${Math.round(limit / 2 ** 20)} MB, and was ended`,
    "print less, or write a file into the workspace and add it as data",
  );
}

/** Text that comes in pieces, told line by line. */
class Lines {
  readonly #print: (line: string) => void;
  #rest = "";
  /** The last of all that came. */
  last = "";

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  write(text: string): void {
    this.last = (this.last + text).slice(-kept);
    const lines = (this.#rest + text).split(/\r?\n/);
    this.#rest = (lines.pop() ?? "").slice(-kept);
    for (const line of lines) this.#print(line);
  }

  end(): void {
    if (this.#rest !== "") this.#print(this.#rest);
    this.#rest = "";
  }
}
