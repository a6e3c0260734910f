import { keys } from "../app/platform.ts";
import { addCell } from "./actions.ts";
import { useWorkbench } from "./context.ts";

/** What an empty notebook says. */
export function Welcome() {
  const workbench = useWorkbench();
  return (
    <div className="welcome">
      <p>
        Type TypeScript and press <kbd>{keys("Shift-Enter")}</kbd>. What a cell declares, other cells can use;
        when it changes, they run again by themselves.
      </p>
      <div className="welcome-actions">
        <button type="button" className="button" onClick={() => addCell(workbench, "ts", null)}>
          Write TypeScript
        </button>
        <button type="button" className="button" onClick={() => addCell(workbench, "sql", null)}>
          Query a table
        </button>
        <button type="button" className="button" onClick={() => addCell(workbench, "md", null)}>
          Write a note
        </button>
      </div>
    </div>
  );
}
