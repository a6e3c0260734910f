import type { CallExpression, Expression, Program, SpreadElement } from "acorn";
import type { Parameter } from "./compiled.ts";
import { literalOf, literalProperties } from "./literal.ts";
import type { AnyNode } from "./syntax.ts";

type Type = Parameter["type"];

/** What each input gives; null where it depends on the options. */
const types: Readonly<Record<string, Type | null>> = {
  range: "number",
  number: "number",
  button: "number",
  text: "string",
  textarea: "string",
  email: "string",
  tel: "string",
  url: "string",
  password: "string",
  color: "string",
  toggle: "boolean",
  select: null,
  radio: null,
  checkbox: "list",
  search: "list",
  table: "list",
  date: "date",
  datetime: "date",
  file: "json",
  form: "json",
};

const withChoices = new Set(["select", "radio", "checkbox"]);
const withLimits = new Set(["range", "number"]);

/** The parameter that a program declares, if it is `const name = view(Inputs.kind(…))` and nothing else. */
export function findParameter(program: Program): Parameter | null {
  const [statement] = program.body;
  if (statement?.type !== "VariableDeclaration" || program.body.length !== 1) return null;
  const [declarator] = statement.declarations;
  if (statement.kind !== "const" || statement.declarations.length !== 1) return null;
  if (declarator?.id.type !== "Identifier") return null;
  const input = viewedInput(declarator.init);
  return input ? parameterOf(declarator.id.name, input) : null;
}

/** The parameter of a name whose value is that of an input, if this is a call of `Inputs`. */
export function parameterOf(name: string, node: AnyNode): Parameter | null {
  const input = inputCall(node);
  return input ? describe(name, input) : null;
}

interface InputCall {
  readonly kind: string;
  readonly call: CallExpression;
}

/** What stands inside `view(…)`. */
function viewedInput(node: Expression | null | undefined): AnyNode | null {
  if (node?.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "view")
    return null;
  const [input] = node.arguments;
  return input && node.arguments.length === 1 ? input : null;
}

/** `Inputs.kind(…)`. */
function inputCall(call: AnyNode): InputCall | null {
  if (call.type !== "CallExpression") return null;
  const { callee } = call;
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier")
    return null;
  if (callee.object.type !== "Identifier" || callee.object.name !== "Inputs") return null;
  const kind = callee.property.name;
  return Object.hasOwn(types, kind) ? { kind, call } : null;
}

function describe(name: string, { kind, call }: InputCall): Parameter {
  const [first, second] = call.arguments;
  const hasData =
    withChoices.has(kind) || withLimits.has(kind) || ["search", "table", "button", "form"].includes(kind);
  const settings = optionsOf(hasData && first?.type !== "ObjectExpression" ? second : first);
  const choices = withChoices.has(kind) ? choicesOf(first) : undefined;
  const value = plain(settings.get("value"));
  const multiple = kind === "checkbox" || Boolean(settings.get("multiple"));
  return {
    name,
    input: kind,
    type: multiple ? "list" : (types[kind] ?? typeOfChoices(choices ?? [value])),
    ...labelOf(settings),
    ...(value === undefined ? {} : { default: value }),
    ...(choices === undefined ? {} : { options: choices }),
    ...limitsOf(kind, first, settings),
  };
}

function optionsOf(node: Expression | SpreadElement | undefined): Map<string, unknown> {
  return node?.type === "ObjectExpression" ? literalProperties(node) : new Map();
}

function labelOf(settings: ReadonlyMap<string, unknown>): Pick<Parameter, "label"> {
  const label = settings.get("label");
  return typeof label === "string" ? { label } : {};
}

/** The values that can be chosen: of a Map, its values, as Inputs has it. */
function choicesOf(node: Expression | SpreadElement | undefined): readonly unknown[] | undefined {
  const value = literalOf(node)?.value;
  if (value instanceof Map) return [...value.values()].map(plain);
  return Array.isArray(value) ? value.map(plain) : undefined;
}

function typeOfChoices(choices: readonly unknown[]): Type {
  const known = choices.filter((choice) => choice !== null && choice !== undefined);
  const all = (type: string) => known.length > 0 && known.every((choice) => typeof choice === type);
  if (all("number")) return "number";
  if (all("boolean")) return "boolean";
  return known.every((choice) => typeof choice === "string") ? "string" : "json";
}

/** `[min, max]` of the first argument, or `min` and `max` of the options. */
function limitsOf(
  kind: string,
  first: Expression | SpreadElement | undefined,
  settings: ReadonlyMap<string, unknown>,
): Pick<Parameter, "min" | "max" | "step"> {
  const extent = withLimits.has(kind) ? literalOf(first)?.value : undefined;
  const [low, high] = Array.isArray(extent) ? extent : [];
  const min = limit(low) ?? limit(settings.get("min"));
  const max = limit(high) ?? limit(settings.get("max"));
  const step = settings.get("step");
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(typeof step === "number" ? { step } : {}),
  };
}

function limit(value: unknown): number | string | undefined {
  const bound = plain(value);
  if (typeof bound === "string") return bound;
  return typeof bound === "number" && Number.isFinite(bound) ? bound : undefined;
}

/** Dates as text, so that a parameter is JSON. */
function plain(value: unknown): unknown {
  if (!(value instanceof Date)) return value;
  const text = value.toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
}
