/** Markdown prose: a readable measure, quiet headings, tables that scroll by themselves. */
export const proseStyles = `
.pc-markdown { font: 16px/1.62 var(--pc-sans); color: var(--pc-text); overflow-wrap: break-word; }
.pc-markdown > :where(p, ul, ol, dl, blockquote, h1, h2, h3, h4, h5, h6) { max-width: 44em; }
.pc-markdown > :first-child { margin-top: 0; }
.pc-markdown > :last-child { margin-bottom: 0; }
.pc-markdown :where(p, ul, ol, dl, blockquote, pre, table) { margin: 0 0 0.85em; }
.pc-markdown :is(h1, h2, h3, h4, h5, h6) {
  line-height: 1.25;
  font-weight: 680;
  letter-spacing: -0.014em;
  margin: 1.4em 0 0.5em;
  text-wrap: balance;
}
.pc-markdown h1 { font-size: 1.9em; letter-spacing: -0.022em; }
.pc-markdown h2 { font-size: 1.42em; }
.pc-markdown h3 { font-size: 1.16em; }
.pc-markdown h4 { font-size: 1em; }
.pc-markdown :is(h5, h6) { font-size: 0.9em; color: var(--pc-muted); }
.pc-markdown :is(ul, ol) { padding-left: 1.5em; }
.pc-markdown li + li { margin-top: 0.2em; }
.pc-markdown li > p { margin-bottom: 0.4em; }
.pc-markdown li::marker { color: var(--pc-muted); }
.pc-markdown code { font: 0.875em var(--pc-mono); background: var(--pc-surface); padding: 0.14em 0.36em; border-radius: 4px; }
.pc-markdown pre {
  font: 13px/1.55 var(--pc-mono);
  background: var(--pc-surface);
  border: 1px solid var(--pc-hairline);
  border-radius: 8px;
  padding: 12px 14px;
  overflow: auto;
}
.pc-markdown pre code { font: inherit; background: none; padding: 0; }
.pc-markdown blockquote { border-left: 3px solid var(--pc-border); padding-left: 1em; margin-left: 0; color: var(--pc-muted); }
.pc-markdown hr { border: 0; border-top: 1px solid var(--pc-border); margin: 1.8em 0; }
.pc-markdown img { max-width: 100%; height: auto; }
.pc-markdown > table {
  display: block;
  width: max-content;
  max-width: 100%;
  overflow: auto;
  border-collapse: collapse;
  font-size: 14px;
  font-variant-numeric: tabular-nums;
}
.pc-markdown > table :is(th, td) { padding: 5px 14px 5px 0; border-bottom: 1px solid var(--pc-hairline); text-align: left; }
.pc-markdown > table th { border-bottom-color: var(--pc-border); font-weight: 600; }
.pc-markdown > table :is(th, td)[style*="right"] { text-align: right; padding: 5px 0 5px 14px; }
.pc-markdown mark { background: light-dark(#fff1b8, #5c4a12); color: inherit; }
.pc-markdown kbd {
  font: 0.8em var(--pc-mono);
  border: 1px solid var(--pc-border);
  border-bottom-width: 2px;
  border-radius: 4px;
  padding: 0.1em 0.4em;
}
.katex-display { overflow-x: auto; overflow-y: hidden; padding: 2px 0; scrollbar-width: thin; }
@media (max-width: 480px) { .pc-markdown { font-size: 15px; } .pc-markdown h1 { font-size: 1.6em; } }
@media print { .pc-markdown :is(h1, h2, h3) { break-after: avoid; } .pc-markdown pre { white-space: pre-wrap; } }
`;
