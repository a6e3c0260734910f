import { readTemplate, type Template } from "../../kernel/notebook/compiler/holes.ts";
import type { Cell } from "../../kernel/notebook/document/notebook.ts";
import { lastValues } from "../library/last-values.ts";
import type { Library } from "../library/library.ts";

/** A text cell as it is being written. */
export type Draft = Pick<Cell, "id" | "mode" | "source">;

type Tag = (strings: readonly string[], ...values: unknown[]) => unknown;

/**
 * Draws a text cell as it is being written, without running anything: `${…}` shows what it showed last, or its code
 * where that is not known. What is drawn stands until the cell runs.
 */
export class Preview {
  readonly #library: Library;
  readonly #show: (cell: number, element: Node) => void;
  /** Cells as last run. */
  readonly #ran = new Map<number, Draft>();
  readonly #latest = new Map<number, Draft>();

  constructor(library: Library, show: (cell: number, element: Node) => void) {
    this.#library = library;
    this.#show = show;
  }

  /** Cells run with another text. What was drawn of them before counts no longer. */
  ran(cells: readonly Draft[]): void {
    for (const cell of cells) {
      this.#ran.set(cell.id, cell);
      this.#latest.delete(cell.id);
    }
  }

  /** Draws a text, unless it is what has just run. While it cannot be read, what was drawn before stays. */
  async draw(draft: Draft): Promise<void> {
    const ran = this.#ran.get(draft.id);
    if (!this.#latest.has(draft.id) && ran?.source === draft.source && ran.mode === draft.mode) return;
    this.#latest.set(draft.id, draft);
    try {
      const element = await this.#drawn(draft);
      if (element instanceof Node && this.#latest.get(draft.id) === draft) this.#show(draft.id, element);
    } catch {
      // An expression or formula that is not finished.
    }
  }

  async #drawn({ id, mode, source }: Draft): Promise<unknown> {
    const template = readTemplate(source, mode === "tex" || mode === "dot");
    const values = this.#values(id, template, source, mode === "md" || mode === "html");
    const tag = await this.#tagOf(mode);
    return values && tag ? await tag(rawStrings(template.strings), ...values) : null;
  }

  /** @returns null where a value is not known and no text can stand for it */
  #values(
    cell: number,
    { expressions, starts }: Template,
    source: string,
    mayShowCode: boolean,
  ): unknown[] | null {
    const known = this.#known(cell);
    const codes = expressions.map((_, index) => codeOf(source, starts, index));
    if (!mayShowCode && codes.some((code) => !known.has(code))) return null;
    return codes.map((code) => (known.has(code) ? known.get(code) : codeElement(code)));
  }

  /** Values of the last run, by the code that gave them. */
  #known(cell: number): ReadonlyMap<string, unknown> {
    const ran = this.#ran.get(cell);
    if (!ran) return new Map();
    const { strings, expressions, starts } = readTemplate(
      ran.source,
      ran.mode === "tex" || ran.mode === "dot",
    );
    const values = lastValues(strings);
    if (values.length !== expressions.length) return new Map();
    return new Map(values.map((value, index) => [codeOf(ran.source, starts, index), value]));
  }

  async #tagOf(mode: string): Promise<Tag | null> {
    const tag = (await this.#library.get(mode)?.()) as (Tag & { block?: Tag }) | undefined;
    return (mode === "tex" ? tag?.block : tag) ?? null;
  }
}

/** The code of an expression: what stands between the texts around it, without `${` and `}`. */
function codeOf(source: string, starts: readonly number[], index: number): string {
  const end = (starts[index + 1] ?? source.length) - 1;
  const open = source.indexOf("${", holeFrom(source, starts[index] ?? 0));
  return source.slice(open + 2, end).trim();
}

/** The first hole at or after a place that no backslash makes text. */
function holeFrom(source: string, from: number): number {
  for (let at = source.indexOf("${", from); at >= 0; at = source.indexOf("${", at + 2)) {
    const slashes = /\\*$/.exec(source.slice(from, at))?.[0].length ?? 0;
    if (slashes % 2 === 0) return at;
  }
  return from;
}

function codeElement(code: string): HTMLElement {
  const element = document.createElement("code");
  element.className = "pc-hole";
  element.textContent = `\${${code}}`;
  return element;
}

function rawStrings(strings: readonly string[]): TemplateStringsArray {
  return Object.assign([...strings], { raw: strings });
}
