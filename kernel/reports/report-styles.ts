/**
 * The page of a report: a serif measure for prose, wider figures and tables, quiet sans-serif furniture. Colours
 * and outputs come from the style sheet of outputs; this one sets them on paper.
 */
const pageStyles = `
:root {
  --pc-bg: light-dark(#fffefb, #16171a);
  --pc-surface: light-dark(#f6f4ee, #1f2125);
  --pc-border: light-dark(#dcd8ce, #383b42);
  --pc-hairline: light-dark(#ebe8df, #2a2d33);
  --pc-text: light-dark(#221f1a, #e4e2dd);
  --pc-muted: light-dark(#68625a, #a29d94);
  --pc-accent: light-dark(#8a3f12, #f0ab7c);
  --pc-serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Iowan Old Style", "Palatino Linotype", "Source Serif 4", "Noto Serif", Georgia, "DejaVu Serif", serif;
}
* { box-sizing: border-box; }
html { background: var(--pc-bg); -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto;
  padding: clamp(28px, 6vw, 76px) clamp(18px, 5vw, 48px) 64px;
  max-width: 920px;
  color: var(--pc-text);
  font: 18px/1.6 var(--pc-serif);
  font-kerning: normal;
  font-variant-ligatures: common-ligatures;
  text-rendering: optimizeLegibility;
}
body > header { border-bottom: 1px solid var(--pc-border); padding-bottom: 20px; margin-bottom: 34px; }
h1 { font-size: clamp(30px, 5.4vw, 46px); line-height: 1.1; letter-spacing: -0.018em; font-weight: 700; margin: 0 0 12px; text-wrap: balance; overflow-wrap: break-word; }
.facts { font: 14px/1.5 var(--pc-sans); color: var(--pc-muted); margin: 0; font-variant-numeric: tabular-nums; }
.parameters { font: 14px/1.45 var(--pc-sans); display: flex; flex-wrap: wrap; gap: 10px 32px; margin: 18px 0 0; }
.parameters div { min-width: 0; max-width: 100%; }
.parameters dt { color: var(--pc-muted); font-size: 12.5px; }
.parameters dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.contents { font: 15px/1.5 var(--pc-sans); margin: 0 0 36px; }
.contents h2 { font: 600 12.5px/1.5 var(--pc-sans); color: var(--pc-muted); margin: 0 0 6px; }
.contents ol { margin: 0; padding: 0; list-style: none; columns: 16em 2; column-gap: 32px; }
.contents li { break-inside: avoid; padding: 2px 0; }
.contents a { text-decoration: none; }
a { color: var(--pc-accent); text-decoration-thickness: from-font; text-underline-offset: 0.15em; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--pc-accent); outline-offset: 3px; border-radius: 2px; }
.empty { color: var(--pc-muted); }
body > footer { margin-top: 64px; padding-top: 14px; border-top: 1px solid var(--pc-border); font: 13px/1.5 var(--pc-sans); color: var(--pc-muted); }
body > footer p { margin: 0; }
`;

