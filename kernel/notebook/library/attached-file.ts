import { inputError } from "../errors.ts";
import { mediaType } from "../media-type.ts";
import { type QueryResult, tableFromArrow } from "../table.ts";
import { type InferredRow, inferTypes } from "./infer-types.ts";

export interface SeparatedOptions {
  readonly delimiter?: string;
  /** Rows as arrays instead of objects by header. */
  readonly array?: boolean;
  /** `true`: each value gets the type that it looks like; `"auto"`: each column the type of most of its values. */
  readonly typed?: boolean | "auto";
}

/** What is known of a file without reading it. */
export interface FileFacts {
  readonly href: string;
  /** Bytes. */
  readonly size: number;
  /** Ms since 1970. */
  readonly lastModified: number;
}

/** A file beside the notebook, as `FileAttachment` gives it: what is the same in the page and in Node. */
export abstract class AttachedFile {
  readonly name: string;
  /** By the name's ending. */
  readonly mimeType: string;
  /** Known at once where the cell names the file by a text, else `undefined`. */
  readonly href: string | undefined;
  readonly size: number | undefined;
  readonly lastModified: number | undefined;

  constructor(name: string, facts?: FileFacts) {
    this.name = name.split("/").at(-1) ?? name;
    this.mimeType = mediaType(name).replace(/;.*/, "");
    this.href = facts?.href;
    this.size = facts?.size;
    this.lastModified = facts?.lastModified;
  }

  abstract arrayBuffer(): Promise<ArrayBuffer>;

  /** The rows of a Parquet file as an Arrow IPC stream. */
  protected abstract parquetRows(): Promise<Uint8Array>;

  /** The text; in UTF-8 unless another encoding is named. */
  async text(encoding?: string): Promise<string> {
    return new TextDecoder(encoding).decode(await this.arrayBuffer());
  }

  async json(): Promise<unknown> {
    const text = await this.text();
    try {
      return JSON.parse(text);
    } catch (error) {
      const remedy = "read it with .text(), or as .csv() if it is one";
      throw inputError(`file "${this.name}" is no JSON: ${(error as Error).message}`, remedy);
    }
  }

  /** Rows of a text with a delimiter. */
  async dsv({ delimiter = ",", array = false, typed = false }: SeparatedOptions = {}): Promise<unknown[]> {
    const [{ dsvFormat, autoType }, text] = await Promise.all([import("d3"), this.text()]);
    const format = dsvFormat(delimiter);
    if (array) return typed ? format.parseRows(text, (row) => autoType(row)) : format.parseRows(text);
    if (typed !== "auto") return typed ? format.parse(text, autoType) : format.parse(text);
    const rows = format.parse(text);
    return inferTypes(rows as InferredRow[], rows.columns);
  }

  async csv(options?: Omit<SeparatedOptions, "delimiter">): Promise<unknown[]> {
    return await this.dsv({ ...options, delimiter: "," });
  }

  async tsv(options?: Omit<SeparatedOptions, "delimiter">): Promise<unknown[]> {
    return await this.dsv({ ...options, delimiter: "\t" });
  }

  /** An Arrow IPC file or stream as a table. */
  async arrow(): Promise<QueryResult> {
    return tableFromArrow(new Uint8Array(await this.arrayBuffer()));
  }

  /** A Parquet file as a table. */
  async parquet(): Promise<QueryResult> {
    return tableFromArrow(await this.parquetRows());
  }

  /** A CSV, TSV, JSON, Arrow or Parquet file as an Arquero table. */
  async arquero(options: object = {}): Promise<unknown> {
    const aq = await import("arquero");
    if (/\.arrow$/i.test(this.name)) return aq.fromArrow(new Uint8Array(await this.arrayBuffer()), options);
    if (/\.parquet$/i.test(this.name)) return aq.fromArrow(await this.parquetRows(), options);
    if (/\.json$/i.test(this.name)) return aq.fromJSON(await this.text(), options);
    if (/\.tsv$/i.test(this.name)) return aq.fromCSV(await this.text(), { delimiter: "\t", ...options });
    if (/\.csv$/i.test(this.name)) return aq.fromCSV(await this.text(), options);
    throw inputError(
      `file "${this.name}" cannot become an Arquero table`,
      "read a .csv, .tsv, .json, .arrow or .parquet file, or give rows to aq.from",
    );
  }
}

/** `FileAttachment` for cells, with or without `new`; its files are instances of it. */
export function attachmentFunction<F extends AttachedFile>(
  type: { readonly prototype: F },
  open: (path: string) => F,
) {
  function attach(path: unknown): F {
    if (typeof path === "string" && path !== "") return open(path);
    throw inputError(
      `FileAttachment needs the path of a file, not ${String(path)}`,
      'such as FileAttachment("data.csv")',
    );
  }
  attach.prototype = type.prototype;
  return Object.defineProperty(attach, "name", { value: "FileAttachment" });
}

/** The files that a cell names by a text: `FileAttachment("data.csv")`. */
export function namedFiles(source: string): string[] {
  const names = source.matchAll(/\bFileAttachment\(\s*(["'`])((?:(?!\1)[^\\\n$])+)\1/g);
  return [...new Set([...names].map(([, , name]) => name ?? ""))];
}
