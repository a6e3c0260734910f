import { CircleAlert } from "lucide-react";
import { plural } from "../app/format.ts";
import { MenuButton } from "../app/menu.tsx";
import { useStore } from "../app/store.ts";
import { useWorkbench } from "./context.ts";
import { goToProblem } from "./go-to-problem.ts";
import { type Problem, problemsOf } from "./problems.ts";

const longest = 80;

/** How many cells failed; opens their list. Shown while there are any. */
export function ProblemsButton() {
  const workbench = useWorkbench();
  const { session } = workbench;
  const count = useStore(session.cells, (states) => problemsOf(session.notebook.get(), states).list.length);
  if (count === 0) return null;
  const groups = () => {
    const { list, waiting } = problemsOf(session.notebook.get(), session.cells.get());
    return [
      {
        title:
          waiting > 0
            ? `${plural(waiting, "more cell")} not run because of ${list.length > 1 ? "these" : "this"}`
            : "F8 goes to the next problem",
        choices: list.map((problem) => ({
          id: String(problem.cell),
          label: labelOf(problem),
          // An open menu keeps the focus within it.
          run: () => setTimeout(() => goToProblem(workbench, problem)),
        })),
      },
    ];
  };
  return (
    <MenuButton
      label={plural(count, "problem")}
      title="Cells that failed (F8)"
      className="button quiet problems"
      groups={groups}
    >
      <CircleAlert size={14} aria-hidden="true" />
      <span>{count}</span>
    </MenuButton>
  );
}

function labelOf({ cell, name, failure }: Problem): string {
  const [message = ""] = failure.message.split("\n", 1);
  const text = `${name ?? `Cell ${cell}`}: ${message}`;
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
