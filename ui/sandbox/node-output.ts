import type { Output } from "../../kernel/notebook/display/output.ts";
import { outputElement, type Shown } from "./shown.ts";

/** A cell's own DOM node, as it is. */
export function showNode(node: Node): Shown {
  const element = outputElement(node);
  return { element, snapshot: () => ({ type: "html", html: frozenHtml(element) }) as Output };
}

/** The HTML of an element as it looks now: canvases as images, inputs with their values, no scripts. */
export function frozenHtml(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  freezeAll(element, copy, "canvas", freezeCanvas);
  freezeAll(element, copy, "input, textarea, select", freezeField);
  for (const script of copy.querySelectorAll("script")) script.remove();
  return copy.innerHTML;
}

/** Pairs the live elements with their copies; the copies are all found before any is replaced. */
function freezeAll(
  live: HTMLElement,
  copy: HTMLElement,
  selector: string,
  freeze: (from: Element, to: Element) => void,
): void {
  const copies = Array.from(copy.querySelectorAll(selector));
  Array.from(live.querySelectorAll(selector)).forEach((from, index) => {
    const to = copies[index];
    if (to) freeze(from, to);
  });
}

function freezeCanvas(from: Element, to: Element): void {
  const canvas = from as HTMLCanvasElement;
  const image = document.createElement("img");
  image.width = canvas.clientWidth || canvas.width;
  image.height = canvas.clientHeight || canvas.height;
  image.alt = canvas.getAttribute("aria-label") ?? "";
  image.src = canvasUrl(canvas);
  to.replaceWith(image);
}

/** A canvas that drew another origin's image cannot be read. */
function canvasUrl(canvas: HTMLCanvasElement): string {
  try {
    return canvas.toDataURL();
  } catch {
    return "data:,";
  }
}

function freezeField(from: Element, to: Element): void {
  if (from instanceof HTMLSelectElement) freezeOptions(from, to);
  else if (from instanceof HTMLTextAreaElement) to.textContent = from.value;
  else if (from instanceof HTMLInputElement && from.type !== "password" && from.type !== "file") {
    to.setAttribute("value", from.value);
    to.toggleAttribute("checked", from.checked);
  }
}

function freezeOptions(from: HTMLSelectElement, to: Element): void {
  Array.from(to.querySelectorAll("option")).forEach((option, index) => {
    option.toggleAttribute("selected", from.options[index]?.selected ?? false);
  });
}
