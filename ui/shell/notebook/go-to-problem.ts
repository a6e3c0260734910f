import type { Workbench } from "./context.ts";
import { nextProblem, type Problem, problemsOf } from "./problems.ts";
import { showCell } from "./show-cell.ts";

/** Puts the cursor where a problem is, or shows its cell. */
export function goToProblem({ editors }: Workbench, { cell, failure }: Problem): void {
  const { line, column = 1 } = failure;
  showCell(cell);
  if (line !== undefined) editors.focusLine(cell, line, column);
}

/** Goes to the next or previous problem, seen from the cell that has the focus. */
export function stepToProblem(workbench: Workbench, step: 1 | -1): void {
  const { session } = workbench;
  const notebook = session.notebook.get();
  const { list } = problemsOf(notebook, session.cells.get());
  const problem = nextProblem(notebook, list, focusedCell(), step);
  if (problem) goToProblem(workbench, problem);
}

function focusedCell(): number | null {
  const section = document.activeElement?.closest<HTMLElement>("section[data-cell]");
  return section ? Number(section.dataset.cell) : null;
}
