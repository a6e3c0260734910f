import type { CrawlProgress } from "../notebook/api.ts";
import type { ListedFile } from "./list.ts";

type Listener = (progress: CrawlProgress) => void;

/** Tells a listener how far the crawl is: at most every 30 ms within a file, and never backwards. */
export class Progress {
  readonly #listener: Listener | undefined;
  #state: CrawlProgress = { phase: "list", files: 0, filesDone: 0, bytes: 0, bytesDone: 0, current: null };
  #before = 0;
  #told = 0;

  constructor(listener?: Listener) {
    this.#listener = listener;
    this.#tell({});
  }

  listed(files: readonly ListedFile[]): void {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    this.#tell({ phase: "classify", files: files.length, bytes });
  }

  begin(file: ListedFile): void {
    this.#before = this.#state.bytesDone;
    this.#tell({ phase: "read", current: file.relative });
  }

  /** `fraction` (0 … 1) of the present file is done. */
  within(file: ListedFile, fraction: number): void {
    const bytesDone = Math.floor(this.#before + file.bytes * Math.min(1, fraction));
    if (bytesDone <= this.#state.bytesDone || Date.now() - this.#told < 30) return;
    this.#tell({ bytesDone });
  }

  end(file: ListedFile): void {
    this.#tell({ bytesDone: this.#before + file.bytes, filesDone: this.#state.filesDone + 1 });
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
