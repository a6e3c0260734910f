import { CircleAlert, TriangleAlert } from "lucide-react";
import { plural } from "../../../app/format.ts";
import { useWorkbench, type Workbench } from "../../context.ts";
import { showCell } from "../../show-cell.ts";
import { makeWay } from "../dock-focus.ts";
import { stepLines } from "../step-lines.ts";
import type { CellProblems, ProblemLine } from "./problem-list.ts";
import { useProblems } from "./use-problems.ts";
import "./problems.css";

/** Failures of runs and mistakes in the texts, by cell. A click puts the cursor there, F8 goes from one failure to the next. */
export function ProblemsPanel() {
  const { cells, errors, warnings, waiting } = useProblems();
  if (cells.length === 0) return <p className="dock-empty">Nothing is wrong in this notebook.</p>;
  return (
    <>
      <p className="problems-sum">
        {[errors > 0 ? plural(errors, "error") : "", warnings > 0 ? plural(warnings, "warning") : ""]
          .filter(Boolean)
          .join(", ")}
        {waiting > 0 ? `; ${plural(waiting, "more cell")} could not run because of this` : ""}
      </p>
      <ul className="dock-list" onKeyDown={stepLines}>
        {cells.map((each) => (
          <CellGroup key={each.cell} problems={each} />
        ))}
      </ul>
    </>
  );
}

function CellGroup({ problems: { cell, name, lines } }: { readonly problems: CellProblems }) {
  const workbench = useWorkbench();
  return (
    <li>
      <h3 className="problems-cell">{name ?? `Cell ${cell}`}</h3>
      <ul className="problems-lines">
        {lines.map((line) => (
          <li key={line.key}>
            <button type="button" className="dock-line" onClick={() => goTo(workbench, cell, line)}>
              <Severity line={line} />
              <span className="problems-message">{line.message}</span>
              {line.at && "line" in line.at ? <span className="muted number">{line.at.line}</span> : null}
            </button>
          </li>
        ))}
      </ul>
    </li>
  );
}

function Severity({ line: { severity } }: { readonly line: ProblemLine }) {
  const Icon = severity === "error" ? CircleAlert : TriangleAlert;
  return <Icon size={14} className={`problems-${severity}`} role="img" aria-label={severity} />;
}

function goTo(workbench: Workbench, cell: number, { at }: ProblemLine): void {
  makeWay(workbench);
  showCell(cell);
  if (!at) return;
  if ("offset" in at) workbench.editors.focus(cell, at.offset);
  else workbench.editors.focusLine(cell, at.line, at.column);
}
