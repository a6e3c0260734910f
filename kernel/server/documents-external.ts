import { difference } from "../notebook/document/difference.ts";
import { parseNotebook } from "../notebook/document/file.ts";
import type { Notebook } from "../notebook/document/notebook.ts";
import type { Operation } from "../notebook/document/operations.ts";
import { rebase } from "../notebook/document/rebase.ts";
import { type Failure, inputError } from "../notebook/errors.ts";

/**
 * What another program did to a file, as operations on the notebook in memory.
 * @param before the file's text as both sides last knew it
 */
export function externalChanges(before: string, theirs: Notebook, memory: Notebook): Operation[] {
  const base = parseNotebook(before, { strictlyDecoded: true });
  const { mine } = rebase(base, difference(base, theirs), difference(base, memory));
  return mine.filter((operation) => operation !== null);
}

/** @throws UserError also for a file that ends before its notebook does, as when it is only half written */
export function wholeNotebook(text: string, before: string): Notebook {
  const end = /<\/notebook/i;
  const notebook = parseNotebook(text, { strictlyDecoded: true });
  if (!end.test(before) || end.test(text)) return notebook;
  throw inputError("the file ends without </notebook>");
}

export function removed(path: string): Failure {
  const message = `"${path}" was removed or renamed by another program`;
  return { kind: "input", message, remedy: "its text is kept here; your next edit writes it again" };
}

export function unreadable(path: string, cause: Failure): Failure {
  const message = `another program changed "${path}" so that it cannot be read: ${cause.message}`;
  return { ...cause, kind: "input", message, remedy: "correct it there; your text is kept here" };
}

/** @param kept where its text is now */
export function replaced(path: string, kept: string): Failure {
  const message = `what another program wrote into "${path}" could not be read and was replaced`;
  return { kind: "input", message, remedy: `its text is in ${kept}` };
}

/** @param kept where its text is now */
export function rescued(path: string, kept: string): Failure {
  return { kind: "input", message: `"${path}" could not be saved`, remedy: `its text is in ${kept}` };
}
