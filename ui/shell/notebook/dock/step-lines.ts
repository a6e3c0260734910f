import type { KeyboardEvent } from "react";

/** Arrows, Home and End go through the lines of a panel's list. @param line selects them */
export function stepLines(event: KeyboardEvent<HTMLElement>, line = ".dock-line"): void {
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>(line)];
  const at = lines.indexOf(document.activeElement as HTMLElement);
  const steps: Record<string, HTMLElement | undefined> = {
    ArrowDown: lines[at + 1],
    ArrowUp: lines[Math.max(0, at - 1)],
    Home: lines[0],
    End: lines.at(-1),
  };
  if (!steps[event.key]) return;
  event.preventDefault();
  steps[event.key]?.focus();
}
