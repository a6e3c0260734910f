import { readTemplate, type Template } from "../notebook/compiler/holes.ts";
import type { AnyNode } from "../notebook/compiler/syntax.ts";
import { tableIdentifier } from "../notebook/library/sql-template.ts";
import { identifier } from "../notebook/sql-text.ts";
import { endOfHole } from "./template-code.ts";

/** A SQL cell's query with parameters where its `${…}` stand; every other word is where the author has it. */
export interface CellQuery {
  readonly sql: string;
  readonly params: number;
}

/** The query of a SQL cell, or null where it cannot be told without running it. */
export function queryOf(source: string): CellQuery | null {
  const template = attempt(source);
  if (!template || source.trim() === "") return null;
  let sql = template.strings[0] ?? "";
  let params = 0;
  for (const [index, expression] of template.expressions.entries()) {
    const name = nameOf(expression);
    const end = Math.min(source.length, endOfHole(source, sql.length + 2) + 1);
    const text = name ?? `$${++params}`;
    sql += filled(source.slice(sql.length, end), text);
    if (sql.length > end) return null;
    sql += template.strings[index + 1] ?? "";
  }
  return sql.length === source.length ? { sql, params } : null;
}

function attempt(source: string): Template | null {
  try {
    return readTemplate(source);
  } catch {
    return null;
  }
}

/** As long as what it stands for, with the same lines. */
function filled(hole: string, text: string): string {
  return text + hole.slice(text.length).replace(/[^\n]/g, " ");
}

/** `table("a.b")`, `sql.table("a.b")` and `sql.identifier("a")` are text; they must be no longer than what stands there. */
function nameOf(node: AnyNode): string | null {
  if (node.type !== "CallExpression") return null;
  const [argument] = node.arguments;
  if (argument?.type !== "Literal" || typeof argument.value !== "string") return null;
  const { callee } = node;
  const name =
    callee.type === "Identifier"
      ? callee.name
      : callee.type === "MemberExpression" &&
          callee.object.type === "Identifier" &&
          callee.property.type === "Identifier"
        ? `${callee.object.name}.${callee.property.name}`
        : "";
  if (name === "table" || name === "sql.table") return tableIdentifier(argument.value).text;
  return name === "sql.identifier" ? identifier(argument.value) : null;
}
