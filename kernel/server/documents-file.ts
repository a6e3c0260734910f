import { copyFile } from "node:fs/promises";
import type { Notebook } from "../notebook/document/notebook.ts";
import { type Failure, toFailure } from "../notebook/errors.ts";
import { type DiskText, readText, replaceText, stampOf } from "./documents-disk.ts";
import { wholeNotebook } from "./documents-external.ts";

/** What a look at the file found since the look before. */
export type Look =
  | { readonly type: "same" | "removed" }
  /** It cannot be read: perhaps another program is still writing it. Look again a little later. */
  | { readonly type: "waiting" }
  | { readonly type: "unreadable"; readonly cause: Failure }
  /** Another program wrote it. `before` is the text as it was known. */
  | { readonly type: "changed"; readonly before: string; readonly notebook: Notebook };

/** The text of an open document's file, as it was last read or written. */
export class DocumentFile {
  #disk: DiskText;
  /** Stamp of a file that could not be read as a notebook. */
  #suspect: string | null = null;
  /** Stamp of one that still could not be read when looked at again. */
  #unreadable: string | null = null;

  constructor(disk: DiskText) {
    this.#disk = disk;
  }

  get text(): string {
    return this.#disk.text;
  }

  /** Whether saving would replace what another program wrote and we could not read. */
  get unreadable(): boolean {
    return this.#unreadable !== null;
  }

  async look(file: string): Promise<Look> {
    const stamp = await stampOf(file);
    if (stamp === null) return { type: "removed" };
    if (stamp === this.#disk.stamp || stamp === this.#unreadable) return { type: "same" };
    try {
      return await this.#read(file);
    } catch (error) {
      return this.#distrust(stamp, toFailure(error));
    }
  }

  /** Writes the file, unless it holds the text already. */
  async write(file: string, text: string): Promise<void> {
    if (text === this.#disk.text && (await stampOf(file)) === this.#disk.stamp) return;
    this.#disk = { text, stamp: await replaceText(file, text) };
  }

  /** Copies what could not be read, so that it may be replaced. */
  async copyUnreadable(file: string, to: string): Promise<void> {
    await copyFile(file, to);
    this.#unreadable = null;
  }

  async #read(file: string): Promise<Look> {
    const disk = await readText(file);
    const before = this.#disk.text;
    const notebook = disk.text === before ? null : wholeNotebook(disk.text, before);
    this.#disk = disk;
    this.#unreadable = null;
    return notebook ? { type: "changed", before, notebook } : { type: "same" };
  }

  #distrust(stamp: string, cause: Failure): Look {
    if (stamp !== this.#suspect) {
      this.#suspect = stamp;
      return { type: "waiting" };
    }
    this.#unreadable = stamp;
    return { type: "unreadable", cause };
  }
}
