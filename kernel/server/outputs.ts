import { createHash } from "node:crypto";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type Database from "better-sqlite3";
import type { Workspace } from "../catalog/workspace.ts";
import type { Output } from "../notebook/display/output.ts";
import { type Cell, type Notebook, placeOf } from "../notebook/document/notebook.ts";
import { openKept } from "./outputs-database.ts";

export interface OutputLimits {
  /** Bytes of one cell's outputs; larger ones are not kept. */
  readonly cell: number;
  /** Bytes in all; the oldest outputs go first. */
  readonly total: number;
}

const usualLimits: OutputLimits = { cell: 2 ** 20, total: 64 * 2 ** 20 };

/** Time from showing to writing, in ms. */
const writeDelay = 500;

/** Changes with everything that a cell's outputs depend on, as far as the cell itself tells. */
export function sourceHash(cell: Cell): string {
  const facts = [cell.source, cell.mode, placeOf(cell), cell.output, cell.database, cell.format];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
}

/** What cells showed last, for opening a notebook without running it. In `.percolate/outputs/`. */
export class OutputStore {
  readonly #database: Database.Database;
  readonly #limits: OutputLimits;
  readonly #waiting = new Map<string, Kept>();
  #timer: NodeJS.Timeout | null = null;

  constructor(workspace: Workspace, limits: OutputLimits = usualLimits) {
    this.#database = openKept(join(workspace.kept, "outputs", "outputs.db"));
    this.#limits = limits;
    this.#database.exec(schema);
  }

  /**
   * Remembers what a cell shows, instead of what it showed before. Written half a second later, so that a cell that
   * shows something else sixty times a second costs little.
   * @param notebook path relative to the workspace
   */
  keep(notebook: string, cell: number, hash: string, outputs: readonly Output[]): void {
    this.#waiting.set(JSON.stringify([notebook, cell]), { notebook, cell, hash, outputs });
    this.#timer ??= setTimeout(() => this.flush(), writeDelay).unref();
  }

  /** Writes what waits to be written. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    if (waiting.length === 0) return;
    try {
      this.#database.transaction(() => this.#write(waiting)).immediate();
    } catch (error) {
      // The disk is full, or another process keeps it: the cells can run again, the server must go on.
      console.error(`outputs of ${waiting.length} cells are not kept: ${(error as Error).message}`);
    }
  }

  /** What the cells of a notebook showed last, by id; only of cells that are still the same. */
  kept(path: string, notebook: Notebook): Record<number, Output[]> {
    this.flush();
    const rows = this.#database
      .prepare("SELECT cell, hash, body FROM outputs WHERE notebook = ?")
      .all(path) as Row[];
    const hashes = new Map(notebook.cells.map((cell) => [cell.id, sourceHash(cell)]));
    const same = rows.filter((row) => hashes.get(row.cell) === row.hash);
    return Object.fromEntries(
      same.flatMap((row) => readBody(row.body).map((outputs) => [row.cell, outputs])),
    );
  }

  /** A notebook has another path now. */
  rename(from: string, to: string): void {
    const move = this.#database.transaction(() => {
      this.#database.prepare("DELETE FROM outputs WHERE notebook = ?").run(to);
      this.#database.prepare("UPDATE outputs SET notebook = ? WHERE notebook = ?").run(to, from);
    });
    this.flush();
    if (from !== to) move.immediate();
  }

  close(): void {
    this.flush();
    this.#database.close();
  }

  #write(waiting: readonly Kept[]): void {
    for (const { notebook, cell, hash, outputs } of waiting) {
      this.#database.prepare("DELETE FROM outputs WHERE notebook = ? AND cell = ?").run(notebook, cell);
      const body = serialize(outputs.map(lasting));
      if (body.length > this.#limits.cell) continue;
      this.#database
        .prepare("INSERT INTO outputs (notebook, cell, hash, body, bytes) VALUES (?, ?, ?, ?, ?)")
        .run(notebook, cell, hash, body, body.length);
    }
    this.#evict();
  }

  #evict(): void {
    const sum = this.#database.prepare("SELECT total(bytes) AS bytes FROM outputs").get() as {
      bytes: number;
    };
    let over = sum.bytes - this.#limits.total;
    while (over > 0) over -= this.#dropOldest();
  }

  #dropOldest(): number {
    const oldest = "DELETE FROM outputs WHERE age = (SELECT min(age) FROM outputs) RETURNING bytes";
    const row = this.#database.prepare(oldest).get() as { bytes: number } | undefined;
    return row?.bytes ?? Number.POSITIVE_INFINITY;
  }
}

const schema = `
  CREATE TABLE IF NOT EXISTS outputs (
    age INTEGER PRIMARY KEY AUTOINCREMENT,
    notebook TEXT NOT NULL,
    cell INTEGER NOT NULL,
    hash TEXT NOT NULL,
    body BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    UNIQUE (notebook, cell)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS outputs_bytes ON outputs (bytes);
`;

interface Kept {
  readonly notebook: string;
  readonly cell: number;
  readonly hash: string;
  readonly outputs: readonly Output[];
}

interface Row {
  readonly cell: number;
  readonly hash: string;
  readonly body: Buffer;
}

/** The key of a table is good for one session only; what is left of it is its first rows. */
function lasting(output: Output): Output {
  return output.type === "table" ? { ...output, table: { ...output.table, id: null } } : output;
}

/** One list, or none if another version of Node wrote it in a way that this one cannot read. */
function readBody(body: Buffer): Output[][] {
  try {
    return [deserialize(body) as Output[]];
  } catch {
    return [];
  }
}
