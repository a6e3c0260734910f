import { escapeHtml } from "../../kernel/notebook/display/escape.ts";
import type { TableColumn } from "../../kernel/notebook/display/output.ts";
import { bodyCell, headerCell } from "../../kernel/notebook/display/table-html.ts";
import type { Rows } from "./rows.ts";
import { ScrollModel } from "./scroll-model.ts";
import { parsed } from "./shown.ts";
import { scrollKeys } from "./table-keys.ts";

const rowHeight = 28;
const visibleRows = 12;
const mostColumns = 300;

/** A table of any length: only the rows in view are in the page. */
export class TableView {
  readonly element = document.createElement("figure");
  readonly #rows: Rows;
  readonly #columns: readonly TableColumn[];
  readonly #scroll: ScrollModel;
  readonly #caption = document.createElement("figcaption");
  readonly #parts: Parts;
  readonly #widths: number[] = [];
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(rows: Rows, caption: string) {
    this.#rows = rows;
    this.#columns = rows.columns.slice(0, mostColumns);
    this.#scroll = new ScrollModel(rows.length, rowHeight);
    this.#parts = buildParts(this.#columns, rows.length);
    this.#caption.textContent = caption;
    this.element.className = "pc-table";
    this.element.append(this.#parts.box, this.#caption);
    rows.onChange = () => this.#changed(caption);
    this.#listen();
    this.#draw();
  }

  #listen(): void {
    const { box } = this.#parts;
    new ResizeObserver(() => this.#resized()).observe(box);
    box.addEventListener("scroll", () => this.#scrolled());
    box.addEventListener("keydown", (event) => {
      const top = scrollKeys(event, this.#scroll.top, this.#scroll.height, rowHeight, visibleRows);
      if (top === undefined) return;
      event.preventDefault();
      this.#scroll.moveTo(top);
      box.scrollTop = this.#scroll.settle();
      this.#draw();
    });
  }

  /** The header's height is known only now; the pane spans header and rows in view. */
  #resized(): void {
    const { box, sizer, pane, head } = this.#parts;
    const header = head.getBoundingClientRect().height;
    if (header === 0) return;
    const full = Math.min(this.#rows.length, visibleRows) * rowHeight;
    sizer.style.height = `${header + this.#scroll.barHeight}px`;
    pane.style.height = `${header + full}px`;
    box.toggleAttribute("data-long", this.#rows.length > visibleRows);
    box.style.maxHeight = `${header + full + (box.offsetHeight - box.clientHeight)}px`;
    this.#scroll.resize(full);
    this.#draw();
  }

  #scrolled(): void {
    const { box } = this.#parts;
    this.#scroll.scrolled(box.scrollTop);
    this.#draw();
    if (this.#scroll.ratio === 1) return;
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      box.scrollTop = this.#scroll.settle();
    }, 150);
  }

  #draw(): void {
    const from = Math.floor(this.#scroll.top / rowHeight);
    const to = Math.min(this.#rows.length, from + visibleRows + 2);
    this.#rows.need(from, to);
    const { body } = this.#parts;
    body.replaceChildren(parsed(this.#bodyHtml(from, to)));
    body.style.transform = `translateY(${-(this.#scroll.top % rowHeight)}px)`;
    this.#holdWidths();
  }

  #bodyHtml(from: number, to: number): string {
    let html = "";
    for (let row = from; row < to; row++)
      html += `<tr aria-rowindex="${row + 2}"><th scope="row" class="pc-row-number">${(row + 1).toLocaleString("en-US")}</th>${this.#cells(row)}</tr>`;
    return html;
  }

  #cells(row: number): string {
    const found = this.#rows.at(row);
    if (!found) return this.#columns.map(() => '<td class="pc-loading">…</td>').join("");
    return this.#columns
      .map((column, index) => bodyCell(found.data.value(found.index, index), column))
      .join("");
  }

  /** Columns only ever grow, so that they do not jump as other rows come into view. */
  #holdWidths(): void {
    const headers = Array.from(this.#parts.head.querySelectorAll("th"));
    const widths = headers.map((header) => header.offsetWidth);
    headers.forEach((header, index) => {
      const width = widths[index] ?? 0;
      if (width <= (this.#widths[index] ?? 0)) return;
      this.#widths[index] = width;
      header.style.minWidth = `${width}px`;
    });
  }

  #changed(caption: string): void {
    const { failure } = this.#rows;
    this.element.dataset.state = failure === null ? "ready" : "failed";
    this.#caption.textContent = failure ?? caption;
    if (failure !== null) this.#caption.append(" ", this.#retryButton());
    this.#draw();
  }

  #retryButton(): HTMLElement {
    const button = document.createElement("button");
    button.className = "pc-more";
    button.textContent = "Try again";
    button.addEventListener("click", () => this.#rows.retry());
    return button;
  }
}

interface Parts {
  readonly box: HTMLElement;
  readonly sizer: HTMLElement;
  readonly pane: HTMLElement;
  readonly head: HTMLElement;
  readonly body: HTMLElement;
}

function buildParts(columns: readonly TableColumn[], rows: number): Parts {
  const label = escapeHtml(`Table, ${rows.toLocaleString("en-US")} rows`);
  const content = parsed(
    `<div class="pc-scroll pc-virtual" tabindex="0" role="region" aria-label="${label}"><div class="pc-sizer">` +
      `<div class="pc-pane"><table aria-rowcount="${rows + 1}"><thead><tr><th class="pc-corner" aria-label="row"></th>` +
      `${columns.map(headerCell).join("")}</tr></thead><tbody></tbody></table></div></div></div>`,
  );
  const find = (selector: string) => content.querySelector(selector) as HTMLElement;
  return {
    box: find(".pc-scroll"),
    sizer: find(".pc-sizer"),
    pane: find(".pc-pane"),
    head: find("thead"),
    body: find("tbody"),
  };
}
