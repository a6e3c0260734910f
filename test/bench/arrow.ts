import { DuckDBInstance } from "@duckdb/node-api";
import { createEngine } from "../../kernel/engine/duckdb-engine.ts";
import { tableFromArrow } from "../../kernel/notebook/table.ts";
import type { Row } from "./row.ts";

const ROUNDS = 5;
const NUMBERS = "SELECT i::INTEGER AS i, i * 3 AS big, sqrt(i) AS x FROM range(1000000) t(i)";
const TEXTS = "SELECT 'category ' || (i % 50) AS c, 'a longer text ' || i AS s FROM range(1000000) t(i)";

/** A million rows out of the engine and into a cell, as Arrow and as JSON rows. */
export async function bench(): Promise<Row[]> {
  const engine = await createEngine({ version: () => 1, tables: () => [] });
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const asArrow = async (sql: string, use: (rows: ReturnType<typeof tableFromArrow>) => void) => {
    const result = await engine.query(sql);
    use(tableFromArrow(await result.arrow()));
    result.release();
  };
  const sum = (rows: ReturnType<typeof tableFromArrow>) => {
    let total = 0;
    for (const value of (rows.getChild("x")?.toArray() ?? []) as Iterable<number>) total += value;
    if (!(total > 6e8)) throw new Error(`the sum is ${total}`);
  };
  const json = async (sql: string) => {
    const reader = await connection.runAndReadAll(sql);
    JSON.parse(JSON.stringify(reader.getRowObjectsJson()));
  };
  const rows = [
    row(
      "1 M rows × 3 numbers, summed",
      await median(() => asArrow(NUMBERS, sum)),
      await once(() => json(NUMBERS)),
      "≤ 500 ms",
    ),
    row(
      "… and all rows as objects",
      await median(() => asArrow(NUMBERS, (r) => void [...r])),
      Number.NaN,
      "",
    ),
    row(
      "1 M rows × 2 texts, encoded",
      await median(() => asArrow(TEXTS, () => undefined)),
      await once(() => json(TEXTS)),
      "",
    ),
    row(
      "… and all decoded",
      await median(() => asArrow(TEXTS, (r) => void r.getChild("s")?.toArray())),
      Number.NaN,
      "",
    ),
  ];
  engine.close();
  connection.disconnectSync();
  instance.closeSync();
  return rows;
}

function row(what: string, ours: number, json: number, limit: string): Row {
  const ms = (value: number) => (Number.isNaN(value) ? "" : `${value.toFixed(0)} ms`);
  const ratio = Number.isNaN(json) ? "" : (ours / json).toFixed(2);
  return {
    what,
    figure: ms(ours),
    reference: Number.isNaN(json) ? "" : `JSON rows ${ms(json)}`,
    ratio,
    limit,
  };
}

async function once(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function median(run: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push(await once(run));
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
}
