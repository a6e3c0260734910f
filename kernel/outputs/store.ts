import { statSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type Database from "better-sqlite3";
import type { Workspace } from "../catalog/workspace.ts";
import { lasting, type Output } from "../notebook/display/output.ts";
import type { Notebook } from "../notebook/document/notebook.ts";
import type { Encoded, KeptOutputs } from "../notebook/protocol.ts";
import { codeHash } from "./code-hash.ts";
import { isDamage, openKept, putAside } from "./database.ts";
import { DelayedWrites } from "./delayed-writes.ts";
import { makeTables } from "./schema.ts";

export interface StoreLimits {
  /** Bytes of what one cell shows; more is not kept. */
  readonly cell: number;
  /** Bytes of what all cells show; what was used least recently goes first. */
  readonly total: number;
  /** Bytes of one result, and of all. */
  readonly result: number;
  readonly results: number;
}

const usualLimits: StoreLimits = {
  cell: 2 ** 20,
  total: 64 * 2 ** 20,
  result: 256 * 2 ** 20,
  results: 2 ** 30,
};

/** What a result belongs to: the same cell with the same code and the same inputs. */
export interface ResultKey {
  /** Path relative to the workspace, with forward slashes. */
  readonly notebook: string;
  readonly cell: number;
  /** See `codeHash`. */
  readonly code: string;
  /** Hash of the values of the cell's inputs. */
  readonly inputs: string;
}

/** What a run gave: an `Encoded` of `{values, outputs}`, and when (ms since 1970). */
export interface KeptResult {
  readonly at: number;
  readonly result: Encoded;
}

interface Shown {
  readonly notebook: string;
  readonly cell: number;
  readonly code: string;
  readonly outputs: readonly Output[];
  readonly at: number;
}

/**
 * What cells showed and gave, so that a notebook opens without running and an expensive cell runs once. In
 * `.percolate/outputs/`; several processes may use it at once. Nothing in it is the only copy: where it cannot be read
 * it is empty, where it cannot be written nothing is kept, and the cells can run again.
 */
export class OutputStore {
  readonly #file: string;
  readonly #limits: StoreLimits;
  #database: Database.Database;
  #inode: number | undefined;
  readonly #shown = new DelayedWrites<Shown>((all) => this.#guarded(undefined, () => this.#writeShown(all)));
  readonly #heights = new DelayedWrites<Readonly<Record<number, number>>>((all, keys) =>
    this.#guarded(undefined, () => this.#writeHeights(keys, all)),
  );

  /** @throws UserError where its file may not be written. */
  constructor(workspace: Workspace, limits: Partial<StoreLimits> = {}) {
    this.#file = join(workspace.kept, "outputs", "outputs.db");
    this.#limits = { ...usualLimits, ...limits };
    this.#database = openStore(this.#file);
    this.#inode = inodeOf(this.#file);
  }

  /**
   * Remembers what a cell shows, instead of what it showed before. Written half a second later, so that a cell that
   * shows something else sixty times a second costs little.
   * @param notebook path relative to the workspace
   */
  keep(notebook: string, cell: number, code: string, outputs: readonly Output[]): void {
    const at = Date.now();
    this.#shown.put(JSON.stringify([notebook, cell]), { notebook, cell, code, outputs, at });
  }

  /** What the cells of a notebook showed last, by id; only of cells that are still the same. */
  kept(path: string, notebook: Notebook): Record<number, KeptOutputs> {
    this.flush();
    const codes = new Map(notebook.cells.map((cell) => [cell.id, codeHash(cell)]));
    const rows = this.#guarded([], () => this.#shownOf(path));
    const same = rows.filter((row) => codes.get(row.cell) === row.code);
    return Object.fromEntries(
      same.flatMap(({ cell, body, at }) =>
        readBody<Output[]>(body).map((outputs) => [cell, { outputs, at }]),
      ),
    );
  }

  /** Remembers how high (px) the outputs of a notebook's cells stand. */
  keepHeights(notebook: string, heights: Readonly<Record<number, number>>): void {
    this.#heights.put(notebook, { ...this.#heights.waiting(notebook), ...heights });
  }

  /** Heights in px by cell, as they were last. */
  heights(notebook: string): Record<number, number> {
    this.flush();
    const rows = this.#guarded([], () =>
      this.#database.prepare("SELECT cell, height FROM heights WHERE notebook = ?").all(notebook),
    ) as { cell: number; height: number }[];
    return Object.fromEntries(rows.map(({ cell, height }) => [cell, height]));
  }

  /** What a cell gave when it ran with this code and these inputs, or null. */
  recall(key: ResultKey): KeptResult | null {
    const row = this.#guarded(undefined, () => this.#result(key));
    const [result] = row ? readBody<Encoded>(row.body) : [];
    return row && result ? { at: row.at, result } : null;
  }

  /** Remembers what a cell gave. @returns false if it is too large, or cannot be written. */
  remember(key: ResultKey, { at, result }: KeptResult): boolean {
    const body = serialize(result);
    if (body.length > this.#limits.result) return false;
    return this.#guarded(false, () => {
      this.#database.transaction(() => this.#writeResult(key, at, body)).immediate();
      return true;
    });
  }

  /** A notebook has another path now. */
  rename(from: string, to: string): void {
    this.flush();
    if (from === to) return;
    this.#guarded(undefined, () => this.#database.transaction(() => this.#move(from, to)).immediate());
  }

  /** Writes what waits to be written. */
  flush(): void {
    this.#shown.flush();
    this.#heights.flush();
  }

  close(): void {
    this.flush();
    this.#database.close();
  }

  /** Does something with the database; a damaged one is begun anew, and any other trouble is told and passed over. */
  #guarded<T>(otherwise: T, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isDamage(error)) return this.#again(otherwise, work);
      console.error(`kept outputs: ${(error as Error).message}`);
      return otherwise;
    }
  }

  #again<T>(otherwise: T, work: () => T): T {
    try {
      this.#database.close();
      // Another process may have put it right already.
      if (inodeOf(this.#file) === this.#inode) putAside(this.#file);
      this.#database = openStore(this.#file);
      this.#inode = inodeOf(this.#file);
      return work();
    } catch (error) {
      console.error(`kept outputs: ${(error as Error).message}`);
      return otherwise;
    }
  }

  #shownOf(notebook: string): ShownRow[] {
    const rows = this.#database
      .prepare("SELECT cell, code, at, body FROM shown WHERE notebook = ?")
      .all(notebook) as ShownRow[];
    if (rows.length > 0)
      this.#database.prepare(`UPDATE shown SET used = ${next("shown")} WHERE notebook = ?`).run(notebook);
    return rows;
  }

  #writeShown(all: readonly Shown[]): void {
    this.#database
      .transaction(() => {
        for (const each of all) this.#replaceShown(each);
        this.#evict("shown", this.#limits.total);
      })
      .immediate();
  }

  #replaceShown({ notebook, cell, code, outputs, at }: Shown): void {
    const body = serialize(outputs.map(lasting));
    this.#database.prepare("DELETE FROM shown WHERE notebook = ? AND cell = ?").run(notebook, cell);
    if (body.length > this.#limits.cell) return;
    const columns = "used, notebook, cell, code, at, body, bytes";
    this.#database
      .prepare(`INSERT INTO shown (${columns}) VALUES (${next("shown")}, ?, ?, ?, ?, ?, ?)`)
      .run(notebook, cell, code, at, body, body.length);
  }

  #writeHeights(notebooks: readonly string[], all: readonly Readonly<Record<number, number>>[]): void {
    const put = this.#database.prepare(
      "INSERT OR REPLACE INTO heights (notebook, cell, height) VALUES (?, ?, ?)",
    );
    this.#database
      .transaction(() => {
        for (const [index, heights] of all.entries())
          for (const [cell, height] of Object.entries(heights))
            put.run(notebooks[index], Number(cell), height);
      })
      .immediate();
  }

  #result({ notebook, cell, code, inputs }: ResultKey): { body: Buffer; at: number } | undefined {
    const row = this.#database
      .prepare("SELECT id, body, at FROM results WHERE notebook = ? AND cell = ? AND code = ? AND inputs = ?")
      .get(notebook, cell, code, inputs) as { id: number; body: Buffer; at: number } | undefined;
    if (row) this.#database.prepare(`UPDATE results SET used = ${next("results")} WHERE id = ?`).run(row.id);
    return row;
  }

  #writeResult({ notebook, cell, code, inputs }: ResultKey, at: number, body: Buffer): void {
    const columns = "used, notebook, cell, code, inputs, at, body, bytes";
    this.#database
      .prepare(`INSERT OR REPLACE INTO results (${columns}) VALUES (${next("results")}, ?, ?, ?, ?, ?, ?, ?)`)
      .run(notebook, cell, code, inputs, at, body, body.length);
    this.#evict("results", this.#limits.results);
  }

  #evict(table: "shown" | "results", most: number): void {
    const sum = this.#database.prepare(`SELECT total(bytes) AS bytes FROM ${table}`).get() as {
      bytes: number;
    };
    const drop = this.#database.prepare(
      `DELETE FROM ${table} WHERE id = (SELECT id FROM ${table} ORDER BY used LIMIT 1) RETURNING bytes`,
    );
    for (let over = sum.bytes - most; over > 0; )
      over -= (drop.get() as { bytes: number } | undefined)?.bytes ?? over;
  }

  #move(from: string, to: string): void {
    for (const table of ["shown", "results", "heights"]) {
      this.#database.prepare(`DELETE FROM ${table} WHERE notebook = ?`).run(to);
      this.#database.prepare(`UPDATE ${table} SET notebook = ? WHERE notebook = ?`).run(to, from);
    }
  }
}

function openStore(file: string): Database.Database {
  const database = openKept(file);
  try {
    makeTables(database);
    return database;
  } catch (error) {
    database.close();
    if (!isDamage(error)) throw error;
    putAside(file);
    const fresh = openKept(file);
    makeTables(fresh);
    return fresh;
  }
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}

interface ShownRow {
  readonly cell: number;
  readonly code: string;
  readonly at: number;
  readonly body: Buffer;
}

/** Above all that have been used. */
function next(table: "shown" | "results"): string {
  return `(SELECT coalesce(max(used), 0) + 1 FROM ${table})`;
}

/** One, or none if another version of Node wrote it in a way that this one cannot read. */
function readBody<T>(body: Buffer): T[] {
  try {
    return [deserialize(body) as T];
  } catch {
    return [];
  }
}
