import { toastFailure } from "../../app/toasts.tsx";
import { type Command, chosenCells } from "../command.ts";
import type { Workbench } from "../context.ts";
import { renameCell } from "./cell-name.ts";
import { sectionLevel } from "./sections.ts";

/** Commands about sections, names and what is folded. */
export function outlineCommands(workbench: Workbench): Command[] {
  const { sections, folds } = workbench;
  return [
    {
      id: "fold-section",
      title: "Fold or open the section",
      keys: "Mod-[",
      run: () => toggleSection(workbench),
    },
    { id: "fold-all", title: "Fold all sections", run: () => sections.setAll(true) },
    { id: "open-all", title: "Open all sections", run: () => sections.setAll(false) },
    {
      id: "code",
      title: "Show or hide the code",
      run: () => {
        const ids = chosenCells(workbench);
        const hide = ids.some((id) => !folds.folded.get().has(id));
        for (const id of ids) folds.set(id, hide);
      },
    },
    {
      id: "name",
      title: "Name the cell…",
      run: () => {
        const [cell] = chosenCells(workbench);
        if (cell !== undefined) renameCell(workbench, cell).catch(toastFailure);
      },
    },
  ];
}

/** Of the cell that is chosen, or the nearest heading above it. */
function toggleSection(workbench: Workbench): void {
  const { session, sections, selection } = workbench;
  const { cells } = session.notebook.get();
  const [chosen] = chosenCells(workbench);
  const at = cells.findIndex(({ id }) => id === chosen);
  const heading = cells.slice(0, at + 1).findLast((cell) => sectionLevel(cell) !== null);
  if (!heading) return;
  const fold = !sections.folded.get().has(heading.id);
  sections.set(heading.id, fold);
  if (fold && heading.id !== chosen) selection.select(heading.id);
}
