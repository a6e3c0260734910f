import { escapeHtml } from "../notebook/display/escape.ts";
import { createElement, type DomElement, type DomParent } from "./dom.ts";

/**
 * Puts the headings of all cells in order below the report's own: a first heading that repeats the title goes,
 * others move one level down where the notebook uses the first level, and each gets an id.
 */
export function arrangeHeadings(roots: readonly DomParent[], title: string): readonly DomElement[] {
  const all = roots.flatMap((root) => [...root.querySelectorAll("h1, h2, h3, h4, h5, h6")]).filter(isText);
  const [first, ...rest] = all;
  const repeats = first?.localName === "h1" && textOf(first).toLowerCase() === title.trim().toLowerCase();
  if (repeats) first?.remove();
  const left = repeats ? rest : all;
  const arranged = left.some((heading) => heading.localName === "h1") ? left.map(lower) : left;
  const taken = new Set<string>();
  for (const heading of arranged) heading.id = unique(slug(textOf(heading)), taken);
  return arranged;
}

/** Links to the sections, when there are enough of them to lose one's way. */
export function contentsHtml(headings: readonly DomElement[]): string {
  const sections = headings.filter((heading) => heading.localName === "h2");
  if (sections.length < 4) return "";
  const items = sections.map(
    (heading) => `<li><a href="#${heading.id}">${escapeHtml(textOf(heading))}</a></li>`,
  );
  return `<nav class="contents" aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>${items.join("")}</ol></nav>`;
}

/** Headings of charts are captions of their figures, not sections. */
const isText = (heading: DomElement) => !heading.closest("figure, details");

function lower(heading: DomElement): DomElement {
  const level = Math.min(6, Number(heading.localName.slice(1)) + 1);
  const lowered = createElement(`h${level}`, {});
  lowered.append(...heading.childNodes);
  heading.replaceWith(lowered);
  return lowered;
}

function slug(text: string): string {
  const words = text.toLowerCase().match(/[\p{Letter}\p{Number}]+/gu);
  return `section-${words?.join("-").slice(0, 60) ?? "untitled"}`;
}

function unique(id: string, taken: Set<string>): string {
  let free = id;
  for (let n = 2; taken.has(free); n++) free = `${id}-${n}`;
  taken.add(free);
  return free;
}

const textOf = (element: DomElement) => (element.textContent ?? "").trim().replace(/\s+/g, " ");
