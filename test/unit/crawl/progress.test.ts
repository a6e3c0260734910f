import { closeSync, openSync, writeSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { CrawlProgress } from "../../../kernel/notebook/api.ts";
import { UserError } from "../../../kernel/notebook/errors.ts";
import { Bench, gzip } from "./setup.ts";

/** About 30 MB of CSV with a value in its last row that no sample sees. */
function writeLarge(path: string, last: string): void {
  const file = openSync(path, "w");
  writeSync(file, "id,name,price,day\n");
  for (let block = 0; block < 60; block++) {
    let text = "";
    for (let i = block * 12_000; i < (block + 1) * 12_000; i++)
      text += `${i},person ${i % 977},${(i % 1000) / 8},2024-01-${String((i % 28) + 1).padStart(2, "0")}\n`;
    writeSync(file, text);
  }
  writeSync(file, last);
  closeSync(file);
}

describe("a large file", () => {
  const withLarge = (bench = new Bench()) => {
    writeLarge(bench.path("large.csv"), "720000,eve,n/a,2024-01-01\n");
    return bench;
  };

  it("is counted and validated to its end", async () => {
    const bench = withLarge();
    await bench.crawl();
    expect(bench.schemas().large).toBe("id BIGINT, name VARCHAR, price VARCHAR, day DATE");
    expect(bench.catalog.requireTable("large").rowCount).toBe(720_001);
    expect(bench.because("large", "column price")).toContain('line 720,002 has "n/a"');
  });

  it("reports progress while it is read, never backwards, to the end", async () => {
    const bench = withLarge();
    const seen: CrawlProgress[] = [];
    await bench.crawl(".", { onProgress: (progress) => seen.push(progress) });
    const bytes = seen.map((progress) => progress.bytesDone);
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
    const within = new Set(bytes.filter((done) => done > 0 && done < (seen.at(-1)?.bytes ?? 0)));
    // How often depends on the machine's speed; that there is something in between does not.
    expect(within.size).toBeGreaterThanOrEqual(1);
    expect(seen.map((progress) => progress.phase).filter((phase, i, all) => phase !== all[i - 1])).toEqual([
      "list",
      "classify",
      "read",
      "commit",
    ]);
    const last = seen.at(-1);
    expect(last).toMatchObject({ phase: "commit", files: 1, filesDone: 1, bytesDone: last?.bytes });
    expect(seen.length).toBeLessThan(500);
  });

  it.each([0, 0.2, 0.5, 0.8])("is left at once when the crawl is cancelled at %d of it", async (share) => {
    const bench = new Bench({ "small.csv": "a,b\n1,2\n" });
    await bench.crawl();
    withLarge(bench);
    const before = { tables: bench.catalog.tables(), crawls: bench.catalog.crawls().length };
    const controller = new AbortController();
    let cancelled = 0;
    const crawled = bench.crawl(".", {
      signal: controller.signal,
      onProgress: ({ phase, bytes, bytesDone }) => {
        if (phase !== "read" || bytesDone < share * bytes || controller.signal.aborted) return;
        cancelled = performance.now();
        controller.abort();
      },
    });
    const thrown = await crawled.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(thrown).toBeInstanceOf(UserError);
    expect(thrown).toMatchObject({ failure: { kind: "stopped" } });
    expect(performance.now() - cancelled).toBeLessThan(1000);
    expect(bench.catalog.tables()).toEqual(before.tables);
    expect(bench.catalog.crawls()).toHaveLength(before.crawls);
  });
});

describe("cancelling", () => {
  it("before the start leaves everything as it was", async () => {
    const bench = new Bench({ "a.csv": "a,b\n1,2\n" });
    await expect(bench.crawl(".", { signal: AbortSignal.abort() })).rejects.toThrow("crawl cancelled");
    expect(bench.catalog.tables()).toEqual([]);
  });

  it("between files forgets what was read before", async () => {
    const bench = new Bench({ "a.csv": "a,b\n1,2\n", "b.csv": "a,b\n1,2\n", "c.csv.gz": gzip("a,b\n1,2\n") });
    const controller = new AbortController();
    const onProgress = ({ filesDone }: CrawlProgress) => {
      if (filesDone === 2) controller.abort();
    };
    await expect(bench.crawl(".", { signal: controller.signal, onProgress })).rejects.toThrow(
      "crawl cancelled",
    );
    expect(bench.catalog.tables()).toEqual([]);
    expect(bench.catalog.crawledFiles().size).toBe(0);
  });
});
