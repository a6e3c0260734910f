import { Server } from "lucide-react";
import { type Cell, isInterpreter } from "../../../kernel/notebook/document/notebook.ts";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";
import { formatText } from "./formats.ts";
import { modeText } from "./modes.ts";
import { isChanged } from "./program.ts";

/**
 * The small words beside a cell's code: what differs from a plain cell. The mark of a change lies
 * over the code, so that no line breaks anew because of it.
 */
export function CellFacts({ cell }: { readonly cell: Cell }) {
  return (
    <>
      <Settings cell={cell} />
      <ChangedMark cell={cell} />
    </>
  );
}

function ChangedMark({ cell }: { readonly cell: Cell }) {
  const { session } = useWorkbench();
  const ran = useStore(session.program, (program) => program.cells.get(cell.id));
  const trusted = useStore(session.state, (state) => state.trusted);
  if (!trusted || !isChanged(cell, ran)) return null;
  return (
    <span className="changed-mark" title="Changed since it last ran">
      <span className="hidden-visually">Changed since it last ran</span>
    </span>
  );
}

function Settings({ cell }: { readonly cell: Cell }) {
  return (
    <div className="facts-line">
      {cell.name ? (
        <span className="cell-name" title={cell.name}>
          {cell.name}
        </span>
      ) : null}
      {cell.mode !== "ts" ? <span className="badge">{modeName(cell)}</span> : null}
      {cell.place === "kernel" && cell.mode !== "sql" && !isInterpreter(cell.mode) ? (
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
  const on = cell.database
    ? ` on ${cell.database}`
    : isInterpreter(cell.mode)
      ? ` prints ${formatText(cell.format)}`
      : "";
  return cell.output ? `${name}${on} → ${cell.output}` : `${name}${on}`;
}
