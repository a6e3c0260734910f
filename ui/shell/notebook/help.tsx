import { CircleHelp } from "lucide-react";
import { useRef, useState } from "react";
import { Dialog, Popover } from "react-aria-components";
import { keys } from "../app/platform.ts";

const shortcuts = [
  ["Shift-Enter", "Run and go to the next cell"],
  ["Mod-Enter", "Run and stay"],
  ["Alt-Enter", "Run and add a cell below"],
  ["Mod-Shift-Enter", "Add a cell below"],
  ["/", "In an empty cell: a cell kind, snippet, chart or query"],
  ["Ctrl-Space", "What may stand here"],
  ["F12", "Go to where a name is defined (or Mod-click)"],
  ["Shift-F12", "All uses of a name"],
  ["F2", "Rename, in all cells"],
  ["Shift-Alt-f", "Lay out the code of the cell"],
  ["Mod-;", "Mend the mistake at the cursor"],
  ["Mod-Alt-Enter", "Run all that is out of date"],
  ["Mod-.", "Stop what runs"],
  ["F8", "Next problem; with Shift, the one before"],
  ["Mod-z", "Undo, in text and cells alike"],
  ["Mod-Shift-z", "Redo"],
  ["Mod-Alt-↑", "Move the cell up"],
  ["Mod-Alt-↓", "Move the cell down"],
  ["Backspace", "In an empty cell: delete it"],
  ["Mod-Alt-f", "Find and replace in all cells (the browser’s own search finds all text too)"],
  ["Mod-k", "All commands"],
  ["Esc", "Leave the text; then ↑ ↓ go from cell to cell, and letters are commands:"],
  ["a", "Add a cell above, b below"],
  ["d d", "Delete; x cut, c copy, v paste"],
  ["m", "Make it Markdown; y TypeScript"],
  ["Shift-↓", "Select more cells; Shift-m merges them"],
  ["Mod-[", "Fold or open the section; / inserts below"],
  ["Mod-Shift--", "Split the cell at the cursor"],
] as const;

/** The shortcuts. */
export function Help() {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        ref={button}
        className="icon-button"
        aria-label="Help"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <CircleHelp size={16} />
      </button>
      <Popover
        className="popover"
        triggerRef={button}
        isOpen={open}
        onOpenChange={setOpen}
        placement="bottom end"
      >
        <Dialog className="help" aria-label="Shortcuts">
          <dl>
            {shortcuts.map(([shortcut, does]) => (
              <div key={shortcut}>
                <dt>
                  <kbd>{keys(shortcut)}</kbd>
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
          <p className="muted">
            A cell runs in the browser unless its menu says kernel. SQL runs on the engine over the catalog’s
            tables.
          </p>
        </Dialog>
      </Popover>
    </>
  );
}
