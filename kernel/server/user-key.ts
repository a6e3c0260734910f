import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const dayMs = 24 * 60 * 60 * 1000;
/** Age (ms) at which the key of sessions is made anew. */
const sessionMs = 7 * dayMs;

/** A file of this user's, outside of all workspaces, so that none can bring its own. */
export function userFile(name: string): string {
  return join(process.env.XDG_CONFIG_HOME || join(homedir(), ".config"), "percolate", name);
}

/** The user's key in a file; made if missing. Where none can be kept, one for this process alone. */
export function userKey(file: string): Buffer {
  return makeKey(file, "wx") ?? savedKey(file) ?? randomBytes(32);
}

/**
 * The key that sessions are made of. It outlives the server, so that a tab finds back to a server that was started
 * anew; a cookie that got lost is worth nothing a week later.
 */
export function sessionKey(file: string = userFile("session.key")): Buffer {
  return isOld(file) ? (makeKey(file, "w") ?? randomBytes(32)) : userKey(file);
}

function isOld(file: string): boolean {
  const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > sessionMs;
}

function makeKey(file: string, flag: "w" | "wx"): Buffer | null {
  const fresh = randomBytes(32);
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, fresh, { mode: 0o600, flag });
    return fresh;
  } catch {
    return null;
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
