/** What a program that failed says, as the author's failure: its message, and the line in the cell. */

import type { ChildResult } from "../../engine/child.ts";
import type { Interpreter } from "../../notebook/document/notebook.ts";
import { type Failure, UserError } from "../../notebook/errors.ts";
import { interpreterNames } from "./interpreters.ts";

/** What is known of an end that was no success. */
export interface Ending {
  readonly interpreter: Interpreter;
  readonly result: Pick<ChildResult, "status" | "signal">;
  /** The end of what it wrote to standard error. */
  readonly stderr: string;
  readonly code: string;
}

export function loaderFailure({ interpreter, result, stderr, code }: Ending): UserError {
  const name = interpreterNames[interpreter];
  if (result.signal) return ended(name, result.signal);
  const said = readers[interpreter](stderr, code);
  const message = said?.message ?? `${name} ended with status ${result.status}`;
  const remedy = said?.message ? remedyFor(said.message) : undefined;
  return new UserError({ kind: "runtime", ...said, message, ...(remedy ? { remedy } : {}) });
}

function ended(name: string, signal: string): UserError {
  return new UserError({
    kind: "runtime",
    message: `${name} was ended by ${signal}`,
    remedy:
      signal === "SIGKILL"
        ? "the system may have run out of memory; work on less data at once"
        : "the console below the cell shows what it said",
  });
}

type Said = Partial<Pick<Failure, "message" | "line" | "column">>;

const readers: Readonly<Record<Interpreter, (stderr: string, code: string) => Said | null>> = {
  python: pythonSaid,
  node: nodeSaid,
  r: rSaid,
};

/** A traceback ends with the error; the innermost frame in the program is the last that names `<stdin>`. */
function pythonSaid(stderr: string, code: string): Said | null {
  const lines = stderr.trimEnd().split("\n");
  const message = lines.findLast((line) => /^[\w.]+(?::|$)/.test(line));
  const frame = lines.findLastIndex((line) => /^ {2}File "<stdin>", line \d+/.test(line));
  if (message === undefined) return null;
  if (frame < 0) return { message };
  const line = Number(/line (\d+)/.exec(lines[frame] ?? "")?.[1]);
  const column = pythonColumn(lines.slice(frame + 1), code.split("\n")[line - 1] ?? "");
  return { message, line, ...(column === null ? {} : { column }) };
}

/** A mistake of syntax is shown by a caret below its line, of which the indentation is left out. */
function pythonColumn([shown = "", marks = ""]: readonly string[], text: string): number | null {
  const caret = /^( +)\^/.exec(marks)?.[1]?.length;
  if (caret === undefined || shown.trim() !== text.trim()) return null;
  return caret - shown.search(/\S/) + text.search(/\S/) + 1;
}

/** The error stands above its stack; the program has the name `[eval1]` there. */
function nodeSaid(stderr: string): Said | null {
  const lines = stderr.split("\n");
  const first = lines.findLastIndex((line, index) => !isFrame(line) && isFrame(lines[index + 1] ?? ""));
  const start = lines.findLastIndex((line, index) => index < first + 1 && line.trim() === "") + 1;
  const text = lines.slice(start, first + 1).join("\n");
  const place = /\[(?:eval\d*|stdin)\]:(\d+)(?::(\d+))?/.exec(lines.slice(first + 1).join("\n"));
  if (first < 0 || text === "") return null;
  if (!place) return { message: text };
  return { message: text, line: Number(place[1]), column: Number(place[2] ?? 1) };
}

const isFrame = (line: string) => /^\s+at /.test(line);

function rSaid(stderr: string): Said | null {
  const found = /^Error[^\n]*(?:\n {2}[^\n]*)?/gm;
  const message = stderr.match(found)?.at(-1)?.replace(/\s+/g, " ").trim();
  const line = /<stdin>:(\d+):(\d+)|\(from -?#?(\d+)\)/.exec(stderr);
  if (!message) return null;
  return line?.[1] ? { message, line: Number(line[1]), column: Number(line[2]) } : { message };
}

function remedyFor(message: string): string | undefined {
  const python = /^ModuleNotFoundError: No module named '([^']+)'/.exec(message)?.[1];
  if (python) return `install it: python3 -m pip install ${python.split(".")[0]}`;
  const r = /there is no package called .(.+?).$/.exec(message)?.[1];
  if (r) return `install it: Rscript -e 'install.packages("${r}")'`;
  if (/Cannot find package '([^']+)'/.test(message)) return "install it in the workspace: npm install";
  if (/Access to this API has been restricted/.test(message))
    return "a Node data loader may only read files of the workspace; a TypeScript cell on the kernel may do more";
  return undefined;
}
