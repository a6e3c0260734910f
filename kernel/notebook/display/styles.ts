import { inputStyles } from "./style-inputs.ts";
import { inspectorStyles } from "./style-inspector.ts";
import { proseStyles } from "./style-prose.ts";
import { tableStyles } from "./style-tables.ts";

/**
 * Colours follow `color-scheme`, so a page chooses by setting it on `:root` (or leaves `light dark` to the system).
 * Every text colour has at least 4.5 : 1 on `--pc-bg` and on `--pc-surface`.
 */
const base = `
:root {
  color-scheme: light dark;
  --pc-bg: light-dark(#ffffff, #1f1b17);
  --pc-surface: light-dark(#f6f4ef, #2a251f);
  --pc-border: light-dark(#e0dacf, #453d34);
  --pc-hairline: light-dark(#efebe3, #332c25);
  --pc-control: light-dark(#8f8576, #85796a);
  --pc-text: light-dark(#211c16, #ece5da);
  --pc-muted: light-dark(#635b50, #b8ae9f);
  --pc-accent: light-dark(#a34a08, #f0a35e);
  --pc-accent-fill: light-dark(#b9570c, #e8954a);
  --pc-tint: light-dark(#fbeadb, #3a2715);
  --pc-blue: light-dark(#2359b0, #94bdfb);
  --pc-red: light-dark(#b3261e, #ff8f85);
  --pc-green: light-dark(#2c7147, #93cfa5);
  --pc-violet: light-dark(#8f3474, #e39ccb);
  --pc-brown: light-dark(#944700, #f0b27a);
  --pc-sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  --pc-mono: ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  --sans-serif: var(--pc-sans);
  --monospace: var(--pc-mono);
}
.pc-output, .pc-outputs {
  color: var(--pc-text);
  font: 14px/1.5 var(--pc-sans);
  overflow-wrap: break-word;
  min-width: 0;
  accent-color: var(--pc-accent-fill);
}
.pc-output[data-wide] { overflow-x: auto; scrollbar-width: thin; scrollbar-color: var(--pc-border) transparent; }
.pc-output > :where(svg, img, video, canvas) { display: block; max-width: 100%; height: auto; }
.pc-output:not(:empty) + .pc-output:not(:empty) { margin-top: 8px; }
.pc-output a, .pc-markdown a { color: var(--pc-accent); text-underline-offset: 0.15em; }
.pc-text, .pc-output > pre {
  font: 13px/1.5 var(--pc-mono);
  margin: 0;
  overflow: auto;
  max-height: 480px;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
}
.pc-output :where(figure) { margin: 0; }
.pc-output :where(*):focus-visible { outline: 2px solid var(--pc-accent-fill); outline-offset: 2px; border-radius: 3px; }
@media print {
  :root { color-scheme: light; }
  .pc-text { max-height: none; }
}
`;

/** Charts: Plot draws in currentColor; its tips and swatches need the page's own ground and font. */
const chartStyles = `
:is(svg, figure)[class*="plot-"], .pc-output svg:where([viewBox]) { color: inherit; }
[class^="plot-"], [class*=" plot-"] {
  --plot-background: var(--pc-bg);
  font-family: var(--pc-sans);
  font-variant-numeric: tabular-nums;
}
svg[class^="plot-"] { max-width: 100%; overflow: visible; }
figure[class^="plot-"] { margin: 0; max-width: 100%; }
figure[class^="plot-"] > :is(h2, h3) { margin: 0; font-family: var(--pc-sans); letter-spacing: -0.01em; }
figure[class^="plot-"] > h2 { font-size: 18px; line-height: 1.3; font-weight: 650; }
figure[class^="plot-"] > h3 { font-size: 14px; line-height: 1.45; font-weight: 400; color: var(--pc-muted); margin-bottom: 8px; }
figure[class^="plot-"] > figcaption { font-size: 12.5px; color: var(--pc-muted); margin-top: 6px; }
[class*="-swatches"], [class*="-ramp"] { font-family: var(--pc-sans); }
@media print { figure[class^="plot-"], svg[class^="plot-"] { break-inside: avoid; } }
`;

/** The one style sheet of outputs, for the sandbox and for reports alike. Put it in a `<style>` as it is. */
export const outputStyles: string = [
  base,
  inspectorStyles,
  tableStyles,
  proseStyles,
  chartStyles,
  inputStyles,
].join("");
