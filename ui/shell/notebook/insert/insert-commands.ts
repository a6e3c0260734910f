import { client } from "../../app/client.ts";
import { toast, toastFailure } from "../../app/toasts.tsx";
import { cellsToText } from "../cell-clipboard.ts";
import { type Command, chosenCells } from "../command.ts";
import type { Workbench } from "../context.ts";
import { cellElement } from "./insertion.ts";

/** Commands about cells that are put in, and kept to be. */
export function insertCommands(workbench: Workbench): Command[] {
  const chosen = () => chosenCells(workbench);
  const last = () => chosen().at(-1) ?? workbench.session.notebook.get().cells.at(-1)?.id ?? null;
  return [
    {
      id: "insert",
      title: "Insert a cell, snippet, chart or query below…",
      keys: "/",
      run: () => openBelow(workbench, last()),
    },
    {
      id: "save-snippet",
      title: "Save the cells as a snippet…",
      run: () => void saveAsSnippet(workbench, chosen()).catch(toastFailure),
    },
  ];
}

/** Opens the menu below a cell; an empty cell becomes what is chosen. */
export function openBelow({ insertMenu, session }: Workbench, cell: number | null): void {
  const empty = session.notebook.get().cells.some(({ id, source }) => id === cell && source === "");
  insertMenu.show({ after: cell, into: empty ? cell : null, anchor: cellElement(cell) });
}

async function saveAsSnippet({ session, questions }: Workbench, cells: readonly number[]): Promise<void> {
  if (cells.length === 0) return;
  const title = await questions.text({
    title: cells.length === 1 ? "Save the cell as a snippet" : `Save ${cells.length} cells as a snippet`,
    label: "Title, by which the menu finds it",
    value: session.notebook.get().cells.find(({ id }) => id === cells[0])?.name ?? "",
    action: "Save",
  });
  if (!title) return;
  const { path } = await client.saveSnippet(title, cellsToText(session, cells));
  toast(`The snippet is kept in ${path}.`);
}
