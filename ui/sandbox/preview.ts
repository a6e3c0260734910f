import { readTemplate, type Template } from "../../kernel/notebook/compiler/holes.ts";
import { escapesStay } from "../../kernel/notebook/compiler/template.ts";
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

  async #drawn(draft: Draft): Promise<unknown> {
    const template = templateOf(draft);
    const values = this.#values(draft, codesOf(template));
    const tag = await this.#tagOf(draft.mode);
    return values && tag ? await tag(rawStrings(template.strings), ...values) : null;
  }

  /** @returns null where a value is not known and no text can stand for it */
  #values({ id, mode }: Draft, codes: readonly string[]): unknown[] | null {
    const known = this.#known(id);
    const mayShowCode = mode === "md" || mode === "html";
    if (!mayShowCode && codes.some((code) => !known.has(code))) return null;
    return codes.map((code) => (known.has(code) ? known.get(code) : codeElement(code)));
  }

  /** Values of the last run, by the code that gave them. */
  #known(cell: number): ReadonlyMap<string, unknown> {
    const ran = this.#ran.get(cell);
    if (!ran) return new Map();
    const template = templateOf(ran);
    const [values, codes] = [lastValues(template.strings), codesOf(template)];
    if (values.length !== codes.length) return new Map();
    return new Map(values.map((value, index) => [codes[index] ?? "", value]));
  }

  async #tagOf(mode: string): Promise<Tag | null> {
    const tag = (await this.#library.get(mode)?.()) as (Tag & { block?: Tag }) | undefined;
    return (mode === "tex" ? tag?.block : tag) ?? null;
  }
}

/** A text as its mode reads it. */
function templateOf({ mode, source }: Draft): Template {
  return readTemplate(source, escapesStay.has(mode));
}

/** The code of each expression, without the blanks around it. */
const codesOf = ({ codes }: Template): string[] => codes.map((code) => code.trim());

function codeElement(code: string): HTMLElement {
  const element = document.createElement("code");
  element.className = "pc-hole";
  element.textContent = `\${${code}}`;
  return element;
}

function rawStrings(strings: readonly string[]): TemplateStringsArray {
  return Object.assign([...strings], { raw: strings });
}
