import { markupParser, type ParseMarkup } from "../../kernel/notebook/library/markup.ts";

/** Makes the element that HTML or SVG text stands for. */
export const parseMarkup: ParseMarkup<Element> = markupParser<Element>(document);
