import type { NotebookEntry } from "../../../kernel/notebook/api.ts";
import { client } from "../app/client.ts";
import { toast, toastFailure } from "../app/toasts.tsx";

/** File name without folder and extension. */
export function stem(path: string): string {
  return path.replace(/^.*\//, "").replace(/\.html$/, "");
}

async function attempt(action: () => Promise<unknown>, then: () => void): Promise<void> {
  try {
    await action();
    then();
  } catch (error) {
    toastFailure(error);
  }
}

export function duplicateNotebook(entry: NotebookEntry, then: () => void): Promise<void> {
  return attempt(() => client.copy(entry.path, `${entry.title} (copy)`), then);
}

export function renameNotebook(entry: NotebookEntry, name: string, then: () => void): Promise<void> {
  const folder = entry.path.replace(/[^/]*$/, "");
  return attempt(() => client.rename(entry.path, `${folder}${name.replace(/\.html$/, "")}.html`), then);
}

export function removeNotebook(entry: NotebookEntry, then: () => void): Promise<void> {
  return attempt(async () => {
    const { trash } = await client.remove(entry.path);
    const run = () => void attempt(() => client.restore(trash), then);
    toast(`“${entry.title}” is in the trash.`, { label: "Undo", run });
  }, then);
}
