import type { FromSandbox } from "../../../kernel/notebook/protocol.ts";
import { sectionOf } from "./section-of.ts";

type Key = Extract<FromSandbox, { type: "key" }>;

/**
 * A key that no output used, as if it had been pressed on the sandbox's frame: whoever listens to keys in the page hears
 * it. Escape that nobody uses leaves the output for its cell.
 */
export function replayKey(frame: HTMLElement | null, { type: _, cell, ...key }: Key): void {
  const event = new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true });
  const unused = frame?.dispatchEvent(event) ?? true;
  if (unused && key.key === "Escape" && cell !== null) sectionOf(cell)?.focus();
}

const stops = "a[href], button, input, select, textarea, [contenteditable='true'], [tabindex]";

/** Moves the focus from a cell's output on to what comes after it in the page, or back to what comes before it. */
export function leaveOutput(cell: number, direction: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(stops)].filter(
    (element) => element.tabIndex >= 0 && !element.matches(":disabled") && element.checkVisibility(),
  );
  const slot = sectionOf(cell)?.querySelector<HTMLElement>(".slot");
  const at = slot ? all.indexOf(slot) : -1;
  if (at < 0) return;
  (all[at + direction] ?? slot)?.focus();
}
