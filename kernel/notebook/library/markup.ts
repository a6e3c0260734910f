/** Makes the one element that HTML or SVG text stands for, and gives it these attributes: the part that needs a DOM. */
export type ParseMarkup<E> = (markup: string, attributes: Readonly<Record<string, string>>) => E;

/** What is needed of a DOM to parse: a browser's document, or an emulation. */
export interface MarkupDocument<E extends MarkupElement> {
  createElement(name: "div"): { innerHTML: string; readonly firstElementChild: E | null };
}

export interface MarkupElement {
  setAttribute(name: string, value: string): void;
  remove(): void;
}

export function markupParser<E extends MarkupElement>(document: MarkupDocument<E>): ParseMarkup<E> {
  return (markup, attributes) => {
    const box = document.createElement("div");
    box.innerHTML = markup;
    const element = box.firstElementChild;
    if (!element) throw new Error(`no element in ${markup.slice(0, 80)}`);
    element.remove();
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
}
