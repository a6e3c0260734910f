/** Reads what was thrown. Any value can be thrown, and reading it must never throw again. */

/** An error as far as it can be read. */
export interface ThrownError {
  /** `TypeError: a is not a function`, or the bare message of a plain Error. */
  readonly message: string;
  /** The message after the error's name, whatever that is: `Error: no`. */
  readonly title: string;
  /** The lines of its stack, without the message before them; "" when there are none. */
  readonly stack: string;
  /** Its `cause`, and the errors of an AggregateError. */
  readonly causes: readonly unknown[];
}

/** Characters. */
const longestMessage = 2_000;
const longestStack = 50_000;
const mostCauses = 10;

/** Null when the value is not an error. Errors of other realms are. */
export function readError(thrown: unknown): ThrownError | null {
  if (!isError(thrown)) return null;
  const name = textOf(thrown, "name") ?? "Error";
  const message = textOf(thrown, "message");
  const shown = message === undefined ? undefined : readable(message);
  return {
    message: titled(name === "Error" ? "" : name, shown),
    title: titled(name, shown),
    stack: framesOf(textOf(thrown, "stack") ?? "", message ?? ""),
    causes: causesOf(thrown),
  };
}

export function isError(thrown: unknown): thrown is Error {
  try {
    return thrown instanceof Error || Object.prototype.toString.call(thrown) === "[object Error]";
  } catch {
    return false;
  }
}

/** A text of bounded length in which no control character can hide anything. */
export function readable(text: string, longest = longestMessage): string {
  const shown = text.length <= longest ? text : text.slice(0, longest);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to make visible
  const clear = shown.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, escaped);
  return shown === text ? clear : `${clear}… (${text.length.toLocaleString("en-US")} characters in all)`;
}

function escaped(character: string): string {
  if (character === "\r") return "";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function titled(name: string, message: string | undefined): string {
  if (message === undefined) return `${name || "Error"}, whose message cannot be read`;
  if (message === "") return `${name || "Error"} without a message`;
  return name === "" ? message : `${name}: ${message}`;
}

/** V8 writes the message before the frames, and a message can have lines that look like frames. */
function framesOf(stack: string, message: string): string {
  const at = message === "" ? -1 : stack.indexOf(message);
  const frames = at < 0 ? stack : stack.slice(at + message.length);
  return frames.slice(0, longestStack);
}

function textOf(value: unknown, key: string): string | undefined {
  const found = read(value, key);
  return typeof found === "string" ? found : undefined;
}

function read(value: unknown, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function causesOf(error: unknown): readonly unknown[] {
  const cause = read(error, "cause");
  return [...(cause === undefined ? [] : [cause]), ...listOf(read(error, "errors"))];
}

function listOf(value: unknown): readonly unknown[] {
  try {
    return Array.isArray(value) ? value.slice(0, mostCauses) : [];
  } catch {
    return [];
  }
}
