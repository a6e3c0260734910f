import MarkdownIt from "markdown-it";
import { highlight } from "../highlight.ts";

/** Markup in it is text, links open elsewhere: it comes from comments in code. */
const markdown = new MarkdownIt({ html: false, linkify: false });

markdown.renderer.rules.fence = (tokens, index) => {
  const { content = "" } = tokens[index] ?? {};
  return `<pre class="doc-code">${highlighted(content.trimEnd())}</pre>`;
};

/** Markdown of the language service as an element. */
export function docView(text: string): HTMLElement {
  const view = document.createElement("div");
  view.className = "doc";
  view.innerHTML = markdown.render(text);
  for (const link of view.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  return view;
}

function highlighted(code: string): string {
  return highlight("ts", code)
    .map(({ text, className }) => `<span class="${className}">${escaped(text)}</span>`)
    .join("");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
