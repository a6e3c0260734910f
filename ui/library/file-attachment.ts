import { inputError } from "../../kernel/notebook/errors.ts";
import { type QueryResult, tableFromArrow } from "../../kernel/notebook/table.ts";
import type { Ask } from "./context.ts";

interface Served {
  readonly url: string;
  readonly name: string;
  readonly bytes: number;
}

/** A file beside the notebook, read when asked for. Paths are relative to the notebook. */
export class FileAttachment {
  readonly name: string;
  readonly #served: () => Promise<Served>;
  readonly #signal: AbortSignal | undefined;

  constructor(path: string, ask: Ask, signal?: AbortSignal) {
    this.name = path;
    this.#signal = signal;
    let served: Promise<Served> | undefined;
    this.#served = () => (served ??= ask({ type: "file", path }, signal) as Promise<Served>);
  }

  /** A URL that this page may read. */
  async url(): Promise<string> {
    return (await this.#served()).url;
  }

  /** Size in bytes. */
  async size(): Promise<number> {
    return (await this.#served()).bytes;
  }

  async blob(): Promise<Blob> {
    return (await this.#response()).blob();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#response()).arrayBuffer();
  }

  async text(): Promise<string> {
    return (await this.#response()).text();
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

  /** Rows by header; with `typed`, numbers, booleans and dates are recognised by d3's autoType. */
  async csv(options?: { typed?: boolean; array?: boolean }): Promise<unknown[]> {
    return this.#separated(",", options);
  }

  async tsv(options?: { typed?: boolean; array?: boolean }): Promise<unknown[]> {
    return this.#separated("\t", options);
  }

  /** An Arrow IPC file or stream as a table. */
  async arrow(): Promise<QueryResult> {
    return tableFromArrow(new Uint8Array(await this.arrayBuffer()));
  }

  async image(attributes: Readonly<Record<string, string>> = {}): Promise<HTMLImageElement> {
    const image = Object.assign(new Image(), { crossOrigin: "anonymous", alt: this.name }, attributes);
    image.src = await this.url();
    await image.decode();
    return image;
  }

  async #separated(mark: string, { typed = false, array = false } = {}): Promise<unknown[]> {
    const [{ dsvFormat, autoType }, text] = await Promise.all([import("d3"), this.text()]);
    const format = dsvFormat(mark);
    const bare = text.replace(/^\uFEFF/, "");
    if (array) return typed ? format.parseRows(bare, (row) => autoType(row)) : format.parseRows(bare);
    return typed ? format.parse(bare, autoType) : format.parse(bare);
  }

  async #response(): Promise<Response> {
    const { url } = await this.#served();
    const response = await fetch(url, this.#signal ? { signal: this.#signal } : {});
    if (response.ok) return response;
    throw inputError(
      `file "${this.name}" could not be read (HTTP ${response.status})`,
      "check that it still exists",
    );
  }
}

/** `FileAttachment("coffee.csv")`, with or without `new`. */
export function makeFileAttachment(ask: Ask, signal?: AbortSignal) {
  return (path: string): FileAttachment => {
    if (typeof path === "string" && path !== "") return new FileAttachment(path, ask, signal);
    throw inputError(
      `FileAttachment needs the path of a file, not ${String(path)}`,
      'such as FileAttachment("data.csv")',
    );
  };
}
