import { choicePreference } from "../app/preference.ts";

/** How wide notebooks stand in this browser. It is a reader's wish, so it is no part of the file. */
export const pageWidth = choicePreference("width", ["reading", "full"], "reading");

export const codeSize = choicePreference("code-size", ["small", "medium", "large", "huge"], "medium");

/** Keeps the page as the user wants it; notebook.css and editor.css say how that looks. */
export function followLooks(): void {
  const { dataset } = document.documentElement;
  const show = () => {
    dataset.width = pageWidth.get();
    dataset.codeSize = codeSize.get();
  };
  pageWidth.subscribe(show);
  codeSize.subscribe(show);
  show();
}
