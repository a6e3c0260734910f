import type { Parameter } from "../notebook/compiler/compiled.ts";
import { inputError, nearest, type UserError } from "../notebook/errors.ts";

type Known = Pick<Parameter, "name" | "type">;

/** Values by parameter name: text as typed (lists with commas), true or false for flags. */
export type ParameterValues = Readonly<Record<string, string | boolean>>;

/**
 * Reads `--table flights`, `--table=flights`, `--flag`, `--no-flag`, `--list a,b --list c`. A name may be written
 * in kebab-case: `--min-delay` is `minDelay`. Types of values are for the run to check.
 * @throws UserError on a name that the notebook does not have, a value that is missing, or a stray word.
 */
export function readParameters(tokens: readonly string[], known: readonly Known[]): ParameterValues {
  const values: Record<string, string | boolean> = {};
  for (let at = 0; at < tokens.length; ) at += readOne(tokens, at, known, values);
  return values;
}

/** Reads `name=value` as `--param` takes it, on top of what is there. */
export function readAssignment(text: string, known: readonly Known[]): readonly string[] {
  const equals = text.indexOf("=");
  if (equals < 1) throw inputError(`--param "${text}" is not NAME=VALUE`, "write --param table=flights");
  const parameter = find(text.slice(0, equals), known);
  return [`--${parameter.name}=${text.slice(equals + 1)}`];
}

/** Reads the token at `at` and gives the number of tokens that it took. */
function readOne(
  tokens: readonly string[],
  at: number,
  known: readonly Known[],
  values: Record<string, string | boolean>,
): number {
  const token = tokens[at] ?? "";
  if (token === "--") return 1;
  const [, name = "", inline] = /^--([^=]+)(?:=(.*))?$/s.exec(token) ?? [];
  if (!name) throw strayWord(token);
  const negated = negation(name, known);
  const parameter = negated ?? find(name, known);
  if (negated || (parameter.type === "boolean" && !isBoolean(inline ?? tokens[at + 1]))) {
    if (inline !== undefined) throw notBoolean(name, inline);
    put(values, parameter, !negated);
    return 1;
  }
  const value = inline ?? tokens[at + 1];
  if (value === undefined || (inline === undefined && isOption(value, known))) throw missingValue(parameter);
  put(values, parameter, parameter.type === "boolean" ? value === "true" : value);
  return inline === undefined ? 2 : 1;
}

function put(values: Record<string, string | boolean>, parameter: Known, value: string | boolean): void {
  const before = values[parameter.name];
  if (parameter.type !== "list") {
    if (before !== undefined)
      throw inputError(`parameter --${parameter.name} is given twice`, "give it once");
    values[parameter.name] = value;
    return;
  }
  values[parameter.name] = [before, value].filter((text) => text !== undefined && text !== "").join(",");
}

function find(name: string, known: readonly Known[]): Known {
  const camel = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const found = known.find((p) => p.name === name) ?? known.find((p) => p.name === camel);
  if (found) return found;
  throw unknownParameter(name, known);
}

function negation(name: string, known: readonly Known[]): Known | undefined {
  if (!name.startsWith("no-") || known.some((p) => p.name === name)) return undefined;
  const parameter = find(name.slice(3), known);
  if (parameter.type === "boolean") return parameter;
  throw inputError(
    `--${name} needs a yes-or-no parameter, and ${parameter.name} is a ${parameter.type}`,
    `write --${parameter.name} VALUE`,
  );
}

const isBoolean = (text: string | undefined) => text === "true" || text === "false";

/** `--words` that name a parameter end the value before them; any other text may be a value, "-5" and "--" too. */
function isOption(text: string, known: readonly Known[]): boolean {
  const name = /^--(?:no-)?([^=]+)/.exec(text)?.[1];
  return name !== undefined && known.some((p) => p.name === name);
}

export function unknownParameter(name: string, known: readonly Known[]): UserError {
  const near = nearest(
    name,
    known.map((p) => p.name),
  );
  const list = known.map((p) => `--${p.name}`).join(", ");
  const all = known.length ? `its parameters are ${list}` : "it has no parameters";
  return inputError(`the notebook has no parameter "${name}"`, near ? `did you mean --${near}?` : all);
}

const strayWord = (token: string) =>
  inputError(`"${token}" is not a parameter`, "write parameters as --NAME VALUE after the notebook");

const notBoolean = (name: string, value: string) =>
  inputError(`--${name}=${value} is neither true nor false`, `write --${name} or --no-${name}`);

const missingValue = (parameter: Known) =>
  inputError(`parameter --${parameter.name} has no value`, `write --${parameter.name} VALUE`);
