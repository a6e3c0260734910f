/**
 * Elements that are no more than their markup, such as a picture that a data loader printed: these cross, and are made
 * anew from it. All others do not, since what listens to them and draws on them would be lost.
 */

const mark = Symbol.for("percolate.markup");

interface Markup {
  readonly outerHTML?: unknown;
  readonly [mark]?: true;
}

/** Says of an element that its markup is all of it. Gives it back. */
export function asStaticMarkup<T>(element: T): T {
  if (typeof element === "object" && element !== null) Object.defineProperty(element, mark, { value: true });
  return element;
}

/** The markup of an element that may cross, or undefined. */
export function staticMarkupOf(value: object): string | undefined {
  const { [mark]: isStatic, outerHTML } = value as Markup;
  return isStatic && typeof outerHTML === "string" ? outerHTML : undefined;
}

interface MarkupDocument {
  createElement(name: "template"): { innerHTML: string; readonly content: { readonly firstChild: unknown } };
}

/** The element, where there is a document; else its markup. */
export function elementOfMarkup(html: string): unknown {
  const { document } = globalThis as { document?: MarkupDocument };
  if (!document) return html;
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstChild;
}
