/** The inspector: one line per entry, keys and values coloured by kind, arrows that turn. */
export const inspectorStyles = `
.pc-inspector {
  font: 13px/1.55 var(--pc-mono);
  font-variant-ligatures: none;
  max-height: 640px;
  overflow: auto;
  overflow-wrap: anywhere;
  scrollbar-width: thin;
}
.pc-inspector summary {
  cursor: pointer;
  list-style: none;
  padding-left: 15px;
  position: relative;
  border-radius: 3px;
}
.pc-inspector summary::-webkit-details-marker { display: none; }
.pc-inspector summary::before {
  content: "";
  position: absolute;
  left: 2px;
  top: 0.45em;
  border: solid transparent;
  border-width: 4px 0 4px 6px;
  border-left-color: var(--pc-muted);
  transition: transform 90ms;
  transform-origin: 2px 50%;
}
.pc-inspector details[open] > summary::before { transform: rotate(90deg); }
.pc-inspector summary:hover { background: var(--pc-surface); }
.pc-inspector details[open] > summary > .pc-type + .pc-preview { display: none; }
.pc-entries { margin-left: 5px; padding-left: 9px; border-left: 1px solid var(--pc-hairline); }
.pc-entry { padding-left: 15px; }
.pc-entry:has(> details) { padding-left: 0; }
.pc-key { color: var(--pc-blue); }
.pc-type { color: var(--pc-text); font-weight: 600; }
.pc-preview, .pc-more, .pc-cut, .pc-note { color: var(--pc-muted); }
.pc-string { color: var(--pc-green); white-space: pre-wrap; }
.pc-number, .pc-bigint, .pc-date { color: var(--pc-brown); font-variant-numeric: tabular-nums; }
.pc-boolean, .pc-symbol, .pc-regexp { color: var(--pc-violet); }
.pc-function, .pc-node, .pc-promise, .pc-circular, .pc-object { color: var(--pc-blue); }
.pc-undefined, .pc-null { color: var(--pc-muted); font-style: italic; }
.pc-error { color: var(--pc-red); white-space: pre-wrap; }
.pc-more { padding-left: 15px; }
button.pc-more {
  font: inherit;
  color: var(--pc-accent);
  background: none;
  border: 0;
  padding: 0 15px;
  cursor: pointer;
  text-align: left;
}
button.pc-more:hover { text-decoration: underline; }
@media print { .pc-inspector { max-height: none; overflow: visible; } }
`;
