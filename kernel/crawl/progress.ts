import type { CrawlProgress } from "../notebook/api.ts";
import type { ListedFile } from "./list.ts";

type Listener = (progress: CrawlProgress) => void;

/**
 * Tells a listener how far the crawl is, with several files being read at a time: at most every 30 ms within a file,
 * and never backwards.
 */
export class Progress {
  readonly #listener: Listener | undefined;
  #state: CrawlProgress = { phase: "list", files: 0, filesDone: 0, bytes: 0, bytesDone: 0, current: null };
  #told = 0;
  /** Bytes of the files that are done, and of each that is being read. */
  #done = 0;
  readonly #partly = new Map<ListedFile, number>();

  constructor(listener?: Listener) {
    this.#listener = listener;
    this.#tell({});
  }

  listed(files: readonly ListedFile[]): void {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    this.#tell({ phase: "classify", files: files.length, bytes });
  }

  begin(file: ListedFile): void {
    this.#partly.set(file, 0);
    this.#tell({ phase: "read", current: file.relative });
  }

  /** `fraction` (0 … 1) of the present file is done. */
  within(file: ListedFile, fraction: number): void {
    this.#partly.set(file, Math.floor(file.bytes * Math.min(1, fraction)));
    const bytesDone = this.#bytesDone();
    if (bytesDone > this.#state.bytesDone && Date.now() - this.#told >= 30) this.#tell({ bytesDone });
  }

  end(file: ListedFile): void {
    this.#partly.delete(file);
    this.#done += file.bytes;
    const bytesDone = Math.max(this.#state.bytesDone, this.#bytesDone());
    this.#tell({ bytesDone, filesDone: this.#state.filesDone + 1 });
  }

  #bytesDone(): number {
    return [...this.#partly.values()].reduce((sum, bytes) => sum + bytes, this.#done);
  }

  commit(): void {
    this.#tell({ phase: "commit", current: null });
  }

  #tell(change: Partial<CrawlProgress>): void {
    this.#state = { ...this.#state, ...change };
    this.#told = Date.now();
    this.#listener?.(this.#state);
  }
}
