/** Tables of Arquero and of flechette (`aq`, `Arrow` in cells), which cross as Arrow bytes and become what they were. */
import { type Table, tableFromIPC, tableToIPC } from "@uwdata/flechette";
import { type Lazy, lazy } from "../runtime/lazy.ts";

interface ArqueroTable {
  columnNames(): string[];
  toArrowIPC(options: { format: "stream" }): Uint8Array;
}

/** How flechette reads its columns; a table does not tell how it was read, its values do. */
interface Reading {
  readonly useDate?: boolean;
  readonly useBigInt?: boolean;
  readonly useMap?: boolean;
}

export function isArqueroTable(value: object): value is ArqueroTable {
  const { columnNames, toArrowIPC } = value as Partial<ArqueroTable>;
  return typeof columnNames === "function" && typeof toArrowIPC === "function";
}

export function arqueroBytes(table: ArqueroTable): Uint8Array {
  return table.toArrowIPC({ format: "stream" });
}

/** Arquero is loaded when a cell uses the table. */
export class CrossedArqueroTable implements Lazy {
  readonly #bytes: Uint8Array;
  #table: Promise<unknown> | null = null;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  [lazy](): Promise<unknown> {
    this.#table ??= import("arquero").then(({ fromArrow }) =>
      fromArrow(this.#bytes as Uint8Array<ArrayBuffer>, { useDate: true, useBigInt: true }),
    );
    return this.#table;
  }
}

export function isArrowTable(value: object): value is Table {
  const { schema, getChildAt, toColumns, selectAt } = value as Partial<Table>;
  return (
    typeof schema === "object" &&
    typeof getChildAt === "function" &&
    typeof toColumns === "function" &&
    typeof selectAt === "function"
  );
}

export function arrowBytes(table: Table): Uint8Array {
  return tableToIPC(table, { format: "stream" }) as Uint8Array;
}

export function readingOf(table: Table): Reading {
  const firsts = table.children.map((column) => firstValue(column));
  return {
    useDate: firsts.some((value) => value instanceof Date),
    useBigInt: firsts.some((value) => typeof value === "bigint"),
    useMap: firsts.some((value) => value instanceof Map),
  };
}

export function arrowTable(bytes: Uint8Array, reading: Reading): Table {
  return tableFromIPC(bytes, reading);
}

function firstValue(column: Iterable<unknown>): unknown {
  for (const value of column) if (value !== null && value !== undefined) return value;
  return undefined;
}
