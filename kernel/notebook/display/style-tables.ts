/** Tables: a box of its own that scrolls, a header that stays, figures that line up. */
export const tableStyles = `
.pc-table { margin: 0; font: 13px/1.45 var(--pc-sans); min-width: 0; max-width: 100%; }
.pc-scroll {
  box-sizing: border-box;
  overflow: auto;
  width: fit-content;
  max-width: 100%;
  max-height: 404px;
  border: 1px solid var(--pc-border);
  border-radius: 8px;
  background: var(--pc-bg);
  scrollbar-width: thin;
  scrollbar-color: var(--pc-border) transparent;
}
.pc-scroll table {
  border-collapse: separate;
  border-spacing: 0;
  font-variant-numeric: tabular-nums;
  color: var(--pc-text);
  margin: 0;
}
.pc-scroll :is(th, td) {
  padding: 4px 14px;
  text-align: left;
  white-space: nowrap;
  max-width: 360px;
  overflow: hidden;
  text-overflow: ellipsis;
  border-bottom: 1px solid var(--pc-hairline);
}
.pc-scroll thead th {
  position: sticky;
  top: 0;
  z-index: 2;
  background: var(--pc-surface);
  border-bottom-color: var(--pc-border);
  font-weight: 600;
  padding-block: 6px;
  vertical-align: bottom;
}
.pc-scroll .pc-right { text-align: right; }
.pc-column-name, .pc-column-type { display: block; overflow: hidden; text-overflow: ellipsis; }
.pc-column-type { font-size: 11px; font-weight: 400; color: var(--pc-muted); line-height: 1.3; }
.pc-scroll tbody tr:hover td { background: var(--pc-surface); }
.pc-scroll tbody tr:last-child > :is(td, th) { border-bottom-color: transparent; }
.pc-scroll .pc-null { color: var(--pc-muted); font-style: italic; }
.pc-table figcaption { font-size: 12px; color: var(--pc-muted); padding: 5px 2px 0; }
.pc-table[data-state="failed"] figcaption { color: var(--pc-red); }

.pc-virtual {
  overflow-anchor: none;
  overscroll-behavior-x: contain;
  background: linear-gradient(var(--pc-surface) calc(var(--pc-head, 0px) - 1px), var(--pc-border) 0 var(--pc-head, 0px), var(--pc-bg) 0);
}
.pc-virtual[data-long] { scrollbar-gutter: stable; }
.pc-virtual .pc-pane { position: sticky; top: 0; overflow: clip; width: max-content; }
.pc-virtual thead th { position: relative; box-sizing: border-box; }
.pc-virtual tbody td { height: 28px; box-sizing: border-box; padding-block: 0; }
.pc-virtual :is(.pc-row-number, .pc-corner) {
  position: sticky;
  left: 0;
  z-index: 1;
  background: var(--pc-bg);
  color: var(--pc-muted);
  font-size: 11px;
  font-weight: 400;
  text-align: right;
  padding-inline: 10px;
  min-width: 2ch;
  user-select: none;
}
.pc-virtual thead .pc-corner { z-index: 3; background: var(--pc-surface); }
.pc-virtual .pc-loading { color: transparent; }
.pc-virtual .pc-loading::after {
  content: "";
  display: inline-block;
  width: 6ch;
  height: 0.7em;
  border-radius: 4px;
  background: var(--pc-hairline);
}
@media print {
  .pc-scroll { max-height: none; overflow: visible; border: 0; }
  .pc-scroll thead th { position: static; }
  .pc-table tr { break-inside: avoid; }
}
`;
