import { choicePreference } from "./preference.ts";
import { Store } from "./store.ts";

export type Theme = "light" | "dark";

/** What the user chose; the system decides unless they did. */
export const themeChoice = choicePreference("theme", ["system", "light", "dark"], "system");

const system = window.matchMedia("(prefers-color-scheme: dark)");

function now(): Theme {
  const choice = themeChoice.get();
  if (choice !== "system") return choice;
  return system.matches ? "dark" : "light";
}

/** The theme that is seen. */
export const theme = new Store<Theme>(now());

const year = 60 * 60 * 24 * 365;

/** All colours follow from `color-scheme` (tokens.css). The server reads the cookie, so that no page flashes as it loads. */
function show(): void {
  const choice = themeChoice.get();
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  // biome-ignore lint/suspicious/noDocumentCookie: read back by nobody here; the Cookie Store is not in all browsers
  document.cookie = `percolate_theme=${choice}; path=/; max-age=${year}; samesite=strict`;
  theme.set(now());
}

/** Keeps the page in its theme from now on. */
export function followTheme(): void {
  themeChoice.subscribe(show);
  system.addEventListener("change", show);
  show();
}
