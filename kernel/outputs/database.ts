import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { inputError, UserError } from "../notebook/errors.ts";

/**
 * A SQLite file among what the program keeps; several processes may use it at once. One that is damaged is put aside
 * and begun anew, since nothing in it is the only copy.
 * @throws UserError where it may not be written.
 */
export function openKept(file: string): Database.Database {
  try {
    return open(file);
  } catch (error) {
    if (!isDamage(error)) throw explained(file, error);
    putAside(file);
    return open(file);
  }
}

/** Whether an error says that the file is no database, or a broken one. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(NOTADB|CORRUPT)/.test(codeOf(error));
}

/** Moves a damaged file out of the way, if another process has not done so. */
export function putAside(file: string): void {
  if (existsSync(file)) renameSync(file, `${file}.damaged`);
  for (const part of ["-wal", "-shm"]) rmSync(file + part, { force: true });
}

function open(file: string): Database.Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new Database(file, { timeout: 5000 });
  try {
    database.pragma("auto_vacuum = FULL");
    database.pragma("journal_mode = WAL");
    database.pragma("synchronous = NORMAL");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function explained(file: string, error: unknown): unknown {
  const code = codeOf(error);
  if (error instanceof UserError || code === "") return error;
  const isFull = code === "ENOSPC" || code === "SQLITE_FULL";
  return inputError(
    `"${file}" cannot be written (${code})`,
    isFull ? "make room on its disk" : "allow writing in its folder, or open a folder that you may write to",
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
