import type { FromSandbox } from "../../kernel/notebook/protocol.ts";

type Tell = (message: Extract<FromSandbox, { type: "key" | "leave" }>) => void;

/** Keys that mean something to the notebook wherever the focus is; the browser's own meaning is put aside. */
const ofNotebook = /^(mod-k|mod-s|mod-\.|mod-alt-enter|mod-f|f8|shift-f8)$/;

/** Elements that use letters, arrows and space themselves. */
const takesKeys =
  "input, textarea, select, button, summary, audio, video, [contenteditable], [tabindex]:not(.pc-cell), a[href]";

/**
 * Keys that no output used go to the page around, so that its shortcuts work from here; and Tab past the last (or first)
 * thing in a cell's output leads on to what comes after (or before) it in the page around.
 */
export function forwardKeys(column: HTMLElement, tell: Tell): void {
  window.addEventListener("keydown", (event) => {
    // Cells may dispatch events of their own: these never leave.
    if (!event.isTrusted || event.defaultPrevented || event.isComposing) return;
    if (event.key === "Tab") leaveAtEnd(column, event, tell);
    else if (isForwarded(event)) forward(event, tell);
  });
}

function forward(event: KeyboardEvent, tell: Tell): void {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (ofNotebook.test(nameOf(event))) event.preventDefault();
  tell({ type: "key", cell: cellOf(event.target), key, code, ctrlKey, metaKey, altKey, shiftKey });
}

function isForwarded(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, target } = event;
  if (key === "Escape" || /^F\d+$/.test(key)) return true;
  if (ofNotebook.test(nameOf(event))) return true;
  const used = target instanceof Element && target.closest(takesKeys) !== null;
  return !used && !(ctrlKey && /^[acvx]$/i.test(key)) && !(metaKey && !altKey && /^[acvx]$/i.test(key));
}

function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const held = [ctrlKey || metaKey ? "mod-" : "", altKey ? "alt-" : "", shiftKey ? "shift-" : ""];
  return held.join("") + key.toLowerCase();
}

function cellOf(target: EventTarget | null): number | null {
  const slot = target instanceof Element ? target.closest<HTMLElement>(".pc-cell") : null;
  return slot ? Number(slot.dataset.cell) : null;
}

function leaveAtEnd(column: HTMLElement, event: KeyboardEvent, tell: Tell): void {
  const cell = cellOf(event.target);
  const slot = column.querySelector<HTMLElement>(`.pc-cell[data-cell="${cell}"]`);
  if (cell === null || !slot || event.ctrlKey || event.altKey || event.metaKey) return;
  const stops = stopsIn(slot);
  if (event.target !== (event.shiftKey ? stops[0] : stops.at(-1))) return;
  event.preventDefault();
  tell({ type: "leave", cell, direction: event.shiftKey ? -1 : 1 });
}

/** Moves the focus to the first or last thing of a cell's output that takes it, if there is one. */
export function enterOutput(column: HTMLElement, cell: number, from: "start" | "end"): void {
  const slot = column.querySelector<HTMLElement>(`.pc-cell[data-cell="${cell}"]`);
  const stops = slot ? stopsIn(slot) : [];
  const stop = from === "start" ? stops[0] : stops.at(-1);
  if (!stop) return;
  window.focus();
  stop.focus();
}

const stops =
  "a[href], button, input, select, textarea, summary, audio[controls], video[controls], [contenteditable], [tabindex]";

function stopsIn(slot: HTMLElement): HTMLElement[] {
  return [...slot.querySelectorAll<HTMLElement>(stops)].filter(
    (element) => element.tabIndex >= 0 && !element.matches(":disabled") && element.checkVisibility(),
  );
}
