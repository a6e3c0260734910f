import { inputError, UserError } from "../notebook/errors.ts";

type Explain = (file: string, detail: string) => UserError;

const explanations: readonly [prefix: string, explain: Explain][] = [
  ["SQLITE_NOTADB", damaged],
  ["SQLITE_CORRUPT", damaged],
  ["SQLITE_READONLY", readOnly],
  ["SQLITE_CANTOPEN", readOnly],
  ["SQLITE_PERM", readOnly],
  ["SQLITE_BUSY", busy],
  ["SQLITE_FULL", full],
  ["SQLITE_IOERR", full],
];

/** Runs `work` on the catalog file; SQLite's refusals become a UserError that names the file and a remedy. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw explained(file, thrown);
  }
}

function explained(file: string, thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof UserError) return thrown;
  const code = "code" in thrown ? String(thrown.code) : "";
  const found = explanations.find(([prefix]) => code.startsWith(prefix));
  return found ? found[1](file, thrown.message) : thrown;
}

function damaged(file: string, detail: string): UserError {
  return inputError(
    `catalog file "${file}" is damaged (${detail}); it was left as it is`,
    `move it away with: mv "${file}" "${file}.damaged", start again, and crawl your folders anew (data files and notebooks are not in it)`,
  );
}

function readOnly(file: string, detail: string): UserError {
  return inputError(
    `catalog file "${file}" cannot be opened for writing (${detail})`,
    "give yourself write permission on that folder, or open a workspace in a folder that you may write to",
  );
}

function busy(file: string, detail: string): UserError {
  return inputError(
    `catalog file "${file}" is in use by another process (${detail})`,
    "try again when the other process has finished its write",
  );
}

function full(file: string, detail: string): UserError {
  return inputError(
    `catalog file "${file}" could not be read or written (${detail})`,
    "check that its disk has free space and works; nothing of this change was kept",
  );
}
