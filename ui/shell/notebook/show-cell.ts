import { revealCell } from "./outline/fold-place.tsx";
import { sectionOf } from "./section-of.ts";

/** Scrolls to a cell, marks it for a moment, and moves the focus there. */
export function showCell(id: number): void {
  const section = sectionOf(id);
  revealCell(section);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  section?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  section?.querySelector<HTMLElement>("button, [contenteditable]")?.focus({ preventScroll: true });
  section?.animate([{ background: "var(--accent-soft)" }, { background: "transparent" }], 1200);
}
