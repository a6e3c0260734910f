import { tsPlugin } from "@sveltejs/acorn-typescript";
import { type Expression, type Node, type Options, Parser, type Program, tokTypes } from "acorn";

/** What acorn's parser has and its types leave out. */
export interface RawParser {
  readonly type: unknown;
  readonly start: number;
  nextToken(): void;
  parseExpression(): Expression;
  parse(): Program;
}
export type RawParserClass = new (options: Options, input: string, start?: number) => RawParser;

/** The inner methods of the TypeScript parser that `conditionals` builds on. */
interface Inner {
  match(type: unknown): boolean;
  eat(type: unknown): boolean;
  expect(type: unknown): void;
  startNodeAt(start: number, location: unknown): Record<string, unknown>;
  finishNode(node: Record<string, unknown>, type: string): Node;
  parseMaybeAssign(forInit?: unknown): Node;
  shouldParseArrow(list: unknown): boolean;
  tryParse(attempt: (abort: () => never) => Node): { node: Node | null; error: unknown; aborted: boolean };
}
type InnerClass = new (...parameters: ConstructorParameters<RawParserClass>) => Inner;

/**
 * `a ? (b) : c => d` is a conditional, although `(b): c => d` alone is an arrow function with a return type. The
 * plugin does not go back when no `:` follows such an arrow; TypeScript does, and so does this.
 */
function conditionals(Base: InnerClass): InnerClass {
  return class extends Base {
    #plainArrows = false;

    parseConditional(test: Node, start: number, location: unknown, forInit: unknown): Node {
      if (!this.eat(tokTypes.question)) return test;
      const node = this.startNodeAt(start, location);
      node.test = test;
      node.consequent = this.#consequent();
      this.expect(tokTypes.colon);
      node.alternate = this.parseMaybeAssign(forInit);
      return this.finishNode(node, "ConditionalExpression");
    }

    override shouldParseArrow(list: unknown): boolean {
      return !(this.#plainArrows && this.match(tokTypes.colon)) && super.shouldParseArrow(list);
    }

    #consequent(): Node {
      const attempt = this.tryParse((abort) => {
        const node = this.parseMaybeAssign();
        return this.match(tokTypes.colon) ? node : abort();
      });
      if (attempt.node) return attempt.node;
      if (!attempt.aborted) throw attempt.error;
      return this.#withPlainArrows(() => this.parseMaybeAssign());
    }

    #withPlainArrows(parse: () => Node): Node {
      const before = this.#plainArrows;
      this.#plainArrows = true;
      try {
        return parse();
      } finally {
        this.#plainArrows = before;
      }
    }
  };
}

/** The inner state and method of the TypeScript parser that `parameters` builds on. */
interface InnerParameters {
  awaitPos: number;
  yieldPos: number;
  tsTryParseGenericAsyncArrowFunction(start: number, location: unknown, forInit: unknown): Node | undefined;
}
type InnerParametersClass = new (...parameters: ConstructorParameters<RawParserClass>) => InnerParameters;

/** `async <T>(p) => p` after an `await` of the same cell: the plugin takes that `await` for one in the parameters. */
function parameters(Base: InnerParametersClass): InnerParametersClass {
  return class extends Base {
    override tsTryParseGenericAsyncArrowFunction(start: number, location: unknown, forInit: unknown) {
      const { awaitPos, yieldPos } = this;
      this.awaitPos = 0;
      this.yieldPos = 0;
      const arrow = super.tsTryParseGenericAsyncArrowFunction(start, location, forInit);
      this.awaitPos = awaitPos;
      this.yieldPos = yieldPos;
      return arrow;
    }
  };
}

type Mixin = (Base: typeof Parser) => typeof Parser;

/** acorn with TypeScript. Needs the option `locations`. */
export const TypeScriptParser = Parser.extend(
  tsPlugin(),
  conditionals as unknown as Mixin,
  parameters as unknown as Mixin,
) as unknown as RawParserClass;
