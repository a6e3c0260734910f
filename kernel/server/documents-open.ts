import { writeFile } from "node:fs/promises";
import type { Output } from "../notebook/display/output.ts";
import { serializeNotebook } from "../notebook/document/file.ts";
import { type Cell, findCell, type Notebook } from "../notebook/document/notebook.ts";
import type { Operation } from "../notebook/document/operations.ts";
import { type Failure, inputError } from "../notebook/errors.ts";
import type { KeptOutputs, ToShell } from "../notebook/protocol.ts";
import { codeHash } from "../outputs/code-hash.ts";
import type { KeptResult, OutputStore, ResultKey } from "../outputs/store.ts";
import { type DiskText, saveFailure } from "./documents-disk.ts";
import { externalChanges, removed, replaced, rescued, unreadable } from "./documents-external.ts";
import { DocumentFile } from "./documents-file.ts";
import { DocumentLog } from "./documents-log.ts";
import type { Place } from "./documents-paths.ts";
import { Saver, type SaveTimes } from "./documents-saver.ts";
import type { Trust } from "./trust.ts";

/** As the protocol has them: whoever holds the document can pass them on to its tabs. */
export type DocumentEvent = Extract<ToShell, { type: "edited" | "saved" | "trusted" | "failure" }>;

/** Client of the `edited` events that bring what another program wrote into the file. */
export const diskClient = "disk";

/** Time after which a file that cannot be read is looked at again, in ms. */
const secondLook = 200;

export interface DocumentParts {
  readonly trust: Trust;
  readonly outputs: OutputStore;
  readonly times: SaveTimes;
  /** Has something put where it can be found again; gives that path. */
  rescue(path: string, put: (file: string) => Promise<void>): Promise<string>;
  /** Called once when the document is closed. */
  closed(document: OpenDocument): void;
}

/** An open notebook file: one for all clients. It orders their operations, saves, and takes in what others write. */
export class OpenDocument {
  #place: Place;
  readonly #parts: DocumentParts;
  readonly #log: DocumentLog;
  readonly #saver: Saver;
  readonly #listeners = new Set<(event: DocumentEvent) => void>();
  readonly #disk: DocumentFile;
  #saved: number;
  #trusted: boolean;
  /** Whether the file has text of unknown origin in it. */
  #foreign: boolean;
  #failure: Failure | null = null;
  #closed = false;
  /** Called with its new absolute path when the file has been moved. */
  onMove: (file: string) => void = () => {};

  constructor(place: Place, disk: DiskText, notebook: Notebook, parts: DocumentParts) {
    this.#place = place;
    this.#disk = new DocumentFile(disk);
    this.#parts = parts;
    this.#log = new DocumentLog(notebook);
    this.#saved = this.#log.version;
    this.#saver = new Saver(() => this.#save(), parts.times);
    this.#trusted = parts.trust.isTrusted(disk.text);
    this.#foreign = !this.#trusted;
  }

  /** Relative to the workspace, with forward slashes. */
  get path(): string {
    return this.#place.path;
  }

  /** Absolute. */
  get file(): string {
    return this.#place.file;
  }

  get notebook(): Notebook {
    return this.#log.notebook;
  }

  get version(): number {
    return this.#log.version;
  }

  /** Whether its cells may run. */
  get trusted(): boolean {
    return this.#trusted;
  }

