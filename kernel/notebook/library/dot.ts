import { instance, type Viz } from "@viz-js/viz";
import { decodeEntities } from "../document/entities.ts";
import { inputError } from "../errors.ts";
import type { ParseMarkup } from "./markup.ts";

/** ``dot`digraph { a -> b }` `` gives an SVG element. */
export type Dot<E> = (strings: { readonly raw: readonly string[] }, ...values: unknown[]) => E;

/** A colour that nobody writes: it stands for the text colour around until the drawing is done. */
const around = "#00000101";

/** Sizes come from Helvetica's metrics, near to those of the page's font, which draws the text. */
const text = { fontcolor: around, fontname: "Helvetica", fontsize: "12" };

/** As Notebook Kit draws, and edges' labels alike. */
const theme = {
  graphAttributes: { bgcolor: "none", color: around, ...text },
  nodeAttributes: { color: around, ...text },
  edgeAttributes: { color: around, ...text },
};

/** The `dot` tag: Graphviz, drawn in the colour and font of the text around. Throws a UserError for what it cannot read. */
export async function makeDot<E>(parse: ParseMarkup<E>): Promise<Dot<E>> {
  const viz = await instance();
  return (strings, ...values) => {
    const svg = inTextColor(draw(viz, String.raw(strings, ...values)));
    return parse(svg, { style: "max-width: 100%; height: auto;", role: "img", "aria-label": labelOf(svg) });
  };
}

function draw(viz: Viz, source: string): string {
  const { output, errors } = viz.render(source, { format: "svg", ...theme });
  if (output !== undefined) return output.slice(output.indexOf("<svg"));
  const problems = errors.filter(({ level }) => level !== "warning").map(({ message }) => message.trim());
  throw inputError(
    `Graphviz cannot draw this: ${problems.join("; ") || "it is no graph"}`,
    "write it as digraph { a -> b } or graph { a -- b }",
  );
}

/** Names in a drawing that are read aloud. */
const mostNames = 20;

function labelOf(svg: string): string {
  const nodes = Array.from(svg.matchAll(/class="node">\s*<title>([^<]*)/g), ([, name = ""]) =>
    decodeEntities(name),
  );
  const more = nodes.length > mostNames ? ` and ${nodes.length - mostNames} more` : "";
  return `Diagram: ${nodes.slice(0, mostNames).join(", ")}${more}`;
}

function inTextColor(svg: string): string {
  return svg
    .replace(/(fill|stroke)="#000001" \1-opacity="0\.00\d+"/g, '$1="currentColor"')
    .replaceAll(/font-family="Helvetica[^"]*"/g, 'font-family="var(--sans-serif)"')
    .replace(/<!--[\s\S]*?-->\n?/g, "");
}
