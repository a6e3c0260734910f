import type { Command } from "../command.ts";
import type { Workbench } from "../context.ts";
import { focusPanel } from "./dock-focus.ts";
import { panels } from "./panels.ts";

/** A command for each panel: shows it and moves the focus there. */
export function dockCommands({ dock }: Workbench): Command[] {
  return [
    ...panels.map(({ id, title, shortcut }) => ({
      id: `panel-${id}`,
      title: `Show the panel: ${title}`,
      ...(shortcut ? { shortcut } : {}),
      run: () => {
        dock.show(id);
        focusPanel();
      },
    })),
    { id: "panels", title: "Show or hide the panels", shortcut: "Mod-\\", run: () => dock.toggleLast() },
  ];
}
