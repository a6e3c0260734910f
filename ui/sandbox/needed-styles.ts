/** HTML that was made elsewhere (kept, or in the kernel) needs the style sheets that its makers would have loaded. */
const sheets: readonly (readonly [sign: string, load: () => Promise<unknown>])[] = [
  ['class="katex', () => import("../library/tex-styles.ts")],
  ["leaflet-container", () => import("../library/leaflet-styles.ts")],
];

/** Loads what is needed; the outputs are drawn anew by the browser when it is there. */
export function loadStylesFor(html: string): void {
  for (const [sign, load] of sheets) if (html.includes(sign)) void load();
}
