import type { Mode } from "../../../kernel/notebook/document/notebook.ts";
import { keys } from "../app/platform.ts";
import { addCell } from "./actions.ts";
import { useWorkbench } from "./context.ts";

/** What an empty notebook says. */
export function Welcome() {
  const workbench = useWorkbench();
  const begin = (mode: Mode) => {
    const { cells } = workbench.session.notebook.get();
    const empty = cells.find((cell) => cell.mode === mode && cell.source === "");
    if (empty) workbench.editors.focus(empty.id);
    else addCell(workbench, mode, cells.at(-1)?.id ?? null);
  };
  return (
    <div className="welcome">
      <p>
        Type TypeScript and press <kbd>{keys("Shift-Enter")}</kbd>. What a cell declares, other cells can use;
        when it changes, they run again by themselves.
      </p>
      <div className="welcome-actions">
        <button type="button" className="button" onClick={() => begin("ts")}>
          Write TypeScript
        </button>
        <button type="button" className="button" onClick={() => begin("sql")}>
          Query a table
        </button>
        <button type="button" className="button" onClick={() => begin("md")}>
          Write a note
        </button>
      </div>
    </div>
  );
}
