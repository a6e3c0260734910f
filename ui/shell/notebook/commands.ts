import type { Mode } from "../../../kernel/notebook/document/notebook.ts";
import { settingsCommand } from "../settings/settings-command.ts";
import { addCell, runAll, setFields } from "./actions.ts";
import { cellsToText, pasteCells, textToCells } from "./cell-clipboard.ts";
import { deleteCells, mergeCells, moveCells, setModes, splitCell } from "./cell-structure.ts";
import { type Command, chosenCells } from "./command.ts";
import type { Workbench } from "./context.ts";
import { dockCommands } from "./dock/dock-commands.ts";
import { findCommands } from "./find/find-commands.ts";
import { insertCommands } from "./insert/insert-commands.ts";
import { modeTexts, newModes } from "./modes.ts";
import { outlineCommands } from "./outline/outline-commands.ts";
import { viewCommands } from "./view/view-button.tsx";

/** What was copied last, for where the system's clipboard may not be read. */
let copied = "";

/** All commands on the cells that are selected, or the one that is edited. */
export function commandsOf(workbench: Workbench): Command[] {
  return [
    ...runCommands(workbench),
    ...cellCommands(workbench),
    ...modeCommands(workbench),
    ...textCommands(workbench),
    ...insertCommands(workbench),
    ...outlineCommands(workbench),
    ...viewCommands(workbench),
    settingsCommand,
    ...findCommands(workbench),
    ...dockCommands(workbench),
  ];
}

function runCommands(workbench: Workbench): Command[] {
  const { session, selection } = workbench;
  const run = () => session.run(chosenCells(workbench));
  const runAnd = (then: () => void) => () => {
    run();
    then();
  };
  return [
    { id: "run", title: "Run", shortcut: "Mod-Enter", keys: "Mod-Enter", run },
    {
      id: "run-next",
      title: "Run and go to the next cell",
      shortcut: "Shift-Enter",
      keys: "Shift-Enter",
      run: runAnd(() => selection.step(1, false)),
    },
    {
      id: "run-insert",
      title: "Run and add a cell below",
      shortcut: "Alt-Enter",
      keys: "Alt-Enter",
      run: runAnd(() => void addCell(workbench, "ts", chosenCells(workbench).at(-1) ?? null)),
    },
    { id: "run-all", title: "Run all cells", run: () => runAll(workbench) },
    { id: "stop", title: "Stop what runs", shortcut: "Mod-.", keys: "i i", run: () => session.stop() },
    { id: "restart", title: "Restart the kernel", keys: "0 0", run: () => session.ask("restart") },
  ];
}

function cellCommands(workbench: Workbench): Command[] {
  const { session, selection } = workbench;
  const ids = () => chosenCells(workbench);
  const copy = () => {
    copied = cellsToText(session, ids());
    navigator.clipboard?.writeText(copied).catch(() => {});
  };
  const add = (after: number | null) => addCell(workbench, "ts", after);
  return [
    { id: "above", title: "Add a cell above", keys: "a", run: () => add(before(workbench, ids()[0])) },
    {
      id: "below",
      title: "Add a cell below",
      shortcut: "Mod-Shift-Enter",
      keys: "b",
      run: () => add(ids().at(-1) ?? null),
    },
    { id: "delete", title: "Delete cells", keys: "d d", run: () => deleteCells(workbench, ids()) },
    { id: "copy", title: "Copy cells", keys: "c", run: copy },
    {
      id: "cut",
      title: "Cut cells",
      keys: "x",
      run: () => {
        copy();
        deleteCells(workbench, ids());
      },
    },
    { id: "paste", title: "Paste cells below", keys: "v", run: () => paste(workbench, copied) },
    {
      id: "merge",
      title: "Merge the selected cells",
      keys: "Shift-m",
      run: () => mergeCells(workbench, ids()),
    },
    {
      id: "up",
      title: "Move up",
      shortcut: "Mod-Alt-↑",
      keys: "Mod-Alt-ArrowUp",
      run: () => moveCells(workbench, ids(), -1),
    },
    {
      id: "down",
      title: "Move down",
      shortcut: "Mod-Alt-↓",
      keys: "Mod-Alt-ArrowDown",
      run: () => moveCells(workbench, ids(), 1),
    },
    { id: "all", title: "Select all cells", keys: "Mod-a", run: () => selection.selectAll() },
    { id: "output", title: "Show or hide the output", keys: "o", run: () => toggleOutputs(workbench, ids()) },
    { id: "undo", title: "Undo", shortcut: "Mod-z", keys: "z", run: () => void session.undo() },
    { id: "redo", title: "Redo", shortcut: "Mod-Shift-z", keys: "Shift-z", run: () => void session.redo() },
  ];
}

/** Jupyter's letters, where it has some. */
const modeKeys: Partial<Record<Mode, string>> = { ts: "y", md: "m" };

function modeCommands(workbench: Workbench): Command[] {
  return newModes.map((mode) => ({
    id: `mode-${mode}`,
    title: `Make it ${modeTexts[mode].name}`,
    ...(modeKeys[mode] ? { keys: modeKeys[mode] } : {}),
    run: () => setModes(workbench, chosenCells(workbench), mode),
  }));
}

function textCommands(workbench: Workbench): Command[] {
  const { editors } = workbench;
  return [
    {
      id: "edit",
      title: "Edit the cell",
      keys: "Enter",
      run: () => {
        const [cell] = chosenCells(workbench);
        if (cell !== undefined) editors.focus(cell);
      },
    },
    {
      id: "split",
      title: "Split the cell at the cursor",
      shortcut: "Mod-Shift--",
      run: () => {
        const cursor = editors.cursor();
        if (cursor) splitCell(workbench, cursor.cell, cursor.offset);
      },
    },
  ];
}

/** Pastes cells, or text as one cell, below what is selected. */
export function paste(workbench: Workbench, text: string): void {
  const { session, selection } = workbench;
  const last = chosenCells(workbench).at(-1) ?? session.notebook.get().cells.at(-1)?.id ?? null;
  const [first] = pasteCells(session, textToCells(text), last);
  if (first !== undefined) selection.select(first);
}

function before({ session }: Workbench, cell: number | undefined): number | null {
  const { cells } = session.notebook.get();
  return cells[cells.findIndex(({ id }) => id === cell) - 1]?.id ?? null;
}

function toggleOutputs(workbench: Workbench, ids: readonly number[]): void {
  const { cells } = workbench.session.notebook.get();
  for (const { id, hidden } of cells) if (ids.includes(id)) setFields(workbench, id, { hidden: !hidden });
}
