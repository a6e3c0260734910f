import type { Cell } from "../../../../kernel/notebook/document/notebook.ts";

type Shown = Pick<Cell, "id" | "mode" | "source">;

/**
 * The cells of each slide. A note that begins with `#`, `##` or `---` begins a slide; what comes before the first such
 * note belongs to it. There is always one slide.
 */
export function slidesOf(cells: readonly Shown[]): number[][] {
  const slides: number[][] = [[]];
  let begun = false;
  for (const cell of cells) {
    const begins = beginsSlide(cell);
    if (begins && begun) slides.push([]);
    begun ||= begins;
    slides.at(-1)?.push(cell.id);
  }
  return slides;
}

function beginsSlide({ mode, source }: Shown): boolean {
  return mode === "md" && /^\s*(#{1,2}\s|-{3,}\s*(\n|$))/.test(source);
}
