import { escapeHtml } from "../../kernel/notebook/display/escape.ts";
import type { TableColumn } from "../../kernel/notebook/display/output.ts";
import { bodyCell, headerCell } from "../../kernel/notebook/display/table-html.ts";
import type { Rows } from "./rows.ts";
import { ScrollModel } from "./scroll-model.ts";
import { parsed } from "./shown.ts";
import { columnsInView, type Span } from "./table-columns.ts";
import { copyCells } from "./table-copy.ts";
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
  #drawn = "";
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
    this.#size(headerHeight(this.#columns));
    this.#listen();
    this.#draw();
  }

  #listen(): void {
    const { box } = this.#parts;
    new ResizeObserver(() => this.#resized()).observe(box);
    box.addEventListener("scroll", () => this.#scrolled());
    box.addEventListener("copy", (event) => copyCells(event, box, this.#rows));
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
    const header = this.#parts.head.getBoundingClientRect().height;
    if (header === 0) return;
    this.#size(header);
    this.#drawn = "";
    this.#draw();
  }

  #size(header: number): void {
    const { box, sizer, pane } = this.#parts;
    box.style.setProperty("--pc-head", `${header}px`);
    const full = Math.min(this.#rows.length, visibleRows) * rowHeight;
    sizer.style.height = `${header + this.#scroll.barHeight}px`;
    pane.style.height = `${header + full}px`;
    box.toggleAttribute("data-long", this.#rows.length > visibleRows);
    box.style.maxHeight = `${header + full + (box.offsetHeight - box.clientHeight)}px`;
    this.#scroll.resize(full);
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
    const { box, body } = this.#parts;
    body.style.transform = `translateY(${-(this.#scroll.top % rowHeight)}px)`;
    const columns = columnsInView(this.#widths, box.scrollLeft, box.clientWidth);
    const drawn = [from, to, columns.from, columns.to].join();
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    body.replaceChildren(parsed(this.#bodyHtml(from, to, columns)));
    this.#holdWidths();
  }

  #bodyHtml(from: number, to: number, columns: Span): string {
    let html = "";
    for (let row = from; row < to; row++)
      html += `<tr aria-rowindex="${row + 2}"><th scope="row" class="pc-row-number">${(row + 1).toLocaleString("en-US")}</th>${this.#cells(row, columns)}</tr>`;
    return html;
  }

  #cells(row: number, { from, to }: Span): string {
    const found = this.#rows.at(row);
    const shown = this.#columns.slice(from, to);
    const cells = found
      ? shown.map((column, index) => bodyCell(found.data.value(found.index, from + index), column))
      : shown.map(() => '<td class="pc-loading">…</td>');
    return gap(from) + cells.join("") + gap(this.#columns.length - from - shown.length);
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
    this.#drawn = "";
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

/** As high as the style sheet makes it: the page must not jump when it is measured. */
function headerHeight(columns: readonly TableColumn[]): number {
  return columns.some(({ type }) => type !== "") ? 46 : 32;
}

/** Stands for columns that are out of view. */
function gap(columns: number): string {
  return columns > 0 ? `<td colspan="${columns}" data-gap></td>` : "";
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
