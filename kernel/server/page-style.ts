/** The module that puts a style sheet into the page, in the place of an older one of the same file. */
export function pageStyle(text: string, file: string): string {
  return `const text = ${JSON.stringify(text)};
if (typeof document !== "undefined") {
  const file = ${JSON.stringify(file)};
  for (const old of document.querySelectorAll("style[data-module]")) if (old.dataset.module === file) old.remove();
  const style = Object.assign(document.createElement("style"), {textContent: text});
  style.dataset.module = file;
  document.head.append(style);
}
export default text;`;
}
