import { createElement, type DomElement, type DomParent } from "./dom.ts";

/** Drawings at least this wide get a box that scrolls on a narrow screen, so that their text stays readable. */
const wide = 480;

/** Gives every drawing that has none a role and a name, from its caption, its title, or its axes and marks. */
export function nameCharts(root: DomParent): void {
  for (const svg of [...root.querySelectorAll("svg")]) {
    if (svg.parentElement?.closest("svg, .katex")) continue;
    if (isSwatch(svg)) svg.setAttribute("aria-hidden", "true");
    else {
      name(svg);
      if (Number(svg.getAttribute("width") ?? 0) >= wide) box(svg);
    }
  }
}

/** The coloured squares of a legend stand beside their text. */
const isSwatch = (svg: DomElement) => Number(svg.getAttribute("width") ?? 100) <= 24;

function box(svg: DomElement): void {
  const around = createElement("div", { class: "chart" });
  svg.replaceWith(around);
  around.append(svg);
}

function name(svg: DomElement): void {
  if (!svg.hasAttribute("role")) svg.setAttribute("role", "img");
  if (svg.hasAttribute("aria-label") || svg.hasAttribute("aria-labelledby")) return;
  svg.setAttribute("aria-label", (captionOf(svg) || axesOf(svg) || "Chart").slice(0, 300));
}

function captionOf(svg: DomElement): string {
  const figure = svg.closest("figure");
  const texts = [...(figure?.querySelectorAll("h2, h3, figcaption") ?? [])].map(textOf);
  const title = [...svg.children].find((child) => child.localName === "title");
  return [title ? textOf(title) : "", ...texts].filter(Boolean).join(". ");
}

/** "Chart: bar; delay, count" from the names that Plot gives to its groups. */
function axesOf(svg: DomElement): string {
  const groups = [...svg.querySelectorAll("g[aria-label]")];
  const named = groups.map((group) => ({
    label: group.getAttribute("aria-label") ?? "",
    text: textOf(group),
  }));
  const marks = named.filter(({ label }) => !/axis|grid|rule|frame/.test(label)).map(({ label }) => label);
  const axes = named
    .filter(({ label }) => /axis label/.test(label))
    .map(({ text }) => text.replace(/[↑→←↓]/g, "").trim());
  const parts = [[...new Set(marks)].join(", "), axes.filter(Boolean).join(", ")].filter(Boolean);
  return parts.length ? `Chart: ${parts.join("; ")}` : "";
}

const textOf = (element: DomElement) => (element.textContent ?? "").trim().replace(/\s+/g, " ");
