const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** A shortcut as this machine's keyboard names it: `keys("Mod-Enter")` is "⌘ Enter" or "Ctrl Enter". */
export function keys(shortcut: string): string {
  const names: Record<string, string> = apple
    ? { Mod: "⌘", Alt: "⌥", Shift: "⇧" }
    : { Mod: "Ctrl", Alt: "Alt", Shift: "Shift" };
  return shortcut
    .split("-")
    .map((part) => names[part] ?? part)
    .join(" ");
}

export const isMod = (event: { metaKey: boolean; ctrlKey: boolean }) =>
  apple ? event.metaKey : event.ctrlKey;
