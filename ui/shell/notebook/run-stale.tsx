import { Play } from "lucide-react";
import { countText } from "../app/format.ts";
import { keys } from "../app/platform.ts";
import { useStore } from "../app/store.ts";
import { runStale } from "./actions.ts";
import { useWorkbench } from "./context.ts";
import { staleOf } from "./stale.ts";

/** Runs what is out of date, and says how much that is; shown while there is any. */
export function RunStale() {
  const workbench = useWorkbench();
  const { session } = workbench;
  const notebook = useStore(session.notebook, (now) => now);
  const states = useStore(session.cells, (now) => now);
  const program = useStore(session.program, (now) => now);
  const trusted = useStore(session.state, (now) => now.trusted);
  const count = staleOf(notebook.cells, notebook.run === "lazy", states, program).length;
  if (count === 0 || !trusted) return null;
  return (
    <button
      type="button"
      className="button small run-stale"
      title={`Run all cells that are out of date (${keys("Mod-Alt-Enter")})`}
      aria-label={`Run all ${count} stale`}
      onClick={() => runStale(workbench)}
    >
      <Play size={12} /> <span className="wide">Run stale</span>
      <span className="count number">{countText(count)}</span>
    </button>
  );
}
