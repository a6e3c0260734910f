const forbidden = "script, iframe, frame, object, embed, link, meta, base, animate, set";
const urls = ["href", "xlink:href", "src", "action", "formaction"];

/**
 * Takes out whatever could run: kept outputs are shown before their notebook may run anything. The nodes must not
 * be in the page yet.
 */
export function makeHarmless(nodes: DocumentFragment): DocumentFragment {
  for (const element of nodes.querySelectorAll(forbidden)) element.remove();
  for (const element of nodes.querySelectorAll("*")) disarm(element);
  for (const { content } of nodes.querySelectorAll("template")) makeHarmless(content);
  return nodes;
}

function disarm(element: Element): void {
  for (const { name, value } of Array.from(element.attributes)) {
    const runs = /^on|^srcdoc$/i.test(name) || (urls.includes(name.toLowerCase()) && isScript(value));
    if (runs) element.removeAttribute(name);
  }
}

/** Browsers skip control characters and spaces within a scheme. */
function isScript(url: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  return /^(javascript|vbscript|data:text\/html)/i.test(url.replace(/[\u0000-\u0020]/g, ""));
}
