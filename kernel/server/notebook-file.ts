import { realpath, stat } from "node:fs/promises";
import { basename, dirname, resolve, sep } from "node:path";
import { type Failure, inputError, toFailure, UserError } from "../notebook/errors.ts";
import type { Answer } from "../notebook/protocol.ts";

/** Puts a file where the sandbox can fetch it, and gives the URL. */
export type Share = (path: string) => string;

/** What a cell learns of a file that it names; paths start at the notebook's folder. */
export async function answerFile(
  root: string,
  notebook: string,
  name: string,
  share: Share,
): Promise<Answer> {
  try {
    const { path, bytes, modified } = await findFile(root, notebook, name);
    return { ok: { json: { url: share(path), name: basename(name), bytes, modified }, parts: [] } };
  } catch (thrown) {
    return { failure: asFailure(thrown) };
  }
}

/** @throws UserError for a file that is not there, lies outside of the workspace (also by a link) or in its `.percolate/`. */
async function findFile(
  root: string,
  notebook: string,
  name: string,
): Promise<{ path: string; bytes: number; modified: number }> {
  const asked = resolve(dirname(notebook), name);
  const [folder, path] = await Promise.all([realpath(root), realpath(asked).catch(() => null)]);
  if (path === null) throw inputError(`file "${name}" not found`, `put it at ${asked}, or correct its name`);
  if (!path.startsWith(folder + sep))
    throw inputError(`file "${name}" lies outside of the workspace`, `move it into ${folder}`);
  if (path.startsWith(`${folder}${sep}.percolate${sep}`))
    throw inputError(`file "${name}" is one that Percolate keeps for itself`, "name a file of yours");
  const found = await stat(path);
  if (!found.isFile()) throw inputError(`"${name}" is a folder`, "name a file in it");
  return { path, bytes: found.size, modified: Math.trunc(found.mtimeMs) };
}

function asFailure(thrown: unknown): Failure {
  if (!(thrown instanceof UserError)) console.error(thrown);
  return toFailure(thrown);
}
