import { join } from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { inputError } from "../notebook/errors.ts";
import { guarded } from "./errors.ts";
import { migrate } from "./migrations.ts";
import { prepareWorkspace, type Workspace } from "./workspace.ts";

/** How long a statement waits for another process's write, in milliseconds. */
const busyTimeout = 10_000;

/** Opens (or makes) the catalog file of a workspace, ready for use. @throws UserError naming file and remedy. */
export function openStore(workspace: Workspace): Database {
  const file = join(workspace.kept, "catalog.db");
  makeFolder(workspace);
  return guarded(file, () => prepared(new Sqlite(file, { timeout: busyTimeout })));
}

function prepared(db: Database): Database {
  try {
    switchToWal(db);
    db.pragma("synchronous = NORMAL");
    db.pragma("foreign_keys = ON");
    migrate(db);
    return db;
  } catch (thrown) {
    db.close();
    throw thrown;
  }
}

/** The switch to WAL takes the whole file and does not wait by itself, so processes that start at once try again. */
function switchToWal(db: Database): void {
  const deadline = Date.now() + busyTimeout;
  while (db.pragma("journal_mode", { simple: true }) !== "wal") {
    try {
      db.pragma("journal_mode = WAL");
    } catch (thrown) {
      if (!isBusy(thrown) || Date.now() > deadline) throw thrown;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function isBusy(thrown: unknown): boolean {
  return thrown instanceof Sqlite.SqliteError && thrown.code.startsWith("SQLITE_BUSY");
}

function makeFolder(workspace: Workspace): void {
  try {
    prepareWorkspace(workspace);
  } catch (thrown) {
    throw inputError(
      `folder "${workspace.kept}" cannot be made (${thrown instanceof Error ? thrown.message : thrown})`,
      "give yourself write permission on the workspace's folder, or open a workspace in a folder that you may write to",
    );
  }
}
