import { existsSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { TableDefinition } from "../../kernel/catalog/table.ts";
import { workspaceAt } from "../../kernel/catalog/workspace.ts";
import { createEngine } from "../../kernel/engine/duckdb-engine.ts";
import type { CatalogEngine } from "../../kernel/engine/engine.ts";
import { toCell } from "../../kernel/notebook/document/notebook.ts";
import { PlaceRuntime } from "../../kernel/notebook/runtime/place.ts";
import { SessionHost } from "../../kernel/session/host.ts";
import type { Row } from "./row.ts";

const ROWS = 10_000_000;
const ROUNDS = 9;
const COLUMNS = {
  id1: "VARCHAR",
  id2: "VARCHAR",
  id3: "VARCHAR",
  id4: "INTEGER",
  id5: "INTEGER",
  id6: "INTEGER",
  v1: "INTEGER",
  v2: "INTEGER",
  v3: "DOUBLE",
};

/** Groupings of the db-benchmark whose answers have at most 500 groups. */
const QUERIES = [
  "SELECT id1, sum(v1) AS v1 FROM SOURCE GROUP BY id1 ORDER BY id1",
  "SELECT id4, avg(v1) AS v1, avg(v2) AS v2, avg(v3) AS v3 FROM SOURCE GROUP BY id4 ORDER BY id4",
  "SELECT id2, count(*) AS n, sum(v1) AS v1, stddev(v3) AS sd FROM SOURCE GROUP BY id2 ORDER BY id2",
];

/**
 * Group-by over 10 M rows of Parquet, from a SQL cell whose rows a TypeScript cell uses (program, runtime, engine,
 * Arrow, display and all, as in the kernel process), against the bare node-api call.
 */
export async function bench(): Promise<Row[]> {
  const path = await dataFile();
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const engine = await createEngine({ version: () => 1, tables: () => [definition(path)] });
  const rows: Row[] = [];
  for (const [i, query] of QUERIES.entries()) {
    const bare = async () =>
      (await connection.runAndReadAll(query.replace("SOURCE", `read_parquet('${path}')`))).getRows().length;
    const cells = sqlCells(engine, query.replace("SOURCE", "h2o"));
    const ours = () => cells.run();
    rows.push(compare(`group-by ${i + 1}, 10 M rows`, await alternating(ours, bare)));
    cells.close();
  }
  engine.close();
  connection.disconnectSync();
  instance.closeSync();
  return rows;
}

/** A notebook of two cells: the query, and one that counts its rows. */
function sqlCells(engine: CatalogEngine, source: string) {
  const workspace = workspaceAt(tmpdir());
  let counted = 0;
  const host = new SessionHost({
    ...{
      place: "all",
      workspace,
      notebook: join(workspace.root, "bench.html"),
      rows: 100,
      paged: true,
      patience: 0,
    },
    catalog: () => Promise.reject(new Error("no cell asks for the catalog")),
    engine: async () => engine,
    emit: () => {},
    send: () => {},
    view: () => null,
  });
  Object.assign(globalThis, { counted: (count: number) => (counted = count) });
  const runtime = new PlaceRuntime(host);
  const order = [1, 2];
  const cells = [
    toCell({ id: 1, mode: "sql", output: "groups", source }),
    toCell({ id: 2, source: "counted([...groups].length)" }),
  ];
  runtime.apply({ version: 1, order, cells, rerun: [] });
  let version = 1;
  const run = async () => {
    await runtime.settled();
    counted = 0;
    runtime.apply({ version: ++version, order, cells: [], rerun: [1, 2] });
    await runtime.settled();
    return counted;
  };
  return { run, close: () => runtime.dispose() };
}

function compare(what: string, [ours, bare]: readonly [number, number]): Row {
  const ms = (value: number) => `${value.toFixed(0)} ms`;
  return {
    what,
    figure: ms(ours),
    reference: `node-api ${ms(bare)}`,
    ratio: (ours / bare).toFixed(2),
    limit: "≤ 1.15",
  };
}

/** Medians of both, run in turn so that what else the machine does hits both alike. */
async function alternating(
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<readonly [number, number]> {
  if ((await a()) !== (await b())) throw new Error("the two do not agree");
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    times[0].push(await timed(a));
    times[1].push(await timed(b));
  }
  return [median(times[0]), median(times[1])];
}

async function timed(run: () => Promise<number>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Made once per machine: 10 M rows, 9 columns, 100 groups each. */
async function dataFile(): Promise<string> {
  const path = join(tmpdir(), `percolate-h2o-${ROWS}.parquet`);
  if (existsSync(path)) return path;
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const random = (salt: number, n: number) => `(hash(i, ${salt}) % ${n})::INTEGER + 1`;
  await connection.run(`COPY (SELECT format('id{:03d}', ${random(1, 100)}) AS id1, format('id{:03d}', ${random(2, 100)}) AS id2,
    format('id{:010d}', ${random(3, 100000)}) AS id3, ${random(4, 100)} AS id4, ${random(5, 100)} AS id5,
    ${random(6, 100000)} AS id6, ${random(7, 5)} AS v1, ${random(8, 15)} AS v2,
    (hash(i, 9) % 100000000)::DOUBLE / 1000000 AS v3 FROM range(${ROWS}) t(i)) TO '${path}.new' (FORMAT parquet)`);
  connection.disconnectSync();
  instance.closeSync();
  renameSync(`${path}.new`, path);
  return path;
}

function definition(path: string): TableDefinition {
  return {
    ...{ database: "main", name: "h2o", format: "parquet", options: {}, version: 1 },
    columns: Object.entries(COLUMNS).map(([name, type]) => ({ name, type, partition: false })),
    files: [{ path, bytes: 0, modified: 0, rowCount: ROWS, partition: {} }],
    ...{ rowCount: ROWS, bytes: 0, updatedAt: "", source: null, reasons: [] },
  };
}
