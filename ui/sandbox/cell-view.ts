import type { Output } from "../../kernel/notebook/display/output.ts";
import type { Ask } from "../library/context.ts";
import type { OpenPaths } from "./inspect.ts";
import { openDetails, reopenDetails } from "./open-details.ts";
import { show, showOutput } from "./show.ts";
import type { Shown } from "./shown.ts";

/** Longest time in ms that the height before is held for values that are still to come. */
const patience = 1000;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** What one cell shows. */
export class CellView {
  readonly slot: HTMLElement;
  #shown: Shown[] = [];
  /** Entries that stand open, by place of the display; they stay so from run to run. */
  readonly #open: OpenPaths[] = [];
  #tables = new Map<string, Shown>();
  readonly #height: () => number;

  /** @param height of the slot as it was last drawn, in px: to measure it here would lay out the page for each cell */
  constructor(slot: HTMLElement, height: () => number) {
    this.slot = slot;
    this.#height = height;
  }

  /** Takes away what is shown, of this session or kept. The height stays until `settle`, so that nothing below jumps. */
  clear(): void {
    this.#shown = [];
    this.slot.removeAttribute("data-kept");
    if (!this.slot.hasChildNodes()) return;
    this.reserve(this.#height());
    this.slot.replaceChildren();
  }

  /** All is shown: lets go of the height once values that are still to come are there, or after a second. */
  async settle(): Promise<void> {
    const shown = this.#shown;
    const late = shown.flatMap(({ ready }) => ready ?? []);
    if (late.length > 0) await Promise.race([Promise.all(late), pause(patience)]);
    if (shown === this.#shown) this.slot.style.minHeight = "";
  }

  /** Holds this height (px) until something is shown. */
  reserve(height: number): void {
    this.slot.style.minHeight = `${height}px`;
  }

  /** Shows this in place of the outputs, which stay what they are. */
  showDraft(element: Node): void {
    this.slot.style.minHeight = "";
    this.slot.removeAttribute("data-kept");
    const output = document.createElement("div");
    output.className = "pc-output";
    output.append(element);
    this.slot.replaceChildren(output);
  }

  /** What to keep of it, once values that are still to come are there. */
  async complete(): Promise<readonly Output[]> {
    await Promise.all(this.#shown.flatMap(({ ready }) => ready ?? []));
    return this.snapshot();
  }

  /** Shows one more value below the others. */
  append(value: unknown, signal: AbortSignal): void {
    const place = this.#shown.length;
    this.#open[place] ??= new Set();
    const shown = show(value, this.#open[place], signal);
    this.#shown.push(shown);
    this.slot.append(shown.element);
  }

  /** Shows outputs as they come from the kernel, or as they were kept. A table that is shown already stays scrolled. */
  replace(outputs: readonly Output[], kept: boolean, ask: Ask): void {
    const open = openDetails(this.slot);
    const before = this.#tables;
    this.#tables = new Map();
    this.#shown = outputs.map(
      (output, place) => this.#reused(output, before) ?? this.#made(output, place, kept, ask),
    );
    this.slot.style.minHeight = "";
    this.slot.replaceChildren(...this.#shown.map((shown) => shown.element));
    this.slot.toggleAttribute("data-kept", kept);
    reopenDetails(this.slot, open);
    for (const [index, output] of outputs.entries()) this.#remember(output, this.#shown[index]);
  }

  /** Shows outputs of the kernel in the place of those from the `from`-th on; the ones before stay. */
  replaceFrom(from: number, outputs: readonly Output[], ask: Ask): void {
    const gone = this.#shown.splice(from);
    const open = gone.length > 0 ? openDetails(this.slot) : [];
    const shown = outputs.map(
      (output, index) => this.#reused(output, this.#tables) ?? this.#made(output, from + index, false, ask),
    );
    for (const { element } of gone) element.remove();
    this.#shown.push(...shown);
    this.slot.append(...shown.map(({ element }) => element));
    reopenDetails(this.slot, open);
    for (const [index, output] of outputs.entries()) this.#remember(output, shown[index]);
  }

  /** What to keep of it. */
  snapshot(): readonly Output[] {
    return this.#shown.filter((shown) => shown.element.isConnected).map((shown) => shown.snapshot());
  }

  #made(output: Output, place: number, kept: boolean, ask: Ask): Shown {
    this.#open[place] ??= new Set();
    return showOutput(output, kept, ask, this.#open[place]);
  }

  #reused(output: Output, before: ReadonlyMap<string, Shown>): Shown | undefined {
    return output.type === "table" && output.table.id !== null ? before.get(output.table.id) : undefined;
  }

  #remember(output: Output, shown: Shown | undefined): void {
    if (output.type === "table" && output.table.id !== null && shown)
      this.#tables.set(output.table.id, shown);
  }
}