const cellStyles = `
.cell { margin: 0 0 30px; min-width: 0; scroll-margin-top: 16px; }
.cell.md, .cell.html { margin-bottom: 22px; }
.cell:target { outline: 1px solid var(--pc-border); outline-offset: 10px; border-radius: 4px; }
.pc-markdown { font: 18px/1.6 var(--pc-serif); }
.pc-markdown > :where(p, ul, ol, dl, blockquote, h1, h2, h3, h4, h5, h6) { max-width: 34em; }
.pc-markdown :where(p, li) { hyphens: auto; hanging-punctuation: first; text-wrap: pretty; }
.pc-markdown :is(h2, h3, h4, h5, h6) { font-family: inherit; letter-spacing: -0.008em; font-weight: 700; }
.pc-markdown h2 { font-size: 1.5em; margin-top: 1.5em; }
.pc-markdown h3 { font-size: 1.2em; }
.pc-markdown > table, .pc-markdown code, .pc-markdown pre { font-size: 0.82em; }
.pc-markdown > table { font-family: var(--pc-sans); }
.cell .pc-output > svg, .cell figure > svg, .chart > svg { display: block; height: auto; max-width: 100%; }
.pc-output > div:not([class]) { max-width: 100%; overflow-x: auto; overflow-y: hidden; scrollbar-width: thin; }
.chart { overflow-x: auto; overflow-y: hidden; scrollbar-width: thin; }
.pc-scroll { border-width: 1px 0; border-radius: 0; max-height: 460px; }
.pc-scroll table { min-width: 100%; }
.pc-scroll thead th { background: var(--pc-bg); border-bottom: 1px solid var(--pc-border); }
.pc-scroll :is(th, td):first-child { padding-left: 2px; }
.pc-table figcaption { padding-top: 7px; font-size: 13px; }
.pc-inspector, .pc-text { max-height: none; }
.setting { font: 14px/1.45 var(--pc-sans); margin: 0; font-variant-numeric: tabular-nums; }
.setting-label { color: var(--pc-muted); }
.setting-label::after { content: ":"; }
.setting-value { font-weight: 600; }
.failures, .failure {
  font: 15px/1.5 var(--pc-sans);
  border-left: 3px solid var(--pc-red);
  background: light-dark(#fdf3f1, #2b1c1a);
  padding: 12px 18px;
  overflow-wrap: break-word;
}
.failures { margin: 0 0 36px; }
.failures h2 { font: 650 16px/1.4 var(--pc-sans); margin: 0 0 6px; color: var(--pc-red); }
.failures ul { margin: 0; padding-left: 1.2em; }
.failures p { margin: 8px 0 0; color: var(--pc-muted); }
.failure p { margin: 0; white-space: pre-wrap; }
.failure p + p { margin-top: 4px; }
.failure strong { color: var(--pc-red); }
.failure .place, .remedy { color: var(--pc-muted); }
.failure pre { margin: 8px 0 0; overflow-x: auto; font-size: 13px; }
.failure:not(:first-child) { margin-top: 12px; }
.waiting { font: italic 15px/1.5 var(--pc-sans); color: var(--pc-muted); margin: 0; }
details.code { font: 13px/1.55 var(--pc-sans); margin-top: 12px; }
details.code:first-child { margin-top: 0; }
details.code summary { color: var(--pc-muted); cursor: pointer; width: max-content; max-width: 100%; }
details.code pre {
  font: 13px/1.55 var(--pc-mono);
  margin: 6px 0 0;
  padding: 12px 16px;
  background: var(--pc-surface);
  border-radius: 4px;
  overflow: auto;
  tab-size: 2;
}
details.code code { font: inherit; }
`;

const narrowStyles = `
@media (max-width: 560px) {
  body { font-size: 17px; line-height: 1.55; }
  .pc-markdown { font: 17px/1.55 var(--pc-serif); }
  .chart > svg { max-width: none; }
  .parameters { gap: 8px 22px; }
}
`;

const printStyles = `
@page { margin: 18mm 17mm 20mm; }
@media print {
  :root { color-scheme: light; --pc-bg: #fff; --pc-text: #000; --pc-muted: #55504a; }
  html, body { background: none; }
  body { max-width: none; padding: 0; font-size: 10.5pt; line-height: 1.45; }
  h1 { font-size: 25pt; }
  body > header { margin-bottom: 16pt; padding-bottom: 10pt; }
  .facts, .parameters, .setting, .contents, .failures, .failure { font-size: 9pt; }
  .cell { margin-bottom: 14pt; }
  .pc-markdown { font: 10.5pt/1.45 var(--pc-serif); }
  .cell:target { outline: 0; }
  h1, h2, h3, h4, h5, h6 { break-after: avoid; }
  p, li { orphans: 3; widows: 3; }
  figure, svg, img, tr, .failure, .failures, details.code summary { break-inside: avoid; }
  .pc-table { break-inside: auto; font-size: 8.5pt; }
  .pc-scroll { overflow: visible; max-height: none; }
  .chart { overflow: visible; }
  .pc-scroll table { width: 100%; }
  .pc-scroll :is(th, td) { white-space: normal; overflow-wrap: break-word; max-width: none; padding: 2.5pt 6pt; }
  .pc-table:has(th:nth-child(9)) { font-size: 6.5pt; }
  .pc-table:has(th:nth-child(9)) :is(th, td) { padding: 2pt 3pt; }
  .pc-column-type { font-size: 0.9em; }
  .pc-scroll thead { display: table-header-group; }
  details.code pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; overflow: visible; }
  details:not([open]).code { display: none; }
  a { color: inherit; text-decoration-color: var(--pc-border); }
  .pc-markdown a[href^="http"]::after { content: " (" attr(href) ")"; font-size: 0.8em; color: var(--pc-muted); overflow-wrap: anywhere; }
  body > footer { margin-top: 24pt; font-size: 8.5pt; }
}
`;

export const reportStyles: string = [pageStyles, cellStyles, narrowStyles, printStyles].join("");
