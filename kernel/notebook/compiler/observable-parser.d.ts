/** @observablehq/parser 6.1.0 ships no types: what it adds to acorn's trees. */
declare module "@observablehq/parser" {
  import type { BlockStatement, Expression, Identifier, Literal, Node } from "acorn";

  /** `viewof x` or `mutable x`. */
  export interface SpecialExpression extends Node {
    readonly type: "ViewExpression" | "MutableExpression";
    readonly id: Identifier;
  }

  export interface NotebookSpecifier extends Node {
    readonly view: boolean;
    readonly mutable: boolean;
    readonly imported: Identifier;
    readonly local: Identifier;
  }

  /** `import {a as b} with {c as d} from "@user/notebook"`. */
  export interface NotebookImport extends Node {
    readonly type: "ImportDeclaration";
    readonly specifiers: readonly NotebookSpecifier[];
    readonly injections?: readonly NotebookSpecifier[];
    readonly source: Literal;
  }

  export interface ObservableCell extends Node {
    readonly id: Identifier | SpecialExpression | null;
    readonly body: Expression | BlockStatement | NotebookImport | null;
    readonly async: boolean;
    readonly generator: boolean;
    /** Each use of a name that the cell does not define. */
    readonly references: readonly (Identifier | SpecialExpression)[];
  }

  export function parseCell(
    input: string,
    options?: { globals?: Iterable<string>; ecmaVersion?: number | "latest" },
  ): ObservableCell;
}
