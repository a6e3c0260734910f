import type { CallExpression, Expression, NewExpression, ObjectExpression, SpreadElement } from "acorn";

/** A value that stands in the text. Wrapped, because undefined is such a value too. */
export interface LiteralValue {
  readonly value: unknown;
}

/** The value of a literal: number, string, boolean, null, date, or an array, map or object of such; else null. */
export function literalOf(node: Expression | SpreadElement | null | undefined): LiteralValue | null {
  switch (node?.type) {
    case "Literal":
      return node.regex || node.bigint ? null : { value: node.value };
    case "Identifier":
      return constants.get(node.name) ?? null;
    case "TemplateLiteral":
      return node.expressions.length === 0 ? { value: node.quasis[0]?.value.cooked } : null;
    case "UnaryExpression":
      return signed(node.operator, literalOf(node.argument));
    case "ArrayExpression":
      return allOf(node.elements.map(literalOf));
    case "ObjectExpression":
      return objectOf(node);
    case "NewExpression":
      return constructed(node);
    default:
      return null;
  }
}

const constants: ReadonlyMap<string, LiteralValue> = new Map([
  ["undefined", { value: undefined }],
  ["Infinity", { value: Number.POSITIVE_INFINITY }],
  ["NaN", { value: Number.NaN }],
]);

/** The properties of an object literal that are literals; those that are not are left out. */
export function literalProperties(node: ObjectExpression): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const property of node.properties) {
    if (property.type !== "Property" || property.computed || property.kind !== "init") continue;
    const { key } = property;
    const literal = literalOf(property.value);
    if (literal)
      found.set(
        key.type === "Identifier" ? key.name : String((key as { value: unknown }).value),
        literal.value,
      );
  }
  return found;
}

function signed(operator: string, operand: LiteralValue | null): LiteralValue | null {
  if (typeof operand?.value !== "number") return null;
  if (operator === "-") return { value: -operand.value };
  return operator === "+" ? operand : null;
}

function allOf(items: readonly (LiteralValue | null)[]): LiteralValue | null {
  const values = items.flatMap((item) => (item ? [item.value] : []));
  return values.length === items.length ? { value: values } : null;
}

function objectOf(node: ObjectExpression): LiteralValue | null {
  const found = literalProperties(node);
  return found.size === node.properties.length ? { value: Object.fromEntries(found) } : null;
}

/** `new Date("2024-01-01")` and `new Map([…])`. */
function constructed(node: NewExpression | CallExpression): LiteralValue | null {
  const name = node.callee.type === "Identifier" ? node.callee.name : "";
  const literal = literalOf(node.arguments[0]);
  if (!literal || node.arguments.length !== 1) return null;
  if (name === "Date") return dateOf(literal.value);
  return name === "Map" ? mapOf(literal.value) : null;
}

function dateOf(value: unknown): LiteralValue | null {
  const date = typeof value === "string" || typeof value === "number" ? new Date(value) : null;
  return date && !Number.isNaN(date.getTime()) ? { value: date } : null;
}

function mapOf(value: unknown): LiteralValue | null {
  const isPair = (entry: unknown): entry is [unknown, unknown] => Array.isArray(entry) && entry.length === 2;
  return Array.isArray(value) && value.every(isPair) ? { value: new Map(value) } : null;
}
