import type { Command } from "../command.ts";
import type { Workbench } from "../context.ts";

/** Commands that look for text. */
export function findCommands({ find, editors }: Workbench): Command[] {
  return [
    {
      id: "find",
      title: "Find and replace in the notebook",
      shortcut: "Mod-Alt-f",
      keys: "f",
      run: () => find.show(editors.selectedText()),
    },
  ];
}
