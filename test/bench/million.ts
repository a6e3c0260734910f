import { cell, notebookFile, sandbox, sqlCell, startApp } from "../browser/app.ts";
import type { Row } from "./row.ts";

const rows = 1_000_000;
const rounds = 7;

/**
 * One million rows of three numbers from the engine into a browser cell, as ``sql`…` `` in the page gives them, and
 * the same rows as JSON over the same server's engine, parsed in the page.
 */
export async function bench(): Promise<Row[]> {
  const query = `SELECT i AS a, i * 0.5 AS b, (i % 1000)::DOUBLE AS c FROM range(${rows}) t(i)`;
  const app = await startApp({
    "notebooks/million.html": notebookFile("Million", [
      "globalThis.rows = async (text) => { const strings = Object.assign([text], {raw: [text]}); return sql(strings); }",
      "display('ready')",
      [sqlCell("million"), query],
      "million.length",
    ]),
  });
  try {
    const page = await app.open("/notebook?path=notebooks/million.html");
    await cell(page, 1).waitFor();
    const trust = page.getByRole("button", { name: "Trust and run" });
    if (await trust.isVisible()) await trust.click();
    const ready = sandbox(page).locator('.pc-cell[data-cell="4"]', { hasText: "1" });
    await ready.waitFor({ timeout: 30_000 });
    const arrow = await ready.evaluate(measure, { query, rounds, kind: "arrow" as const });
    const json = await ready.evaluate(measure, { query, rounds: 3, kind: "json" as const });
    const [ours, theirs] = [median(arrow), median(json)];
    return [
      {
        what: "1 M rows × 3 numbers into a browser cell, summed",
        figure: `${ours.toFixed(0)} ms`,
        reference: `as JSON rows ${theirs.toFixed(0)} ms`,
        ratio: (ours / theirs).toFixed(2),
        limit: "500 ms",
      },
    ];
  } finally {
    await app.close();
  }
}

interface Task {
  readonly query: string;
  readonly rounds: number;
  readonly kind: "arrow" | "json";
}

interface Rows {
  getChild(name: string): { toArray(): ArrayLike<number> };
  readonly length: number;
  [index: number]: Record<string, string>;
}

/** Runs in the sandbox. */
async function measure(_: Element, { query, rounds, kind }: Task): Promise<number[]> {
  const { rows } = globalThis as unknown as { rows: (sql: string) => Promise<Rows> };
  const asJson = `SELECT json_group_array(t) AS text FROM (${query}) t`;
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    let sum = 0;
    if (kind === "arrow") {
      const values = (await rows(query)).getChild("b").toArray();
      for (let index = 0; index < values.length; index++) sum += values[index] ?? 0;
    } else {
      const text = (await rows(asJson))[0]?.text ?? "[]";
      for (const row of JSON.parse(text) as { b: number }[]) sum += row.b;
    }
    if (sum !== 249999750000) throw new Error(`wrong sum ${sum}`);
    times.push(performance.now() - start);
  }
  return times;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
