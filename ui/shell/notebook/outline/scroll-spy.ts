import { useEffect, useState } from "react";
import { sectionOf } from "../section-of.ts";

/** Where (px from the top of the window) a cell counts as the one that is read. */
const readingLine = 140;

/** The cell of a list that is read now: the last one that begins above the reading line. */
export function useReadCell(cells: readonly number[]): number | null {
  const [read, setRead] = useState<number | null>(null);
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      setRead(lastAbove(cells));
    };
    const plan = () => {
      frame ||= requestAnimationFrame(look);
    };
    plan();
    window.addEventListener("scroll", plan, { passive: true });
    window.addEventListener("resize", plan);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("scroll", plan);
      window.removeEventListener("resize", plan);
    };
  }, [cells]);
  return read;
}

/** Cells stand in the order of the list, so halves of it can be left out. */
function lastAbove(cells: readonly number[]): number | null {
  const atEnd = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
  let [low, high] = [0, cells.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (topOf(cells[middle]) <= (atEnd ? window.innerHeight : readingLine)) low = middle + 1;
    else high = middle;
  }
  return cells[Math.max(0, low - 1)] ?? null;
}

function topOf(cell: number | undefined): number {
  return sectionOf(cell)?.getBoundingClientRect().top ?? 0;
}
