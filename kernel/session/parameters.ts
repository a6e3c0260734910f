/** Values for a notebook's parameters: read from text, checked, and put into the input elements. */
import type { Parameter } from "../notebook/compiler/compiled.ts";
import { inputError, nearest } from "../notebook/errors.ts";

/** @throws UserError for a name that is no parameter, or a value that is not of its type. Returns values by name. */
export function readParameters(
  parameters: readonly Parameter[],
  given: Readonly<Record<string, unknown>>,
): Map<string, unknown> {
  const byName = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  return new Map(
    Object.entries(given).map(([name, value]) => {
      const parameter = byName.get(name);
      if (!parameter) throw unknownParameter(name, [...byName.keys()]);
      return [name, readValue(parameter, value)];
    }),
  );
}

function unknownParameter(name: string, known: readonly string[]): Error {
  const meant = nearest(name, known);
  const all = known.length > 0 ? `the notebook has: ${known.join(", ")}` : "the notebook has none";
  return inputError(`unknown parameter "${name}"`, meant ? `did you mean "${meant}"? ${all}` : all);
}

/** A value as the parameter's type; text is read. @throws UserError when it is not one, or not allowed. */
export function readValue(parameter: Parameter, value: unknown): unknown {
  const read = typeof value === "string" ? readText(parameter, value) : value;
  if (!isOfType(parameter, read)) throw wrongType(parameter, value);
  checkLimits(parameter, read);
  if (parameter.options) checkAllowed(parameter, read, parameter.options);
  return read;
}

function readText(parameter: Parameter, text: string): unknown {
  switch (parameter.type) {
    case "number":
      return text.trim() === "" ? Number.NaN : Number(text);
    case "boolean":
      return { true: true, false: false, yes: true, no: false, "1": true, "0": false }[text.toLowerCase()];
    case "date":
      return new Date(text);
    case "list":
      return text === "" ? [] : text.split(",").map((item) => asOption(parameter, item.trim()));
    case "json":
      return readJson(parameter, text);
    case "string":
      return asOption(parameter, text);
  }
}

/** Text as the allowed value that is written so, which may be a number. */
function asOption(parameter: Parameter, text: string): unknown {
  return parameter.options?.find((option) => String(option) === text) ?? text;
}

function readJson(parameter: Parameter, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw inputError(`parameter ${parameter.name}: "${text}" is not JSON`, 'write it like {"a": 1}');
  }
}

function isOfType({ type, options }: Parameter, value: unknown): boolean {
  switch (type) {
    case "number":
      return typeof value === "number" && !Number.isNaN(value);
    case "boolean":
      return typeof value === "boolean";
    case "date":
      return value instanceof Date && !Number.isNaN(value.getTime());
    case "list":
      return Array.isArray(value);
    case "string":
      return typeof value === "string" || (options?.includes(value) ?? false);
    case "json":
      return true;
  }
}

const articles: Readonly<Record<Parameter["type"], string>> = {
  number: "a number, such as 12.5",
  boolean: "true or false",
  date: "a date, such as 2024-03-31",
  list: "a list, such as a,b",
  string: "text",
  json: "JSON",
};

function wrongType({ name, type }: Parameter, value: unknown): Error {
  return inputError(
    `parameter ${name}: ${JSON.stringify(value)} is not ${articles[type].split(",")[0]}`,
    `give ${articles[type]}`,
  );
}

function checkLimits({ name, min, max }: Parameter, value: unknown): void {
  if (typeof value !== "number") return;
  if ((typeof min === "number" && value < min) || (typeof max === "number" && value > max)) {
    throw inputError(
      `parameter ${name}: ${value} is outside its limits`,
      `give a number from ${min ?? "-∞"} to ${max ?? "∞"}`,
    );
  }
}

/** @throws UserError when the value, or one of a list's, is not among the options. */
export function checkAllowed(
  { name }: Pick<Parameter, "name">,
  value: unknown,
  options: readonly unknown[],
): void {
  for (const item of Array.isArray(value) ? value : [value]) {
    if (options.some((option) => same(option, item))) continue;
    const meant = nearest(String(item), options.map(String));
    const all = options.slice(0, 20).map(String).join(", ") + (options.length > 20 ? " …" : "");
    throw inputError(
      `parameter ${name}: ${JSON.stringify(item)} is not among its allowed values`,
      `${meant ? `did you mean ${JSON.stringify(meant)}? ` : ""}allowed: ${all}`,
    );
  }
}

function same(option: unknown, item: unknown): boolean {
  return option === item || String(option) === String(item);
}
