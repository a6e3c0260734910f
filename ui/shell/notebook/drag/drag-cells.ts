import type { Workbench } from "../context.ts";
import { dropAfter, type Extent, moveTo } from "./drop.ts";

/** Way (px) after which a press is a drag. */
const slack = 4;
/** From this near (px) to the window's edge on, the page scrolls. */
const edge = 70;
const fastest = 18;

/**
 * Moves cells with the pointer, from the press on a handle to its end: a line shows where they would go, the page scrolls
 * at its edges, Escape leaves everything as it was.
 */
export function dragCells(
  workbench: Workbench,
  press: PointerEvent,
  handle: HTMLElement,
  cell: number,
): void {
  const drag = new CellDrag(workbench, handle, cell, press.clientY);
  handle.setPointerCapture(press.pointerId);
  const end = (drop: boolean) => {
    for (const [type, listener] of listeners) handle.removeEventListener(type, listener);
    window.removeEventListener("keydown", cancel, { capture: true });
    drag.end(drop);
  };
  const cancel = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    end(false);
  };
  const listeners: [string, (event: Event) => void][] = [
    ["pointermove", (event) => drag.move((event as PointerEvent).clientY)],
    [
      "pointerup",
      (event) => {
        drag.move((event as PointerEvent).clientY);
        end(true);
      },
    ],
    ["pointercancel", () => end(false)],
    ["lostpointercapture", () => end(false)],
  ];
  for (const [type, listener] of listeners) handle.addEventListener(type, listener);
  window.addEventListener("keydown", cancel, { capture: true });
}

class CellDrag {
  readonly #workbench: Workbench;
  readonly #handle: HTMLElement;
  readonly #ids: readonly number[];
  readonly #from: number;
  readonly #line = document.createElement("div");
  #y: number;
  #moving = false;
  #frame = 0;

  constructor(workbench: Workbench, handle: HTMLElement, cell: number, y: number) {
    const { selection, sections } = workbench;
    this.#workbench = workbench;
    this.#handle = handle;
    this.#ids = sections.withHidden(selection.has(cell) ? selection.ids : [cell]);
    this.#from = y;
    this.#y = y;
    this.#line.className = "drop-line";
  }

  move(y: number): void {
    this.#y = y;
    if (!this.#moving && Math.abs(y - this.#from) > slack) this.#begin();
    if (this.#moving) this.#showLine();
  }

  end(drop: boolean): void {
    if (!this.#moving) return;
    this.#moving = false;
    cancelAnimationFrame(this.#frame);
    const { session, selection } = this.#workbench;
    const operations = drop ? moveTo(this.#order(), this.#ids, this.#after()) : [];
    this.#line.remove();
    document.body.classList.remove("dragging-cells");
    for (const section of this.#sections()) section.removeAttribute("data-dragged");
    if (operations.length === 0) return;
    session.edit(operations);
    const [first, last] = [this.#ids[0], this.#ids.at(-1)];
    if (first !== undefined && last !== undefined) selection.range.set({ anchor: first, head: last });
    requestAnimationFrame(() => selection.refocus());
  }

  #begin(): void {
    this.#moving = true;
    document.body.classList.add("dragging-cells");
    for (const section of this.#sections())
      if (this.#ids.includes(Number(section.dataset.cell))) section.setAttribute("data-dragged", "");
    this.#column?.append(this.#line);
    this.#frame = requestAnimationFrame(this.#scroll);
  }

  readonly #scroll = (): void => {
    const above = edge - this.#y;
    const below = this.#y - (window.innerHeight - edge);
    const by = Math.max(0, below) - Math.max(0, above);
    if (by !== 0) {
      window.scrollBy(0, Math.sign(by) * Math.min(fastest, Math.abs(by) / 3));
      this.#showLine();
    }
    this.#frame = requestAnimationFrame(this.#scroll);
  };

  #showLine(): void {
    const column = this.#column?.getBoundingClientRect();
    const extents = this.#extents();
    const after = dropAfter(extents, this.#y);
    const at = extents.find(({ id }) => id === after)?.bottom ?? extents[0]?.top ?? 0;
    if (column) this.#line.style.top = `${at - column.top + (after === null ? -8 : 7)}px`;
  }

  #after(): number | null {
    const after = dropAfter(this.#extents(), this.#y);
    // Behind a folded heading means behind what it hides.
    return after === null ? null : (this.#workbench.sections.withHidden([after]).at(-1) ?? after);
  }

  #extents(): Extent[] {
    const hidden = this.#workbench.sections.hidden.get();
    return this.#sections().flatMap((section) => {
      const id = Number(section.dataset.cell);
      if (hidden.has(id)) return [];
      const { top, bottom } = section.getBoundingClientRect();
      return [{ id, top, bottom }];
    });
  }

  #order(): number[] {
    return this.#workbench.session.notebook.get().cells.map(({ id }) => id);
  }

  get #column(): HTMLElement | null {
    return this.#handle.closest<HTMLElement>(".column");
  }

  #sections(): HTMLElement[] {
    return [...(this.#column?.querySelectorAll<HTMLElement>("section[data-cell]") ?? [])];
  }
}
