import { useEffect } from "react";
import { isMod } from "../app/platform.ts";
import { runStale } from "./actions.ts";
import type { Workbench } from "./context.ts";
import { stepToProblem } from "./go-to-problem.ts";

/** Keys that work wherever the focus is; text fields and editors keep their own undo. */
export function usePageKeys(workbench: Workbench): void {
  useEffect(() => {
    const { session, editors, find } = workbench;
    const press = (event: KeyboardEvent) => {
      if (event.key === "F8") {
        event.preventDefault();
        return stepToProblem(workbench, event.shiftKey ? -1 : 1);
      }
      if (event.defaultPrevented || !isMod(event)) return;
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      action();
    };
    const actionOf = (event: KeyboardEvent): (() => void) | null => {
      if (event.key === "Enter" && event.altKey) return () => runStale(workbench);
      if (event.code === "KeyF" && event.altKey) return () => find.show(editors.selectedText());
      if (event.key === ".") return () => session.stop();
      if (event.key === "s") return () => {};
      if (event.key.toLowerCase() !== "z" || isTextField(event.target)) return null;
      return () => void editors.back(event.shiftKey ? "redo" : "undo");
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [workbench]);
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, [contenteditable]") !== null;
}
