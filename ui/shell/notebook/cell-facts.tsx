import { Server } from "lucide-react";
import type { Cell } from "../../../kernel/notebook/document/notebook.ts";
import { durationText } from "../app/format.ts";
import { useStore } from "../app/store.ts";
import type { CellState } from "./cell-states.ts";
import { useWorkbench } from "./context.ts";
import { modeText } from "./modes.ts";
import { isChanged } from "./program.ts";
import { useElapsed } from "./use-elapsed.ts";

interface Props {
  readonly cell: Cell;
  readonly state: CellState;
}

/**
 * The small words beside a cell's code: what differs from a plain cell. What comes and goes as one types and runs lies
 * over the code, so that no line breaks anew because of it.
 */
export function CellFacts({ cell, state }: Props) {
  return (
    <>
      <Settings cell={cell} />
      <ChangedMark cell={cell} />
      <Duration state={state} />
    </>
  );
}

function ChangedMark({ cell }: { readonly cell: Cell }) {
  const { session } = useWorkbench();
  const ran = useStore(session.program, (program) => program.cells.get(cell.id));
  if (!isChanged(cell, ran)) return null;
  return (
    <span className="changed-mark" title="Changed since it last ran">
      <span className="hidden-visually">Changed since it last ran</span>
    </span>
  );
}

function Settings({ cell }: { readonly cell: Cell }) {
  return (
    <div className="facts-line">
      {cell.mode !== "ts" ? <span className="badge">{modeName(cell)}</span> : null}
      {cell.place === "kernel" && cell.mode !== "sql" ? (
        <span className="badge" title="Runs in the notebook's Node process">
          <Server size={11} aria-hidden="true" /> kernel
        </span>
      ) : null}
      {cell.run !== "auto" ? <span className="badge warn">{cell.run}</span> : null}
    </div>
  );
}

function modeName(cell: Cell): string {
  const { name } = modeText(cell.mode);
  const on = cell.database ? ` on ${cell.database}` : "";
  return cell.output ? `${name}${on} → ${cell.output}` : `${name}${on}`;
}

function Duration({ state }: { readonly state: CellState }) {
  const elapsed = useElapsed(state);
  if (elapsed !== null) return <span className="duration number">{durationText(elapsed)}</span>;
  if (state.status === "stopped") return <span className="duration">stopped</span>;
  if (state.status === "stale") return <span className="duration stale">out of date</span>;
  if (state.ms === undefined || state.ms < 100) return null;
  return <span className="duration number">{durationText(state.ms)}</span>;
}
