import mermaid from "mermaid";
import { inputError } from "../../kernel/notebook/errors.ts";

let drawn = 0;

/** The ``mermaid`graph LR; A --> B` `` tag in light or dark colours; resolves to an SVG element. */
export function mermaidTag(dark: boolean) {
  return async (strings: TemplateStringsArray, ...values: unknown[]): Promise<Element> => {
    // Mermaid keeps one configuration for all: it is set anew for each drawing, in case other colours were drawn between.
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: "loose",
      theme: dark ? "dark" : "neutral",
      suppressErrorRendering: true,
    });
    const template = document.createElement("template");
    template.innerHTML = await svgOf(String.raw(strings, ...values));
    const svg = template.content.firstElementChild;
    if (!svg) throw new Error("mermaid drew nothing");
    return svg;
  };
}

async function svgOf(source: string): Promise<string> {
  try {
    return (await mermaid.render(`mermaid-${++drawn}`, source)).svg;
  } catch (error) {
    throw inputError(
      `Mermaid cannot draw this: ${(error as Error).message}`,
      "check it against the syntax of its kind of diagram",
    );
  }
}
