import { inputError } from "../../kernel/notebook/errors.ts";
import {
  AttachedFile,
  attachmentFunction,
  type FileFacts,
} from "../../kernel/notebook/library/attached-file.ts";
import { lazy } from "../../kernel/notebook/runtime/lazy.ts";
import { arrowBytes } from "./arrow-answer.ts";
import type { Ask } from "./context.ts";

interface Served {
  readonly url: string;
  readonly bytes: number;
  readonly modified: number;
}

/** A file beside the notebook, read when asked for. Paths are relative to the notebook. */
export class FileAttachment extends AttachedFile {
  readonly #path: string;
  readonly #ask: Ask;
  readonly #signal: AbortSignal | undefined;
  #served: Promise<Served> | undefined;

  constructor(path: string, ask: Ask, signal?: AbortSignal, facts?: FileFacts) {
    super(path, facts);
    this.#path = path;
    this.#ask = ask;
    this.#signal = signal;
  }

  /** A URL that this page may read. */
  async url(): Promise<string> {
    return this.href ?? (await this.#find()).url;
  }

  async blob(): Promise<Blob> {
    return (await this.#response()).blob();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.#response()).arrayBuffer();
  }

  async stream(): Promise<ReadableStream<Uint8Array>> {
    return (await this.#response()).body ?? new Blob().stream();
  }

  async image(attributes: Readonly<Record<string, unknown>> = {}): Promise<HTMLImageElement> {
    const image = Object.assign(new Image(), { crossOrigin: "anonymous", alt: this.name }, attributes);
    image.src = await this.url();
    await image.decode().catch(() => {
      throw inputError(`file "${this.name}" is no picture that this browser can show`);
    });
    return image;
  }

  async xml(type: DOMParserSupportedType = "application/xml"): Promise<Document> {
    return new DOMParser().parseFromString(await this.text(), type);
  }

  async html(): Promise<Document> {
    return await this.xml("text/html");
  }

  protected async parquetRows(): Promise<Uint8Array> {
    return arrowBytes(await this.#ask({ type: "parquet", path: this.#path }, this.#signal));
  }

  #find(): Promise<Served> {
    this.#served ??= this.#ask({ type: "file", path: this.#path }, this.#signal) as Promise<Served>;
    return this.#served;
  }

  async #response(): Promise<Response> {
    const response = await fetch(await this.url(), this.#signal ? { signal: this.#signal } : {});
    if (response.ok) return response;
    throw inputError(
      `file "${this.name}" could not be read (HTTP ${response.status})`,
      "check that it still exists",
    );
  }
}

/**
 * `FileAttachment` for one run of a cell. Before the run starts, the files that it names by a text are looked up: their
 * size and address are there at once, and one that is missing is an error where it is named.
 */
export function makeFileAttachment(ask: Ask, names: readonly string[], signal?: AbortSignal) {
  return {
    [lazy]: async () => {
      const found = new Map(
        await Promise.all(names.map(async (name) => [name, await lookUp(name, ask, signal)] as const)),
      );
      return attachmentFunction(FileAttachment, (path) => {
        const facts = found.get(path);
        if (facts instanceof Error) throw facts;
        return new FileAttachment(path, ask, signal, facts);
      });
    },
  };
}

async function lookUp(path: string, ask: Ask, signal: AbortSignal | undefined): Promise<FileFacts | Error> {
  try {
    const { url, bytes, modified } = (await ask({ type: "file", path }, signal)) as Served;
    return { href: url, size: bytes, lastModified: modified };
  } catch (error) {
    return error as Error;
  }
}
