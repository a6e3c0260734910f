import { MemorySource } from "../../notebook/explore/memory-source.ts";
import type { Span, View } from "../../notebook/explore/source.ts";
import type { ResultSource } from "../engine.ts";

/** Rows in this process's memory whose pages go to the browser as values. */
export class SentMemorySource extends MemorySource implements ResultSource {
  async encodedPage(view: View, rows: Span, columns: Span, signal?: AbortSignal) {
    const page = await this.page(view, rows, columns, signal);
    const values = page.columns.map((_, column) =>
      Array.from({ length: page.length }, (_, row) => page.value(row, column)),
    );
    return { values };
  }

  async file(): Promise<null> {
    return null;
  }
}
