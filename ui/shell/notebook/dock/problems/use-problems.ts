import { useMemo } from "react";
import { useStore } from "../../../app/store.ts";
import { useWorkbench } from "../../context.ts";
import { type AllProblems, allProblems } from "./problem-list.ts";

/** All that is wrong in the notebook now. */
export function useProblems(): AllProblems {
  const { session } = useWorkbench();
  const notebook = useStore(session.notebook, (value) => value);
  const states = useStore(session.cells, (value) => value);
  const mistakes = useStore(session.problems, (value) => value);
  return useMemo(() => allProblems(notebook, states, mistakes), [notebook, states, mistakes]);
}
