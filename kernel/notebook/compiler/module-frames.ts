/** Local modules in stack traces: they stand there by their names in the workspace, at the author's lines and columns. */
import { type Failure, toFailure, UserError } from "../errors.ts";

export interface ModuleFrame {
  /** "lib/util.ts" */
  readonly name: string;
  readonly line: number;
  readonly column: number;
}

const frame =
  /^\s*(?:at\s+(?:.*\()?|[^\s@]*@)(?!node:|https?:|file:|data:|\/)([^\s()]+\.[mc]?[jt]s):(\d+):(\d+)\)?$/;

/** The module of a frame of V8's or Firefox's stacks, if it is in one. */
export function moduleFrame(line: string): ModuleFrame | null {
  const [, name, at, column] = frame.exec(line) ?? [];
  if (name === undefined || /^cell-\d+\.ts$/.test(name)) return null;
  return { name: decoded(name), line: Number(at), column: Number(column) };
}

/**
 * What a person is told of a module that threw while it was loaded: where, in the module.
 * @param named puts names in the workspace where the platform has addresses of its own
 */
export function loadFailure(
  specifier: string,
  thrown: unknown,
  named: (text: string) => string = (text) => text,
): Failure {
  if (thrown instanceof UserError) return thrown.failure;
  const failure = toFailure(thrown);
  const frames = named(failure.stack ?? "")
    .split("\n")
    .flatMap((line) => moduleFrame(line) ?? []);
  const [top] = frames;
  const where = top ? ` (${top.name}:${top.line}:${top.column})` : "";
  return {
    kind: "runtime",
    message: `module "${specifier}" cannot be loaded: ${named(failure.message)}${where}`,
    ...(frames.length > 0 ? { stack: frames.map(frameText).join("\n") } : {}),
  };
}

function frameText({ name, line, column }: ModuleFrame): string {
  return `    at ${name}:${line}:${column}`;
}

function decoded(name: string): string {
  try {
    return decodeURI(name);
  } catch {
    return name;
  }
}
