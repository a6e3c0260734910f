import { useEffect } from "react";
import { isMod } from "../app/platform.ts";
import type { Workbench } from "./context.ts";

/** Keys that work wherever the focus is; text fields and editors keep their own undo. */
export function usePageKeys({ session, editors }: Workbench): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isMod(event)) return;
      const action = actionOf(event);
      if (!action) return;
      event.preventDefault();
      action();
    };
    const actionOf = (event: KeyboardEvent): (() => void) | null => {
      if (event.key === ".") return () => session.stop();
      if (event.key === "s") return () => {};
      if (event.key.toLowerCase() !== "z" || isTextField(event.target)) return null;
      return () => void editors.back(event.shiftKey ? "redo" : "undo");
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [session, editors]);
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, [contenteditable]") !== null;
}
