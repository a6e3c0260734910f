import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import type Database from "better-sqlite3";
import type { Workspace } from "../catalog/workspace.ts";
import { openKept } from "./outputs-database.ts";

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
  constructor(workspace: Workspace, keyFile: string = userKeyFile()) {
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
    this.#database
      .prepare(
        "DELETE FROM trusted WHERE sum IN (SELECT sum FROM trusted ORDER BY at DESC LIMIT -1 OFFSET ?)",
      )
      .run(most);
    this.#database.close();
  }

  #sum(text: string): Buffer {
    return createHmac("sha256", this.#key).update(text).digest();
  }
}

/** Outside of all workspaces, so that none can bring its own. */
function userKeyFile(): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), ".config"), "percolate", "trust.key");
}

/** Where no key can be kept, one for this process alone: what is trusted is then asked anew. */
function userKey(file: string): Buffer {
  const fresh = randomBytes(32);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, fresh, { mode: 0o600, flag: "wx" });
    return fresh;
  } catch {
    return savedKey(file) ?? fresh;
  }
}

function savedKey(file: string): Buffer | null {
  try {
    const key = readFileSync(file);
    return key.length >= 32 ? key : null;
  } catch {
    return null;
  }
}
