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
  --pc-bg: light-dark(#ffffff, #15171c);
  --pc-surface: light-dark(#f6f7f9, #1e2128);
  --pc-border: light-dark(#dfe2e7, #343943);
  --pc-hairline: light-dark(#eceef1, #292d35);
  --pc-text: light-dark(#1c2026, #e3e6eb);
  --pc-muted: light-dark(#5b6470, #9aa4b2);
  --pc-accent: light-dark(#2458c5, #82abff);
  --pc-accent-fill: light-dark(#2f66dd, #5f93fa);
  --pc-tint: light-dark(#eef3fe, #1f2a40);
  --pc-red: light-dark(#b42318, #ff938a);
  --pc-green: light-dark(#17692f, #7fcf93);
  --pc-violet: light-dark(#7a33b8, #cfa2f8);
  --pc-brown: light-dark(#8a4b08, #e8b26d);
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
}
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