  /** Why it is not saved at present, or null. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /**
   * Applies operations made on top of version `base`. All listeners hear of it, also when nothing is left to apply.
   * @throws UserError kind "input" and nothing is applied: base too old, or an operation that does not fit
   */
  edit(base: number, operations: readonly Operation[], client: string) {
    if (this.#closed) throw inputError(`"${this.path}" is closed`, "open it again");
    const applied = this.#log.add(base, operations);
    this.#edited(applied, client);
    if (applied.length > 0) this.#saver.touch();
    return { version: this.version, operations: applied };
  }

  /** Calls back with all that happens until the returned function is called. */
  on(listener: (event: DocumentEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The user has read the notebook and lets it run, now and when it is opened again. */
  trust(): void {
    this.#foreign = false;
    this.#parts.trust.trust(this.#disk.text);
    if (this.#trusted) return;
    this.#trusted = true;
    this.#emit({ type: "trusted" });
  }

  /** Remembers what a cell shows. @param as the cell as it ran, if its text may have changed since */
  keep(id: number, outputs: readonly Output[], as?: Cell): void {
    const cell = as ?? findCell(this.notebook, id);
    if (cell) this.#parts.outputs.keep(this.path, id, codeHash(cell), outputs);
  }

  /** What the cells showed last, by id; only of cells that are still the same. */
  kept(): Record<number, KeptOutputs> {
    return this.#parts.outputs.kept(this.path, this.notebook);
  }

  /** Remembers how high (px) outputs stand, so that their room is kept when the notebook is opened again. */
  keepHeights(heights: Readonly<Record<number, number>>): void {
    this.#parts.outputs.keepHeights(this.path, heights);
  }

  keptHeights(): Record<number, number> {
    return this.#parts.outputs.heights(this.path);
  }

  /** What a cell gave when it ran as it was then, with inputs of this hash; null if it is not kept. */
  recall(cell: Cell, inputs: string): KeptResult | null {
    return this.#parts.outputs.recall(this.#resultKey(cell, inputs));
  }

  /** Remembers what a cell gave. @returns false if it cannot be kept */
  remember(cell: Cell, inputs: string, result: KeptResult): boolean {
    return this.#parts.outputs.remember(this.#resultKey(cell, inputs), result);
  }

  #resultKey(cell: Cell, inputs: string): ResultKey {
    return { notebook: this.path, cell: cell.id, code: codeHash(cell), inputs };
  }

  /** Saves now. Whether it could is told by an event and by `failure`. */
  flush(): Promise<void> {
    return this.#saver.now();
  }

  /** Looks whether another program changed the file, and takes that in. */
  check(): Promise<void> {
    return this.#saver.run(async () => {
      if (!this.#closed) await this.#guarded(async () => void (await this.#takeIn()));
    });
  }

  /** The file was moved. */
  moved(place: Place): void {
    this.#place = place;
    this.onMove(place.file);
  }

  /** Saves and lets go of the file. What cannot be saved is put into the trash folder, and an event says so. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await this.flush();
    if (this.#unsaved) await this.flush();
    this.#closed = true;
    if (this.#unsaved) await this.#rescue(this.#text());
    this.#listeners.clear();
    this.#parts.closed(this);
  }

  /** Saves and lets go of the file, which is then moved away. */
  async abandon(): Promise<void> {
    await this.flush();
    this.#closed = true;
    await this.#saver.run(async () => {});
    this.#listeners.clear();
    this.#parts.closed(this);
  }

  get #unsaved(): boolean {
    return this.#saved !== this.version;
  }

  #edited(operations: readonly Operation[], client: string): void {
    this.#emit({ type: "edited", version: this.version, client, operations });
  }

  async #save(): Promise<void> {
    if (this.#closed || !this.#unsaved) return;
    await this.#guarded(async () => {
      if (!(await this.#takeIn())) return this.#saver.touch();
      if (this.#disk.unreadable) await this.#setAside();
      await this.#write();
    });
  }

  async #write(): Promise<void> {
    const { version } = this;
    const text = this.#text();
    await this.#disk.write(this.file, text);
    if (this.#trusted && !this.#foreign) this.#parts.trust.trust(text);
    this.#isSaved(version);
  }

  #isSaved(version: number): void {
    this.#saved = version;
    this.#failure = null;
    this.#emit({ type: "saved", version });
  }

  #text(): string {
    return serializeNotebook(this.notebook, this.#disk.text);
  }

  /** Merges what another program wrote into the file. False: it may still be writing. */
  async #takeIn(): Promise<boolean> {
    const look = await this.#disk.look(this.file);
    if (look.type === "waiting") setTimeout(() => void this.check(), secondLook).unref();
    if (look.type === "removed") this.#fail(removed(this.path));
    if (look.type === "unreadable") this.#fail(unreadable(this.path, look.cause));
    if (look.type === "changed") this.#merge(look.before, look.notebook);
    return look.type !== "waiting";
  }

  #merge(before: string, theirs: Notebook): void {
    const changes = externalChanges(before, theirs, this.notebook);
    const inStep = !this.#unsaved;
    if (!this.#parts.trust.isTrusted(this.#disk.text)) this.#foreign = true;
    const operations = this.#log.add(this.version, changes);
    if (operations.length > 0) this.#edited(operations, diskClient);
    if (inStep) this.#isSaved(this.version);
    else this.#saver.touch();
  }

  async #setAside(): Promise<void> {
    const copy = (to: string) => this.#disk.copyUnreadable(this.file, to);
    this.#fail(replaced(this.path, await this.#parts.rescue(this.path, copy)));
  }

  async #rescue(text: string): Promise<void> {
    try {
      const kept = await this.#parts.rescue(this.path, (to) => writeFile(to, text));
      this.#fail(rescued(this.path, kept));
    } catch (error) {
      this.#fail(saveFailure(this.path, error));
    }
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#fail(saveFailure(this.path, error));
    }
  }

  /** Says the same thing once. */
  #fail(failure: Failure): void {
    const known = this.#failure?.message === failure.message;
    this.#failure = failure;
    if (!known) this.#emit({ type: "failure", failure });
  }

  #emit(event: DocumentEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }
}
