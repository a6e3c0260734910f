import type { Workbench } from "../context.ts";

const narrow = window.matchMedia("(max-width: 900px)");

/** Whether panels lie over the cells rather than beside them. */
export function isSheet(): boolean {
  return narrow.matches;
}

/** Moves the focus into the panel that is shown, once it is there. */
export function focusPanel(): void {
  requestAnimationFrame(() => {
    const panel = document.querySelector<HTMLElement>(".dock-panel");
    const inside = panel?.querySelector<HTMLElement>(".dock-body :is(input, button, [tabindex='0'])");
    (inside ?? panel)?.focus();
  });
}

/** Moves the focus from a panel to the cell that had it last, or the first one. A panel that lies over the cells goes. */
export function backToCells({ dock, selection, session }: Workbench): void {
  if (isSheet()) dock.shut();
  const first = session.notebook.get().cells[0];
  if (selection.range.get()) selection.refocus();
  else if (first) selection.select(first.id);
}

/** After something in a panel was chosen: one that lies over the cells makes way for what is shown there. */
export function makeWay({ dock }: Pick<Workbench, "dock">): void {
  if (isSheet()) dock.shut();
}
