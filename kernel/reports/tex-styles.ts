import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import type { DomParent } from "./dom.ts";

interface Rule {
  readonly selector: string;
  readonly body: string;
}

/** Style and weight of a font: `italic 700`. */
type Cut = `${"normal" | "italic"} ${"400" | "700"}`;

/** KaTeX's style sheet with those of its fonts that the TeX in these trees is set in, or nothing where there is no TeX. */
export function texStyles(roots: readonly DomParent[]): string {
  if (!roots.some((root) => root.querySelector(".katex"))) return "";
  const folder = join(packageRoot(), "node_modules/katex/dist");
  const all = rulesOf(readFileSync(join(folder, "katex.min.css"), "utf8"));
  const faces = all.filter(({ selector }) => selector === "@font-face");
  const rules = all.filter(({ selector }) => selector !== "@font-face" && selector !== "body");
  const used = cutsUsed(rules, (selector) => roots.some((root) => root.querySelector(selector)));
  const needed = faces.filter(({ body }) => used.has(`${familyOf(body)} ${cutOf(body)}`));
  return [...needed.map((face) => inlined(face, folder)), ...rules.map(ruleText)].join("\n");
}

function rulesOf(css: string): Rule[] {
  return Array.from(css.matchAll(/([^{}]+)\{([^{}]*)\}/g), ([, selector = "", body = ""]) => ({
    selector: selector.trim(),
    body,
  }));
}

const ruleText = ({ selector, body }: Rule) => `${selector}{${body}}`;

/** `family cut` for each font that a rule which applies names; `\textbf` and `\textit` change the cut of any family. */
function cutsUsed(rules: readonly Rule[], applies: (selector: string) => boolean): Set<string> {
  const found = rules.filter(({ selector, body }) => /font/.test(body) && applies(selector));
  const cuts = new Set(
    found.flatMap(({ body }) => {
      const family = familyOf(body);
      return family ? [`${family} ${cutOf(body)}`] : [];
    }),
  );
  for (const { body } of found.filter(({ body }) => !familyOf(body)))
    for (const cut of [...cuts]) {
      if (/font-weight:700/.test(body)) cuts.add(cut.replace("400", "700"));
      if (/font-style:italic/.test(body)) cuts.add(cut.replace("normal", "italic"));
    }
  return cuts;
}

const familyOf = (body: string) => /KaTeX_\w+/.exec(body)?.[0];

function cutOf(body: string): Cut {
  const style = /font-style:italic/.test(body) ? "italic" : "normal";
  return `${style} ${/font-weight:700/.test(body) ? "700" : "400"}`;
}

function inlined({ body }: Rule, folder: string): string {
  const file = /url\((fonts\/[\w-]+\.woff2)\)/.exec(body)?.[1] ?? "";
  const data = readFileSync(join(folder, file)).toString("base64");
  return `@font-face{${body.replace(/src:.*/, "")}src:url(data:font/woff2;base64,${data}) format("woff2")}`;
}
