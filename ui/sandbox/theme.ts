import { outputStyles } from "../../kernel/notebook/display/styles.ts";

/** Puts the outputs' style sheet into the page. */
export function installStyles(): void {
  const style = document.createElement("style");
  style.textContent = outputStyles;
  document.head.append(style);
}

/** All colours follow `color-scheme`, of charts and forms too. */
export function setTheme(theme: "light" | "dark"): void {
  document.documentElement.style.colorScheme = theme;
  document.documentElement.dataset.theme = theme;
}
