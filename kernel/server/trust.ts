import { createHmac } from "node:crypto";
import { join } from "node:path";
import type Database from "better-sqlite3";
import type { Workspace } from "../catalog/workspace.ts";
import { openKept } from "../outputs/database.ts";
import { userFile, userKey } from "./user-key.ts";

/** Texts remembered; the oldest go first. */
const most = 100_000;

/**
 * Remembers which notebook texts this user wrote or trusted. Kept in the workspace, as sums that only this user's key
 * can make: a workspace that comes from someone else brings no trust along.
 */
export class Trust {
  readonly #key: Buffer;
  readonly #database: Database.Database;

  /** @param keyFile the user's key; made if missing */
  constructor(workspace: Workspace, keyFile: string = userFile("trust.key")) {
    this.#key = userKey(keyFile);
    this.#database = openKept(join(workspace.kept, "trust.db"));
    this.#database.exec(
      "CREATE TABLE IF NOT EXISTS trusted (sum BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
    );
  }

  isTrusted(text: string): boolean {
    return this.#database.prepare("SELECT 1 FROM trusted WHERE sum = ?").get(this.#sum(text)) !== undefined;
  }

  trust(text: string): void {
    this.#database
      .prepare("INSERT INTO trusted VALUES (?, ?) ON CONFLICT (sum) DO UPDATE SET at = excluded.at")
      .run(this.#sum(text), Date.now());
  }

  close(): void {
    try {
      this.#forgetOldest();
    } finally {
      this.#database.close();
    }
  }

  #forgetOldest(): void {
    const { count } = this.#database.prepare("SELECT count(*) AS count FROM trusted").get() as {
      count: number;
    };
    if (count <= most) return;
    const oldest = "SELECT sum FROM trusted ORDER BY at DESC LIMIT -1 OFFSET ?";
    this.#database.prepare(`DELETE FROM trusted WHERE sum IN (${oldest})`).run(most);
  }

  #sum(text: string): Buffer {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}
