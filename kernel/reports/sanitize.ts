import { allowedTags, dropTags, svgOnlyTags, urlAttributes } from "./allowed.ts";
import { cleanStyle } from "./clean-style.ts";
import type { DomElement, DomParent } from "./dom.ts";

/** Gives a data: URL for an image address of the notebook, or null when it cannot be shown. */
export type InlineImage = (address: string) => string | null;

/**
 * Makes a tree safe to read as a document: no script, no event handler, no address that runs or fetches
 * anything. What is not on the list of document, SVG and MathML elements goes, its text stays. Links to other
 * pages stay links; images are carried inside or replaced by their description.
 */
export function sanitize(root: DomParent, inline: InlineImage): void {
  for (const node of [...root.childNodes]) if (!isElementOrText(node.nodeType)) node.remove();
  for (const child of [...root.children]) sanitizeElement(child, inline);
}

const isElementOrText = (type: number) => type === 1 || type === 3;

function sanitizeElement(element: DomElement, inline: InlineImage): void {
  const tag = element.localName.toLowerCase();
  if (svgOnlyTags.has(tag)) return describe(element);
  if (dropTags.has(tag)) return element.remove();
  sanitize(element, inline);
  if (!allowedTags.has(tag)) return element.replaceWith(...element.childNodes);
  if (tag === "style") return cleanStyleElement(element);
  if (animatesAddress(element)) return element.remove();
  for (const { name, value } of [...element.attributes]) cleanAttribute(element, name, value);
  if (isImage(tag)) inlineImage(element, inline);
  else if (tag === "a") outsideLink(element);
}

const isImage = (tag: string) => tag === "img" || tag === "image";

/** `<title>` and `<desc>` describe a drawing, in plain text; outside of one they have no place in a report. */
function describe(element: DomElement): void {
  if (!element.closest("svg")) return element.remove();
  element.textContent = element.textContent ?? "";
  for (const { name } of [...element.attributes]) element.removeAttribute(name);
}

/** `<set attributeName="href">` would put back what was taken out. */
const animatesAddress = (element: DomElement) =>
  /href|^on|style/i.test(element.getAttribute("attributeName") ?? "");

/** A name that another parser would split or read otherwise goes, with handlers and what loads behind the scenes. */
const refused = /^on|^(srcdoc|srcset|imagesrcset|ping|nonce|integrity|autofocus|contenteditable|is)$/i;
const plainName = /^[a-z_][\w:.-]*$/i;

function cleanAttribute(element: DomElement, name: string, value: string): void {
  const lower = name.toLowerCase();
  if (refused.test(lower) || !plainName.test(name)) element.removeAttribute(name);
  else if (urlAttributes.has(lower)) cleanAddress(element, name, value);
  else if (lower === "style" || /url\s*\(|\\/i.test(value)) element.setAttribute(name, cleanStyle(value));
}

function cleanAddress(element: DomElement, name: string, value: string): void {
  const tag = element.localName.toLowerCase();
  const address = value.replace(invisible, "");
  if (isImage(tag) && name !== "background") return;
  if (address.startsWith("#")) return;
  if (tag === "a" && /^(https?:|mailto:)/i.test(address)) return;
  element.removeAttribute(name);
}

/** Characters that browsers skip inside an address: `java&#9;script:` is one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const invisible = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028\u2029\ufeff]/g;

function inlineImage(element: DomElement, inline: InlineImage): void {
  const names = ["src", "href", "xlink:href"].filter((name) => element.hasAttribute(name));
  const address = element.getAttribute(names[0] ?? "src") ?? "";
  const data = imageData(address) ?? inline(address);
  for (const name of names) element.removeAttribute(name);
  if (data) return element.setAttribute(element.localName === "img" ? "src" : "href", data);
  const missing = element.getAttribute("alt") || address.split(/[/\\]/).at(-1)?.slice(0, 80) || "image";
  if (element.localName === "img") element.replaceWith(`[image not included: ${missing}]`);
  else element.remove();
}

/** A data: address of a picture, as it is. SVG is carried too: as an image it neither runs nor fetches anything. */
function imageData(address: string): string | null {
  const plain = address.replace(invisible, "");
  return /^data:image\/(png|jpeg|gif|webp|avif|bmp|svg\+xml)[;,]/i.test(plain) ? plain : null;
}

function outsideLink(element: DomElement): void {
  element.removeAttribute("target");
  if (!element.getAttribute("href")?.startsWith("#")) element.setAttribute("rel", "noopener noreferrer");
}

/** Without "<" no parser can see an element begin in the text of a style sheet. */
function cleanStyleElement(element: DomElement): void {
  for (const { name } of [...element.attributes]) element.removeAttribute(name);
  element.textContent = cleanStyle(element.textContent ?? "").replaceAll("<", "");
}
