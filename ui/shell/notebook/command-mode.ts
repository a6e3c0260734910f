import { type RefObject, useEffect } from "react";
import { isMod } from "../app/platform.ts";
import { cellsToText } from "./cell-clipboard.ts";
import { deleteCells } from "./cell-structure.ts";
import type { Command } from "./command.ts";
import { commandsOf, paste } from "./commands.ts";
import type { Workbench } from "./context.ts";

/** Time in which the second of two keys counts, in ms. */
const pairMs = 800;

/** Keys while a cell is selected and no text is edited, as in Jupyter. */
export function useCommandMode(workbench: Workbench, column: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = column.current;
    if (!element) return undefined;
    const keys = new CommandKeys(workbench);
    const inMode = () => isCell(document.activeElement);
    const listeners = {
      keydown: (event: KeyboardEvent) => inMode() && keys.press(event),
      copy: (event: ClipboardEvent) => inMode() && copy(workbench, event),
      cut: (event: ClipboardEvent) => {
        if (inMode() && copy(workbench, event)) deleteCells(workbench, workbench.selection.ids);
      },
      paste: (event: ClipboardEvent) => {
        if (!inMode()) return;
        event.preventDefault();
        paste(workbench, event.clipboardData?.getData("text/plain") ?? "");
      },
    };
    const all = Object.entries(listeners) as [keyof typeof listeners, (event: Event) => void][];
    for (const [type, listener] of all) document.addEventListener(type, listener);
    const focus = () => followFocus(workbench);
    element.addEventListener("focusin", focus);
    return () => {
      for (const [type, listener] of all) document.removeEventListener(type, listener);
      element.removeEventListener("focusin", focus);
    };
  }, [workbench, column]);
}

/** A cell that gets the focus by other ways than the arrows is the one that is selected. */
function followFocus({ selection }: Workbench): void {
  const focused = document.activeElement?.closest<HTMLElement>("section[data-cell]");
  const id = Number(focused?.dataset.cell);
  if (focused && id !== selection.range.get()?.head) selection.range.set({ anchor: id, head: id });
}

function isCell(element: Element | null): boolean {
  return element instanceof HTMLElement && element.matches("section[data-cell]");
}

function copy({ session, selection }: Workbench, event: ClipboardEvent): boolean {
  if (selection.ids.length === 0) return false;
  event.preventDefault();
  event.clipboardData?.setData("text/plain", cellsToText(session, selection.ids));
  return true;
}

class CommandKeys {
  readonly #workbench: Workbench;
  readonly #byKeys: ReadonlyMap<string, Command>;
  #before: { readonly key: string; readonly at: number } | null = null;

  constructor(workbench: Workbench) {
    this.#workbench = workbench;
    const commands = commandsOf(workbench).flatMap((command) =>
      command.keys ? [[command.keys, command] as const] : [],
    );
    this.#byKeys = new Map(commands);
  }

  press(event: KeyboardEvent): void {
    const key = nameOf(event);
    const pair =
      this.#before && event.timeStamp - this.#before.at < pairMs ? `${this.#before.key} ${key}` : "";
    const command = this.#byKeys.get(pair) ?? this.#byKeys.get(key);
    this.#before = { key, at: event.timeStamp };
    if (!command && !this.#move(key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (pair && this.#byKeys.has(pair)) this.#before = null;
    command?.run();
  }

  #move(key: string): boolean {
    const { selection } = this.#workbench;
    const steps: Record<string, () => void> = {
      ArrowUp: () => selection.step(-1, false),
      k: () => selection.step(-1, false),
      ArrowDown: () => selection.step(1, false),
      j: () => selection.step(1, false),
      "Shift-ArrowUp": () => selection.step(-1, true),
      "Shift-k": () => selection.step(-1, true),
      "Shift-ArrowDown": () => selection.step(1, true),
      "Shift-j": () => selection.step(1, true),
      Escape: () => this.#collapse(),
      Tab: focusMenu,
    };
    steps[key]?.();
    return key in steps;
  }

  #collapse(): void {
    const range = this.#workbench.selection.range.get();
    if (range) this.#workbench.selection.select(range.head);
  }
}

/** Past the editor, in which Tab means something else. */
function focusMenu(): void {
  document.activeElement?.querySelector<HTMLElement>(".cell-side button")?.focus();
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const held = [isMod(event) ? "Mod-" : "", event.altKey ? "Alt-" : "", event.shiftKey ? "Shift-" : ""];
  return held.join("") + key;
}
