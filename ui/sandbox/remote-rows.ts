import type { TableOutput } from "../../kernel/notebook/display/output.ts";
import { fromColumnar, type TableData } from "../../kernel/notebook/display/table-data.ts";
import { failureText, toFailure } from "../../kernel/notebook/errors.ts";
import { tableFromArrow } from "../../kernel/notebook/table.ts";
import type { Ask } from "../library/context.ts";
import { arrowAnswer } from "../library/sql.ts";
import type { Rows } from "./rows.ts";

const pageRows = 500;
const keptPages = 60;

/** Rows of a kernel cell's table: the first are here, others come in pages, one request at a time, newest wish first. */
export class RemoteRows implements Rows {
  readonly columns;
  readonly length: number;
  failure: string | null = null;
  onChange: () => void = () => undefined;
  readonly #id: string | null;
  readonly #head: TableData;
  readonly #pages = new Map<number, TableData>();
  readonly #ask: Ask;
  #wanted: readonly [from: number, to: number] = [0, 0];
  #busy = false;

  constructor(table: TableOutput, ask: Ask) {
    this.columns = table.columns;
    this.#id = table.id;
    this.#head = this.#typed(tableFromArrow(table.head));
    this.length = table.id === null ? this.#head.length : table.rowCount;
    this.#ask = ask;
  }

  at(row: number) {
    if (row < this.#head.length) return { data: this.#head, index: row };
    const data = this.#pages.get(Math.floor(row / pageRows));
    return data && { data, index: row % pageRows };
  }

  need(from: number, to: number): void {
    this.#wanted = [from, Math.min(to, this.length)];
    if (!this.#busy && this.failure === null) void this.#fetchNext();
  }

  retry(): void {
    this.failure = null;
    void this.#fetchNext();
  }

  async #fetchNext(): Promise<void> {
    const page = this.#missing();
    if (page === undefined || this.#id === null) return;
    this.#busy = true;
    try {
      this.#keep(page, await this.#fetch(this.#id, page));
    } catch (error) {
      this.failure = failureText(toFailure(error));
    }
    this.#busy = false;
    this.onChange();
    if (this.failure === null) void this.#fetchNext();
  }

  #missing(): number | undefined {
    const [from, to] = this.#wanted;
    for (let row = from; row < to; row++) if (!this.at(row)) return Math.floor(row / pageRows);
    return undefined;
  }

  async #fetch(table: string, page: number): Promise<TableData> {
    const offset = page * pageRows;
    return this.#typed(arrowAnswer(await this.#ask({ type: "rows", table, offset, limit: pageRows })));
  }

  #keep(page: number, data: TableData): void {
    this.#pages.set(page, data);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > keptPages && oldest !== undefined) this.#pages.delete(oldest);
  }

  /** Arrow does not carry the engine's own type names. */
  #typed(table: {
    length: number;
    getChild(name: string): { at(index: number): unknown } | null | undefined;
  }) {
    const getChild = (name: string) => table.getChild(name);
    return fromColumnar({ columns: this.columns, length: table.length, getChild });
  }
}
