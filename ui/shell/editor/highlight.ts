import { highlightTree, tagHighlighter, tags } from "@lezer/highlight";
import { languageOf } from "./languages.ts";

/** Classes of the parts of a text; editor.css gives them colours. */
export const highlighter = tagHighlighter([
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword, tags.modifier], class: "syn-keyword" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: "syn-string" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: "syn-number" },
  { tag: [tags.comment, tags.meta], class: "syn-comment" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.tagName],
    class: "syn-function",
  },
  { tag: [tags.typeName, tags.className, tags.attributeName, tags.namespace], class: "syn-type" },
  { tag: [tags.operator, tags.punctuation, tags.bracket, tags.processingInstruction], class: "syn-mark" },
  { tag: tags.heading, class: "syn-heading" },
  { tag: tags.strong, class: "syn-strong" },
  { tag: tags.emphasis, class: "syn-emphasis" },
  { tag: [tags.link, tags.url], class: "syn-link" },
]);

export interface Span {
  readonly from: number;
  readonly text: string;
  /** Empty for plain text. */
  readonly className: string;
}

/** A text in highlighted parts, for cells whose editor is not mounted. */
export function highlight(mode: string, source: string): Span[] {
  const language = languageOf(mode)?.language;
  if (!language) return [{ from: 0, text: source, className: "" }];
  const spans: Span[] = [];
  let end = 0;
  const add = (from: number, to: number, className: string) => {
    if (to > from) spans.push({ from, text: source.slice(from, to), className });
    end = to;
  };
  highlightTree(language.parser.parse(source), highlighter, (from, to, className) => {
    add(end, from, "");
    add(from, to, className);
  });
  add(end, source.length, "");
  return spans;
}
